"""Scripts that say something, in all the ways in which text can come."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
)

from tests.servers.scripts import Scripts


class Texts(Scripts):
    """Messages: finished, streamed, changed afterwards."""

    async def _pieces(
        self, thread: ThreadMetadata, context: Any, pieces: list[str], pause: float
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "")
        yield ThreadItemAddedEvent(item=item)
        yield ThreadItemUpdatedEvent(
            item_id=item.id,
            update=AssistantMessageContentPartAdded(
                content_index=0, content=AssistantMessageContent(text="")
            ),
        )
        for piece in pieces:
            if pause:
                await asyncio.sleep(pause)
            yield ThreadItemUpdatedEvent(
                item_id=item.id,
                update=AssistantMessageContentPartTextDelta(content_index=0, delta=piece),
            )
        content = AssistantMessageContent(text="".join(pieces))
        yield ThreadItemUpdatedEvent(
            item_id=item.id,
            update=AssistantMessageContentPartDone(content_index=0, content=content),
        )
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))

    async def _stream(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        count, _, pause = rest.partition(" ")
        words = [f"word{number} " for number in range(int(count))]
        async for event in self._pieces(thread, context, words, float(pause or 0.02)):
            yield event

    async def _burst(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        words = [f"word{number} " for number in range(int(rest))]
        async for event in self._pieces(thread, context, words, 0):
            yield event

    async def _markdown(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        async for event in self._pieces(thread, context, list(rest), 0.002):
            yield event

    async def _interleaved(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        first, second = (self._message(thread, context, text) for text in ("first", "second"))
        yield ThreadItemAddedEvent(item=first)
        yield ThreadItemDoneEvent(item=second)
        yield ThreadItemDoneEvent(item=first)

    async def _many(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        for number in range(int(rest)):
            yield ThreadItemDoneEvent(item=self._message(thread, context, f"Number {number}."))

    async def _late(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "early")
        yield ThreadItemDoneEvent(item=item)
        update = AssistantMessageContentPartTextDelta(content_index=0, delta=f" {rest}")
        yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
        await asyncio.Event().wait()

    async def _replaced(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "early")
        yield ThreadItemDoneEvent(item=item)
        update = AssistantMessageContentPartTextDelta(content_index=0, delta=" and late")
        yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
        await asyncio.sleep(0.5)
        content = [AssistantMessageContent(text="another")]
        yield ThreadItemReplacedEvent(item=item.model_copy(update={"content": content}))
