"""Tools: what a ChatKit server lets other programs do, over the Model Context Protocol.

A server offers them with an attribute ``tools``; `chat.mcp` serves it at ``/mcp``. The
assistant's own are the same objects that its model is given, see `chat.assistant.offering`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True)
class Tool:
    """One tool, as a program is told of it.

    Attributes:
        name: what it is called by.
        description: what it does and when to use it, for a model to read.
        parameters: the JSON Schema of its arguments, an object.
        reads_only: whether calling it changes nothing.
        deletes: whether calling it may lose something.
    """

    name: str
    description: str
    parameters: dict[str, Any]
    reads_only: bool = False
    deletes: bool = False


@dataclass(frozen=True)
class ToolResult:
    """What a tool answered.

    Attributes:
        content: the answer, as a JSON object.
        failed: whether the tool did nothing of what was asked.
    """

    content: Mapping[str, Any]
    failed: bool = False


class UnknownTool(LookupError):
    """There is no tool of that name."""


@runtime_checkable
class Tools(Protocol):
    """The capability of a server to let other programs use its tools."""

    offered: Sequence[Tool]
    instructions: str
    """What a model should know before it uses them."""

    async def call(self, name: str, arguments: Mapping[str, Any], context: Any) -> ToolResult:
        """Call a tool.

        Args:
            name: which one.
            arguments: unchecked, as the caller sent them.
            context: who calls; a tool touches nothing of anybody else.

        Raises:
            UnknownTool: there is none of that name.
        """
        ...


def tools_of(server: object) -> Tools | None:
    """Return a server's tools, or None where it offers none."""
    found = getattr(server, "tools", None)
    return found if isinstance(found, Tools) else None
