"""A connection to an MCP server, as one run of the assistant has it.

The SDK's connection, with what a host needs beyond that: a time for everything, answers that fit
the model and hold no secret of ours, and whether the server refuses us. The errors of the mcp
package do not tell that from other failures, so it is read off the answers themselves.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

import httpx2
from agents import UserError
from agents.mcp import MCPServerStreamableHttp
from mcp.types import CallToolResult, ContentBlock, ImageContent, TextContent
from mcp.types import Tool as RemoteTool

from chat.mcp_servers import MCPServer

CONNECT_TIME = 5.0
"""Seconds that a server may take to connect and to list its tools; an answer waits for it."""
CLOSE_TIME = 1.0
MOST_PAGES = 10
LEAST_SECRET = 16
"""Characters that a secret has at least to be struck out of answers; short ones are words, too."""
REFUSALS = frozenset({401, 403})
"""The statuses by which a server does not let this one in."""


class AccessRefused(UserError):
    """A server does not let this one in; a tool call fails with it."""


class RunConnection(MCPServerStreamableHttp):
    """A connection that one run has, made when it is first used.

    Args:
        server: what to connect to.
        longest: the most characters of a tool's answer.
        lost: is told where a call shows that the server cannot be used any more.

    Attributes:
        refused: whether the server did not let this one in.
    """

    def __init__(
        self, server: MCPServer, longest: int, lost: Callable[["RunConnection", Exception], None]
    ) -> None:
        super().__init__(
            params={
                "url": server.url,
                "headers": dict(server.headers),
                "timeout": CONNECT_TIME,
                "httpx_client_factory": self._client,
            },
            client_session_timeout_seconds=server.timeout,
            max_list_pages=MOST_PAGES,
            name=server.name,
        )
        self.refused = False
        self._server = server
        self._longest = longest
        self._lost = lost

    def _client(
        self,
        headers: dict[str, str] | None = None,
        timeout: httpx2.Timeout | None = None,
        auth: httpx2.Auth | None = None,
    ) -> httpx2.AsyncClient:
        """Return what requests are made with; it follows no redirect and notes a refusal."""

        async def note(response: httpx2.Response) -> None:
            if response.request.method == "POST":  # a stream of its own may be refused
                self.refused = response.status_code in REFUSALS

        return httpx2.AsyncClient(
            headers=headers, timeout=timeout, auth=auth, event_hooks={"response": [note]}
        )

    async def list_tools(self, *args: Any, **kwargs: Any) -> list[RemoteTool]:
        """Return the server's tools; the first time, connect."""
        async with asyncio.timeout(CONNECT_TIME):
            await self.connect()  # type: ignore[no-untyped-call]  # the SDK's
            tools = await super().list_tools(*args, **kwargs)
        return [self._without_secrets(tool) for tool in tools]

    def _without_secrets(self, tool: RemoteTool) -> RemoteTool:
        written = tool.model_dump_json(by_alias=True)
        kept = _struck_out(written, self._server.secrets)
        return tool if kept == written else RemoteTool.model_validate_json(kept)

    async def call_tool(
        self,
        tool_name: str,
        arguments: dict[str, Any] | None,
        meta: dict[str, Any] | None = None,
    ) -> CallToolResult:
        """Call a tool, and return its answer, or as much of it as the model can be given.

        Raises:
            AccessRefused: the server does not let this one in any more.
        """
        connected = self.session is not None
        try:
            if not connected:
                async with asyncio.timeout(CONNECT_TIME):
                    await self.connect()  # type: ignore[no-untyped-call]  # the SDK's
                connected = True
            result = await super().call_tool(tool_name, arguments, meta)
        except Exception as error:
            if self.refused or not connected:
                self._lost(self, error)
            if self.refused:
                raise AccessRefused(self.name) from None
            raise
        content = _shortened(result.content, self._longest, self._server.secrets)
        return result.model_copy(update={"content": content})

    async def close(self) -> None:
        """End the connection, if there is one."""
        with suppress(Exception):  # it is given up, however it ends
            async with asyncio.timeout(CLOSE_TIME):
                await self.cleanup()  # type: ignore[no-untyped-call]  # the SDK's


def _shortened(
    content: Sequence[ContentBlock], characters: int, secrets: Iterable[str]
) -> list[ContentBlock]:
    """Return an answer's parts as the model may have them.

    Args:
        content: the parts.
        characters: the most characters of text; images count as none.
        secrets: what is struck out, where a server repeats what it was sent.
    """
    kept: list[ContentBlock] = []
    for part in content:
        if isinstance(part, ImageContent):
            kept.append(part)
            continue
        text = part.text if isinstance(part, TextContent) else part.model_dump_json()
        text = _struck_out(text, secrets)
        if characters:
            kept.append(TextContent(type="text", text=text[:characters]))
        characters -= min(len(text), characters)
    return kept


def _struck_out(text: str, secrets: Iterable[str]) -> str:
    """Return a text without secrets, be they written as they are or as in JSON."""
    for secret in sorted(secrets, key=len, reverse=True):  # one may be part of another
        if len(secret) >= LEAST_SECRET:
            text = text.replace(secret, "***").replace(json.dumps(secret)[1:-1], "***")
    return text
