"""The assistant's tools at ``/mcp``, used by the official client over HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import httpx2
import msgspec
import pytest
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult
from quart import Request

from chat.assistant.tools import TOOLS
from chat.identity import COOKIE, RequestContext
from chat.settings import Settings
from tests.client import ChatKitClient
from tests.running import Running, running

MODES = ["legacy", "auto"]


@asynccontextmanager
async def program(url: str, mode: str = "auto", **headers: str) -> AsyncIterator[Client]:
    """Return a connected MCP client that sends headers with every request."""
    async with httpx2.AsyncClient(headers=headers) as http:
        transport = streamable_http_client(f"{url}/mcp", http_client=http)
        async with Client(transport, mode=mode) as client:
            yield client


async def call(client: Client, name: str, **arguments: Any) -> dict[str, Any]:
    """Call a tool that succeeds, and return its answer."""
    result = await client.call_tool(name, arguments)
    assert isinstance(result, CallToolResult)
    assert not result.is_error, result
    [content] = result.content
    assert json.loads(content.text) == result.structured_content  # type: ignore[union-attr]
    return dict(result.structured_content)


async def titles(client: Client) -> list[str]:
    return [todo["title"] for todo in (await call(client, "list_todos", which="all"))["todos"]]


async def cookie_of(browser: httpx.AsyncClient) -> str:
    await browser.get("/")
    return f"{COOKIE}={browser.cookies[COOKIE]}"


@pytest.mark.parametrize("mode", MODES)
async def test_a_program_keeps_a_list_of_its_own(served: Running, mode: str) -> None:
    async with program(served.url, mode) as client:
        added = await call(client, "add_todos", todos=[{"title": "Milk", "due": "2030-01-05"}])
        [milk] = added["added"]
        assert milk["due"] == "2030-01-05"
        await call(client, "update_todo", todo=milk["id"], title="Oat milk", due=None)
        assert await titles(client) == ["Oat milk"]
        assert (await call(client, "complete_todos", todos=["1"]))["open"] == 0
        assert (await call(client, "reopen_todos", todos=["oat milk"]))["open"] == 1
        await call(client, "delete_todos", todos=[milk["id"]])
        assert await titles(client) == []


async def test_the_tools_are_those_of_the_model_word_for_word(served: Running) -> None:
    defined = {tool.name: tool for tool in TOOLS}
    async with program(served.url) as client:
        offered = (await client.list_tools()).tools
    assert {"add_todos", "list_todos", "complete_todos", "update_todo", "delete_todos"} <= {
        tool.name for tool in offered
    }
    for tool in offered:
        assert tool.description == defined[tool.name].description
        assert tool.input_schema == defined[tool.name].params_json_schema


async def test_tools_that_need_a_page_are_not_offered(served: Running) -> None:
    async with program(served.url) as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert not names & {"show_todos", "show_chart", "get_selected_text"}
        with pytest.raises(MCPError, match="no tool of that name"):
            await client.call_tool("show_todos", {"which": "open"})


async def test_a_program_is_told_what_reads_and_what_deletes(served: Running) -> None:
    async with program(served.url) as client:
        hints = {tool.name: tool.annotations for tool in (await client.list_tools()).tools}
    assert hints["list_todos"] is not None
    assert hints["list_todos"].read_only_hint
    assert hints["delete_todos"] is not None
    assert hints["delete_todos"].destructive_hint


@pytest.mark.parametrize("mode", MODES)
async def test_with_a_browsers_cookie_it_is_that_browsers_list(served: Running, mode: str) -> None:
    alice = ChatKitClient(served.client("alice"))
    await alice.create("add bread")
    async with program(served.url, mode, cookie=await cookie_of(alice.http)) as client:
        assert await titles(client) == ["Bread"]
        await call(client, "add_todos", todos=[{"title": "Butter"}])
    thread_id, _ = await alice.create("show my tasks")
    assert "Butter" in str(await alice.items(thread_id))


@pytest.mark.parametrize("mode", MODES)
async def test_nobody_sees_anothers_list(served: Running, mode: str) -> None:
    async with program(served.url, mode) as alice, program(served.url, mode) as charlie:
        [milk] = (await call(alice, "add_todos", todos=[{"title": "Milk"}]))["added"]
        assert await titles(charlie) == []
        refused = await charlie.call_tool("delete_todos", {"todos": [milk["id"]]})
        assert refused.is_error
        assert await titles(alice) == ["Milk"]


async def test_a_program_without_cookies_is_known_by_its_session(served: Running) -> None:
    """As clients in other languages are, whose HTTP library keeps no cookies."""

    async def post(message: dict[str, Any], **headers: str) -> httpx.Response:
        accepted = {"accept": "application/json, text/event-stream", **headers}
        async with httpx.AsyncClient() as http:
            return await http.post(f"{served.url}/mcp", json=message, headers=accepted)

    def tool_call(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        params = {"name": name, "arguments": arguments}
        return {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params}

    begun = await post(
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            },
        }
    )
    session = {"mcp-session-id": begun.headers["mcp-session-id"]}
    await post(tool_call("add_todos", {"todos": [{"title": "Milk"}]}), **session)
    listed = await post(tool_call("list_todos", {"which": "all"}), **session)
    assert "Milk" in listed.text
    forged = {"mcp-session-id": session["mcp-session-id"].swapcase()}
    assert "Milk" not in (await post(tool_call("list_todos", {"which": "all"}), **forged)).text


async def test_who_has_a_cookie_is_told_no_session(served: Running) -> None:
    browser = served.client("alice")
    cookie = await cookie_of(browser)
    message = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    accepted = {"accept": "application/json, text/event-stream", "cookie": cookie}
    answer = await browser.post("/mcp", json=message, headers=accepted)
    assert answer.status_code == 200
    assert "mcp-session-id" not in answer.headers


async def by_token(request: Request) -> RequestContext:
    """A context function that knows people by a token."""
    owner = {"Bearer alices-token": "alice"}.get(request.headers.get("Authorization", ""))
    return RequestContext(user_id=owner or "nobody", locale="en", request=request)


async def test_an_own_context_function_may_read_a_token(settings: Settings) -> None:
    known = msgspec.structs.replace(settings, context=f"{__name__}:by_token")
    async with running(known) as served:
        token = {"authorization": "Bearer alices-token"}
        async with program(served.url, **token) as client:
            await call(client, "add_todos", todos=[{"title": "Milk"}])
        async with program(served.url, **token) as client:
            assert await titles(client) == ["Milk"]
        async with program(served.url) as client:
            assert await titles(client) == []


async def test_where_several_tasks_fit_the_program_is_asked_and_told_their_ids(
    served: Running,
) -> None:
    async with program(served.url) as client:
        todos = [{"title": "Call Ann"}, {"title": "Call Bob"}]
        await call(client, "add_todos", todos=todos)
        asked = await call(client, "complete_todos", todos=["call"])
        assert asked["question"] == "Which of these do you mean?"
        await call(client, "complete_todos", todos=[asked["choices"]["Call Bob"]])
        listed = await call(client, "list_todos", which="open")
        assert [todo["title"] for todo in listed["todos"]] == ["Call Ann"]


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("complete_todos", {"todos": ["milk"]}, "could not find"),
        ("add_todos", {"todos": [{"title": " "}]}, "needs a title"),
        ("add_todos", {"todos": [{"title": "x", "due": "soon"}]}, "date must look like"),
        ("add_todos", {"tasks": 1}, "arguments do not fit"),
    ],
)
async def test_what_cannot_be_done_is_one_kind_sentence(
    served: Running, name: str, arguments: dict[str, Any], sentence: str
) -> None:
    async with program(served.url) as client:
        result = await client.call_tool(name, arguments)
        assert result.is_error
        assert sentence in result.structured_content["error"]


async def test_a_page_of_another_site_is_refused(served: Running) -> None:
    origin = {"origin": "https://evil.example"}
    answer = await served.client().post("/mcp", json={}, headers=origin)
    assert answer.status_code == 403


async def test_a_name_that_was_rebound_to_this_machine_is_refused(served: Running) -> None:
    rebound = {"host": "evil.example", "origin": "http://evil.example"}
    answer = await served.client().post("/mcp", json={}, headers=rebound)
    assert answer.status_code == 421
    assert answer.json()["error"]["code"] == "host.wrong"


async def test_the_public_name_is_answered(settings: Settings) -> None:
    public = msgspec.structs.replace(settings, public_url="https://chat.example.org")
    async with running(public) as served:
        message = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        headers = {
            "host": "chat.example.org",
            "accept": "application/json, text/event-stream",
        }
        answer = await served.client().post("/mcp", json=message, headers=headers)
        assert answer.status_code == 200


async def test_a_request_that_is_too_large_is_refused(settings: Settings) -> None:
    small = msgspec.structs.replace(settings, max_request_bytes=1000)
    async with running(small) as served:
        answer = await served.client().post("/mcp", json={"x": "y" * 2000})
        assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"[" * 5000])
async def test_what_is_no_message_is_refused_as_such(served: Running, body: bytes) -> None:
    headers = {"content-type": "application/json", "accept": "application/json"}
    answer = await served.client().post("/mcp", content=body, headers=headers)
    assert 400 <= answer.status_code < 500


async def test_what_is_not_served_is_refused_as_such(served: Running) -> None:
    async with program(served.url) as client:
        with pytest.raises(MCPError):
            await client.list_prompts()
    params = {
        "notifications": {},
        "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        },
    }
    listen = {"jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": params}
    headers = {
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": "subscriptions/listen",
    }
    answer = await served.client().post("/mcp", json=listen, headers=headers)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["error"]["code"] == -32601


async def test_a_server_without_tools_says_so(settings: Settings) -> None:
    scripted = msgspec.structs.replace(settings, server="tests.servers:scripted")
    async with running(scripted) as served:
        answer = await served.client().post("/mcp", json={})
        assert answer.status_code == 501


async def test_streams_and_ends_of_sessions_are_not_offered(served: Running) -> None:
    for method in ("GET", "DELETE"):
        assert (await served.client().request(method, "/mcp")).status_code == 405
