"""The servers that the benchmarks of the endpoint compare, and the same one on FastAPI."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from chatkit.server import ChatKitServer, StreamingResult
from chatkit.store import Store
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTextContent,
)

from chat.identity import RequestContext
from store import MemoryStore


class DeltaServer(ChatKitServer[Any]):
    """Streams as many text deltas as the message says, each in a turn of the loop of its own."""

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Yield the deltas."""
        parts = input_user_message.content if input_user_message else []
        count = int("".join(p.text for p in parts if isinstance(p, UserMessageTextContent)))
        item = AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=datetime.now(),
            content=[],
        )
        yield ThreadItemAddedEvent(item=item)
        empty = AssistantMessageContent(text="")
        yield ThreadItemUpdatedEvent(
            item_id=item.id, update=AssistantMessageContentPartAdded(content_index=0, content=empty)
        )
        for _ in range(count):
            await asyncio.sleep(0)
            yield ThreadItemUpdatedEvent(
                item_id=item.id,
                update=AssistantMessageContentPartTextDelta(content_index=0, delta="four "),
            )
        content = [AssistantMessageContent(text="four " * count)]
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": content}))


def deltas(store: Store[Any]) -> DeltaServer:
    """Make the server on the host's store."""
    return DeltaServer(store)


def fastapi_app() -> Any:
    """Return the SDK's own way of serving: FastAPI, its bytes streamed as they come."""
    from fastapi import FastAPI, Request
    from fastapi.responses import Response, StreamingResponse

    app = FastAPI()
    server = DeltaServer(MemoryStore())

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}

    async def chatkit(request: Request) -> Response:
        context = RequestContext(user_id="usr_benchmark", locale="en", request=None)
        result = await server.process(await request.body(), context)
        if isinstance(result, StreamingResult):
            return StreamingResponse(result, media_type="text/event-stream")
        return Response(result.json, media_type="application/json")

    app.add_api_route("/chatkit", chatkit, methods=["POST"], response_model=None)
    return app
