"""A store of one's own: threads and items as JSON in a database, by user and organisation.

Run it with ``CHATKIT_SERVER=examples.custom_store:create_server
CHATKIT_CONTEXT=examples.custom_store:request_context make run``. The page, the export and the
ChatKit client use it as they use the host's; ``python -m chat import`` does with
``--context examples.custom_store:import_context``.
"""

import asyncio
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from chatkit.store import NotFoundError, Store
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata
from pydantic import BaseModel, TypeAdapter
from quart import Request

from chat.identity import current_owner
from chat.settings import Settings
from examples.basic import BasicServer

SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    place INTEGER PRIMARY KEY AUTOINCREMENT,  -- entries are ordered as they came
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,  -- thread, item or attachment
    thread_id TEXT NOT NULL,
    id TEXT NOT NULL,
    data TEXT NOT NULL,
    UNIQUE (owner, kind, thread_id, id)
)
"""
SAVE = """
INSERT INTO entries (owner, kind, thread_id, id, data) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (owner, kind, thread_id, id) DO UPDATE SET data = excluded.data
"""
LOAD = "SELECT data FROM entries WHERE owner = ? AND kind = ? AND thread_id = ? AND id = ?"
DELETE = "DELETE FROM entries WHERE owner = ? AND kind = ? AND thread_id = ? AND id = ?"
DELETE_ITEMS = "DELETE FROM entries WHERE owner = ? AND kind = 'item' AND thread_id = ?"
PLACE = "(SELECT place FROM entries WHERE owner = ?1 AND kind = ?2 AND thread_id = ?3 AND id = ?4)"
PAGE = "SELECT data FROM entries WHERE owner = ?1 AND kind = ?2 AND thread_id = ?3 AND "
ASCENDING = f"{PAGE} (?4 IS NULL OR place > {PLACE}) ORDER BY place LIMIT ?5"
DESCENDING = f"{PAGE} (?4 IS NULL OR place < {PLACE}) ORDER BY place DESC LIMIT ?5"

Entry = TypeVar("Entry", bound=BaseModel)

ITEM: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)
THREAD = TypeAdapter(ThreadMetadata)
ATTACHMENT: TypeAdapter[Attachment] = TypeAdapter(Attachment)


@dataclass(frozen=True)
class OrgContext:
    """Whose request is answered.

    Attributes:
        user_id: the user.
        org_id: the organisation that the user acts for.
    """

    user_id: str
    org_id: str

    @property
    def owner(self) -> str:
        """What only this user of this organisation may see is marked with this."""
        return f"{self.org_id}/{self.user_id}"


def request_context(request: Request) -> OrgContext:
    """Take the organisation from a header; the user is the anonymous one of the browser."""
    return OrgContext(current_owner(), request.headers.get("X-Org", "default"))


def import_context(owner: str) -> OrgContext:
    """Return what ``python -m chat import --context`` acts with: there is no request then.

    Args:
        owner: what ``--owner`` says, ``organisation/user``.
    """
    org_id, _, user_id = owner.rpartition("/")
    return OrgContext(user_id, org_id or "default")


class OrgStore(Store[OrgContext]):
    """Every entry belongs to a user of an organisation; every query says whose it asks for."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute(SCHEMA)
        self._lock = asyncio.Lock()

    async def close(self) -> None:
        """Close the database; the host calls this at its end."""
        self._database.close()

    async def load_thread(self, thread_id: str, context: OrgContext) -> ThreadMetadata:
        """Return a thread; raise `NotFoundError` where there is none."""
        return THREAD.validate_json(await self._load(context, "thread", "", thread_id))

    async def save_thread(self, thread: ThreadMetadata, context: OrgContext) -> None:
        """Insert or update a thread."""
        kept = ThreadMetadata.model_validate(thread.model_dump(exclude={"items"}))
        await self._save(context, "thread", "", kept)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: OrgContext
    ) -> Page[ThreadMetadata]:
        """Return a page of threads."""
        rows = await self._rows(context, "thread", "", limit, after, order)
        return _page([THREAD.validate_json(data) for data in rows], limit)

    async def delete_thread(self, thread_id: str, context: OrgContext) -> None:
        """Delete a thread and its items."""
        await self._run(DELETE_ITEMS, context.owner, thread_id)
        await self._run(DELETE, context.owner, "thread", "", thread_id)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: OrgContext
    ) -> Page[ThreadItem]:
        """Return a page of a thread's items, in the order in which they came."""
        rows = await self._rows(context, "item", thread_id, limit, after, order)
        return _page([ITEM.validate_json(data) for data in rows], limit)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: OrgContext) -> None:
        """Add an item; one that is there keeps its place."""
        await self._save(context, "item", thread_id, item)

    async def save_item(self, thread_id: str, item: ThreadItem, context: OrgContext) -> None:
        """Insert or update an item."""
        await self._save(context, "item", thread_id, item)

    async def load_item(self, thread_id: str, item_id: str, context: OrgContext) -> ThreadItem:
        """Return an item; raise `NotFoundError` where there is none."""
        return ITEM.validate_json(await self._load(context, "item", thread_id, item_id))

    async def delete_thread_item(self, thread_id: str, item_id: str, context: OrgContext) -> None:
        """Delete an item."""
        await self._run(DELETE, context.owner, "item", thread_id, item_id)

    async def save_attachment(self, attachment: Attachment, context: OrgContext) -> None:
        """Insert or update what is known of a file."""
        await self._save(context, "attachment", "", attachment)

    async def load_attachment(self, attachment_id: str, context: OrgContext) -> Attachment:
        """Return what is known of a file; raise `NotFoundError` where there is none."""
        return ATTACHMENT.validate_json(await self._load(context, "attachment", "", attachment_id))

    async def delete_attachment(self, attachment_id: str, context: OrgContext) -> None:
        """Forget a file."""
        await self._run(DELETE, context.owner, "attachment", "", attachment_id)

    async def _save(self, context: OrgContext, kind: str, thread_id: str, entry: Any) -> None:
        data = entry.model_dump_json()
        await self._run(SAVE, context.owner, kind, thread_id, entry.id, data)

    async def _load(self, context: OrgContext, kind: str, thread_id: str, entry_id: str) -> str:
        rows = await self._run(LOAD, context.owner, kind, thread_id, entry_id)
        if not rows:
            raise NotFoundError(f"There is no {kind} {entry_id}.")
        return rows[0]

    async def _rows(
        self,
        context: OrgContext,
        kind: str,
        thread_id: str,
        limit: int,
        after: str | None,
        order: str,
    ) -> list[str]:
        """Return one row more than asked for, so that one knows whether there are more."""
        query = ASCENDING if order == "asc" else DESCENDING
        return await self._run(query, context.owner, kind, thread_id, after, limit + 1)

    async def _run(self, query: str, *values: Any) -> list[str]:
        async with self._lock:
            return await asyncio.to_thread(self._fetch, query, values)

    def _fetch(self, query: str, values: Iterable[Any]) -> list[str]:
        return [row[0] for row in self._database.execute(query, tuple(values))]


def _page(found: list[Entry], limit: int) -> Page[Entry]:
    data, more = found[:limit], len(found) > limit
    return Page(data=data, has_more=more, after=data[-1].id if more else None)  # type: ignore[attr-defined]  # every entry has an id


def create_server(settings: Settings) -> BasicServer:
    """Make the server on a store beside the host's own database."""
    folder = settings.data_folder or Path("data")
    return BasicServer(OrgStore(folder / "own.db"))  # type: ignore[arg-type]  # its context is another
