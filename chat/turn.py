"""One turn: a server's answer to one streaming request, from its first event to its end.

Events flow one way: the SDK's generator → the live thread (what watchers render) → the
store (what must survive) → the journal (what the ChatKit client is told).
"""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, assert_never

from chatkit.errors import ErrorCode
from chatkit.store import NotFoundError
from chatkit.types import (
    ClientEffectEvent,
    ErrorEvent,
    HiddenContextItem,
    NoticeEvent,
    ProgressUpdateEvent,
    SDKHiddenContextItem,
    StreamingReq,
    StreamOptionsEvent,
    ThreadCreatedEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadsAddClientToolOutputReq,
    ThreadsRetryAfterItemReq,
    ThreadStreamEvent,
    ThreadUpdatedEvent,
)

from chat.errors import (
    ChatError,
    Conflict,
    InvalidRequest,
    NotFound,
    NotSupported,
    ShuttingDown,
    refusal_of,
)
from chat.journal import EventJournal
from chat.live import FIRST, LiveItem, LiveThread
from chat.metrics import EVENTS, TURN_SECONDS, TURNS, TURNS_RUNNING
from chat.stored import load_item
from chat.unstored import Unstored
from chat.updates import UpdateMismatch
from store.base import KeepsTurns, TurnRecord

if TYPE_CHECKING:
    from chat.turns import Turns

log = logging.getLogger(__name__)

LONGEST_RUN = 0.005
"""Seconds for which a server that never waits may keep the event loop to itself."""

Status = Literal["done", "stopped", "failed", "interrupted"]


def _is_hidden(event: ThreadStreamEvent) -> bool:
    """Return whether an event shows what never leaves the server; the SDK only sees to Done."""
    return isinstance(
        event, ThreadItemAddedEvent | ThreadItemDoneEvent | ThreadItemReplacedEvent
    ) and isinstance(event.item, HiddenContextItem | SDKHiddenContextItem)


async def _cancel(events: AsyncGenerator[ThreadStreamEvent, None]) -> None:
    """Make sure that the SDK sees a cancellation that struck outside its generator.

    It stores what was pending only on `CancelledError`, not when it is merely closed.
    """
    try:
        await events.athrow(asyncio.CancelledError())
    except (asyncio.CancelledError, StopAsyncIteration):
        pass
    except Exception:  # what was pending could not be stored; the turn has to end all the same
        log.exception("cancellation not handled")


async def _close(events: AsyncGenerator[ThreadStreamEvent, None]) -> None:
    try:
        await events.aclose()
    except asyncio.CancelledError:
        pass
    except Exception:
        log.exception("server did not end cleanly")


