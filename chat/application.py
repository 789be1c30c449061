"""The application: its parts, wired together, for one server or for several."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from quart import Blueprint, Quart, Response

from chat import (
    addresses,
    assets,
    compression,
    current_options,
    failures,
    identity,
    logs,
    routes,
    security,
    words,
)
from chat.embedding import origins
from chat.embedding.tunnel import Tunnel
from chat.host import Host
from chat.hosts import Hosts
from chat.loading import resolve
from chat.mcp_servers import load_mcp_servers
from chat.page import fragments
from chat.prefixes import Prefixes
from chat.servers import Server, load_servers, with_one_key
from chat.settings import InvalidSettings, Settings

ROOT = Path(__file__).parents[1]
"""The folder of ``templates`` and ``static``."""


def create_app(settings: Settings) -> Quart:
    """Build the application.

    Each server is an application of its own below its prefix, with a host of its own; the one
    at the root, or none, is the whole. What they have in common is there only: static files,
    health and metrics. A browser is one owner to all of them, because one key signs the cookie.

    Args:
        settings: what to serve; nothing is opened before the first request.

    Raises:
        InvalidSettings: a setting, or a file that one names, cannot be used.
    """
    settings = with_one_key(settings)
    fragments.use_folders(settings.templates, settings.icons)
    load_mcp_servers(settings)  # the assistant is loaded later; what is wrong is said now
    servers = load_servers(settings)
    at_root = next((server for server in servers if not server.prefix), None)
    below = {server.prefix: _hosting(server) for server in servers if server.prefix}
    if at_root:
        app = _hosting(at_root)
    else:
        app = _application(settings)
        routes.install(app, common=True, own=False)
    hosted = [each for each in (app, *below.values()) if "chatkit" in each.extensions]
    app.extensions["chatkit_hosts"] = Hosts(
        [each.extensions["chatkit"] for each in hosted], settings.shutdown_grace
    )
    if below:
        _mount(app, below)
    return app


def _application(settings: Settings, prefix: str = "") -> Quart:
    """Return an application without routes."""
    app = Quart(__name__, root_path=str(ROOT), static_folder=None if prefix else "static")
    logs.install(app)
    origins.install(app, settings)
    addresses.install(app, settings, prefix)
    current_options.install(app)
    words.install(app, settings, lambda: current_options.current_options().locale)
    assets.install(app)
    compression.install(app)
    security.install(app, settings)
    identity.install(app, settings)
    failures.install(app)
    app.asgi_app = Tunnel(app.asgi_app)  # type: ignore[method-assign]
    return app


def _hosting(server: Server) -> Quart:
    """Return the application of a server; one at the root has the common routes, too."""
    host = Host(server.settings, server.prefix)
    app = _application(server.settings, server.prefix)
    app.extensions["chatkit"] = host
    routes.install(app, common=not server.prefix, own=True)
    if server.settings.blueprint:  # after them: it adds to them, and takes the place of none
        app.register_blueprint(_blueprint(server.settings.blueprint))

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


def _blueprint(reference: str) -> Blueprint:
    try:
        found = resolve(reference)
        found = found() if callable(found) else found
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InvalidSettings(f"CHATKIT_BLUEPRINT: {reason}") from error
    if not isinstance(found, Blueprint):
        raise InvalidSettings(f"CHATKIT_BLUEPRINT: {reference} is no Quart blueprint.")
    return found


def _mount(app: Quart, below: dict[str, Quart]) -> None:
    """Answer below the prefixes, too, and start and stop what does."""
    app.asgi_app = Prefixes(app.asgi_app, below)  # type: ignore[method-assign]
    mounted: Sequence[Quart] = tuple(below.values())

    @app.before_serving
    async def start_mounted() -> None:
        for each in mounted:
            await each.startup()

    @app.after_serving
    async def stop_mounted() -> None:
        await asyncio.gather(*(each.shutdown() for each in mounted))
