"""Tools of other programs: those of the MCP servers that the settings name.

Which tools a server has is asked when a message needs an answer, and known for a while. A
connection for calls is made at the first call of a run and ends with the run, so that nobody
waits for another's call, and what a server remembers of a connection is one run's alone. A
server that cannot be reached, or refuses this one, costs the user a sentence and nothing else.
"""

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from agents import FunctionTool, RunContextWrapper
from agents.mcp import MCPUtil
from mcp.types import Tool as RemoteTool

from chat.assistant.failures import cause_of
from chat.assistant.references import quoted
from chat.assistant.remote_connection import AccessRefused, RunConnection
from chat.assistant.toolbox import answer
from chat.mcp_servers import MCPServer

log = logging.getLogger(__name__)

KNOWN_FOR = 60.0
"""Seconds for which the list of a server's tools is taken to be right."""
TRY_AGAIN_AFTER = 30.0
"""Seconds for which a server that could not be reached is left alone."""
LONGEST_NAME = 64

_REFUSED_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Reached:
    """What could be reached just now.

    Attributes:
        tools: the tools, each under a name of its own.
        missing: the names of servers that could not be reached.
        refusing: the names of servers that refused this one.
    """

    tools: Sequence[FunctionTool] = ()
    missing: Sequence[str] = ()
    refusing: Sequence[str] = ()

    @property
    def apologies(self) -> list[str]:
        """A sentence about each kind of what is not there."""
        said = []
        if self.missing:
            said.append(
                f"The tools of {quoted(self.missing)} cannot be reached; I go on without them."
            )
        if self.refusing:
            said.append(
                f"The tools of {quoted(self.refusing)} are not available, because access to them "
                "was refused; I go on without them."
            )
        return said


class RemoteTools:
    """The tools of all MCP servers that the settings name."""

    def __init__(self, servers: Iterable[MCPServer], longest: int, taken: set[str]) -> None:
        """Take the servers.

        Args:
            servers: what to use.
            longest: the most characters of a tool's answer.
            taken: the names that their tools cannot have.
        """
        self._servers = [RemoteServer(server, longest) for server in servers]
        self._taken = taken

    @asynccontextmanager
    async def reach(self) -> AsyncIterator[Reached]:
        """Give a run the tools of the servers that answer, for the length of the block."""
        listed = await asyncio.gather(*(server.tools() for server in self._servers))
        taken = set(self._taken)
        tools: list[FunctionTool] = []
        connections: list[RunConnection] = []
        missing: dict[str, None] = {}
        refusing: dict[str, None] = {}
        for server, found in zip(self._servers, listed, strict=True):
            if found is None:
                (refusing if server.refusing else missing)[server.about.name] = None
                continue
            connections.append(connection := server.connection())
            for tool in found:
                name = _free_name(tool.name, server.about.name, taken)
                taken.add(name)
                tools.append(_function_tool(tool, connection, name))
        try:
            yield Reached(tools, list(missing), list(refusing))
        finally:
            await asyncio.gather(*(connection.close() for connection in connections))


class RemoteServer:
    """One MCP server.

    Attributes:
        about: where it is, and what is used of it.
        refusing: whether it refused this one when it was asked last.
    """

    def __init__(self, about: MCPServer, longest: int) -> None:
        """Take what it is, and the most characters of a tool's answer."""
        self.about = about
        self.refusing = False
        self._longest = longest
        self._lock = asyncio.Lock()
        self._known: list[RemoteTool] | None = None
        self._until = -1.0

    def connection(self) -> RunConnection:
        """Return a connection to it that is not made yet."""
        return RunConnection(self.about, self._longest, self._lost_in_call)

    async def tools(self) -> list[RemoteTool] | None:
        """Return the tools that are used of it, or None where it cannot be used."""
        async with self._lock:
            if time.monotonic() >= self._until:
                connection = self.connection()
                try:
                    self._known = self._wanted(await connection.list_tools())
                    self._until = time.monotonic() + KNOWN_FOR
                    self.refusing = False
                except Exception as error:
                    self._lost(connection, error)
                finally:
                    await connection.close()
            return self._known

    def _lost(self, connection: RunConnection, error: Exception) -> None:
        """Note that it cannot be used, and leave it alone for a while."""
        event = "tools refused" if connection.refused else "tools not reached"
        log.warning(event, extra={"server": self.about.name, "cause": cause_of(error)})
        self.refusing = connection.refused
        self._known = None
        self._until = time.monotonic() + TRY_AGAIN_AFTER

    def _lost_in_call(self, connection: RunConnection, error: Exception) -> None:
        """Note that a call showed that it cannot be used.

        Who refuses a call may refuse no more than that, so the next message asks for the tools.
        """
        self._lost(connection, error)
        if connection.session is not None:
            self._until = -1.0

    def _wanted(self, offered: list[RemoteTool]) -> list[RemoteTool]:
        wanted = self.about.tools
        if wanted is None:
            return offered
        for name in sorted(wanted - {tool.name for tool in offered}):
            log.warning("tool not offered", extra={"server": self.about.name, "tool": name})
        return [tool for tool in offered if tool.name in wanted]


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
    if isinstance(error, AccessRefused):
        return answer(error="That tool is not available: access to it was refused.")
    return answer(error="That tool did not work just now; please try again later.")


def _free_name(name: str, server: str, taken: set[str]) -> str:
    """Return a name that models can call a tool by, and that no other one has."""
    plain = _plain(name) or "tool"
    if plain not in taken:
        return plain
    longer = _plain(f"{server}_{name}")
    again = 2
    unique = longer
    while unique in taken:
        unique = f"{longer[: LONGEST_NAME - 4]}_{again}"
        again += 1
    return unique


def _plain(name: str) -> str:
    return _REFUSED_IN_NAMES.sub("_", name).strip("_")[:LONGEST_NAME]
