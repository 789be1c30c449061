"""Servers that bring stores of their own, as other people write them."""

from typing import Any

from chatkit.store import NotFoundError
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata

from tests.hosting import their_stores
from tests.hosting.theirs import Context, DictStore, TalkingServer


class ByUser(DictStore):
    """Shows everybody only their own threads, but replaces what has the same id, whose ever it is.

    So do many stores whose tables have the id alone as their key.
    """

    def __init__(self) -> None:
        super().__init__()
        self.owners: dict[str, str] = {}

    async def load_thread(self, thread_id: str, context: Context) -> ThreadMetadata:
        if self.owners.get(thread_id) != context["user_id"]:
            raise NotFoundError(f"no thread {thread_id}")
        return await super().load_thread(thread_id, context)

    async def save_thread(self, thread: ThreadMetadata, context: Context) -> None:
        self.owners[thread.id] = context["user_id"]
        await super().save_thread(thread, context)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Context
    ) -> Page[ThreadMetadata]:
        page = await super().load_threads(limit, after, order, context)
        mine = [each for each in page.data if self.owners[each.id] == context["user_id"]]
        return page.model_copy(update={"data": mine})

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Context) -> None:
        for items in self.items.values():
            items[:] = [each for each in items if each.id != item.id]
        await super().add_thread_item(thread_id, item, context)


class WithoutFiles(DictStore):
    """Keeps no attachments."""

    async def save_attachment(self, attachment: Attachment, context: Context) -> None:
        raise NotImplementedError

    async def load_attachment(self, attachment_id: str, context: Context) -> Attachment:
        raise NotImplementedError


class Broken(DictStore):
    """Cannot be reached."""

    async def load_thread(self, thread_id: str, context: Context) -> ThreadMetadata:
        raise ConnectionError("no route\nto the database")


def brought(store: DictStore) -> Any:
    return TalkingServer(store)


by_user = brought(ByUser())
without_files = brought(WithoutFiles())
broken = brought(Broken())
plain = their_stores.PlainServer()
session = their_stores.SessionServer()
