"""A real MCP server of another program, on a real socket: it tells the weather."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hypercorn.asyncio import serve
from hypercorn.config import Config
from mcp.server import MCPServer
from mcp.types import EmbeddedResource, TextResourceContents
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Weather:
    """What the server is and was asked; `serve` starts it.

    Attributes:
        url: its address, also before and after it is served.
        asked: the cities whose weather was asked for.
        token: what a request must bring as a bearer token, or it is refused; empty for nothing.
        refusal: the status that it is refused with.
        asleep: set once a call waits for `awake`.
    """

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/mcp"
        self.asked: list[str] = []
        self.token = ""
        self.refusal = 401
        self.asleep = asyncio.Event()
        self.awake = asyncio.Event()

    @asynccontextmanager
    async def serve(self, *, stateless: bool = False) -> AsyncIterator["Weather"]:
        """Answer until the end of the block."""
        app = self._guarded(self._server().streamable_http_app(stateless_http=stateless))
        config = Config()
        config.bind = [f"127.0.0.1:{self._port}"]
        config.graceful_timeout = 0.1
        config.errorlog = None
        stop = asyncio.Event()
        serving = asyncio.create_task(
            serve(app, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]  # ASGI it is
        )
        for _ in range(200):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                break
        try:
            yield self
        finally:
            stop.set()
            await serving

    def _guarded(self, app: Starlette) -> ASGIApp:
        """Let only those in who have the token; who has not is told what was wrong with it."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            given = dict(scope.get("headers", ())).get(b"authorization", b"").decode()
            if scope["type"] == "http" and self.token and given != f"Bearer {self.token}":
                refusal = PlainTextResponse(f"{given} is not valid", self.refusal)
                await refusal(scope, receive, send)
            else:
                await app(scope, receive, send)

        return guarded

    def _server(self) -> MCPServer:
        server = MCPServer("weather")

        @server.tool()
        def get_weather(city: str, days: int = 1) -> str:
            """Tell the weather of a city."""
            self.asked.append(city)
            if city == "Atlantis":
                raise RuntimeError("secret internal detail")
            return f"{city}: sunny for {days} days"

        @server.tool()
        def list_todos() -> str:
            """Have the name of a tool of ours."""
            return "not the user's"

        @server.tool()
        def read_everything() -> str:
            """Answer at great length."""
            return "x" * 500_000

        @server.tool(description=f"Repeat what was sent: {self.token}.")
        def tell_secret() -> str:
            return f"I was sent {self.token}."

        @server.tool()
        async def sleep() -> str:
            """Answer when it is woken."""
            self.asleep.set()
            await self.awake.wait()
            return "awake"

        @server.tool()
        def attach() -> EmbeddedResource:
            """Answer with something long that is no text."""
            resource = TextResourceContents(uri="file:///long", text="y" * 500_000)
            return EmbeddedResource(type="resource", resource=resource)

        return server
