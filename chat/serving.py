"""Serving the application with Hypercorn, to a clean end.

Turns end first: new ones are refused, running ones get their grace time and are stored. Then
watchers leave, connections are closed, and at last the server and the store.
"""

import asyncio
import sys
from collections.abc import AsyncGenerator, Coroutine
from typing import Any

from quart import Quart

from chat.hosts import Hosts
from chat.settings import Settings
from chat.stopping import CONNECTIONS_TIME, EXIT_TIME, Deadline, Signals, longest_stop

KEEP_ALIVE = 75.0
"""Seconds that an idle connection is kept. While the model libraries are imported on a busy
machine, the event loop may stand still for longer than Hypercorn's five seconds, and a connection
must not count as idle then."""


def run(app: Quart, settings: Settings) -> int:
    """Serve on an event loop of its own; uvloop's where it can be had.

    Returns:
        The process's exit status; see `serve`.
    """
    main: Coroutine[Any, Any, int] = serve(app, settings)
    try:
        import uvloop
    except ImportError:  # not on Windows
        return asyncio.run(main)
    status: int = uvloop.run(main)
    return status


async def serve(app: Quart, settings: Settings) -> int:
    """Serve until a signal asks to stop; running turns are given their grace time first.

    What does not end in its time is left behind: the process ends soon after this returns.

    Returns:
        The process's exit status: 1 where the settings turned out to be wrong.
    """
    from hypercorn.asyncio import serve as hypercorn_serve
    from hypercorn.config import Config

    hosts: Hosts = app.extensions["chatkit_hosts"]
    config = Config()
    config.bind = [f"{settings.host}:{settings.port}"]
    config.graceful_timeout = 1.0
    config.keep_alive_timeout = KEEP_ALIVE
    config.include_server_header = False
    deadline = Deadline(hosts)
    signals = Signals(hosts, deadline)
    turns_ended = asyncio.Event()

    async def asked_to_stop() -> None:
        waiting = {
            asyncio.create_task(signals.stop.wait()),
            asyncio.create_task(hosts.failure()),
        }
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        deadline.within(longest_stop(hosts))
        await hosts.close_turns()
        turns_ended.set()

    serving = asyncio.create_task(hypercorn_serve(app, config, shutdown_trigger=asked_to_stop))
    ending = asyncio.create_task(turns_ended.wait())
    await asyncio.wait({serving, ending}, return_when=asyncio.FIRST_COMPLETED)
    # A connection that does not let itself be closed must not keep the store from it.
    await asyncio.wait({serving}, timeout=CONNECTIONS_TIME)
    await hosts.close()
    deadline.within(EXIT_TIME)
    if serving.done() and isinstance(failure := serving.exception(), OSError):
        print(f"HOST, PORT: {config.bind[0]} cannot be used: {failure.strerror}.", file=sys.stderr)
        return 1
    if serving.done():
        serving.result()
    return deadline.status


def end_when_failed(app: Quart) -> None:
    """Let the process end when the application's host has failed or is closed.

    For a process that another program serves, such as Hypercorn's own command.
    """
    hosts: Hosts = app.extensions["chatkit_hosts"]

    async def watch(deadline: Deadline) -> None:
        await hosts.failure()
        await hosts.close()
        deadline.within(EXIT_TIME)
        await leave(deadline.status)

    @app.while_serving
    async def end() -> AsyncGenerator[None, None]:
        deadline = Deadline(hosts)
        watching = asyncio.create_task(watch(deadline))
        yield
        watching.cancel()
        await hosts.close()
        deadline.within(EXIT_TIME)


async def leave(status: int | str) -> None:
    """End the process as `sys.exit` does; in a task, that would be logged as its failure."""
    asyncio.get_running_loop().call_soon(sys.exit, status)
    await asyncio.Event().wait()  # until the server cancels it on its way out
