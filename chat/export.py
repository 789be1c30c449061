"""``GET …/export.json``: threads with all their visible items, as JSON that never waits in memory.

A thread is written as the SDK writes a ``Thread``, only that its page of items is the whole
thread. Page by page is read through the public `Store`, so any store can be exported.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from chatkit.store import Store
from chatkit.types import HiddenContextItem, SDKHiddenContextItem, ThreadMetadata
from quart import Response, request
from quart.typing import ResponseReturnValue

from chat.checks import thread_of
from chat.file_names import disposition, name_of_title
from chat.host import current_host
from chat.protocol import encode
from chat.stored import item_pages, thread_pages

VERSION = 1
"""The version of the export's format."""


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
    chunks = _all(await host.store(), context)
    first = await anext(chunks)  # a store that cannot list them is told by the status
    return _download(_after(first, chunks), "threads.json")


async def _after(first: bytes, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in chunks:
        yield chunk


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
    head = _head() + b'"threads":['  # not sent before the store has answered
    separator = head + b"\n"
    async for threads in thread_pages(store, context):
        for found in threads:
            yield separator
            separator = b",\n"
            async for chunk in _thread(store, found, context):
                yield chunk
    yield b"]}\n" if separator == b",\n" else head + b"]}\n"


async def _thread(store: Store[Any], found: ThreadMetadata, context: Any) -> AsyncIterator[bytes]:
    """Write one thread, without what an integration stored with it for itself."""
    shown = ThreadMetadata(
        id=found.id,
        title=found.title,
        created_at=_zoned(found.created_at),
        status=found.status,
        allowed_image_domains=found.allowed_image_domains,
    )
    yield encode(shown)[:-1] + b',"items":{"data":['
    separator = b"\n"
    async for items in item_pages(store, found.id, context):
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
