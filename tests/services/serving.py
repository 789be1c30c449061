"""A small application with this project's host, identity, guards and logs, on a real socket."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from hypercorn.asyncio import serve
from hypercorn.config import Config
from quart import Quart, Response, g, jsonify, render_template_string, request
from quart.typing import ResponseReturnValue

from chat import identity, logs, security
from chat.errors import ChatError
from chat.host import Host
from chat.settings import Settings


def small_app(settings: Settings) -> Quart:
    """Make an application whose views show what the installed parts did."""
    app = Quart(__name__, static_folder=None)
    app.extensions["chatkit"] = Host(settings)
    logs.install(app)
    security.install(app, settings)
    identity.install(app, settings)

    @app.errorhandler(ChatError)
    async def refuse(error: ChatError) -> ResponseReturnValue:
        return jsonify({"code": error.code}), error.status

    @app.route("/who", methods=["GET", "POST", "PUT", "DELETE"])
    async def who() -> ResponseReturnValue:
        context = identity.request_context(request)
        return jsonify({"user_id": context.user_id, "locale": context.locale})

    @app.get("/page")
    async def page() -> ResponseReturnValue:
        return await render_template_string("<script nonce='{{ csp_nonce() }}'></script>")

    @app.get("/stream/<word>")
    async def stream(word: str) -> ResponseReturnValue:
        async def words() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield word.encode()
                await asyncio.sleep(0)

        return Response(words(), content_type="text/event-stream")

    @app.get("/forever")
    async def forever() -> ResponseReturnValue:
        async def words() -> AsyncIterator[bytes]:
            while True:
                yield b"on and on"
                await asyncio.sleep(0.01)

        return Response(words(), content_type="text/event-stream")

    @app.post("/size")
    async def size() -> ResponseReturnValue:
        return jsonify({"bytes": len(await request.get_data()), "request_id": g.request_id})

    for path in ("/healthz", "/readyz", "/metrics"):
        app.add_url_rule(path, path, lambda: "well")
    return app


@asynccontextmanager
async def serving(app: Quart) -> AsyncIterator[httpx.AsyncClient]:
    """Serve an application on a free port; give a client that keeps its cookies."""
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    config = Config()
    config.bind = [f"fd://{listening.detach()}"]
    config.graceful_timeout = 0.1
    config.errorlog = None
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))
    try:
        async with httpx.AsyncClient(base_url=url) as client:
            yield client
    finally:
        stop.set()
        await serving