class Turn:
    """A running answer. `Turns.start` makes it; it ends by itself or by `cancel`."""

    def __init__(
        self,
        turns: "Turns",
        request: StreamingReq,
        context: Any,
        journal: EventJournal | None,
        live: LiveThread | None,
    ) -> None:
        """Prepare a turn in a thread, or for a thread that its first event creates."""
        self.id = f"trn_{secrets.token_hex(16)}"
        self.request_type = request.type
        self.before = live.version if live else FIRST  # how the thread was then
        self.over = False
        self._turns = turns
        self._store = turns.store
        self._context = context
        self._journal = journal
        self._live = live
        # These change stored items without an event that says so.
        self._rewrites = isinstance(
            request, ThreadsRetryAfterItemReq | ThreadsAddClientToolOutputReq
        )
        self._unstored = Unstored(turns.store, context)
        self._record: TurnRecord | None = None
        self._title: str | None = None
        self._cancelled: Status | None = None
        self._begun = False
        self._began = time.monotonic()
        self._started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._shown = asyncio.Event()
        self._finished = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    @property
    def live(self) -> LiveThread:
        """The live state of the turn's thread; only after the first event."""
        assert self._live is not None  # noqa: S101
        return self._live

    @property
    def record(self) -> TurnRecord:
        """What is told of the turn beside its items; only after the first event."""
        assert self._record is not None  # noqa: S101
        return self._record

    @property
    def thread_id(self) -> str | None:
        """The thread's id, or None before a new thread's first event."""
        return self._live.thread_id if self._live else None

    def run(self, events: AsyncGenerator[ThreadStreamEvent, None]) -> None:
        """Begin to consume the server's events in a task of the turn's own."""
        self._task = asyncio.create_task(self._run(events), name=self.id)
        # A task that is cancelled before its first step never runs at all.
        self._task.add_done_callback(lambda _: self._end(self._cancelled or "interrupted"))

    async def wait_for_first_event(self) -> None:
        """Return at the first event.

        Raises:
            ChatError: the request failed before it.
        """
        await asyncio.shield(self._started)

    async def wait_for_first_item(self) -> None:
        """Return when a new thread has its message, so that who is shown it does not miss that."""
        await self._shown.wait()

    def rename(self, title: str) -> None:
        """Note that the user gave the thread a title: the server's own gives way to it."""
        self._title = title

    def cancel(self, status: Status = "stopped") -> None:
        """Ask the turn to end; it is told once, however often this is called."""
        if not self._cancelled and not self._ending and self._task:
            self._cancelled = status
            self._task.cancel()

    async def ended(self, seconds: float, *, abandon: bool = True) -> None:
        """Wait for the end.

        Args:
            seconds: how long to wait.
            abandon: whether to end the turn here when its server does not let go in
                time; whatever it sends afterwards is ignored.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(self._finished.wait(), seconds)
        if abandon and not self.over:
            log.warning("turn abandoned", extra={"turn": self.id})
            await self._end(self._cancelled or "stopped")

    async def _run(self, events: AsyncGenerator[ThreadStreamEvent, None]) -> None:
        TURNS_RUNNING.inc()
        status: Status = "done"
        try:
            await self._consume(events)
        except asyncio.CancelledError:
            status = "interrupted"
            await _cancel(events)
        except Exception as problem:
            status = "failed"
            await self._fail(problem)
        finally:
            TURNS_RUNNING.dec()
        await _close(events)
        await self._end(self._cancelled or status)

    async def _consume(self, events: AsyncGenerator[ThreadStreamEvent, None]) -> None:
        yielded = time.monotonic()
        async for event in events:
            if self._ending or self._cancelled:
                return
            if not self._begun:
                await self._begin(event)
            await self._tell(event)
            self._unstored.caught_up()
            if not self._started.done():
                self._started.set_result(None)
            if not isinstance(event, ThreadCreatedEvent):
                self._shown.set()
            if time.monotonic() - yielded > LONGEST_RUN:
                await asyncio.sleep(0)
                yielded = time.monotonic()
        if not self._begun:
            raise NotFoundError

    async def _fail(self, problem: Exception) -> None:
        """Tell of a failure: an error status before the first event, an error event after."""
        if self._begun and self._started.done():
            log.exception("turn failed", extra={"turn": self.id, "request": self.request_type})
            if not self._ending:
                await self._tell(ErrorEvent(code=ErrorCode.STREAM_ERROR, allow_retry=True))
            return
        match problem:
            case ChatError():
                self._refuse(problem)
            case _ if refusal := refusal_of(problem):
                self._refuse(refusal)
            case NotFoundError():
                self._refuse(NotFound())
            case NotImplementedError():
                log.warning("not supported", exc_info=problem, extra={"turn": self.id})
                self._refuse(NotSupported())
            case ValueError():
                log.warning("request refused", exc_info=problem, extra={"turn": self.id})
                self._refuse(InvalidRequest())
            case _:
                log.exception("turn failed", extra={"turn": self.id, "request": self.request_type})
                self._refuse(ChatError("Something went wrong on this server."))

    def _refuse(self, refusal: ChatError) -> None:
        """Hand a failure to whoever waits for the first event."""
        if not self._started.done():
            self._started.set_exception(refusal)
            self._started.exception()  # nobody may wait any more

    async def _begin(self, first: ThreadStreamEvent) -> None:
        """Show the turn as running: its first event is there."""
        if isinstance(first, ThreadCreatedEvent):
            self._live = self._turns.live(first.thread.id)
            self._turns.began(self, first.thread.id)
        live = self.live
        self._record = TurnRecord(
            id=self.id, thread_id=live.thread_id, started_at=datetime.now(UTC)
        )
        if isinstance(self._store, KeepsTurns):
            await self._store.start_turn(self.record, self._context)
        live.record = self.record
        live.progress = None
        live.allow_cancel = True
        self._begun = True
        self._unstored.begin(live)
        if self._rewrites:
            live.items.clear()
            live.reload()
        live.show_status()
        log.info(
            "turn started",
            extra={"turn": self.id, "thread_id": live.thread_id, "request": self.request_type},
        )

    async def _tell(self, event: ThreadStreamEvent) -> None:
        """Let one event take effect: on the live state, in the store, for the client."""
        EVENTS.labels(event.type).inc()
        if _is_hidden(event):
            return
        match event:
            case ThreadItemUpdatedEvent():
                await self._update(event)
            case ThreadItemAddedEvent(item=item):
                shown = self.live.put(item, finished=False)
                self._end_progress()
                await self._unstored.add(shown)
            case ThreadItemDoneEvent(item=item) | ThreadItemReplacedEvent(item=item):
                self.live.put(item, finished=True)
                self._end_progress()
                await self._unstored.stored(item)
            case ThreadItemRemovedEvent():
                self.live.remove(event.item_id)
                await self._unstored.removed(event.item_id)
            case ThreadCreatedEvent(thread=thread) | ThreadUpdatedEvent(thread=thread):
                if self._title is not None and thread.title != self._title:
                    await self._keep_title(self._title)
                    thread.title = self._title
                self.live.rename(thread.title)
                self.live.show_status()  # a thread may have been locked or closed
            case StreamOptionsEvent():
                self.live.allow_cancel = event.stream_options.allow_cancel
                self.live.show_status()
            case ProgressUpdateEvent():
                self.live.progress = event
                self.live.show_status()
            case NoticeEvent():
                self.record.notices.append(event)
                self.live.show_status()
            case ErrorEvent():
                self.record.error = event
                self.live.show_status()
            case ClientEffectEvent():
                self.live.show_effect(event)
            case _:
                assert_never(event)
        if self._journal:
            self._journal.append(event)

    def _end_progress(self) -> None:
        if self.live.progress:
            self.live.progress = None
            self.live.show_status()

    async def _keep_title(self, title: str) -> None:
        thread = await self._store.load_thread(self.live.thread_id, self._context)
        thread.title = title
        await self._store.save_thread(thread, self._context)

    async def _update(self, event: ThreadItemUpdatedEvent) -> None:
        made = self._unstored.made.get(event.item_id)
        item = made or await self._stored(event.item_id)
        if item is None:
            return
        try:
            self.live.update(item, event.update)
        except UpdateMismatch as mismatch:
            log.warning("update ignored", extra={"turn": self.id, "reason": str(mismatch)})
            return
        self._unstored.updated(item, late=made is None)

    async def _stored(self, item_id: str) -> LiveItem | None:
        """Return the live state of an item that was finished before this update."""
        if known := self.live.items.get(item_id):
            return known
        try:
            item = await load_item(self._store, self.live.thread_id, item_id, self._context)
        except NotFoundError:
            log.warning("update of an unknown item", extra={"turn": self.id})
            return None
        return self.live.put(item, finished=True)

    def _end(self, status: Status) -> asyncio.Future[None]:
        """Begin to end the turn, once. Who waits for it may give up; the end goes on."""
        if self._ending is None:
            self._ending = asyncio.create_task(self._finish(status), name=f"{self.id} end")
        return asyncio.shield(self._ending)

    async def _finish(self, status: Status) -> None:
        """Store what is left, show how the turn ended, and let the thread go."""
        if self._record and self._record.error and status == "done":
            status = "failed"
        try:
            if self._record:
                self._record = self._record.model_copy(update={"status": status})
                await self._store_end(self._record)
        finally:
            # From here on nothing waits: who sees that the turn is over may start the next one.
            self.over = True
            if self._begun:
                self._show_end()
            else:
                self._refuse_late()
            self._turns.ended(self)
            if self._journal:
                self._journal.close()
            self._shown.set()
            self._finished.set()
        if self._begun:
            seconds = time.monotonic() - self._began
            TURNS.labels(status).inc()
            TURN_SECONDS.observe(seconds)
            log.info(
                "turn ended",
                extra={"turn": self.id, "status": status, "seconds": round(seconds, 3)},
            )

    async def _store_end(self, record: TurnRecord) -> None:
        if self._begun:
            await self._unstored.finish()
        try:
            if isinstance(self._store, KeepsTurns):
                await self._store.end_turn(record, self._context)
        except NotFoundError:
            self.live.deleted = True  # the thread was deleted while the turn ran
        except Exception:
            log.exception("end of turn not stored", extra={"turn": self.id})

    def _show_end(self) -> None:
        live = self.live
        live.record = self._record
        live.progress = None
        if self._cancelled:
            live.reload()
        live.show_status()

    def _refuse_late(self) -> None:
        """Answer who still waits for a first event that will not come."""
        stopped = Conflict("This answer was stopped before it began.")
        self._refuse(stopped if self._cancelled == "stopped" else ShuttingDown())
