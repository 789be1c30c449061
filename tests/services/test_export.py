import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from chatkit.store import Store
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    Page,
    Thread,
    ThreadItem,
    ThreadMetadata,
)
from werkzeug.http import parse_options_header

from tests.client import ChatKitClient, message
from tests.running import Running
from tests.services.owners import context_of


async def export(client: httpx.AsyncClient, thread_id: str) -> Thread:
    response = await client.get(f"/threads/{thread_id}/export.json")
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/json"
    exported = response.json()
    assert set(exported) == {"version", "exported_at", "thread"}
    assert exported["version"] == 1
    exported_at = datetime.fromisoformat(exported["exported_at"])
    assert abs(datetime.now(UTC) - exported_at) < timedelta(minutes=5)
    assert exported["thread"]["items"]["has_more"] is False
    assert exported["thread"]["items"]["after"] is None
    return Thread.model_validate(exported["thread"])


def text(thread: Thread) -> list[str]:
    return [
        part.text
        for item in thread.items.data
        if isinstance(item, AssistantMessageItem)
        for part in item.content
    ]


async def fill(
    served: Running, client: httpx.AsyncClient, count: int
) -> tuple[Store[Any], Any, str]:
    """Give the browser a thread with so many messages, numbered from 0."""
    store, context = await served.host.store(), await context_of(served, client)
    thread = ThreadMetadata(id="thr_long", created_at=datetime.now())
    await store.save_thread(thread, context)
    for number in range(count):
        item = AssistantMessageItem(
            id=f"msg_{number}",
            thread_id=thread.id,
            created_at=datetime(2026, 1, 1),  # all at the same time
            content=[AssistantMessageContent(text=str(number))],
        )
        await store.add_thread_item(thread.id, item, context)
    return store, context, thread.id


Meanwhile = Callable[[Page[ThreadItem]], Any]


def after_each_page(
    monkeypatch: pytest.MonkeyPatch, store: Store[Any], meanwhile: Meanwhile
) -> list[int]:
    """Let something happen after each page of items is read; return the page sizes asked for."""
    load = store.load_thread_items
    limits: list[int] = []

    async def load_and_more(
        thread_id: str, after: str | None, limit: int, order: str, context: Any
    ) -> Page[ThreadItem]:
        page = await load(thread_id, after, limit, order, context)
        limits.append(limit)
        await meanwhile(page)
        return page

    monkeypatch.setattr(store, "load_thread_items", load_and_more)
    return limits


async def test_every_visible_item_is_in_it_as_the_endpoint_has_it(
    alice: httpx.AsyncClient,
) -> None:
    client = ChatKitClient(alice)
    thread_id, _ = await client.create("everything")
    response = await alice.get(f"/threads/{thread_id}/export.json")
    exported = response.json()["thread"]
    listed = await client.items(thread_id)
    for item in [*listed, *exported["items"]["data"]]:
        item["created_at"] = datetime.fromisoformat(item["created_at"]).timestamp()
    assert exported["items"]["data"] == listed
    assert len(listed) > 8
    assert "hidden words" not in response.text
    assert exported["title"] == "Everything"
    await export(alice, thread_id)


async def test_its_times_have_a_zone(alice: httpx.AsyncClient) -> None:
    thread_id, _ = await ChatKitClient(alice).create("say Hello.")
    thread = await export(alice, thread_id)
    for entry in (thread, *thread.items.data):
        assert entry.created_at.tzinfo is not None
        assert abs(datetime.now(UTC) - entry.created_at) < timedelta(minutes=5)


