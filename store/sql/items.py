"""Thread items in an SQL database."""

import time
from typing import Any

from chatkit.types import Page, StructuredInputItem, ThreadItem

from store.base import not_found, owner_of
from store.queries import SQL
from store.records import (
    ItemRecord,
    attachment_ids,
    checked_order,
    dump_item,
    load_item,
    page_of_items,
    page_size,
    unanswers,
    words_of_item,
)
from store.sql.base import PLACES_KEPT, Execute, Operation, SQLOperations, check_thread


class SQLItems(SQLOperations):
    """The item operations of the SDK's `Store`."""

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> Page[ThreadItem]:
        """Return a page of a thread's items, in the order of their first insertion.

        A thread that is unknown or another owner's has no items.

        Args:
            thread_id: whose items.
            after: the item to start after, which may have been deleted since, or None.
            limit: the most items in the page, at least 1.
            order: ``asc`` for oldest first, ``desc`` for newest first.
            context: whose thread.

        Raises:
            NotFoundError: ``after`` never was an item of this thread.
            ValueError: ``limit`` or ``order`` is none.
        """
        of_page = {"thread_id": thread_id, "owner": owner_of(context)}
        count, statement = page_size(limit), f"load_items_{checked_order(order)}"
        if after is not None:
            of_page["after"] = after
            statement += "_after"

        def load(execute: Execute) -> Page[ThreadItem]:
            rows = execute(SQL[statement], **of_page, count=count)
            if after is not None and not rows and not execute(SQL["find_item_place"], **of_page):
                raise not_found("Item", after)
            return page_of_items(rows, limit)

        return await self._database.read(load)

    async def load_item(self, thread_id: str, item_id: str, context: Any) -> ThreadItem:
        """Return an item of a thread.

        Raises:
            NotFoundError: the thread or the item is unknown or another owner's.
        """
        owner = owner_of(context)
        rows = await self._read(SQL["load_item"], thread_id=thread_id, item_id=item_id, owner=owner)
        if not rows:
            raise not_found("Item", item_id)
        return load_item(ItemRecord(*rows[0]))

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        """Insert an item at the end of a thread, or replace it and leave it in its place.

        A question that is asked again does not undo the answers it has got. An item that was
        deleted and comes again is a new one, at the end. The attachments of a message belong
        to its thread from now on, also when the message is deleted.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        owner = owner_of(context)
        save = _saving(thread_id, item, owner)

        def add(execute: Execute) -> None:
            of_item = {"thread_id": thread_id, "item_id": item.id, "owner": owner}
            rows = execute(SQL["load_item"], **of_item)
            if not rows or not unanswers(item, load_item(ItemRecord(*rows[0]))):
                save(execute)

        await self._write(add if isinstance(item, StructuredInputItem) else save)

    async def save_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        """Do the same, but replace questions, too, whatever their state.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        await self._write(_saving(thread_id, item, owner_of(context)))

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Any) -> None:
        """Delete an item of a thread; if there is none, that is as well.

        The SDK deletes items that it has only announced and never stored, for instance when
        a guardrail trips, and takes an error for a failure of the answer.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        of_item = {"thread_id": thread_id, "item_id": item_id, "owner": owner_of(context)}
        now = time.time()

        def delete(execute: Execute) -> None:
            check_thread(execute, thread_id, of_item["owner"])
            execute(SQL["remember_deleted_item"], **of_item, now=now)
            execute(SQL["forget_deleted_items"], before=now - PLACES_KEPT)
            execute(SQL["delete_item"], **of_item)

        await self._write(delete)


def _saving(thread_id: str, item: ThreadItem, owner: str) -> Operation[None]:
    of_thread = {"thread_id": thread_id, "owner": owner}
    item_id, record = item.id, dump_item(item)
    data, dynamic = record.data.decode(), record.dynamic
    used, words = attachment_ids(item), words_of_item(item)

    def save(execute: Execute) -> None:
        statement = SQL["save_item"]
        if not execute(statement, **of_thread, item_id=item_id, data=data, dynamic=dynamic):
            raise not_found("Thread", thread_id)
        if words:
            execute(SQL["save_item_words"], **of_thread, item_id=item_id, words=words)
        else:
            execute(SQL["forget_item_words"], **of_thread, item_id=item_id)
        for attachment_id in used:
            execute(SQL["use_attachment"], **of_thread, attachment_id=attachment_id)

    return save
