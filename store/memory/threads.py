"""Threads in memory."""

from typing import Any

from chatkit.types import Page, ThreadMetadata

from store.base import not_found, owner_of
from store.memory.base import KeptThread, Memory
from store.records import checked_order, dump_thread, load_thread, page_of_threads, page_size


class MemoryThreads(Memory):
    """The same operations as `store.sql.threads.SQLThreads`, which describes them."""

    async def load_thread(self, thread_id: str, context: Any) -> ThreadMetadata:
        """Return a thread's metadata."""
        return load_thread(self._thread(thread_id, context).data)

    async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
        """Insert a thread after all others, or replace its metadata and leave it in its place."""
        owner, data = owner_of(context), dump_thread(thread)
        if self._owners.setdefault(thread.id, owner) != owner:
            raise not_found("Thread", thread.id)
        if known := self._threads[owner].get(thread.id):
            known.data = data
        else:
            self._threads[owner].put(thread.id, KeptThread(thread.id, data))

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Any
    ) -> Page[ThreadMetadata]:
        """Return a page of the owner's threads, in the order of their first insertion."""
        threads = self._threads[owner_of(context)]
        size = page_size(limit)
        try:
            page = threads.page(after, size, checked_order(order), lambda thread: True)
        except KeyError:
            raise not_found("Thread", str(after)) from None
        return page_of_threads([thread.data for thread in page], limit)

    async def delete_thread(self, thread_id: str, context: Any) -> None:
        """Delete a thread, all that belongs to it, and the attachments that only it used."""
        owner = owner_of(context)
        used = self._thread(thread_id, context).attachments
        self._threads[owner].remove(thread_id)
        del self._owners[thread_id]
        unused = [key for key in used if self._has(owner, key) and not self._uses(owner, key)]
        for attachment_id in unused:
            del self._attachments[attachment_id]
        await self._delete_bytes(unused)
