"""Stores as they are written for one client: each says, sorts and goes on in a way of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from chatkit.store import Store
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    Attachment,
    Page,
    ThreadItem,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
)

from tests.hosting.theirs import Context, TalkingServer


class PlainStore(Store[Any]):
    """Lists that are only ever appended to: no order, no cursor, no copies, `None` for nothing."""

    def __init__(self) -> None:
        self.threads: dict[str, ThreadMetadata] = {}
        self.items: dict[str, list[ThreadItem]] = {}

    async def load_thread(self, thread_id: str, context: Context) -> ThreadMetadata:
        return self.threads[thread_id]

    async def save_thread(self, thread: ThreadMetadata, context: Context) -> None:
        self.threads[thread.id] = thread

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Context
    ) -> Page[ThreadMetadata]:
        found = list(self.threads.values())
        return Page(data=found[:limit], has_more=len(found) > limit)

    async def load_thread_items(  # type: ignore[override]  # theirs; the SDK asks by keywords
        self,
        thread_id: str,
        limit: int = 100,
        after: str | None = None,
        order: str = "asc",
        context: Context | None = None,
    ) -> Page[ThreadItem]:
        found = self.items.get(thread_id, [])
        return Page(data=found[:limit], has_more=len(found) > limit)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Context) -> None:
        self.items.setdefault(thread_id, []).append(item)

    async def save_item(self, thread_id: str, item: ThreadItem, context: Context) -> None:
        await self.add_thread_item(thread_id, item, context)

    async def load_item(  # type: ignore[override]  # theirs
        self, thread_id: str, item_id: str, context: Context
    ) -> ThreadItem | None:
        found = (each for each in self.items.get(thread_id, []) if each.id == item_id)
        return next(found, None)

    async def delete_thread(self, thread_id: str, context: Context) -> None:
        del self.threads[thread_id]

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Context) -> None:
        kept = self.items.get(thread_id, [])
        self.items[thread_id] = [each for each in kept if each.id != item_id]

    async def save_attachment(self, attachment: Attachment, context: Context) -> None:
        raise NotImplementedError

    async def load_attachment(self, attachment_id: str, context: Context) -> Attachment:
        raise NotImplementedError

    async def delete_attachment(self, attachment_id: str, context: Context) -> None:
        raise NotImplementedError


class SessionStore(PlainStore):
    """Keeps what another library has made: it finds no items by their ids, and deletes nothing."""

    async def load_thread(self, thread_id: str, context: Context) -> ThreadMetadata:
        if thread_id not in self.threads:
            raise ValueError(f"no session {thread_id}")
        return self.threads[thread_id]

    async def load_item(self, thread_id: str, item_id: str, context: Context) -> ThreadItem:
        raise NotImplementedError

    async def delete_thread(self, thread_id: str, context: Context) -> None:
        raise NotImplementedError


class NewestStore(PlainStore):
    """Sorts as it is asked to, but knows no cursor; it lists no threads."""

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Context
    ) -> Page[ThreadMetadata]:
        raise NotImplementedError

    async def load_thread_items(  # type: ignore[override]  # theirs; the SDK asks by keywords
        self,
        thread_id: str,
        limit: int = 100,
        after: str | None = None,
        order: str = "asc",
        context: Context | None = None,
    ) -> Page[ThreadItem]:
        found = self.items.get(thread_id, [])[:: 1 if order == "asc" else -1]
        return Page(data=found[:limit], has_more=len(found) > limit)


class RefusingStore(PlainStore):
    """Wants to know who asks."""

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Context
    ) -> Page[ThreadMetadata]:
        assert isinstance(context, dict)
        return await super().load_threads(limit, after, order, context["user_id"])


class HeaderStore(PlainStore):
    """Finds in the request who asks."""

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Context
    ) -> Page[ThreadMetadata]:
        assert context["request"].headers["X-User"]
        return await super().load_threads(limit, after, order, context)


class LostStore(PlainStore):
    """Cannot be reached."""

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Context
    ) -> Page[ThreadMetadata]:
        raise ConnectionError("no route to the database")


class PlainServer(TalkingServer):
    """Says `Hello.`, with a title, and keeps each message of the user once more."""

    keeping: type[PlainStore] = PlainStore

    def __init__(self) -> None:
        super().__init__(self.keeping())
        self.opinions: list[str] = []

    async def respond(
        self, thread: ThreadMetadata, item: UserMessageItem | None, context: Context
    ) -> AsyncIterator[ThreadStreamEvent]:
        if item:
            await self.store.add_thread_item(thread.id, item, context)
        async for event in super().respond(thread, item, context):
            yield event

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: str, context: Context
    ) -> None:
        self.opinions.append(feedback)


class SessionServer(PlainServer):
    """The same, with less of a store."""

    keeping = SessionStore


class NewestServer(PlainServer):
    """The same, with a store for the threads that a client knows."""

    keeping = NewestStore


class HeaderServer(PlainServer):
    """The same, for those whom a proxy names."""

    keeping = HeaderStore


class LostServer(PlainServer):
    """The same, without its store."""

    keeping = LostStore


class RefusingServer(PlainServer):
    """The same, for those who say who they are."""

    keeping = RefusingStore


def filled(store: PlainStore, messages: int) -> str:
    """Put a thread of numbered messages into a store, and return its id."""
    thread = ThreadMetadata(id=f"thr_{len(store.threads)}", created_at=datetime(2026, 1, 1))
    store.threads[thread.id] = thread
    store.items[thread.id] = [
        AssistantMessageItem(
            id=f"msg_{number}",
            thread_id=thread.id,
            created_at=datetime(2026, 1, 1, 0, number // 60, number % 60),
            content=[AssistantMessageContent(text=f"Number {number}.")],
        )
        for number in range(messages)
    ]
    return thread.id