async def test_a_long_thread_is_read_page_by_page_and_complete(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _, thread_id = await fill(served, alice, 250)
    limits = after_each_page(monkeypatch, store, lambda page: asyncio.sleep(0))
    assert text(await export(alice, thread_id)) == [str(number) for number in range(250)]
    assert limits == [100, 100, 100]


async def test_it_is_sent_while_it_is_read(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _, thread_id = await fill(served, alice, 250)
    seen_by_client = asyncio.Event()

    async def wait_from_the_second_page_on(page: Page[ThreadItem]) -> None:
        if page.data[0].id != "msg_0":
            await seen_by_client.wait()

    after_each_page(monkeypatch, store, wait_from_the_second_page_on)
    async with alice.stream("GET", f"/threads/{thread_id}/export.json") as response:
        received = ""
        async for part in response.aiter_text():
            received += part
            if "msg_99" in received:
                seen_by_client.set()
    assert len(json.loads(received)["thread"]["items"]["data"]) == 250


async def test_items_deleted_meanwhile_spoil_nothing(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, context, thread_id = await fill(served, alice, 250)

    async def delete_its_end(page: Page[ThreadItem]) -> None:
        for item in page.data[-30:]:
            await store.delete_thread_item(thread_id, item.id, context)

    after_each_page(monkeypatch, store, delete_its_end)
    assert text(await export(alice, thread_id)) == [str(number) for number in range(250)]


async def test_a_thread_deleted_meanwhile_ends_early_but_whole(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, context, thread_id = await fill(served, alice, 250)

    async def delete_it(page: Page[ThreadItem]) -> None:
        if page.data:
            await store.delete_thread(thread_id, context)

    after_each_page(monkeypatch, store, delete_it)
    assert len((await export(alice, thread_id)).items.data) == 100
    assert (await alice.get(f"/threads/{thread_id}/export.json")).status_code == 404


async def test_an_export_that_fails_does_not_look_complete(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _, thread_id = await fill(served, alice, 250)

    async def fail_later(page: Page[ThreadItem]) -> None:
        if page.data[0].id != "msg_0":
            raise OSError("disk gone")

    after_each_page(monkeypatch, store, fail_later)
    with pytest.raises(httpx.RemoteProtocolError):
        await alice.get(f"/threads/{thread_id}/export.json")


async def test_a_running_answer_is_exported_as_far_as_it_is_stored(
    alice: httpx.AsyncClient,
) -> None:
    begun = await ChatKitClient(alice).begin("hang", "thread.item.added")
    thread = await export(alice, begun.thread_id)
    assert thread.items.data[0].type == "user_message"
    await begun.close()


async def test_what_an_integration_stored_for_itself_stays_on_the_server(
    served: Running, alice: httpx.AsyncClient
) -> None:
    sent = await alice.post("/attachments", files={"file": ("a.txt", b"text", "text/plain")})
    store, context = await served.host.store(), await context_of(served, alice)
    attachment = await store.load_attachment(sent.json()["id"], context)
    marked = attachment.model_copy(update={"metadata": {"bucket": "internal-1"}})
    await store.save_attachment(marked, context)
    client = ChatKitClient(alice)
    events = await client.all("threads.create", input=message("say Hi.", [attachment.id]))
    thread = await store.load_thread(events[0].thread.id, context)
    thread.metadata["previous_response"] = "internal-2"
    await store.save_thread(thread, context)
    response = await alice.get(f"/threads/{thread.id}/export.json")
    assert attachment.id in response.text
    assert "internal-" not in response.text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Shopping", "Shopping.json"),
        ("../../etc/passwd", "etc passwd.json"),
        ('a"b\r\nSet-Cookie: x=1', "a b Set-Cookie x=1.json"),
        ("Einkäufe 日本", "Einkäufe 日本.json"),
        ("…" * 300, "…" * 80 + ".json"),
        ("...", "thread.json"),
    ],
)
async def test_the_file_is_named_after_the_title(
    alice: httpx.AsyncClient, title: str, name: str
) -> None:
    client = ChatKitClient(alice)
    thread_id, _ = await client.create("say Hello.")
    await client.ask("threads.update", thread_id=thread_id, title=title)
    response = await alice.get(f"/threads/{thread_id}/export.json")
    assert "Set-Cookie" not in response.headers
    kind, options = parse_options_header(response.headers["Content-Disposition"])
    assert kind == "attachment"
    assert options["filename"] == name
    assert response.json()["thread"]["title"] == title


async def test_what_is_anothers_is_not_there(
    alice: httpx.AsyncClient, charlie: httpx.AsyncClient
) -> None:
    thread_id, _ = await ChatKitClient(alice).create("say Hello.")
    foreign = await charlie.get(f"/threads/{thread_id}/export.json")
    unknown = await charlie.get("/threads/thr_unknown/export.json")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.text == unknown.text
    assert foreign.json()["error"]["code"] == "not_found"
    assert "Content-Disposition" not in foreign.headers


async def test_everything_is_all_threads_of_the_caller_and_no_others(
    served: Running, alice: httpx.AsyncClient, charlie: httpx.AsyncClient
) -> None:
    await ChatKitClient(charlie).create("say Not yours.")
    store, context = await served.host.store(), await context_of(served, alice)
    for number in range(205):
        thread = ThreadMetadata(id=f"thr_{number}", created_at=datetime(2026, 1, 1))
        await store.save_thread(thread, context)
    await ChatKitClient(alice).create("say Mine.")
    response = await alice.get("/export.json")
    exported = response.json()
    assert set(exported) == {"version", "exported_at", "threads"}
    threads = [Thread.model_validate(thread) for thread in exported["threads"]]
    assert [thread.id for thread in threads[:205]] == [f"thr_{number}" for number in range(205)]
    assert text(threads[205]) == ["Mine."]
    assert len(threads) == 206
    assert "Not yours" not in response.text


async def test_a_thread_deleted_while_everything_is_exported_spoils_nothing(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, context = await served.host.store(), await context_of(served, alice)
    for number in range(150):
        thread = ThreadMetadata(id=f"thr_{number}", created_at=datetime(2026, 1, 1))
        await store.save_thread(thread, context)

    async def delete_some(page: Page[ThreadItem]) -> None:
        for number in (99, 98, 120):
            await store.delete_thread(f"thr_{number}", context)
        monkeypatch.undo()

    after_each_page(monkeypatch, store, delete_some)
    exported = (await alice.get("/export.json")).json()
    assert [thread["id"] for thread in exported["threads"]] == [
        f"thr_{number}" for number in range(150) if number != 120
    ]


async def test_nothing_is_an_export_too(alice: httpx.AsyncClient) -> None:
    assert (await alice.get("/export.json")).json()["threads"] == []
