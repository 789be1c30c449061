"""The application as it is served: by ``make run``, and by ``hypercorn app:app``.

Hypercorn's own command closes the connections first, after its ``--graceful-timeout``, and
tells the application only then; so answers that a ChatKit client reads are stopped, and the
grace time is for the others. A second signal has no meaning to it, and its exit status is 0
even where a setting was wrong. ``make run`` has none of these limits: see `chat.serving`.
"""

import gc

gc.disable()  # nothing that is imported now is garbage; looking for it costs a tenth of the start

import os
import sys
from functools import cache
from pkgutil import extend_path

from hypercorn.typing import ASGIReceiveCallable, ASGISendCallable, Scope
from quart import Quart

from chat import logs, serving
from chat.application import create_app
from chat.settings import InvalidSettings, Settings, load_settings

gc.freeze()  # nor later
gc.enable()

__all__ = ["app", "create_app", "main"]

# Many servers that are hosted here are modules of a package that is called `app`, too.
__path__: list[str] = extend_path([], "app")


def main() -> int:
    """Read the settings and serve; a wrong setting ends the start with one clear line."""
    try:
        settings = load_settings()
        _prepare(settings)
        application = create_app(settings)
    except InvalidSettings as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Chat on http://{settings.host}:{settings.port}", flush=True)
    return serving.run(application, settings)


def _prepare(settings: Settings) -> None:
    """Set up what is the whole process's: its logs, and that no server traces unasked."""
    logs.configure(settings)
    if not settings.tracing:
        os.environ.setdefault("OPENAI_AGENTS_DISABLE_TRACING", "true")


async def app(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Answer as the application that the environment describes: ``hypercorn app:app``.

    It is made at the first call, not when tests import this. A wrong setting ends the process
    with one clear line, as it does under ``make run``.
    """
    try:
        application = _application()
    except InvalidSettings as error:
        await serving.leave(str(error))
        return
    await application(scope, receive, send)


@cache
def _application() -> Quart:
    settings = load_settings()
    _prepare(settings)
    application = create_app(settings)
    serving.end_when_failed(application)
    return application


if __name__ == "__main__":
    sys.exit(main())
