"""Tools of other programs: those of the MCP servers that the settings name.

They are connected when a message needs an answer, not before, and stay connected. One that
cannot be reached costs the user a sentence and nothing else; it is tried again a while later.
"""

import asyncio
import logging
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from agents import FunctionTool, RunContextWrapper
from agents.mcp import MCPServerStreamableHttp, MCPUtil
from mcp.types import CallToolResult, TextContent
from mcp.types import Tool as RemoteTool

from chat.assistant.failures import cause_of
from chat.assistant.references import quoted
from chat.assistant.toolbox import answer
from chat.settings import Settings

log = logging.getLogger(__name__)

CONNECT_TIME = 5.0
"""Seconds that a server may take to connect and to list its tools; an answer waits for it."""
CLOSE_TIME = 1.0
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

    async def reach(self) -> Reached:
        """Return the tools of the servers that answer; connect to those that are not yet."""
        listed = await asyncio.gather(*(server.tools() for server in self._servers))
        taken = set(self._taken)
        tools = []
        for server, found in zip(self._servers, listed, strict=True):
            for tool in found or ():
                name = _free_name(tool.name, server.host, taken)
                taken.add(name)
                tools.append(server.function_tool(tool, name))
        missing = [
            server.host
            for server, found in zip(self._servers, listed, strict=True)
            if found is None
        ]
        return Reached(tools, list(dict.fromkeys(missing)))

    async def close(self) -> None:
        """End every connection."""
        await asyncio.gather(*(server.close() for server in self._servers))


class RemoteServer:
    """One MCP server.

    Attributes:
        host: what people are told it is.
    """

    def __init__(self, address: str, settings: Settings) -> None:
        self.host = urlsplit(address).hostname or address
        self._address = address
        self._settings = settings
        self._lock = asyncio.Lock()
        self._connection: ShortAnswers | None = None
        self._failed_at = -TRY_AGAIN_AFTER

    async def tools(self) -> list[RemoteTool] | None:
        """Return the server's tools as they are now, or None where it cannot be reached."""
        async with self._lock:
            if time.monotonic() - self._failed_at < TRY_AGAIN_AFTER:
                return None
            if self._connection:
                with suppress(Exception):  # it may have been started anew since
                    async with asyncio.timeout(CONNECT_TIME):
                        return await self._connection.list_tools()
                await self._disconnect()
            try:
                async with asyncio.timeout(CONNECT_TIME):
                    return await self._connect()
            except Exception as error:
                log.warning(
                    "tools not reached", extra={"server": self.host, "cause": cause_of(error)}
                )
                self._failed_at = time.monotonic()
                await self._disconnect()
                return None

    def function_tool(self, tool: RemoteTool, name: str) -> FunctionTool:
        """Return a tool of this server as the agent's, by a name."""
        assert self._connection is not None  # noqa: S101
        return MCPUtil.to_function_tool(
            tool,
            self._connection,
            convert_schemas_to_strict=False,
            failure_error_function=_failed,
            tool_name_override=name,
        )

    async def close(self) -> None:
        """End the connection."""
        async with self._lock:
            await self._disconnect()

    async def _connect(self) -> list[RemoteTool]:
        self._connection = ShortAnswers(
            self._settings.history_characters,
            params={"url": self._address, "timeout": CONNECT_TIME},
            client_session_timeout_seconds=self._settings.mcp_timeout,
            max_list_pages=MOST_PAGES,
        )
        await self._connection.connect()  # type: ignore[no-untyped-call]  # the SDK's
        return await self._connection.list_tools()

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with suppress(Exception):  # it is given up, however it ends
                async with asyncio.timeout(CLOSE_TIME):
                    await connection.cleanup()  # type: ignore[no-untyped-call]  # the SDK's


class ShortAnswers(MCPServerStreamableHttp):
    """A connection whose answers are cut where they would be too long for the model."""

    def __init__(self, characters: int, **options: Any) -> None:
        """Take how many characters of text an answer may have, and a connection's options."""
        super().__init__(**options)
        self._characters = characters

    async def call_tool(
        self,
        tool_name: str,
        arguments: dict[str, Any] | None,
        meta: dict[str, Any] | None = None,
    ) -> CallToolResult:
        """Call a tool, and return its answer, or as much of it as may be."""
        result = await super().call_tool(tool_name, arguments, meta)
        left = self._characters
        content = []
        for part in result.content:
            if isinstance(part, TextContent):
                part = part.model_copy(update={"text": part.text[:left]})
                left -= len(part.text)
            content.append(part)
        return result.model_copy(update={"content": content})


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
