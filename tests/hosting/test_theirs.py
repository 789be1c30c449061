"""Servers that other people wrote, unchanged."""

import json
from typing import Any

import httpx
import pytest
from fastapi import HTTPException

from chat.errors import refusal_of
from store import SQLiteStore
from tests.client import ChatKitClient, message, text_of
from tests.hosting.conftest import Hosting
from tests.hosting.theirs import NOTHING, CountingServer, OwnStoreServer, TalkingServer, talking
from tests.page.browsing import Browser, texts


class UpstreamError(Exception):
    """What an HTTP client raises: the status is another server's."""

    status_code = 401


async def said(http: httpx.AsyncClient) -> dict[str, Any]:
    begun = message("Hello")
    body = {"type": "threads.create", "params": {"input": begun}}
    headers = {"X-Article": "42", "Cookie": "theirs=1"}
    response = await http.post("/chatkit?lang=de", json=body, headers=headers)
    assert response.status_code == 200, response.text
    (last,) = [line for line in response.text.splitlines() if "assistant_message" in line]
    told: dict[str, Any] = json.loads(json.loads(last[6:])["item"]["content"][0]["text"])
    return told


async def test_a_server_reads_what_starlettes_request_has(hosting: Hosting) -> None:
    async with hosting("theirs:OwnStoreServer") as served:
        told = await said(served.client())
    assert told == {
        "keys": ["request"],
        "header": "42",
        "query": "de",
        "same": "de",
        "cookies": ["theirs"],
        "base": f"{served.url}/",
        "client": "127.0.0.1",
        "method": "POST",
        "file": f"{served.url}/files/a%20b?size=2",
        "state": False,
    }


async def test_a_store_of_its_own_gets_exactly_its_own_context(hosting: Hosting) -> None:
    async with hosting("theirs:OwnStoreServer") as served:
        thread = await Browser(served.client()).hear("Hello")
        server = await served.host.server()
        assert isinstance(server, OwnStoreServer)
        assert "Hello" in texts(await Browser(served.client()).read(thread))[0]
    assert server.store.contexts
    assert all(type(each) is dict and list(each) == ["request"] for each in server.store.contexts)


async def test_the_hosts_store_knows_the_browser_where_a_dict_names_no_owner(
    hosting: Hosting,
) -> None:
    async with hosting("theirs:ReadingServer") as served:
        alice, charlie = served.client("alice"), served.client("charlie")
        thread = await Browser(alice).hear("Hello")
        assert (await said(served.client("bob")))["keys"] == ["request", "user_id"]
        assert (await alice.get(thread)).status_code == 200
        assert (await charlie.get(thread)).status_code == 404
        exported = (await alice.get("/export.json")).json()["threads"]
        assert [each["id"] for each in exported] == [thread.rpartition("/")[2]]


@pytest.mark.parametrize("context", ["shared_context", "no_context"])
async def test_owners_are_kept_apart_where_all_requests_share_one_context(
    hosting: Hosting, context: str
) -> None:
    async with hosting("theirs:TalkingServer", context) as served:
        thread = await Browser(served.client("alice")).hear("Hello")
        assert (await served.client("charlie").get(thread)).status_code == 404
    assert NOTHING == {}


async def test_a_dict_may_name_the_owner(hosting: Hosting) -> None:
    async with hosting("theirs:TalkingServer", "named_context") as served:
        http = served.client()
        http.headers["X-User"] = "alice"
        thread = await Browser(http).hear("Hello")
        assert "set-cookie" not in (await http.get("/")).headers
        for user, status in (("alice", 200), ("charlie", 404), ("", 404)):
            assert (await http.get(thread, headers={"X-User": user})).status_code == status


async def test_the_default_context_can_be_read_as_a_dict(hosting: Hosting) -> None:
    async with hosting("theirs:ReadingServer", "") as served:
        told = await said(served.client())
    assert (told["keys"], told["header"]) == (["locale", "request", "user_id"], "42")


async def test_a_context_function_may_refuse_as_in_fastapi(hosting: Hosting) -> None:
    async with hosting("theirs:TalkingServer", "guarded_context") as served:
        http = served.client()
        refused = await ChatKitClient(http).post("threads.list")
        page = await http.get("/threads")
        http.headers["X-User"] = "alice"
        welcome = await ChatKitClient(http).post("threads.list")
    assert (refused.status_code, refused.json()["error"]["message"]) == (401, "Log in first.")
    assert page.status_code == 401
    assert "Log in first." in page.text
    assert welcome.status_code == 200


