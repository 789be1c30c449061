"""How the process ends: at a signal, within a bounded time, whatever still runs in it."""

import asyncio
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from chat.hosts import Hosts

log = logging.getLogger(__name__)

CONNECTIONS_TIME = 4.0
"""Seconds that connections may take to be closed, before the server and the store are."""

EXIT_TIME = 2.0
"""Seconds that tasks and threads have to end once everything is closed."""

ECHO = 0.2
"""Seconds in which a second signal is the first one again: ``make`` passes on what it gets,
though a terminal or a supervisor has sent it to everybody already."""


class Deadline:
    """When the process ends, whatever still runs in it: a task, a thread, the event loop.

    A thread watches over it, started early because a signal's handler cannot start one safely.
    """

    def __init__(self, hosts: Hosts) -> None:
        """Take the hosts, whose failure decides the exit status; nothing is due yet."""
        self._hosts = hosts
        self._loop = asyncio.get_running_loop()
        self._dues: SimpleQueue[float] = SimpleQueue()
        threading.Thread(target=self._watch, name="deadline", daemon=True).start()

    @property
    def status(self) -> int:
        """The process's exit status: 1 where the settings turned out to be wrong."""
        return 1 if self._hosts.failed else 0

    def within(self, seconds: float) -> None:
        """End the process in that time at the latest; an earlier deadline stays."""
        self._dues.put(time.monotonic() + seconds)

    def _watch(self) -> None:
        due = self._dues.get()
        while (left := due - time.monotonic()) > 0:
            with suppress(Empty):
                due = min(due, self._dues.get(timeout=left))
        # What does not end may hold a lock that logging needs.
        saying = threading.Thread(target=self._say, daemon=True)
        saying.start()
        saying.join(1)
        os._exit(self.status)

    def _say(self) -> None:
        coroutines = [task.get_coro() for task in asyncio.all_tasks(self._loop)]
        tasks = {getattr(coroutine, "__qualname__", "?") for coroutine in coroutines}
        threads = {thread.name for thread in threading.enumerate() if not thread.daemon}
        running = {"tasks": ", ".join(sorted(tasks)), "threads": ", ".join(sorted(threads))}
        log.warning("exiting although not everything has ended", extra=running)
        sys.stdout.flush()


class Signals:
    """What SIGINT and SIGTERM ask for.

    The first asks to stop, the second to do so without grace time, the third to exit at once.
    Their handlers run even while something blocks the event loop, so that this ends, too.
    """

    def __init__(self, hosts: Hosts, deadline: Deadline) -> None:
        """Handle the signals from now on."""
        self.stop = asyncio.Event()
        self._hosts = hosts
        self._deadline = deadline
        self._loop = asyncio.get_running_loop()
        self._count = 0
        self._latest = -ECHO
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._handle)

    def _handle(self, *_: object) -> None:
        now = time.monotonic()
        if now - self._latest < ECHO:
            return
        self._latest = now
        self._count += 1
        match self._count:
            case 1:
                self._deadline.within(longest_stop(self._hosts))
                self._call(self.stop.set)
            case 2:
                self._deadline.within(longest_stop(self._hosts) - self._hosts.shutdown_grace)
                self._call(self._hosts.hurry)
            case _:
                self._deadline.within(0)

    def _call(self, function: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed: everything is over but the threads
            self._loop.call_soon_threadsafe(function)


def longest_stop(hosts: Hosts) -> float:
    """Return the seconds that stopping takes at most, its grace time included."""
    return CONNECTIONS_TIME + hosts.longest_close + EXIT_TIME
