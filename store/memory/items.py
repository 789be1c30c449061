"""Thread items in memory."""

from typing import Any

from chatkit.types import Page, StructuredInputItem, ThreadItem

from store.base import not_found
from store.memory.base import KeptItem, Memory
from store.memory.ordered import Ordered
from store.records import (
    attachment_ids,
    checked_order,
    dump_item,
    load_item,
    page_of_items,
    page_size,
    unanswers,
    words_of_item,
)


class MemoryItems(Memory):
    """The same operations as `store.sql.items.SQLItems`, which describes them."""

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> Page[ThreadItem]:
        """Return a page of a thread's items, in the order of their first insertion."""
        size, direction = page_size(limit), checked_order(order)
        thread = self._find_thread(thread_id, context)
        items: Ordered[KeptItem] = thread.items if thread else Ordered()
        try:
            page = items.page(after, size, direction, lambda item: item.finished)
        except KeyError:
            raise not_found("Item", str(after)) from None
        return page_of_items([item.record for item in page], limit)

    async def load_item(self, thread_id: str, item_id: str, context: Any) -> ThreadItem:
        """Return an item of a thread."""
        thread = self._find_thread(thread_id, context)
        item = thread.items.get(item_id) if thread else None
        if item is None or not item.finished:
            raise not_found("Item", item_id)
        return load_item(item.record)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        """Insert an item at the end of a thread, or replace it and leave it in its place."""
        known = self._thread(thread_id, context).items.get(item.id)
        asks = isinstance(item, StructuredInputItem) and known and known.finished
        if not (known and asks and unanswers(item, load_item(known.record))):
            await self.save_item(thread_id, item, context)

    async def save_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        """Insert an item at the end of a thread, or replace it and leave it in its place."""
        thread, record = self._thread(thread_id, context), dump_item(item)
        thread.attachments.update(attachment_ids(item))
        words = words_of_item(item)
        if known := thread.items.get(item.id):
            known.record, known.finished, known.words = record, True, words
        else:
            thread.items.put(item.id, KeptItem(item.id, record, finished=True, words=words))

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Any) -> None:
        """Delete an item of a thread; if there is none, that is as well."""
        items = self._thread(thread_id, context).items
        if item := items.get(item_id):
            items.remove(item_id, remember=item.finished)
