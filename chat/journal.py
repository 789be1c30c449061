"""What the ChatKit client that started a turn still has to be told.

The client must get every event, in order, so this is the one place that holds events.
Text deltas that are ready together travel as one; where a client reads so slowly that
much is waiting, of several states of the same thing only the newest is kept, and where
more waits than one process should hold, the client is told to load the thread again.
"""

import asyncio
from collections.abc import AsyncGenerator

from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    ErrorEvent,
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

FULL = 16 * 1024 * 1024
"""Waiting bytes at which a client has fallen behind for good."""

BEHIND = ErrorEvent(
    code="custom",
    message="This answer came faster than it was read. Reload to see all of it.",
    allow_retry=False,
)

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


def _item_of(event: ThreadStreamEvent) -> str | None:
    """Return the id of the item that an event is about, or None."""
    return getattr(event, "item_id", None) or getattr(getattr(event, "item", None), "id", None)


class EventJournal:
    """Events on their way to one client, encoded as they come."""

    def __init__(self) -> None:
        """Start empty."""
        self._waiting: dict[int, bytes] = {}
        self._size = 0
        self._next = 0
        self._states: dict[Key, int] = {}
        self._text: list[str] = []
        self._text_event: ThreadItemUpdatedEvent | None = None
        self._news = asyncio.Event()
        self.closed = False

    def append(self, event: ThreadStreamEvent) -> None:
        """Add an event. It is encoded now: its sender may change its parts later."""
        if self.closed:
            return
        update = event.update if isinstance(event, ThreadItemUpdatedEvent) else None
        if isinstance(update, AssistantMessageContentPartTextDelta):
            self._append_text(event, update)  # type: ignore[arg-type]  # narrowed by update
        else:
            self._settle_text()
            self._add(event)
        if self._size > FULL:
            self._give_up()
        self._news.set()

    def close(self) -> None:
        """Say that no event follows."""
        self.closed = True
        self._news.set()

    def take(self) -> bytes:
        """Return everything that waits, framed for the client; empty where nothing does."""
        self._settle_text()
        taken = b"".join(map(frame, self._waiting.values()))
        self._waiting.clear()
        self._states.clear()
        self._size = 0
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
        self._size += len(update.delta)

    def _settle_text(self) -> None:
        if self._text_event is None:
            return
        event, self._text_event = self._text_event, None
        text, self._text = "".join(self._text), []
        self._size -= len(text)
        update = event.update.model_copy(update={"delta": text})
        self._add(event.model_copy(update={"update": update}))

    def _add(self, event: ThreadStreamEvent) -> None:
        encoded = encode(event)
        state = _state_of(event)
        if state is None:
            self._forget_states_before(event)
        else:
            older = self._states.get(state)
            if older is not None and self._size > CROWDED:
                self._size -= len(self._waiting.pop(older))
            self._states[state] = self._next
        self._waiting[self._next] = encoded
        self._next += 1
        self._size += len(encoded)

    def _forget_states_before(self, event: ThreadStreamEvent) -> None:
        """Keep the states of an item that another event about it builds on."""
        item_id = _item_of(event)
        for known in [key for key in self._states if item_id in key]:
            del self._states[known]

    def _give_up(self) -> None:
        self._waiting = {self._next: encode(BEHIND)}
        self._text, self._text_event, self._size = [], None, 0
        self.close()
