"""Servers with stores that other people wrote, each with a will of its own."""

import asyncio
from typing import Any

import pytest
from chatkit.types import Page, ThreadItem

from chat.stored import load_item
from tests.client import ChatKitClient, message
from tests.hosting.conftest import Hosting
from tests.hosting.their_stores import PlainServer, SessionServer, SessionStore, filled
from tests.page.browsing import Browser, items, texts
from tests.running import Running


async def plain(served: Running) -> PlainServer:
    server = await served.host.server()
    assert isinstance(server, PlainServer)
    return server


async def test_a_store_that_knows_one_order_is_read_in_the_pages(hosting: Hosting) -> None:
    async with hosting("their_stores:PlainServer") as served:
        browser = Browser(served.client())
        thread = await browser.hear("First")
        await browser.hear("Second", thread)
        page = await browser.read(thread)
    assert texts(page) == ["First", "Hello.", "Second", "Hello."]


async def test_what_a_store_keeps_twice_is_shown_once(hosting: Hosting) -> None:
    async with hosting("their_stores:PlainServer") as served:
        browser = Browser(served.client())
        thread = await browser.hear("First")
        page = await browser.read(thread)
        exported = (await served.client().get(f"{thread}/export.json")).json()["thread"]
    shown = [each["data-item-id"] for each in items(page)]
    assert len(shown) == 2
    assert [each["id"] for each in exported["items"]["data"]] == shown


async def test_the_newest_are_shown_of_a_store_that_gives_the_oldest(hosting: Hosting) -> None:
    async with hosting("their_stores:PlainServer") as served:
        thread = filled((await plain(served)).store, 120)  # type: ignore[arg-type]
        browser = Browser(served.client())
        page = await browser.read(f"/threads/{thread}")
        earlier = await browser.read(page.one("p", id="earlier").one("a")["href"])
    assert texts(page)[-1] == "Number 119."
    assert texts(earlier)[-1] == "Number 69."


async def test_earlier_messages_are_earlier_where_a_store_does_not_go_on(hosting: Hosting) -> None:
    async with hosting("their_stores:NewestServer") as served:
        thread = filled((await plain(served)).store, 120)  # type: ignore[arg-type]
        browser = Browser(served.client())
        page = await browser.read(f"/threads/{thread}")
        earlier = await browser.read(page.one("p", id="earlier").one("a")["href"])
    assert (texts(page)[-1], texts(earlier)[-1]) == ("Number 119.", "Number 69.")


async def test_an_export_is_complete_where_a_store_does_not_go_on(hosting: Hosting) -> None:
    async with hosting("their_stores:PlainServer") as served:
        thread = filled((await plain(served)).store, 250)  # type: ignore[arg-type]
        answer = await asyncio.wait_for(
            served.client().get(f"/threads/{thread}/export.json"), timeout=30
        )
    found = answer.json()["thread"]["items"]["data"]
    assert [each["id"] for each in found] == [f"msg_{number}" for number in range(250)]


@pytest.mark.parametrize("server", ["PlainServer", "SessionServer"])
async def test_what_a_store_does_not_find_is_not_found(hosting: Hosting, server: str) -> None:
    async with hosting(f"their_stores:{server}") as served:
        http = served.client()
        page = await http.get("/threads/thr_0")
        asked = await ChatKitClient(http).post("threads.get_by_id", thread_id="thr_0")
    assert (page.status_code, asked.status_code) == (404, 404)


async def test_an_item_that_is_none_is_not_found(hosting: Hosting) -> None:
    async with hosting("their_stores:PlainServer") as served:
        thread = filled((await plain(served)).store, 1)  # type: ignore[arg-type]
        answer = await ChatKitClient(served.client()).post(
            "items.feedback", thread_id=thread, item_ids=["msg_1"], kind="positive"
        )
    assert answer.status_code == 404


@pytest.mark.parametrize("item_id", ["msg_0", "msg_999"])
async def test_an_item_is_looked_for_by_reading_a_thread_about_once(item_id: str) -> None:
    class Counting(SessionStore):
        given = 0

        async def load_thread_items(self, *args: Any, **named: Any) -> Page[ThreadItem]:
            page = await super().load_thread_items(*args, **named)
            self.given += len(page.data)
            return page

    store = Counting()
    thread = filled(store, 1000)
    assert (await load_item(store, thread, item_id, {})).id == item_id
    assert store.given <= 1200


async def test_an_opinion_needs_no_store_that_finds_items_by_their_ids(hosting: Hosting) -> None:
    async with hosting("their_stores:SessionServer") as served:
        server = await plain(served)
        assert isinstance(server, SessionServer)
        thread = filled(server.store, 1)  # type: ignore[arg-type]
        params: dict[str, Any] = {"thread_id": thread, "item_ids": ["msg_0"]}
        await ChatKitClient(served.client()).ask("items.feedback", **params, kind="negative")
    assert server.opinions == ["negative"]


async def test_what_a_store_cannot_do_is_said(hosting: Hosting) -> None:
    async with hosting("their_stores:SessionServer") as served:
        thread = filled((await plain(served)).store, 1)  # type: ignore[arg-type]
        client = ChatKitClient(served.client())
        deleted = await client.post("threads.delete", thread_id=thread)
        sent = await client.post(
            "threads.add_user_message", thread_id=thread, input=message("Hi", ["atc_0"])
        )
    assert (deleted.status_code, sent.status_code) == (501, 501)


async def test_a_store_that_lists_no_threads_shows_them_all_the_same(hosting: Hosting) -> None:
    async with hosting("their_stores:NewestServer") as served:
        http = served.client()
        page = await http.get(await Browser(http).hear("Hello"))
        ready = await http.get("/readyz")
    assert (page.status_code, ready.status_code) == (200, 200)


@pytest.mark.parametrize("path", ["/threads", "/export.json"])
async def test_what_would_list_threads_is_not_supported_then(hosting: Hosting, path: str) -> None:
    async with hosting("their_stores:NewestServer") as served:
        answer = await served.client().get(path)
    assert answer.status_code == 501


async def test_a_host_is_ready_whose_store_only_known_callers_can_ask(hosting: Hosting) -> None:
    async with hosting("their_stores:RefusingServer", "guarded_context") as served:
        await served.host.store()
        answer = await served.client().get("/readyz")
    assert answer.status_code == 200


@pytest.mark.parametrize(("server", "status"), [("HeaderServer", 200), ("LostServer", 503)])
async def test_a_store_that_refuses_probers_is_told_from_one_that_is_lost(
    hosting: Hosting, server: str, status: int
) -> None:
    async with hosting(f"their_stores:{server}") as served:
        await served.host.store()
        answer = await served.client().get("/readyz")
    assert answer.status_code == status
