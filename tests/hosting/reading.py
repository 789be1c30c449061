"""A server as it is written beside FastAPI: it reads there what it wants to know of a request."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from chatkit.types import ThreadMetadata, ThreadStreamEvent, UserMessageItem
from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict
from starlette.middleware.sessions import SessionMiddleware

from tests.hosting.theirs import DictStore, TalkingServer


class FastAPIContext(BaseModel):
    """A context that takes FastAPI's request and no other."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    request: Request


def fastapi_context(request: Request) -> FastAPIContext:
    return FastAPIContext(request=request)


class ParsingServer(TalkingServer):
    """Says what it reads of addresses, headers, fields and the body."""

    def __init__(self) -> None:
        super().__init__(DictStore())
        self.read: dict[str, Any] = {}

    def said(self, context: Any) -> str:
        return json.dumps(self.read)

    async def respond(
        self, thread: ThreadMetadata, item: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        request = context.request if isinstance(context, FastAPIContext) else context["request"]
        file = request.url_for("download", file_id="1")
        self.read = {
            "scheme": request.url.scheme,
            "host": request.url.hostname,
            "path": request.url.path,
            "query": request.url.query,
            "base": request.base_url.path,
            "secure": str(file.replace(scheme="https")).partition(":")[0],
            "sized": file.include_query_params(size=2).query,
            "header": dict(request.headers).get("x-article"),
            "fields": dict(request.query_params),
            "all": request.query_params.getlist("lang"),
            "body": len(await request.body()) > 0,
            "type": (await request.json())["type"],
            "left": await request.is_disconnected(),
        }
        async for event in super().respond(thread, item, context):
            yield event


class NotingServer(ParsingServer):
    """Says what an application around it has noted, and where a file is there."""

    async def respond(
        self, thread: ThreadMetadata, item: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        request = context.request if isinstance(context, FastAPIContext) else context["request"]
        self.read = {
            "state": getattr(request.state, "who", None),
            "pool": request.app.state.pool,
            "session": request.session.get("visits"),
            "file": str(request.url_for("upload", file_id="1")),
        }
        async for event in TalkingServer.respond(self, thread, item, context):
            yield event


class UnmountedServer(ParsingServer):
    """Says whether somebody has noted something, as careful servers ask."""

    async def respond(
        self, thread: ThreadMetadata, item: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        request = context["request"]
        names = ("session", "user", "auth")
        self.read = {name: getattr(request, name, "none") for name in names}
        async for event in TalkingServer.respond(self, thread, item, context):
            yield event


def noting(**options: Any) -> FastAPI:
    """Return an application that keeps a pool, notes who asks, and takes uploads."""
    application = FastAPI(**options)
    application.state.pool = "a pool"

    @application.middleware("http")
    async def know(request: Request, call_next: Any) -> Any:
        request.state.who = "alice"
        request.session["visits"] = 1
        return await call_next(request)

    application.add_middleware(SessionMiddleware, secret_key="secret")  # of a test

    @application.post("/uploads/{file_id}")
    async def upload(file_id: str) -> str:
        return file_id

    return application
