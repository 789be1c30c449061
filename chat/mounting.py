"""ASGI applications below a path of another one: servers of this host, or this host itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from quart import Quart

from chat.application import create_app
from chat.prefixes import Application, Prefixes
from chat.settings import Settings, load_settings


def beside(
    other: Application, path: str = "/chat", settings: Settings | None = None
) -> Application:
    """Mount the whole host below a path of another application, whatever it is made with.

    For FastAPI and the like, serve what is returned; with Quart, replace its inside::

        application = beside(fastapi_application, "/chat")
        quart_application.asgi_app = beside(quart_application.asgi_app, "/chat")

    The host starts and stops with the other application, by the server's lifespan events.

    Args:
        other: any ASGI application.
        path: where to mount; addresses below it never reach the other application.
        settings: what to host; without them, what the environment says.

    Raises:
        InvalidSettings: a setting has a value that cannot be used.
        ValueError: the path is no path.
    """
    host = create_app(load_settings() if settings is None else settings)
    prefixed = Prefixes(other, {path.rstrip("/"): host})
    around = {"app": getattr(other, "__self__", other)}  # of its method, what that belongs to

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await other(scope, _starting(host, receive), send)
        else:
            await prefixed(around | scope | {"app_root_path": _root(scope)}, receive, send)

    return application


def lifespan(host: Quart) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """Return a lifespan for Starlette or FastAPI that runs the host's start and stop.

    They do not run them for what is mounted with their own ``mount``::

        host = create_app(load_settings())
        application = FastAPI(lifespan=lifespan(host))
        application.mount("/chat", host)
    """

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        await host.startup()
        try:
            yield
        finally:
            await host.shutdown()

    return running


def _root(scope: Any) -> str:
    """Return the path that the other application is below, as Starlette notes it."""
    return str(scope.get("app_root_path", scope.get("root_path", "")))


def _starting(host: Quart, receive: Any) -> Any:
    """Return lifespan events for another application that run the host's start and stop first."""

    async def told() -> Any:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await host.startup()
        elif message["type"] == "lifespan.shutdown":
            await host.shutdown()
        return message

    return told
