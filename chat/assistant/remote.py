"""Tools of other programs: those of the MCP servers that the settings name.

Which tools a server has is asked when a message needs an answer, and known for a while. A
connection for calls is made at the first call of a run and ends with the run, so that nobody
waits for another's call, and what a server remembers of a connection is one run's alone. A
server that cannot be reached costs the user a sentence and nothing else.
"""

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from agents import FunctionTool, RunContextWrapper
from agents.mcp import MCPServerStreamableHttp, MCPUtil
from mcp.types import CallToolResult, ContentBlock, ImageContent, TextContent
from mcp.types import Tool as RemoteTool

from chat.assistant.failures import cause_of
from chat.assistant.references import quoted
from chat.assistant.toolbox import answer
from chat.settings import Settings

log = logging.getLogger(__name__)

CONNECT_TIME = 5.0
"""Seconds that a server may take to connect and to list its tools; an answer waits for it."""
CLOSE_TIME = 1.0
KNOWN_FOR = 60.0
"""Seconds for which the list of a server's tools is taken to be right."""
TRY_AGAIN_AFTER = 30.0
"""Seconds for which a server that could not be reached is left alone."""
MOST_PAGES = 10
LONGEST_NAME = 64

_REFUSED_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Reached:
    """What could be reached just now.

    Attributes:
        tools: the tools, each under a name of its own.
        missing: the hosts of servers that could not be reached.
    """

    tools: Sequence[FunctionTool] = ()
    missing: Sequence[str] = ()

    @property
    def apology(self) -> str:
        """A sentence about what is missing; empty where nothing is."""
        if not self.missing:
            return ""
        return f"The tools of {quoted(self.missing)} cannot be reached; I go on without them."


class RemoteTools:
    """The tools of all MCP servers that the settings name."""

    def __init__(self, settings: Settings, taken: set[str]) -> None:
        """Take the servers' addresses, and the names that their tools cannot have."""
        self._servers = [RemoteServer(address, settings) for address in settings.mcp_addresses]
        self._taken = taken

    @asynccontextmanager
    async def reach(self) -> AsyncIterator[Reached]:
        """Give a run the tools of the servers that answer, for the length of the block."""
        listed = await asyncio.gather(*(server.tools() for server in self._servers))
        taken = set(self._taken)
        tools: list[FunctionTool] = []
        connections: list[RunConnection] = []
        missing: dict[str, None] = {}
        for server, found in zip(self._servers, listed, strict=True):
            if found is None:
                missing[server.host] = None
                continue
            connections.append(connection := RunConnection(server))
            for tool in found:
                name = _free_name(tool.name, server.host, taken)
                taken.add(name)
                tools.append(_function_tool(tool, connection, name))
        try:
            yield Reached(tools, list(missing))
        finally:
            await asyncio.gather(*(connection.close() for connection in connections))


class RemoteServer:
    """One MCP server.

    Attributes:
        address: where it is.
        host: what people are told it is.
        settings: how long a call may take, and an answer be.
    """

    def __init__(self, address: str, settings: Settings) -> None:
        self.address = address
        self.host = urlsplit(address).hostname or address
        self.settings = settings
        self._lock = asyncio.Lock()
        self._known: list[RemoteTool] | None = None
        self._until = -1.0

    async def tools(self) -> list[RemoteTool] | None:
        """Return the tools that the server has, or None where it cannot be reached."""
        async with self._lock:
            if time.monotonic() >= self._until:
                connection = RunConnection(self)
                try:
                    self._known = await connection.list_tools()
                    self._until = time.monotonic() + KNOWN_FOR
                except Exception as error:
                    self.failed(error)
                finally:
                    await connection.close()
            return self._known

    def failed(self, error: Exception) -> None:
        """Note that the server could not be reached, and leave it alone for a while."""
        log.warning("tools not reached", extra={"server": self.host, "cause": cause_of(error)})
        self._known = None
        self._until = time.monotonic() + TRY_AGAIN_AFTER


class RunConnection(MCPServerStreamableHttp):
    """A connection that one run has, made when it is first used.

    Args:
        server: what to connect to.
    """

    def __init__(self, server: RemoteServer) -> None:
        super().__init__(
            params={"url": server.address, "timeout": CONNECT_TIME},
            client_session_timeout_seconds=server.settings.mcp_timeout,
            max_list_pages=MOST_PAGES,
        )
        self._server = server

    async def list_tools(self, *args: Any, **kwargs: Any) -> list[RemoteTool]:
        """Return the server's tools; the first time, connect."""
        async with asyncio.timeout(CONNECT_TIME):
            await self.connect()  # type: ignore[no-untyped-call]  # the SDK's
            return await super().list_tools(*args, **kwargs)

    async def call_tool(
        self,
        tool_name: str,
        arguments: dict[str, Any] | None,
        meta: dict[str, Any] | None = None,
    ) -> CallToolResult:
        """Call a tool, and return its answer, or as much of it as the model can be given."""
        if not self.session:
            try:
                async with asyncio.timeout(CONNECT_TIME):
                    await self.connect()  # type: ignore[no-untyped-call]  # the SDK's
            except Exception as error:
                self._server.failed(error)
                raise
        result = await super().call_tool(tool_name, arguments, meta)
        content = _shortened(result.content, self._server.settings.history_characters)
        return result.model_copy(update={"content": content})

    async def close(self) -> None:
        """End the connection, if there is one."""
        with suppress(Exception):  # it is given up, however it ends
            async with asyncio.timeout(CLOSE_TIME):
                await self.cleanup()  # type: ignore[no-untyped-call]  # the SDK's


def _shortened(content: Sequence[ContentBlock], characters: int) -> list[ContentBlock]:
    """Return an answer's parts with no more text than so many characters; images count as none."""
    kept: list[ContentBlock] = []
    for part in content:
        if isinstance(part, ImageContent):
            kept.append(part)
            continue
        text = part.text if isinstance(part, TextContent) else part.model_dump_json()
        if characters:
            kept.append(TextContent(type="text", text=text[:characters]))
        characters -= min(len(text), characters)
    return kept


def _function_tool(tool: RemoteTool, connection: RunConnection, name: str) -> FunctionTool:
    return MCPUtil.to_function_tool(
        tool,
        connection,
        convert_schemas_to_strict=False,
        failure_error_function=_failed,
        tool_name_override=name,
    )


def _failed(run: RunContextWrapper[Any], error: Exception) -> str:
    tool = getattr(run, "tool_name", "?")
    log.warning("remote tool failed", extra={"tool": tool, "cause": cause_of(error)})
    return answer(error="That tool did not work just now; please try again later.")


def _free_name(name: str, host: str, taken: set[str]) -> str:
    """Return a name that models can call a tool by, and that no other one has."""
    plain = _plain(name) or "tool"
    if plain not in taken:
        return plain
    longer = _plain(f"{host}_{name}")
    again = 2
    unique = longer
    while unique in taken:
        unique = f"{longer[: LONGEST_NAME - 4]}_{again}"
        again += 1
    return unique


def _plain(name: str) -> str:
    return _REFUSED_IN_NAMES.sub("_", name).strip("_")[:LONGEST_NAME]
