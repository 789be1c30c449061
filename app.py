"""The application: its parts, wired together. ``make run`` and ``hypercorn app:app`` serve it."""

import gc

gc.disable()  # nothing that is imported now is garbage; looking for it costs a tenth of the start

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any

from quart import Quart, Response

from chat import failures, identity, logs, routes, security
from chat.host import Host
from chat.settings import InvalidSettings, Settings, load_settings

gc.enable()


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


async def serve(app: Quart, settings: Settings) -> int:
    """Serve until a signal asks to stop; running turns are given their grace time first.

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
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)

    async def asked_to_stop() -> None:
        waiting = {asyncio.create_task(event.wait()) for event in (stop, host.failed)}
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        await host.close_turns()

    await hypercorn_serve(app, config, shutdown_trigger=asked_to_stop)
    return 1 if host.failed.is_set() else 0


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


def __getattr__(name: str) -> Any:
    """Make ``app`` for ``hypercorn app:app`` when it is asked for, not when tests import this."""
    if name != "app":
        raise AttributeError(name)
    try:
        settings = load_settings()
        logs.configure(settings)
        globals()["app"] = create_app(settings)
    except InvalidSettings as error:
        sys.exit(str(error))
    return globals()["app"]


if __name__ == "__main__":
    sys.exit(main())
