"""Turns: which thread is being answered now, and how a turn is started and stopped.

A turn is one run of a server for one streaming request (`chat.turn`). Each runs in its own
task, so it outlives the connection that started it; a thread has at most one at a time.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from chatkit.server import ChatKitServer
from chatkit.store import Store
from chatkit.types import StreamingReq, ThreadsCreateReq

from chat.checks import check, thread_of
from chat.errors import Conflict, ShuttingDown, TurnRunning
from chat.journal import EventJournal
from chat.live import LiveThread
from chat.protocol import stream_events
from chat.turn import Status, Turn
from store.base import KeepsTurns

log = logging.getLogger(__name__)

STOP_TIME = 5.0
"""Seconds a server may take to end a turn that is being stopped; then it is left alone."""


class Turns:
    """All turns of this process, and the live state of the threads they run in."""

    def __init__(
        self, store: Store[Any], server: Callable[[], Awaitable[ChatKitServer[Any]]]
    ) -> None:
        """Take the store that the server writes to, and what gives the server once it is loaded."""
        self.store = store
        self._server = server
        self.closing = False
        self._running: dict[str, Turn] = {}
        self._starting: set[Turn] = set()
        self._threads: WeakValueDictionary[str, LiveThread] = WeakValueDictionary()

    async def start(
        self, request: StreamingReq, context: Any, journal: EventJournal | None = None
    ) -> Turn:
        """Start a turn and wait for its first event.

        Args:
            request: one of the six streaming requests.
            context: whose request it is.
            journal: where a ChatKit client's events go; a page watches the thread instead.

        Raises:
            TurnRunning: a turn runs in the thread already.
            ShuttingDown: the server takes no new turns.
            ChatError: the request was refused before anything was streamed.
        """
        server = await self._server()
        await check(request, server, context)
        thread_id = None if isinstance(request, ThreadsCreateReq) else request.params.thread_id
        live = await self.watch(thread_id, context) if thread_id else None
        if self.closing:
            raise ShuttingDown
        if thread_id in self._running:
            raise TurnRunning
        turn = Turn(self, request, context, journal, live)
        self._starting.add(turn)
        if thread_id:
            self._running[thread_id] = turn
        turn.run(stream_events(server, request, context))
        try:
            await turn.wait_for_first_event()
        except asyncio.CancelledError:
            if journal:  # the client closed its connection: it means Stop
                turn.cancel()
            raise
        finally:
            self._starting.discard(turn)
        return turn

    async def watch(self, thread_id: str, context: Any) -> LiveThread:
        """Return the live state of the caller's thread, with its latest turn.

        Raises:
            NotFound: the thread is unknown or another owner's.
        """
        known = self._threads.get(thread_id)
        title_version = known.title_version if known else None
        thread = await thread_of(self.store, thread_id, context)
        record = None
        if thread_id not in self._threads and isinstance(self.store, KeepsTurns):
            record = await self.store.load_turn(thread_id, context)
        live = self.live(thread_id)
        if live.record is None:
            if record and record.status == "running" and thread_id not in self._running:
                record.status = "interrupted"  # its end could not be stored
            live.record = record
        if known is None or live.title_version == title_version:  # else it is newer than this one
            live.rename(thread.title)
        return live

    def live(self, thread_id: str) -> LiveThread:
        """Return the live state of a thread that is known to be the caller's."""
        live = self._threads.get(thread_id)
        if live is None:
            live = self._threads[thread_id] = LiveThread(thread_id)
            live.closing = self.closing
        return live

    def running(self, thread_id: str) -> Turn | None:
        """Return the turn that runs in a thread, or None."""
        return self._running.get(thread_id)

    @property
    def count(self) -> int:
        """How many turns run now."""
        return len({*self._running.values(), *self._starting})

    def began(self, turn: Turn, thread_id: str) -> None:
        """Note that a turn runs in the thread it has just created."""
        self._running[thread_id] = turn

    def ended(self, turn: Turn) -> None:
        """Note that a turn holds its thread no longer."""
        if turn.thread_id and self._running.get(turn.thread_id) is turn:
            del self._running[turn.thread_id]

    async def stop(self, thread_id: str, context: Any) -> None:
        """Stop the turn that runs in the caller's thread; return when it has ended.

        Raises:
            NotFound: the thread is unknown or another owner's.
            Conflict: the server does not allow its turn to be stopped.
        """
        await thread_of(self.store, thread_id, context)
        if turn := self.running(thread_id):
            if not turn.live.allow_cancel:
                raise Conflict("This answer cannot be stopped.")
            await self.cancel(turn)

    async def cancel(self, turn: Turn, status: Status = "stopped") -> None:
        """End a turn, whatever its server does, and wait until it has ended."""
        turn.cancel(status)
        await turn.ended(STOP_TIME)

    async def close(self, grace: float) -> None:
        """Take no more turns, let the running ones finish, then store what the rest have.

        Args:
            grace: seconds that running turns are given.
        """
        self.closing = True
        turns = {*self._running.values(), *self._starting}
        if turns:
            log.info("waiting for turns", extra={"turns": len(turns), "seconds": grace})
            await asyncio.gather(*(turn.ended(grace, abandon=False) for turn in turns))
        await asyncio.gather(*(self.cancel(turn, "interrupted") for turn in turns if not turn.over))
        for live in list(self._threads.values()):
            live.closing = True
            live.touch()
