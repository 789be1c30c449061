"""One request's look at one thread of the caller."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from chatkit.store import Store
from chatkit.types import ThreadMetadata
from quart import request

from chat.checks import thread_of
from chat.host import Host, current_host
from chat.live import LiveThread
from chat.page.addresses import thread_url

LINGER = 60.0
"""Seconds that a thread's live state outlasts a page, so that the page can go on from it."""


@dataclass(frozen=True)
class Visit:
    """A thread that is the caller's, and what is needed to show it."""

    host: Host
    store: Store[Any]
    context: Any
    live: LiveThread

    @property
    def thread_id(self) -> str:
        """The thread's id."""
        return self.live.thread_id

    @property
    def url(self) -> str:
        """The address of the thread's page."""
        return thread_url(self.thread_id)

    async def thread(self) -> ThreadMetadata:
        """Load the thread's title and status.

        Raises:
            NotFound: it was deleted in the meantime.
        """
        return await thread_of(self.store, self.thread_id, self.context)


async def visit(thread_id: str) -> Visit:
    """Return the caller's look at a thread; its live state is kept for a while.

    Raises:
        NotFound: the thread is unknown or another owner's.
    """
    host = current_host()
    context = await host.context(request)
    store = await host.store()
    live = await host.turns.watch(thread_id, context)
    asyncio.get_running_loop().call_later(LINGER, _let_go, live)
    return Visit(host, store, context, live)


def _let_go(live: LiveThread) -> None:
    """Do nothing: the timer held the last reference."""
