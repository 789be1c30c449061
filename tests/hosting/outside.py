"""Other people's applications, with the whole host mounted in them, on real servers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn
from hypercorn.asyncio import serve
from hypercorn.config import Config


@asynccontextmanager
async def on_uvicorn(application: Any, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Serve an application with uvicorn; give a browser."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application, log_level="error", timeout_graceful_shutdown=1, ws="none", **options
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server._serve([listening]))
    while not server.started:
        assert not serving.done(), serving.result()
        await asyncio.sleep(0.01)
    try:
        async with _browser(listening) as browser:
            yield browser
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def on_hypercorn(application: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Serve an application with Hypercorn; give a browser."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = Config()
    config.bind = [f"fd://{listening.fileno()}"]
    config.graceful_timeout = 0.2
    config.accesslog = config.errorlog = None
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(application, config, shutdown_trigger=stop.wait))
    try:
        async with _browser(listening) as browser:
            yield browser
    finally:
        stop.set()
        await serving
        listening.detach()  # closed by Hypercorn


def _browser(listening: socket.socket) -> httpx.AsyncClient:
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    transport = httpx.AsyncHTTPTransport(retries=5)
    return httpx.AsyncClient(base_url=url, timeout=30, transport=transport)
