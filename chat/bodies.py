"""The bodies of requests, how large they may be, and those of answers that are files.

Quart knows one limit for all bodies; uploads have their own. A server that answers and
hangs up while the client is still sending resets the connection, and then no client ever
reads why it was refused; so the rest of a refused body is read, and dropped, first.
"""

import asyncio
from typing import Any

from hypercorn.typing import (
    ASGIReceiveCallable,
    ASGIReceiveEvent,
    ASGISendCallable,
    ASGISendEvent,
    HTTPScope,
)
from quart import Quart, Request, Response
from quart.asgi import ASGIHTTPConnection
from quart.wrappers.response import FileBody

from chat.requests import ServerRequest
from chat.settings import Settings

UPLOAD_PATH = "/attachments"
FRAMING = 64 * 1024
"""Bytes that a multipart body may have beside its file."""
PATIENCE = 10.0
"""Seconds that the rest of a refused body is read for."""


class PatientConnection(ASGIHTTPConnection):
    """A connection whose client gets to read a refusal."""

    def __init__(self, app: Quart, scope: HTTPScope) -> None:
        """Take what Quart gives a connection."""
        super().__init__(app, scope)
        self._received = asyncio.Event()

    async def handle_messages(self, request: Request, receive: ASGIReceiveCallable) -> None:
        """Take in the body, and note its end."""

        async def receive_and_note() -> ASGIReceiveEvent:
            message = await receive()
            if message["type"] != "http.request" or not message.get("more_body", False):
                self._received.set()
            return message

        await super().handle_messages(request, receive_and_note)

    async def handle_request(self, request: Request, send: ASGISendCallable) -> None:
        """Answer the request; a refusal only when the body has been read, or is too slow."""

        async def send_patiently(message: ASGISendEvent) -> None:
            if message["type"] == "http.response.start" and message["status"] >= 400:
                await self._await_body()
            await send(message)

        await super().handle_request(request, send_patiently)

    async def _await_body(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._received.wait()
        except TimeoutError:
            pass


class WholeFile(FileBody):
    """A small file of ours, read at once.

    Quart's own body keeps it open while it is sent, in pieces of 8 KB that a thread reads
    one by one, and leaves it open when the client has gone before it is closed.
    """

    _unread = True

    async def __aenter__(self) -> "WholeFile":
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    async def __anext__(self) -> bytes:
        if not self._unread:
            raise StopAsyncIteration
        self._unread = False
        content = await asyncio.to_thread(self.file_path.read_bytes)
        return content[self.begin : self.end]


class WholeFileResponse(Response):
    """An answer whose body is a `WholeFile` where it is a file."""

    file_body_class = WholeFile


def install(app: Quart, settings: Settings) -> None:
    """Let an application take bodies as large as the settings say, and send static files whole.

    Args:
        app: the application.
        settings: `max_request_bytes` and `max_attachment_bytes`.
    """

    class LimitedRequest(ServerRequest):
        """A request whose body's limit depends on where it goes."""

        application = app

        def __init__(self, method: str, scheme: str, path: str, *args: Any, **options: Any) -> None:
            if path == UPLOAD_PATH or path.startswith(f"{UPLOAD_PATH}/"):
                options["max_content_length"] = settings.max_attachment_bytes + FRAMING
            super().__init__(method, scheme, path, *args, **options)

    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    app.request_class = LimitedRequest
    app.response_class = WholeFileResponse
    if not issubclass(app.asgi_http_class, PatientConnection):
        app.asgi_http_class = PatientConnection
