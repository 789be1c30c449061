"""ChatKit servers that make it hard to stop, or go wrong while they start or close."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from chatkit.store import Store
from chatkit.types import ThreadItemAddedEvent, ThreadMetadata, ThreadStreamEvent

from chat import host, serving, stopping, turns
from store import SQLiteStore
from tests.servers import ScriptedServer

AGES = 3600.0


class UnendingServer(ScriptedServer):
    """Three more scripts: each shows a word, then never ends."""

    async def _endless(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Ignore for ever that it was cancelled."""
        yield ThreadItemAddedEvent(item=self._message(thread, context, "word0 "))
        while True:
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(AGES)

    async def _thread(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Wait for a thread that cannot be cancelled."""
        yield ThreadItemAddedEvent(item=self._message(thread, context, "word0 "))
        await asyncio.to_thread(time.sleep, AGES)

    async def _block(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Keep the event loop to itself."""
        yield ThreadItemAddedEvent(item=self._message(thread, context, "word0 "))
        await asyncio.sleep(0.5)
        time.sleep(AGES)  # noqa: ASYNC251


def unending(store: Store[Any], attachment_store: Any) -> UnendingServer:
    """Make a server on the host's stores."""
    return UnendingServer(store, attachment_store)


def hurried(store: Store[Any], attachment_store: Any) -> UnendingServer:
    """Make one whose process waits less for what does not end."""
    turns.STOP_TIME = 1.0
    host.TURNS_TIME = 2.0
    host.CLOSE_TIME = 1.0
    for module in (stopping, serving):
        module.CONNECTIONS_TIME = 1.0  # type: ignore[attr-defined]
        module.EXIT_TIME = 0.5  # type: ignore[attr-defined]
    return UnendingServer(store, attachment_store)


class NotedStore(SQLiteStore):
    """Writes a file when it is closed."""

    async def close(self) -> None:
        """Close, and say so."""
        await super().close()
        await asyncio.to_thread(Path(os.environ["CLOSED"]).touch)


class BadlyClosed(ScriptedServer):
    """Fails when it is closed, or never ends it."""

    async def close(self) -> None:
        """Do what the environment says."""
        if os.environ["CLOSE"] == "fail":
            raise OSError("the model's connection is gone")
        while True:
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(AGES)


def badly_closed(attachment_store: Any) -> BadlyClosed:
    """Make a server that brings its own store."""
    return BadlyClosed(NotedStore(os.environ["OWN_DATABASE"]), attachment_store)


async def never_made() -> ScriptedServer:
    """Wait for what never comes."""
    await asyncio.sleep(AGES)
    raise AssertionError


def impossible() -> ScriptedServer:
    """Fail, as with a wrong password."""
    raise OSError("the password is wrong")
