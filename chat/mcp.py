"""``POST /mcp``: the server's tools for other programs, by the Model Context Protocol.

Streamable HTTP without sessions and streams: every request is answered at once with JSON, so
nothing has to be kept, closed or shared between processes. Identity, size limit and the refusal
of other sites are those of every other address; a request must also name a host that cannot
have been rebound to this machine.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

from mcp import MCPError
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from quart import Response, request
from quart.typing import ResponseReturnValue

from chat import identity, security
from chat.errors import NotSupported, WrongHost
from chat.host import current_host
from chat.tools import Tools, UnknownTool, tools_of

NAME = "chatkit-host"
SESSION = "Mcp-Session-Id"

Message = MutableMapping[str, Any]


async def mcp() -> ResponseReturnValue:
    """Answer one message of an MCP client.

    Raises:
        WrongHost: the request names a host that this server is not known by.
        NotSupported: the server offers no tools.
    """
    host = current_host()
    if not security.is_own_name(request.host, host.settings):
        raise WrongHost
    tools = tools_of(await host.server())
    if tools is None:
        raise NotSupported("This server offers no tools.")
    if session := request.headers.get(SESSION):
        identity.resume(session)
    context = await host.context(request)
    response = await _answer(_server(tools, context))
    if session := identity.session():
        response.headers[SESSION] = session
    return response


def _server(tools: Tools, context: Any) -> Server[Any]:
    """Return an MCP server that acts for one caller."""

    async def list_tools(_: Any, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(
            tools=[
                Tool(
                    name=tool.name,
                    description=tool.description,
                    input_schema=tool.parameters,
                    annotations=ToolAnnotations(
                        read_only_hint=tool.reads_only,
                        destructive_hint=tool.deletes,
                        open_world_hint=False,
                    ),
                )
                for tool in tools.offered
            ]
        )

    async def call_tool(_: Any, params: CallToolRequestParams) -> CallToolResult:
        try:
            result = await tools.call(params.name, params.arguments or {}, context)
        except UnknownTool:
            raise MCPError(INVALID_PARAMS, "There is no tool of that name.") from None
        content = dict(result.content)
        text = json.dumps(content, ensure_ascii=False)
        return CallToolResult(
            content=[TextContent(type="text", text=text)],
            structured_content=content,
            is_error=result.failed,
        )

    return Server(
        NAME, instructions=tools.instructions, on_list_tools=list_tools, on_call_tool=call_tool
    )


async def _answer(server: Server[Any]) -> Response:
    """Let the official package answer the current request."""
    body = await request.get_data()
    incoming: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    outgoing: list[Message] = []

    async def receive() -> Message:
        if not incoming:
            await asyncio.Event().wait()  # a client that leaves cancels the whole request
        return incoming.pop()

    async def send(message: Message) -> None:
        outgoing.append(message)

    headers = [(name.lower(), value) for name, value in request.scope["headers"]]
    scope = dict(request.scope) | {"headers": headers}
    manager = StreamableHTTPSessionManager(
        server, json_response=True, stateless=True, max_request_body_size=len(body) or 1
    )
    async with manager.run():
        await manager.handle_request(scope, receive, send)
    start, *rest = outgoing
    response = Response(b"".join(part.get("body", b"") for part in rest), start["status"])
    for name, value in start["headers"]:
        response.headers[name.decode("latin-1")] = value.decode("latin-1")
    return response
