"""The assistant as the host serves it: what it shows is stored, and Stop reaches the model."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chat.assistant.server import TodoServer
from chat.settings import Settings
from tests.client import ChatKitClient, message, text_of
from tests.fake_openai import Answer, Call, FakeOpenAI, Refusal
from tests.running import Running, running

ADD = Call("add_todos", {"todos": [{"title": "Milk", "due": None}, {"title": "Eggs", "due": None}]})


@pytest.fixture
async def served(openai: FakeOpenAI, tmp_path: Path, api: str) -> AsyncIterator[Running]:
    settings = Settings(
        database=f"sqlite:///{tmp_path}/chat.db",
        openai_base_url=openai.url,
        model="test-model",
        model_api=api,  # type: ignore[arg-type]  # a parameter of the fixture
        log_level="error",
    )
    async with running(settings) as served:
        yield served
        server = await served.host.server()
        assert isinstance(server, TodoServer)
        await server.close()


@pytest.fixture
def alice(served: Running) -> ChatKitClient:
    return ChatKitClient(served.client("alice"))


def texts(item: dict[str, Any]) -> str:
    return str(item["widget"])


async def test_a_conversation_is_stored_as_it_was_shown(
    openai: FakeOpenAI, alice: ChatKitClient
) -> None:
    openai.will(Answer("Let me see.", [ADD]), "Added.", "Shopping")
    thread_id, events = await alice.create("milk and eggs")
    shown = [event.item.id for event in events if event.type == "thread.item.done"]
    items = await alice.items(thread_id)
    assert [item["id"] for item in items] == shown
    kinds = ["user_message", "assistant_message", "widget", "assistant_message"]
    assert [item["type"] for item in items] == kinds
    thread = await alice.ask("threads.get_by_id", thread_id=thread_id)
    assert thread["title"] == "Shopping"


async def test_a_click_answered_at_once_is_stored(openai: FakeOpenAI, alice: ChatKitClient) -> None:
    openai.will(Answer(calls=[ADD]), "Added.", "Shopping")
    thread_id, _ = await alice.create("milk and eggs")
    card = (await alice.items(thread_id))[1]
    rows = [part for part in card["widget"]["children"] if part.get("key") == "list"]
    done = rows[0]["children"][0]["children"][-1]["children"][0]["onClickAction"]
    action = {"type": done["type"], "payload": done["payload"]}
    params = {"thread_id": thread_id, "item_id": card["id"], "action": action}
    answer = await alice.ask("threads.sync_custom_action", **params)
    assert "Done: “Milk”" in texts(answer["updated_item"])
    assert (await alice.items(thread_id))[1]["widget"] == answer["updated_item"]["widget"]
    refused = await alice.post(
        "threads.sync_custom_action", **{**params, "action": {"type": "todos.fly", "payload": {}}}
    )
    assert refused.status_code >= 400
    assert refused.json()["error"]["message"] == "This assistant does not know that action."


async def test_a_form_is_answered_in_its_place(openai: FakeOpenAI, alice: ChatKitClient) -> None:
    openai.will(Answer(calls=[ADD]), "Added.", "Shopping")
    thread_id, _ = await alice.create("milk and eggs")
    card = (await alice.items(thread_id))[1]
    where = {"thread_id": thread_id, "item_id": card["id"]}
    form = {"type": "todos.open_form", "payload": {"which": "open"}}
    await alice.ask("threads.sync_custom_action", **where, action=form)
    assert "What is to be done?" in texts((await alice.items(thread_id))[1])
    bread = {"type": "todos.create", "payload": {"title": "Bread", "due": ""}}
    events = await alice.all("threads.custom_action", **where, action=bread)
    assert [event.type for event in events] == ["stream_options", "thread.item.replaced"]
    items = await alice.items(thread_id)
    assert items[1]["id"] == card["id"]
    assert "Added: “Bread”" in texts(items[1])
    assert len(items) == 3  # the hidden note about the click is not among them


async def test_stop_reaches_the_model_and_keeps_what_was_said(
    openai: FakeOpenAI, served: Running, alice: ChatKitClient
) -> None:
    openai.will(Answer("These are many words.", then="silence"))
    begun = await alice.begin("Hello", seen="thread.item.added")
    await begun.until("thread.item.updated")
    await begun.until("thread.item.updated")
    await begun.close()
    async with asyncio.timeout(5):
        await openai.left.wait()
    if turn := served.host.turns.running(begun.thread_id):
        await turn.ended(5, abandon=False)
    openai.will("Hello again.", "Title")
    params = {"thread_id": begun.thread_id, "input": message("Go on")}
    await alice.all("threads.add_user_message", **params)
    said = [text_of(i) for i in await alice.items(begun.thread_id) if "content" in i]
    assert said[0] == "Hello"
    assert "These are many words.".startswith(said[1])
    assert said[2:] == ["Go on", "Hello again."]


async def test_a_failed_answer_is_retried(openai: FakeOpenAI, alice: ChatKitClient) -> None:
    openai.will(Refusal(500), "Hello.", "Greeting")
    thread_id, events = await alice.create("Hello")
    assert (events[-1].type, events[-1].allow_retry) == ("error", True)
    user_message = (await alice.items(thread_id))[0]
    again = {"thread_id": thread_id, "item_id": user_message["id"]}
    await alice.all("threads.retry_after_item", **again)
    assert [text_of(item) for item in await alice.items(thread_id)] == ["Hello", "Hello."]
