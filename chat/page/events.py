"""``GET /threads/<thread_id>/events``: a thread's changes, for htmx's server-sent events."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator

from quart import request
from quart.typing import ResponseReturnValue

from chat.errors import NotFound
from chat.live import BOOT
from chat.page.changes import Message, Watcher
from chat.page.visit import Visit, visit
from chat.sse import HEARTBEAT, Pace, event_stream, with_heartbeat

CONNECTED = b": connected\n\n"
GLANCE = "ChatKit-Glance"

_LINE_END = re.compile(r"\r\n|\r|\n")


async def events(thread_id: str) -> ResponseReturnValue:
    """Stream what changes in a thread from the state that the page shows, without end.

    The page names its state as ``since``; htmx names the last message it got as
    ``Last-Event-ID`` when it connects again. Where the way from there is not known, the
    first message brings the page up to date as a whole. With the header `GLANCE` the stream ends
    when the page is up to date: that is for who has no connection left to listen with.

    Raises:
        NotFound: the thread is unknown or another owner's.
    """
    seen = await visit(thread_id)
    token = request.headers.get("Last-Event-ID") or request.args.get("since", "")
    watcher = Watcher(seen, *versions_of(token))
    return event_stream((_glance if GLANCE in request.headers else _stream)(seen, watcher))


def token_of(seen: int, heard: int) -> str:
    """Return what names a state of a page.

    Args:
        seen: the version that it shows.
        heard: the version up to which it was told the effects.
    """
    return f"{BOOT}.{seen}" if seen == heard else f"{BOOT}.{seen}.{heard}"


def versions_of(token: str) -> tuple[int, int]:
    """Return the versions that a token of this process names, seen and heard, else zeros."""
    boot, *numbers = token.split(".")
    known = boot == BOOT and all(
        number.isascii() and number.isdigit() and len(number) < 20 for number in numbers
    )
    match [int(number) for number in numbers] if known else []:
        case [seen]:
            return seen, seen
        case [seen, heard]:
            return seen, heard
        case _:
            return 0, 0


async def _stream(seen: Visit, watcher: Watcher) -> AsyncGenerator[bytes, None]:
    live = seen.live
    yield CONNECTED
    for message in watcher.missed():
        yield _told(watcher, message)
    pace = Pace()
    heartbeat = seen.host.settings.heartbeat
    async for news in with_heartbeat(lambda: live.changed(watcher.seen), heartbeat):
        if not news:
            yield HEARTBEAT
            continue
        await pace.wait()
        for message in await _look(seen, watcher):
            yield _told(watcher, message)
        if live.deleted or live.closing:
            return


async def _glance(seen: Visit, watcher: Watcher) -> AsyncGenerator[bytes, None]:
    yield CONNECTED
    for message in watcher.missed():
        yield _told(watcher, message)
    if seen.live.version > watcher.seen:
        for message in await _look(seen, watcher):
            yield _told(watcher, message)


async def _look(seen: Visit, watcher: Watcher) -> list[Message]:
    try:
        return await watcher.look()
    except NotFound:
        seen.live.deleted = True
        return await watcher.look()


def _told(watcher: Watcher, message: Message) -> bytes:
    return encoded(message, token_of(watcher.seen, message.heard))


def encoded(message: Message, token: str) -> bytes:
    """Return a message as its bytes in the stream.

    Args:
        message: what the page must do.
        token: names the state that the page shows afterwards.
    """
    lines = [f"id: {token}"]
    if message.event:
        lines.append(f"event: {message.event}")
    lines += [f"data: {line}" for line in _LINE_END.split(message.data)]
    return "\n".join([*lines, "", ""]).encode()
