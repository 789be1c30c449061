"""Scripts that fail, wait for ever or do not let go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from chatkit.errors import CustomStreamError
from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    ProgressUpdateEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
)

from tests.servers.scripts import Scripts


class Trouble(Scripts):
    """What a server should not do."""

    async def _fail(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "half an")
        yield ThreadItemAddedEvent(item=item)
        raise RuntimeError("secret internal detail")

    async def _refuse(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ProgressUpdateEvent(text="Trying")
        raise CustomStreamError("The model is busy. Try again in a minute.", allow_retry=True)

    async def _hang(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemAddedEvent(item=self._message(thread, context, "word0 "))
        await asyncio.Event().wait()

    async def _silent(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemAddedEvent(item=self._message(thread, context, ""))
        await asyncio.Event().wait()

    async def _stubborn(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "before ")
        yield ThreadItemAddedEvent(item=item)
        for number in range(1000):
            try:
                await asyncio.sleep(0.05)
            except asyncio.CancelledError:
                yield ThreadItemUpdatedEvent(
                    item_id=item.id,
                    update=AssistantMessageContentPartTextDelta(content_index=0, delta="after "),
                )
            yield ThreadItemUpdatedEvent(
                item_id=item.id,
                update=AssistantMessageContentPartTextDelta(content_index=0, delta=f"{number} "),
            )

    async def _deaf(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "Hm.")
        yield ThreadItemAddedEvent(item=item)
        loop = asyncio.get_running_loop()
        end = loop.time() + 3
        while loop.time() < end:
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(0.1)
        yield ThreadItemDoneEvent(item=item)

    async def _search(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ProgressUpdateEvent(text=f"Looking for {rest}", icon="search")
        await asyncio.Event().wait()
