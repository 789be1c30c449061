"""Requests of a frame that come through ``api.fetch`` of the page around it.

They are posted to the ChatKit endpoint as JSON, ``{"type": "frame.request", "params": {"method",
"path", "headers", "body"}}``, because that address is the one that the page's ``fetch``, and
whatever proxy there may be, are made for. Here each becomes the request that it describes, with
the headers that it came with, so that everything behind sees no difference.

An answer that leads elsewhere is not followed by the browser, which knows nothing of the tunnel:
the frame is told the address in ``ChatKit-Location`` and asks for it itself.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Annotated, Any, Literal, cast
from urllib.parse import quote, unquote, urlsplit

import msgspec
from hypercorn.typing import (
    ASGIFramework,
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    ASGISendEvent,
    HTTPRequestEvent,
    HTTPScope,
    Scope,
)

from chat.security import POSTED

ENDPOINT = "/chatkit"
TYPE = "frame.request"
MARKED = (b"chatkit-answer", b"1")
"""The header that an answer to a frame has."""
LARGEST = 1024 * 1024
"""Bytes that such a request may have; files never come this way."""
PATIENCE = 10.0
"""Seconds for which a body is waited for here; what is slower has to do with what comes next."""
OWN = frozenset({b"content-type", b"content-length", b"transfer-encoding", b"accept"})
"""Headers of the outer request that are not the inner one's."""
ALLOWED = re.compile(
    r"accept|accept-language|content-type|last-event-id|chat-watching|hx-[a-z-]+|chatkit-[a-z-]+",
    re.IGNORECASE,
)
"""Headers that a frame gives its requests; who asks is said by the page around it alone."""

Path = Annotated[str, msgspec.Meta(pattern=r"^/(?!/)[!-~]*\Z", max_length=4096)]
Value = Annotated[str, msgspec.Meta(pattern=r"^[ -~]*\Z", max_length=4096)]


class FrameRequest(msgspec.Struct, frozen=True):
    """What a frame asks; the path is without that of its server."""

    path: Path
    method: Literal["GET", "POST", "PUT"] = "GET"
    headers: dict[str, Value] = {}
    body: str = ""


class Typed(msgspec.Struct, frozen=True):
    """What any request to the endpoint says first of itself."""

    type: str = ""


class Posted(msgspec.Struct, frozen=True):
    """The body of such a request; what else the page's ``fetch`` adds to it is left out."""

    params: FrameRequest


class Tunnel:
    """An ASGI application before another one."""

    def __init__(self, app: ASGIFramework) -> None:
        """Take the application that answers."""
        self._app = app

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Hand on a request, unpacked where it is one of a frame."""
        if scope["type"] != "http" or scope["method"] != "POST":
            return await self._app(scope, receive, send)
        prefix, endpoint, rest = scope["path"].rpartition(ENDPOINT)
        if not endpoint or rest:
            return await self._app(scope, receive, send)
        received: list[ASGIReceiveEvent] = []
        body = await _read(receive, received)
        if not _is_frames(body):
            return await self._app(scope, _again(received, receive), send)
        try:
            asked = msgspec.json.decode(body, type=Posted).params
        except (msgspec.MsgspecError, RecursionError):
            return await _refuse(send)
        inner = _again([_request(asked)], receive)
        await self._app(_described(scope, prefix, asked), inner, _leading(send))
        return None


async def _read(receive: ASGIReceiveCallable, received: list[ASGIReceiveEvent]) -> bytes:
    """Return a body; nothing where it is not whole in time, or larger than a frame's.

    Args:
        receive: gives its parts.
        received: is given them, too.
    """
    body = bytearray()
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while len(body) <= LARGEST:
                event = await receive()
                received.append(event)
                if event["type"] != "http.request":
                    break
                body += event["body"]
                if not event.get("more_body", False):
                    return bytes(body)
    return b""


def _is_frames(body: bytes) -> bool:
    """Return whether a body is a frame's request; the page's ``fetch`` may have added to it."""
    if len(body) > LARGEST or TYPE.encode() not in body:
        return False
    try:
        return msgspec.json.decode(body, type=Typed).type == TYPE
    except (msgspec.MsgspecError, RecursionError):
        return False


def _again(received: list[ASGIReceiveEvent], receive: ASGIReceiveCallable) -> ASGIReceiveCallable:
    """Return a way to receive what was received already, then the rest."""
    held = received[::-1]

    async def again() -> ASGIReceiveEvent:
        return held.pop() if held else await receive()

    return again


def _request(asked: FrameRequest) -> HTTPRequestEvent:
    return {"type": "http.request", "body": asked.body.encode(), "more_body": False}


def _described(scope: HTTPScope, prefix: str, asked: FrameRequest) -> HTTPScope:
    """Return the scope of the request that is asked for.

    Args:
        scope: that of the request it came with.
        prefix: the path that this server is below.
        asked: what is asked; its path is one of `chat.routes`.
    """
    given = {
        name.lower(): value for name, value in asked.headers.items() if ALLOWED.fullmatch(name)
    }
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name.lower() not in OWN and name.decode("latin-1").lower() not in given
    ]
    headers += [(name.encode(), value.encode()) for name, value in given.items()]
    if asked.method != "GET":
        headers.append((b"content-length", str(len(asked.body.encode())).encode()))
    address = urlsplit(asked.path)
    described: Any = {
        **scope,
        "method": asked.method,
        "path": prefix + unquote(address.path),
        "raw_path": quote(prefix).encode() + address.path.encode(),
        "query_string": address.query.encode(),
        "headers": headers,
        POSTED: True,
    }
    return cast(HTTPScope, described)


def _leading(send: ASGISendCallable) -> ASGISendCallable:
    """Return a way to send that lets the frame, not the browser, go where an answer leads.

    It marks what is an answer, so that nothing that stands before this host is taken for one.
    """

    async def lead(message: ASGISendEvent) -> None:
        if message["type"] == "http.response.start":
            leads = message["status"] in (302, 303, 307, 308)
            named = [
                (b"chatkit-location" if leads and name.lower() == b"location" else name, value)
                for name, value in message["headers"]
            ]
            status = 200 if leads else message["status"]
            message = {**message, "status": status, "headers": [*named, MARKED]}
        await send(message)

    return lead


async def _refuse(send: ASGISendCallable) -> None:
    said = b'{"error": {"code": "request.invalid", "message": "This is no request of a frame."}}'
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(said))]
    await send(
        {"type": "http.response.start", "status": 400, "headers": headers, "trailers": False}
    )
    await send({"type": "http.response.body", "body": said, "more_body": False})
