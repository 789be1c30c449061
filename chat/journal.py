"""What the ChatKit client that started a turn still has to be told.

The client must get every event, in order, so this is the one place that holds events.
Text deltas that are ready together travel as one; where a client reads so slowly that
much is waiting, of several states of the same thing only the newest is kept.
"""

import asyncio
from collections.abc import AsyncGenerator

from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    GeneratedImageUpdated,
    ProgressUpdateEvent,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
    WidgetRootUpdated,
    WorkflowTaskUpdated,
)

from chat.protocol import encode
from chat.sse import HEARTBEAT, Pace, frame, with_heartbeat

CROWDED = 64 * 1024
"""Waiting bytes from which on only the newest state of a thing is kept."""

Key = tuple[str | int, ...]


def _state_of(event: ThreadStreamEvent) -> Key | None:
    """Name the thing whose whole state an event carries, so that a newer one replaces it."""
    match event:
        case ProgressUpdateEvent():
            return ("progress",)
        case ThreadItemUpdatedEvent(update=WidgetRootUpdated()):
            return ("widget", event.item_id)
        case ThreadItemUpdatedEvent(update=WorkflowTaskUpdated() as update):
            return ("task", event.item_id, update.task_index)
        case ThreadItemUpdatedEvent(update=GeneratedImageUpdated()):
            return ("image", event.item_id)
        case _:
            return None


class EventJournal:
    """Events on their way to one client, encoded as they come."""

    def __init__(self) -> None:
        """Start empty."""
        self._waiting: list[bytes] = []
        self._size = 0
        self._last: Key | None = None
        self._text: list[str] = []
        self._text_event: ThreadItemUpdatedEvent | None = None
        self._news = asyncio.Event()
        self.closed = False

    def append(self, event: ThreadStreamEvent) -> None:
        """Add an event. It is encoded now: its sender may change its parts later."""
        update = event.update if isinstance(event, ThreadItemUpdatedEvent) else None
        if isinstance(update, AssistantMessageContentPartTextDelta):
            self._append_text(event, update)  # type: ignore[arg-type]  # narrowed by update
        else:
            self._settle_text()
            self._add(encode(event), _state_of(event))
        self._news.set()

    def close(self) -> None:
        """Say that no event follows."""
        self.closed = True
        self._news.set()

    def take(self) -> bytes:
        """Return everything that waits, framed for the client; empty where nothing does."""
        self._settle_text()
        taken = b"".join(map(frame, self._waiting))
        self._waiting.clear()
        self._size, self._last = 0, None
        self._news.clear()
        return taken

    async def stream(self, heartbeat: float) -> AsyncGenerator[bytes, None]:
        """Yield what comes until the journal is closed.

        Args:
            heartbeat: seconds of silence after which a comment is sent.
        """
        pace = Pace()
        async for news in with_heartbeat(self._news.wait, heartbeat):
            if not news:
                yield HEARTBEAT
                continue
            if not self.closed:
                await pace.wait()
            closed = self.closed
            if taken := self.take():
                yield taken
            if closed:
                return

    def _append_text(
        self, event: ThreadItemUpdatedEvent, update: AssistantMessageContentPartTextDelta
    ) -> None:
        held = self._text_event
        if (
            held is None
            or held.item_id != event.item_id
            or held.update.content_index != update.content_index  # type: ignore[union-attr]
        ):
            self._settle_text()
            self._text_event = event
        self._text.append(update.delta)

    def _settle_text(self) -> None:
        if self._text_event is None:
            return
        event, self._text_event = self._text_event, None
        text, self._text = "".join(self._text), []
        update = event.update.model_copy(update={"delta": text})
        self._add(encode(event.model_copy(update={"update": update})), None)

    def _add(self, encoded: bytes, state: Key | None) -> None:
        if state is not None and state == self._last and self._size > CROWDED:
            self._size -= len(self._waiting.pop())
        self._waiting.append(encoded)
        self._size += len(encoded)
        self._last = state