async def test_uploads_go_where_the_servers_own_routes_are(hosting: Hosting) -> None:
    async with hosting("theirs:UploadingServer") as served:
        http = served.client()
        asked = {"name": "a.txt", "mime_type": "text/plain"}
        made = await ChatKitClient(http).ask("attachments.create", size=4, **asked)
        url = made["upload_descriptor"]["url"]
        assert url == f"{served.url}/files/{made['id']}"
        sent = await http.post(url, content=b"text")
        _, events = await _created(http, [made["id"]])
        large = await ChatKitClient(http).post("attachments.create", size=4000, **asked)
    assert sent.status_code == 200
    assert text_of(events[-1].item.model_dump()) == "Hello."
    assert large.status_code == 413
    assert large.json()["error"] == {"code": "http.413", "message": "At most 1000 bytes, please."}


async def _created(http: httpx.AsyncClient, attachments: list[str]) -> tuple[str, list[Any]]:
    events = await ChatKitClient(http).all("threads.create", input=message("Hi", attachments))
    return events[0].thread.id, events


async def test_a_process_of_its_own_answers_the_protocol_and_the_page(hosting: Hosting) -> None:
    async with hosting("theirs:create_chatkit_server") as served:
        http = served.client()
        _, events = await ChatKitClient(http).create("Hello, please")
        thread = await Browser(http).hear("Hello, please")
        listed = await ChatKitClient(http).ask("threads.list")
        server = await served.host.server()
        assert isinstance(server, CountingServer)
        assert server.asked == ["threads.create", "threads.create", "threads.list"]
        assert server.streamed > 1000
        page = await Browser(http).read(thread)
    assert text_of(events[-1].item.model_dump()) == "Hello."
    assert len(listed["data"]) == 2
    assert "Hello." in texts(page)[-1]


async def test_a_process_of_its_own_may_refuse(hosting: Hosting) -> None:
    async with hosting("theirs:create_chatkit_server") as served:
        refused = await ChatKitClient(served.client()).post(
            "threads.create", input=message("Hello")
        )
        page = await Browser(served.client()).post("/threads", text="Hello")
    assert (refused.status_code, refused.json()["error"]["message"]) == (429, "Say please.")
    assert page.status_code == 429
    assert "Say please." in page.text


async def test_what_a_process_of_its_own_has_shown_stays_after_stop(hosting: Hosting) -> None:
    async with hosting("theirs:StreamingServer") as served:
        begun = await ChatKitClient(served.client()).begin("Hello")
        thread = f"/threads/{begun.thread_id}"
        await Browser(served.client()).post(f"{thread}/stop")
        await begun.rest()
        page = await Browser(served.client()).settle(thread)
    assert "On and on" in texts(page)[-1]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (HTTPException(404, "No such desk."), (404, "No such desk.")),
        (HTTPException(403, {"why": "closed"}), (403, "The request could not be answered.")),
        (HTTPException(302, "Over there."), None),
        (httpx.HTTPError("unreachable"), None),
        (UpstreamError(), None),
    ],
)
def test_only_a_refusal_of_the_server_itself_is_passed_on(
    error: Exception, said: tuple[int, str] | None
) -> None:
    refusal = refusal_of(error)
    assert (refusal and (refusal.status, refusal.message)) == said


async def test_an_instance_can_be_named_in_place_of_a_factory(hosting: Hosting) -> None:
    async with hosting("theirs:talking") as served:
        assert await served.host.server() is talking
        assert (
            "Hello."
            in texts(
                await Browser(served.client()).read(await Browser(served.client()).hear("Hi"))
            )[-1]
        )


async def test_a_class_can_be_named_in_place_of_a_factory(hosting: Hosting) -> None:
    async with hosting("theirs:TalkingServer") as served:
        server = await served.host.server()
        assert type(server) is TalkingServer
        assert isinstance(server.store, SQLiteStore)


async def test_a_factory_that_makes_nothing_is_named(
    hosting: Hosting, capfd: pytest.CaptureFixture[str]
) -> None:
    async with hosting("theirs:without_dependencies") as served:
        await served.host.failed.wait()
        assert (await served.client().get("/readyz")).status_code == 503
