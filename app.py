"""The application: its parts, wired together. ``make run`` and ``hypercorn app:app`` serve it.

``make run`` stops in this order: new turns are refused, running ones get their grace time and
are stored, watchers leave, connections are closed, then the server and the store. Hypercorn's
own command closes the connections first, after its ``--graceful-timeout``, and tells the
application only then; so answers that a ChatKit client reads are stopped, and the grace time
is for the others. A second signal has no meaning to it, and its exit status is 0 even where a
setting was wrong.
"""

import gc

gc.disable()  # nothing that is imported now is garbage; looking for it costs a tenth of the start

import asyncio
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import suppress
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any

from hypercorn.typing import ASGIReceiveCallable, ASGISendCallable, Scope
from quart import Quart, Response

from chat import failures, identity, logs, routes, security
from chat.host import Host
from chat.page import fragments, icons
from chat.settings import InvalidSettings, Settings, load_settings

gc.enable()

log = logging.getLogger(__name__)

CONNECTIONS_TIME = 4.0
"""Seconds that connections may take to be closed, before the server and the store are."""

EXIT_TIME = 2.0
"""Seconds that tasks and threads have to end once everything is closed."""

ECHO = 0.2
"""Seconds in which a second signal is the first one again: ``make`` passes on what it gets,
though a terminal or a supervisor has sent it to everybody already."""


def create_app(settings: Settings) -> Quart:
    """Build the application.

    Args:
        settings: what to serve; nothing is opened before the first request.
    """
    app = Quart(__name__)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
    host = app.extensions["chatkit"] = Host(settings)
    logs.install(app)
    security.install(app, settings)
    identity.install(app, settings)
    failures.install(app)
    routes.install(app)
    fragments.use_folder(settings.templates)
    icons.use_folder(settings.icons)

    @app.before_serving
    async def start() -> None:
        host.start()

    @app.after_request
    async def note_first_answer(response: Response) -> Response:
        host.first_answer.set()
        return response

    @app.after_serving
    async def close() -> None:
        await host.close()

    return app


class Deadline:
    """When the process ends, whatever still runs in it: a task, a thread, the event loop.

    A thread watches over it, started early because a signal's handler cannot start one safely.
    """

    def __init__(self, host: Host) -> None:
        """Take the host, whose failure decides the exit status; nothing is due yet."""
        self._host = host
        self._loop = asyncio.get_running_loop()
        self._dues: SimpleQueue[float] = SimpleQueue()
        threading.Thread(target=self._watch, name="deadline", daemon=True).start()

    @property
    def status(self) -> int:
        """The process's exit status: 1 where the settings turned out to be wrong."""
        return 1 if self._host.failed.is_set() else 0

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

    def __init__(self, host: Host, deadline: Deadline) -> None:
        """Handle the signals from now on."""
        self.stop = asyncio.Event()
        self._host = host
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
                self._deadline.within(_longest_stop(self._host))
                self._call(self.stop.set)
            case 2:
                self._deadline.within(
                    _longest_stop(self._host) - self._host.settings.shutdown_grace
                )
                self._call(self._host.hurry)
            case _:
                self._deadline.within(0)

    def _call(self, function: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed: everything is over but the threads
            self._loop.call_soon_threadsafe(function)


def _longest_stop(host: Host) -> float:
    """Return the seconds that stopping takes at most, its grace time included."""
    return CONNECTIONS_TIME + host.longest_close + EXIT_TIME


async def serve(app: Quart, settings: Settings) -> int:
    """Serve until a signal asks to stop; running turns are given their grace time first.

    What does not end in its time is left behind: the process ends soon after this returns.

    Returns:
        The process's exit status: 1 where the settings turned out to be wrong.
    """
    from hypercorn.asyncio import serve as hypercorn_serve
    from hypercorn.config import Config

    host: Host = app.extensions["chatkit"]
    config = Config()
    config.bind = [f"{settings.host}:{settings.port}"]
    config.graceful_timeout = 1.0
    config.include_server_header = False
    deadline = Deadline(host)
    signals = Signals(host, deadline)
    turns_ended = asyncio.Event()

    async def asked_to_stop() -> None:
        waiting = {asyncio.create_task(event.wait()) for event in (signals.stop, host.failed)}
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        deadline.within(_longest_stop(host))
        await host.close_turns()
        turns_ended.set()

    serving = asyncio.create_task(hypercorn_serve(app, config, shutdown_trigger=asked_to_stop))
    ending = asyncio.create_task(turns_ended.wait())
    await asyncio.wait({serving, ending}, return_when=asyncio.FIRST_COMPLETED)
    # A connection that does not let itself be closed must not keep the store from it.
    await asyncio.wait({serving}, timeout=CONNECTIONS_TIME)
    await host.close()
    deadline.within(EXIT_TIME)
    if serving.done() and isinstance(failure := serving.exception(), OSError):
        print(f"HOST, PORT: {config.bind[0]} cannot be used: {failure.strerror}.", file=sys.stderr)
        return 1
    if serving.done():
        serving.result()
    return deadline.status


def main() -> int:
    """Read the settings and serve; a wrong setting ends the start with one clear line."""
    try:
        settings = load_settings()
        logs.configure(settings)
        application = create_app(settings)
    except InvalidSettings as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Chat on http://{settings.host}:{settings.port}", flush=True)
    return _run(serve(application, settings))


def _run(main: Coroutine[Any, Any, int]) -> int:
    try:
        import uvloop
    except ImportError:  # not on Windows
        return asyncio.run(main)
    status: int = uvloop.run(main)
    return status


async def app(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Answer as the application that the environment describes: ``hypercorn app:app``.

    It is made at the first call, not when tests import this. A wrong setting ends the process
    with one clear line, as it does under ``make run``.
    """
    try:
        application = _application()
    except InvalidSettings as error:
        await _exit(str(error))
        return
    await application(scope, receive, send)


@cache
def _application() -> Quart:
    settings = load_settings()
    logs.configure(settings)
    return _ending(create_app(settings))


def _ending(app: Quart) -> Quart:
    """Let the process of an application end when its host has failed or is closed."""
    host: Host = app.extensions["chatkit"]

    async def end_when_failed(deadline: Deadline) -> None:
        await host.failed.wait()
        await host.close()
        deadline.within(EXIT_TIME)
        await _exit(deadline.status)

    @app.while_serving
    async def end() -> AsyncGenerator[None, None]:
        deadline = Deadline(host)
        watching = asyncio.create_task(end_when_failed(deadline))
        yield
        watching.cancel()
        await host.close()
        deadline.within(EXIT_TIME)

    return app


async def _exit(status: int | str) -> None:
    """End the process as `sys.exit` does; in a task, that would be logged as its failure."""
    asyncio.get_running_loop().call_soon(sys.exit, status)
    await asyncio.Event().wait()  # until the server cancels it on its way out


if __name__ == "__main__":
    sys.exit(main())
