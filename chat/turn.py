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

from chat.errors import ChatError, InvalidRequest, NotFound, ShuttingDown
from chat.journal import EventJournal
from chat.live import LiveItem, LiveThread
from chat.metrics import EVENTS, TURN_SECONDS, TURNS, TURNS_RUNNING
from chat.updates import UpdateMismatch
from store.base import KeepsTurns, TurnRecord
from store.leftovers import is_empty, settled

if TYPE_CHECKING:
    from chat.turns import Turns

log = logging.getLogger(__name__)

KEEP_EVERY = 0.5
"""Seconds between two writes of what a turn has shown: what a killed process may lose."""

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
        self._made: dict[str, LiveItem] = {}
        self._late: set[str] = set()
        self._cancelled: Status | None = None
        self._begun = False
        self._began = time.monotonic()
        self._started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._finished = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._unkept = asyncio.Event()

    @property
    def live(self) -> LiveThread:
        """The live state of the turn's thread; only after the first event."""
        assert self._live is not None  # noqa: S101
        return self._live

    @property
    def thread_id(self) -> str | None:
        """The thread's id, or None before a new thread's first event."""
        return self._live.thread_id if self._live else None

    def run(self, events: AsyncGenerator[ThreadStreamEvent, None]) -> None:
        """Begin to consume the server's events in a task of the turn's own."""
        self._task = asyncio.create_task(self._run(events), name=self.id)

    async def wait_for_first_event(self) -> None:
        """Return at the first event.

        Raises:
            ChatError: the request failed before it.
        """
        await asyncio.shield(self._started)

    def cancel(self, status: Status = "stopped") -> None:
        """Ask the turn to end; it is told once, however often this is called."""
        if not self._cancelled and not self.over and self._task:
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
        if abandon and self._begun and not self.over:
            log.warning("turn abandoned", extra={"turn": self.id})
            await self._end(self._cancelled or "stopped")

    async def _run(self, events: AsyncGenerator[ThreadStreamEvent, None]) -> None:
        keeper = asyncio.create_task(self._keep_regularly(), name=f"{self.id} keeper")
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
            keeper.cancel()
            TURNS_RUNNING.dec()
        await _close(events)
        if self._begun:
            await self._end(self._cancelled or status)
        else:
            self._refuse(ShuttingDown())
            self._let_go()

    async def _consume(self, events: AsyncGenerator[ThreadStreamEvent, None]) -> None:
        yielded = time.monotonic()
        async for event in events:
            if self.over or self._cancelled:
                return
            if not self._begun:
                await self._begin(event)
            await self._tell(event)
            if not self._started.done():
                self._started.set_result(None)
            if time.monotonic() - yielded > LONGEST_RUN:
                await asyncio.sleep(0)
                yielded = time.monotonic()
        if not self._begun:
            raise NotFoundError

    async def _fail(self, problem: Exception) -> None:
        """Tell of a failure: an error status before the first event, an error event after."""
        if self._begun and self._started.done():
            log.exception("turn failed", extra={"turn": self.id, "request": self.request_type})
            if not self.over:
                await self._tell(ErrorEvent(code=ErrorCode.STREAM_ERROR, allow_retry=True))
            return
        match problem:
            case ChatError():
                self._refuse(problem)
            case NotFoundError():
                self._refuse(NotFound())
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
        record = TurnRecord(id=self.id, thread_id=live.thread_id, started_at=datetime.now(UTC))
        if isinstance(self._store, KeepsTurns):
            await self._store.start_turn(record, self._context)
        live.record = record
        live.progress = None
        live.allow_cancel = True
        self._begun = True
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
                self._made[item.id] = self.live.put(item, finished=False)
                self._end_progress()
                await self._keep(item.id)
            case ThreadItemDoneEvent(item=item) | ThreadItemReplacedEvent(item=item):
                self._made.pop(item.id, None)
                self._late.discard(item.id)
                self.live.put(item, finished=True)
                self._end_progress()
            case ThreadItemRemovedEvent():
                self._made.pop(event.item_id, None)
                self._late.discard(event.item_id)
                self.live.remove(event.item_id)
            case ThreadCreatedEvent(thread=thread) | ThreadUpdatedEvent(thread=thread):
                self.live.rename(thread.title)
                self.live.show_status()  # a thread may have been locked or closed
            case StreamOptionsEvent():
                self.live.allow_cancel = event.stream_options.allow_cancel
                self.live.show_status()
            case ProgressUpdateEvent():
                self.live.progress = event
                self.live.show_status()
            case NoticeEvent():
                self._record.notices.append(event)
                self.live.show_status()
            case ErrorEvent():
                self._record.error = event
                self.live.show_status()
            case ClientEffectEvent():
                self.live.show_effect(event)
            case _:
                assert_never(event)
        if self._journal:
            self._journal.append(event)

    @property
    def _record(self) -> TurnRecord:
        assert self.live.record is not None  # noqa: S101
        return self.live.record

    def _end_progress(self) -> None:
        if self.live.progress:
            self.live.progress = None
            self.live.show_status()

    async def _update(self, event: ThreadItemUpdatedEvent) -> None:
        item_id = event.item_id
        made = self._made.get(item_id)
        if made is None:
            made = await self._stored(item_id)
            if made is None:
                return
            self._late.add(item_id)
        try:
            self.live.update(made, event.update)
        except UpdateMismatch as mismatch:
            log.warning("update ignored", extra={"turn": self.id, "reason": str(mismatch)})
            return
        self._unkept.set()

    async def _stored(self, item_id: str) -> LiveItem | None:
        """Return the live state of an item that was finished before this update."""
        if known := self.live.items.get(item_id):
            return known
        try:
            item = await self._store.load_item(self.live.thread_id, item_id, self._context)
        except NotFoundError:
            log.warning("update of an unknown item", extra={"turn": self.id})
            return None
        return self.live.put(item, finished=True)

    async def _keep_regularly(self) -> None:
        while True:
            await self._unkept.wait()
            await asyncio.sleep(KEEP_EVERY)
            self._unkept.clear()
            try:
                await self._keep(*self._made)
                await self._save_late()
            except Exception:
                log.exception("unfinished items not kept", extra={"turn": self.id})

    async def _keep(self, *item_ids: str) -> None:
        """Write the present state of items that are not finished yet."""
        if isinstance(self._store, KeepsTurns):
            items = [self._made[item_id].item for item_id in item_ids if item_id in self._made]
            if items:
                await self._store.keep_unfinished(self.live.thread_id, items, self._context)

    async def _save_late(self) -> None:
        """Write items that were updated after they had been stored: the SDK does not."""
        late, self._late = self._late, set()
        for item_id in late:
            if live := self.live.items.get(item_id):
                await self._store.save_item(self.live.thread_id, live.item, self._context)

    async def _end(self, status: Status) -> None:
        """Store what is left, show how the turn ended, and let the thread go. Once."""
        if self.over:
            return
        self.over = True
        live = self.live
        failed = self._record.error and status == "done"
        record = self._record.model_copy(update={"status": "failed" if failed else status})
        try:
            await self._save_late()
            await self._store_leftovers()
            if isinstance(self._store, KeepsTurns):
                await self._store.end_turn(record, self._context)
        except NotFoundError:
            live.deleted = True  # the thread was deleted while the turn ran
        except Exception:
            log.exception("end of turn not stored", extra={"turn": self.id})
        # From here on nothing waits: who sees that the turn is over may start the next one.
        live.record = record
        live.progress = None
        if self._cancelled:
            live.reload()
        live.show_status()
        self._let_go()
        seconds = time.monotonic() - self._began
        TURNS.labels(record.status).inc()
        TURN_SECONDS.observe(seconds)
        log.info(
            "turn ended",
            extra={"turn": self.id, "status": record.status, "seconds": round(seconds, 3)},
        )

    def _let_go(self) -> None:
        self.over = True
        self._turns.ended(self)
        if self._journal:
            self._journal.close()
        self._finished.set()

    async def _store_leftovers(self) -> None:
        """Keep what was shown but never finished, so that a reload shows it too."""
        for item_id, made in list(self._made.items()):
            item = settled(made.item)
            try:
                item = await self._store.load_item(self.live.thread_id, item_id, self._context)
            except NotFoundError:
                if is_empty(item):
                    self.live.remove(item_id)
                    continue
                await self._store.add_thread_item(self.live.thread_id, item, self._context)
            self.live.put(item, finished=True)
        self._made.clear()
