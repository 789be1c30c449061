"""Scripts that change the thread they are in."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from chatkit.types import (
    LockedStatus,
    ProgressUpdateEvent,
    StreamOptions,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStreamEvent,
)

from tests.servers.scripts import Scripts


class ThreadScripts(Scripts):
    """Titles, locks, and whether Stop is allowed."""

    def get_stream_options(self, thread: ThreadMetadata, context: Any) -> StreamOptions:
        """Forbid Stop where the thread says so."""
        return StreamOptions(allow_cancel=not thread.metadata.get("no_stop"))

    async def _title(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        thread.title = rest
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Titled."))

    async def _slow_title(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ProgressUpdateEvent(text="Thinking of a title")
        await asyncio.sleep(0.3)
        thread.title = rest
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Titled."))

    async def _lock(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        thread.status = LockedStatus(reason="This thread is finished.")
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Locked."))

    async def _locked_stop(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        thread.metadata = {"no_stop": True}
        yield ThreadItemDoneEvent(item=self._message(thread, context, "From now on no Stop."))
