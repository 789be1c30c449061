"""``GET …/export.json``: threads with all their visible items, as JSON that never waits in memory.

A thread is written as the SDK writes a ``Thread``, only that its page of items is the whole
thread. Page by page is read through the public `Store`, so any store can be exported.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain
from typing import Any, TypeVar

from chatkit.store import NotFoundError, Store
from chatkit.types import HiddenContextItem, Page, SDKHiddenContextItem, ThreadItem, ThreadMetadata
from quart import Response, request
from quart.typing import ResponseReturnValue

from chat.checks import thread_of
from chat.file_names import disposition, name_of_title
from chat.host import current_host
from chat.protocol import encode
from chat.stored import WHOLE, load_items, load_threads

VERSION = 1
"""The version of the export's format."""
PAGE_SIZE = 100
REMEMBERED = 1000
"""How many exported entries are remembered, to go on from one that is still there."""


Entry = TypeVar("Entry", ThreadMetadata, ThreadItem)
Load = Callable[[str | None, int], Awaitable["Page[Entry]"]]


async def thread(thread_id: str) -> ResponseReturnValue:
    """``GET /threads/{id}/export.json``: ``{"version", "exported_at", "thread": Thread}``.

    Raises:
        NotFound: the thread is unknown or another owner's.
    """
    host = current_host()
    context = await host.context(request)
    store = await host.store()
    found = await thread_of(store, thread_id, context)
    return _download(_one(store, found, context), name_of_title(found.title, ".json"))


async def everything() -> ResponseReturnValue:
    """``GET /export.json``: ``{"version", "exported_at", "threads": [Thread, …]}``.

    All threads of the caller are in it, the oldest first, and nobody else's.
    """
    host = current_host()
    context = await host.context(request)
    return _download(_all(await host.store(), context), "threads.json")


def _download(chunks: AsyncIterator[bytes], name: str) -> Response:
    response = Response(
        chunks,
        content_type="application/json",
        headers={
            "Content-Disposition": disposition("attachment", name),
            "Cache-Control": "private, no-store",
        },
    )
    response.timeout = None  # Quart would cut a long export after a minute
    return response


def _head() -> bytes:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return f'{{"version":{VERSION},"exported_at":{json.dumps(now)},'.encode()


async def _one(store: Store[Any], found: ThreadMetadata, context: Any) -> AsyncIterator[bytes]:
    yield _head() + b'"thread":'
    async for chunk in _thread(store, found, context):
        yield chunk
    yield b"}\n"


async def _all(store: Store[Any], context: Any) -> AsyncIterator[bytes]:
    async def load(after: str | None, limit: int) -> Page[ThreadMetadata]:
        return await load_threads(store, context, after=after, limit=limit, order="asc")

    yield _head() + b'"threads":['
    separator = b"\n"
    async for threads in _pages(load):
        for found in threads:
            yield separator
            separator = b",\n"
            async for chunk in _thread(store, found, context):
                yield chunk
    yield b"]}\n"


async def _thread(store: Store[Any], found: ThreadMetadata, context: Any) -> AsyncIterator[bytes]:
    """Write one thread, without what an integration stored with it for itself."""

    async def load(after: str | None, limit: int) -> Page[ThreadItem]:
        return await load_items(store, found.id, context, after=after, limit=limit, order="asc")

    shown = ThreadMetadata(
        id=found.id,
        title=found.title,
        created_at=_zoned(found.created_at),
        status=found.status,
        allowed_image_domains=found.allowed_image_domains,
    )
    yield encode(shown)[:-1] + b',"items":{"data":['
    separator = b"\n"
    async for items in _pages(load):
        visible = [
            encode(item.model_copy(update={"created_at": _zoned(item.created_at)}))
            for item in items
            if not isinstance(item, HiddenContextItem | SDKHiddenContextItem)
        ]
        if visible:
            yield separator + b",\n".join(visible)
            separator = b",\n"
    yield b'],"has_more":false,"after":null}}'


def _zoned(time: datetime) -> datetime:
    """Return a time with a zone; the SDK stamps this machine's local time without one."""
    return time if time.tzinfo else time.astimezone()


async def _pages(load: Load[Entry]) -> AsyncIterator[list[Entry]]:
    """Read page after page, also when entries are deleted meanwhile.

    A store that does not go on after an entry begins anew; then it is asked for everything.

    Args:
        load: reads the page after a cursor, of a size, in ascending order.
    """
    seen: deque[str] = deque(maxlen=REMEMBERED)
    page = await _first_found(load, [None])
    while new := _unseen(page, seen):
        yield new
        seen.extend(entry.id for entry in new)
        if not page.has_more:
            return
        page = await _first_found(load, chain([page.after or seen[-1]], reversed(seen)))
    if page.has_more and (rest := _unseen(await load(None, WHOLE), seen)):
        yield rest


def _unseen(page: Page[Entry], seen: Iterable[str]) -> list[Entry]:
    known = set(seen)
    return [entry for entry in page.data if entry.id not in known]


async def _first_found(load: Load[Entry], cursors: Iterable[str | None]) -> Page[Entry]:
    """Read the page after the first cursor that still names something, else an empty one."""
    for cursor in cursors:
        with suppress(NotFoundError):
            return await load(cursor, PAGE_SIZE)
    return Page()
