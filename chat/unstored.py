"""What a turn has shown and the SDK has not stored: unfinished items, and late updates.

The SDK stores an item when it is done, and on a stop what it had of an unfinished answer.
Everything else that a person has seen is stored from here, so that a reload and a restart
show it too.
"""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from chatkit.store import NotFoundError, Store
from chatkit.types import AssistantMessageItem, ThreadItem

from chat.live import LiveItem, LiveThread
from chat.stored import load_item
from store.base import KeepsTurns
from store.leftovers import is_empty, settled

log = logging.getLogger(__name__)

KEEP_EVERY = 0.5
"""Seconds between two writes of what a turn has shown: what a killed process may lose."""


class Unstored:
    """The items of one turn whose present state is not in the store yet.

    Attributes:
        made: items that were added and are not done, by id.
    """

    def __init__(self, store: Store[Any], context: Any) -> None:
        """Start with nothing; nothing is written before `begin`."""
        self.made: dict[str, LiveItem] = {}
        self._late: dict[str, LiveItem] = {}
        self._rewritten: set[str] = set()
        self._store = store
        self._context = context
        self._news = asyncio.Event()
        self._writing = asyncio.Lock()
        self._keeper: asyncio.Task[None] | None = None

    def begin(self, live: LiveThread) -> None:
        """Begin to write regularly what is shown in a thread."""
        self._live = live
        self._keeper = asyncio.create_task(self._keep_regularly(), name="keeper")

    def updated(self, item: LiveItem, *, late: bool) -> None:
        """Note that an item changed; a late update is of an item that was stored before it."""
        if late:
            self._late[item.item.id] = item
        self._news.set()

    async def add(self, item: LiveItem) -> None:
        """Give a new item its place in the thread's order."""
        self.made[item.item.id] = item
        await self._keep([item])

    async def stored(self, item: ThreadItem) -> None:
        """Note that the SDK has stored an item, in the state that counts.

        A late update may have been written while the SDK wrote this, in either order; then
        it is written once more.
        """
        self._forget(item.id)
        if item.id in self._rewritten:
            async with self._writing:
                await self._store.save_item(self._live.thread_id, item, self._context)

    async def removed(self, item_id: str) -> None:
        """Note that the SDK has removed an item; see `stored`."""
        self._forget(item_id)
        if item_id in self._rewritten:
            async with self._writing:
                await self._store.delete_thread_item(self._live.thread_id, item_id, self._context)

    def caught_up(self) -> None:
        """Note that the SDK's next write begins after everything written so far."""
        self._rewritten.clear()

    async def finish(self) -> None:
        """Write everything; what cannot be written is in the log and does not stop the rest."""
        if self._keeper:
            self._keeper.cancel()
            await asyncio.wait({self._keeper})
        with suppress(NotFoundError):  # the thread was deleted
            await self._save_late()
            for item_id, made in list(self.made.items()):
                try:
                    await self._store_leftover(item_id, made)
                except NotFoundError:
                    raise
                except Exception:
                    log.exception("unfinished item not stored", extra={"item": item_id})

    def _forget(self, item_id: str) -> None:
        self.made.pop(item_id, None)
        self._late.pop(item_id, None)

    async def _keep_regularly(self) -> None:
        while True:
            await self._news.wait()
            await asyncio.sleep(KEEP_EVERY)
            self._news.clear()
            try:
                await self._keep(list(self.made.values()))
                await self._save_late()
            except NotFoundError:
                return  # the thread was deleted
            except Exception:
                log.exception("unfinished items not kept")

    async def _keep(self, items: list[LiveItem]) -> None:
        """Write the present state of items that are not finished yet."""
        if items and isinstance(self._store, KeepsTurns):
            states = [made.item for made in items]
            await self._store.keep_unfinished(self._live.thread_id, states, self._context)

    async def _save_late(self) -> None:
        """Write items that were updated after they had been stored: the SDK does not."""
        for item_id in list(self._late):
            late = self._late.pop(item_id, None)  # before the write: an update meanwhile counts
            if late is None:
                continue
            self._rewritten.add(item_id)
            try:
                async with self._writing:
                    await self._store.save_item(self._live.thread_id, late.item, self._context)
            except NotFoundError:
                raise
            except asyncio.CancelledError:
                self._late.setdefault(item_id, late)
                raise
            except Exception:
                self._late.setdefault(item_id, late)
                log.exception("late update not stored", extra={"item": item_id})

    async def _store_leftover(self, item_id: str, made: LiveItem) -> None:
        """Keep what was shown but never finished, so that a reload shows it too."""
        live = self._live
        item = settled(made.item)
        # What the server stored of a stopped answer is its own decision; everything else
        # that is in the store under this id is older than what was shown.
        if isinstance(item, AssistantMessageItem):
            try:
                known = await load_item(self._store, live.thread_id, item_id, self._context)
            except NotFoundError:
                pass
            else:
                live.put(known, finished=True)
                return
        if is_empty(item):
            live.remove(item_id)
            return
        # Not before it is stored: a page looks for finished items in the store alone.
        try:
            await self._store.add_thread_item(live.thread_id, item, self._context)
        finally:
            live.put(item, finished=True)
