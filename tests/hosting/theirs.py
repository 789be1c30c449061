"""ChatKit servers as other people write them: for FastAPI, with contexts and stores of their own.

Nothing here knows this project; only the blueprint at the end, the extra routes of one of
them, was written for a host on Quart.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from typing import Any

from chatkit.server import ChatKitServer, NonStreamingResult, StreamingResult
from chatkit.store import AttachmentStore, NotFoundError, Store
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    Attachment,
    AttachmentCreateParams,
    AttachmentUploadDescriptor,
    FileAttachment,
    Page,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
)
from fastapi import HTTPException
from quart import Blueprint, current_app, request
from quart.typing import ResponseReturnValue

Context = dict[str, Any]


class DictStore(Store[Context]):
    """Keeps copies in dictionaries; the context is for whoever wants it."""

    def __init__(self) -> None:
        self.threads: dict[str, ThreadMetadata] = {}
        self.items: dict[str, list[ThreadItem]] = {}
        self.files: dict[str, Attachment] = {}
        self.contexts: list[Any] = []

    async def load_thread(self, thread_id: str, context: Context) -> ThreadMetadata:
        self.contexts.append(context)
        if thread_id not in self.threads:
            raise NotFoundError(f"no thread {thread_id}")
        return self.threads[thread_id].model_copy(deep=True)

    async def save_thread(self, thread: ThreadMetadata, context: Context) -> None:
        self.contexts.append(context)
        kept = thread.model_dump(exclude={"items"})
        self.threads[thread.id] = ThreadMetadata.model_validate(kept)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: Context
    ) -> Page[ThreadMetadata]:
        found = sorted(self.threads.values(), key=lambda each: each.created_at)
        return _page(found, limit, after, order)

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Context
    ) -> Page[ThreadItem]:
        found = [each.model_copy(deep=True) for each in self.items.get(thread_id, [])]
        return _page(found, limit, after, order)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Context) -> None:
        self.items.setdefault(thread_id, []).append(item.model_copy(deep=True))

    async def save_item(self, thread_id: str, item: ThreadItem, context: Context) -> None:
        kept = self.items.setdefault(thread_id, [])
        for at, each in enumerate(kept):
            if each.id == item.id:
                kept[at] = item
                return
        kept.append(item)

    async def load_item(self, thread_id: str, item_id: str, context: Context) -> ThreadItem:
        for each in self.items.get(thread_id, []):
            if each.id == item_id:
                return each
        raise NotFoundError(f"no item {item_id}")

    async def delete_thread(self, thread_id: str, context: Context) -> None:
        self.threads.pop(thread_id, None)
        self.items.pop(thread_id, None)

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Context) -> None:
        kept = self.items.get(thread_id, [])
        self.items[thread_id] = [each for each in kept if each.id != item_id]

    async def save_attachment(self, attachment: Attachment, context: Context) -> None:
        self.files[attachment.id] = attachment

    async def load_attachment(self, attachment_id: str, context: Context) -> Attachment:
        if attachment_id not in self.files:
            raise NotFoundError(f"no attachment {attachment_id}")
        return self.files[attachment_id]

    async def delete_attachment(self, attachment_id: str, context: Context) -> None:
        self.files.pop(attachment_id, None)


def _page(found: list[Any], limit: int, after: str | None, order: str) -> Page[Any]:
    if order == "desc":
        found = found[::-1]
    ids = [each.id for each in found]
    start = ids.index(after) + 1 if after in ids else 0
    data = found[start : start + limit]
    more = start + limit < len(found)
    return Page(data=data, has_more=more, after=data[-1].id if data and more else None)


class TalkingServer(ChatKitServer[Context]):
    """Answers with one sentence."""

    def said(self, context: Context) -> str:
        return "Hello."

    async def respond(
        self, thread: ThreadMetadata, item: UserMessageItem | None, context: Context
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemDoneEvent(
            item=AssistantMessageItem(
                id=self.store.generate_item_id("message", thread, context),
                thread_id=thread.id,
                created_at=datetime.now(),
                content=[AssistantMessageContent(text=self.said(context))],
            )
        )


class ReadingServer(TalkingServer):
    """Says what it reads of the request in its context."""

    def said(self, context: Context) -> str:
        request = context["request"]
        return json.dumps(
            {
                "keys": sorted(context),
                "header": request.headers.get("X-Article"),
                "query": request.query_params.get("lang"),
                "same": request.args.get("lang"),
                "cookies": sorted(request.cookies),
                "base": str(request.base_url),
                "client": request.client.host,
                "method": request.method,
                "file": str(request.url_for("download", file_id="a b", size="2")),
                "state": hasattr(request.state, "user"),
            }
        )


class OwnStoreServer(ReadingServer):
    """Brings its store and takes nothing."""

    def __init__(self) -> None:
        self.store: DictStore = DictStore()
        super().__init__(self.store)


class Uploads(AttachmentStore[Context]):
    """Sends uploads to a route of the application around it."""

    async def create_attachment(
        self, input: AttachmentCreateParams, context: Context
    ) -> Attachment:
        if input.size > 1000:
            raise HTTPException(status_code=413, detail="At most 1000 bytes, please.")
        file_id = self.generate_attachment_id(input.mime_type, context)
        url = context["request"].url_for("upload", file_id=file_id)
        where = AttachmentUploadDescriptor(url=url, method="POST")
        return FileAttachment(
            id=file_id, name=input.name, mime_type=input.mime_type, upload_descriptor=where
        )

    async def delete_attachment(self, attachment_id: str, context: Context) -> None:
        pass


class UploadingServer(TalkingServer):
    """Brings both stores."""

    def __init__(self) -> None:
        super().__init__(DictStore(), Uploads())


class CountingServer(TalkingServer):
    """Looks at every request before it is answered, and at every chunk of what is streamed."""

    def __init__(self) -> None:
        super().__init__(DictStore())
        self.asked: list[str] = []
        self.streamed = 0

    async def process(
        self, request: str | bytes | bytearray, context: Context
    ) -> StreamingResult | NonStreamingResult:
        body = json.loads(request)
        self.asked.append(body["type"])
        if "please" not in str(body) and body["type"] == "threads.create":
            raise HTTPException(status_code=429, detail="Say please.")
        result = await super().process(request, context)
        if isinstance(result, StreamingResult):
            return StreamingResult(self._counted(result))
        return result

    async def _counted(self, result: StreamingResult) -> AsyncGenerator[bytes, None]:
        async for chunk in result:
            self.streamed += len(chunk)
            yield b": a comment\n\n" + chunk[:10]
            yield chunk[10:]


class StreamingServer(TalkingServer):
    """Streams words for as long as it is let, by a `process` of its own."""

    async def process(
        self, request: str | bytes | bytearray, context: Context
    ) -> StreamingResult | NonStreamingResult:
        return await super().process(request, context)

    async def respond(
        self, thread: ThreadMetadata, item: UserMessageItem | None, context: Context
    ) -> AsyncIterator[ThreadStreamEvent]:
        answer = AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=datetime.now(),
            content=[AssistantMessageContent(text="On")],
        )
        yield ThreadItemAddedEvent(item=answer)
        while True:
            update = AssistantMessageContentPartTextDelta(content_index=0, delta=" and on")
            yield ThreadItemUpdatedEvent(item_id=answer.id, update=update)
            await asyncio.sleep(0.01)


talking = TalkingServer(DictStore())


def create_chatkit_server() -> CountingServer | None:
    return CountingServer()


def without_dependencies() -> TalkingServer | None:
    return None


def request_context(request: Any) -> Context:
    return {"request": request}


def named_context(request: Any) -> Context:
    return {"request": request, "user_id": request.headers.get("X-User")}


async def guarded_context(request: Any) -> Context:
    if "X-User" not in request.headers:
        raise HTTPException(status_code=401, detail="Log in first.")
    return {"request": request, "user_id": request.headers["X-User"]}


def no_context(_: Any) -> None:
    return None


NOTHING: Context = {}


def shared_context(_: Any) -> Context:
    return NOTHING


files = Blueprint("files", __name__)


@files.get("/files/<file_id>")
async def download(file_id: str) -> ResponseReturnValue:
    return file_id


@files.post("/files/<file_id>")
async def upload(file_id: str) -> ResponseReturnValue:
    server = await current_app.extensions["chatkit"].server()
    context = request_context(request)
    attachment = await server.store.load_attachment(file_id, context)
    kept = attachment.model_copy(update={"upload_descriptor": None})
    await server.store.save_attachment(kept, context)
    return dict(kept.model_dump(mode="json", exclude_none=True))
