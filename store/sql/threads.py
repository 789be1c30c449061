"""Threads in an SQL database."""

import time
from typing import Any

from chatkit.types import Page, ThreadMetadata

from store.base import not_found, owner_of
from store.queries import SQL
from store.records import (
    checked_order,
    dump_thread,
    load_thread,
    page_of_threads,
    page_size,
    words_of_thread,
)
from store.sql.base import PLACES_KEPT, Execute, SQLOperations, text


class SQLThreads(SQLOperations):
    """The thread operations of the SDK's `Store`."""

    async def load_thread(self, thread_id: str, context: Any) -> ThreadMetadata:
        """Return a thread's metadata.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        owner = owner_of(context)
        rows = await self._read(SQL["load_thread"], thread_id=thread_id, owner=owner)
        if not rows:
            raise not_found("Thread", thread_id)
        return load_thread(rows[0][0])

    async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
        """Insert a thread after all others, or replace its metadata and leave it in its place.

        Raises:
            NotFoundError: another owner has a thread with this id; nothing is changed.
        """
        of_thread = {"thread_id": thread.id, "owner": owner_of(context)}
        data, words = dump_thread(thread).decode(), words_of_thread(thread)

        def save(execute: Execute) -> None:
            if not execute(SQL["save_thread"], **of_thread, data=data):
                raise not_found("Thread", thread.id)
            if words:
                execute(SQL["save_thread_words"], **of_thread, words=words)
            else:
                execute(SQL["forget_thread_words"], **of_thread)

        await self._write(save)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Any
    ) -> Page[ThreadMetadata]:
        """Return a page of the owner's threads, in the order of their first insertion.

        Args:
            limit: the most threads in the page, at least 1.
            after: the thread to start after, which may have been deleted since, or None.
            order: ``asc`` for oldest first, ``desc`` for newest first.
            context: whose threads.

        Raises:
            NotFoundError: ``after`` never was a thread of this owner.
            ValueError: ``limit`` or ``order`` is none.
        """
        of_page = {"owner": owner_of(context)}
        count, statement = page_size(limit), f"load_threads_{checked_order(order)}"
        if after is not None:
            of_page["after"] = after
            statement += "_after"

        def load(execute: Execute) -> Page[ThreadMetadata]:
            rows = execute(SQL[statement], **of_page, count=count)
            if after is not None and not rows and not execute(SQL["find_thread_place"], **of_page):
                raise not_found("Thread", after)
            return page_of_threads([data for (data,) in rows], limit)

        return await self._database.read(load)

    async def delete_thread(self, thread_id: str, context: Any) -> None:
        """Delete a thread, all that belongs to it, and the attachments that only it used.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        owner, now = owner_of(context), time.time()

        def delete(execute: Execute) -> list[str]:
            of_thread = {"thread_id": thread_id, "owner": owner}
            used = text(execute(SQL["find_attachments_of_one_thread"], **of_thread))
            execute(SQL["remember_deleted_thread"], **of_thread, now=now)
            execute(SQL["forget_deleted_threads"], before=now - PLACES_KEPT)
            if not execute(SQL["delete_thread"], **of_thread):
                raise not_found("Thread", thread_id)
            for attachment_id in used:
                execute(SQL["delete_attachment"], attachment_id=attachment_id, owner=owner)
            return used

        await self._delete_bytes(await self._write(delete))
