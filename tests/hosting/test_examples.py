"""The examples, run as their users run them: as a process of its own, over HTTP."""

import json
import re
import runpy
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.client import ChatKitClient, message, text_of
from tests.fake_openai import Answer, Call, FakeOpenAI, Refusal
from tests.hosting.outside import on_hypercorn, on_uvicorn
from tests.page.browsing import Browser, items, texts
from tests.running import ROOT, process

EXAMPLES = ROOT / "examples"


@pytest.fixture
async def openai() -> AsyncIterator[FakeOpenAI]:
    async with FakeOpenAI().serve() as service:
        yield service


@asynccontextmanager
async def hosted(tmp_path: Path, openai: FakeOpenAI) -> AsyncIterator[httpx.AsyncClient]:
    environment = {
        "CHATKIT_SERVERS": "examples/servers.toml",
        "CHATKIT_DATABASE": f"sqlite:///{tmp_path}/chat.db",
        "CHATKIT_MODEL": "test-model",
        "CHATKIT_LOG_LEVEL": "warning",
        "OPENAI_BASE_URL": openai.url,
        "OPENAI_API_KEY": "sk-test",
    }
    async with (
        process(environment) as started,
        httpx.AsyncClient(base_url=started.url, timeout=60) as http,
    ):
        yield http


@pytest.fixture
async def alice(tmp_path: Path, openai: FakeOpenAI) -> AsyncIterator[httpx.AsyncClient]:
    async with hosted(tmp_path, openai) as http:
        yield http


async def test_all_examples_answer_below_their_prefixes(
    alice: httpx.AsyncClient, openai: FakeOpenAI
) -> None:
    await _basic(alice)
    await _widgets(alice)
    await _own_store(alice)
    await _agent(alice, openai)
    await _tools(alice, openai)
    await _production(alice, openai)


async def _basic(alice: httpx.AsyncClient) -> None:
    thread = await Browser(alice).hear("Hello", below="/basic")
    assert "How can I help you?" in texts(await Browser(alice).read(thread))[-1]


async def _widgets(alice: httpx.AsyncClient) -> None:
    browser = Browser(alice)
    thread = await browser.hear("Show my tasks", below="/widgets")
    page = await browser.read(thread)
    assert "Nothing to do." in texts(page)[-1]
    await browser.press(page, "Add task")
    page = await browser.settle(thread)
    await browser.press(page, "Create", **{"title": "Buy <b>milk</b>"})
    page = await browser.settle(thread)
    assert "Buy <b>milk</b>" in items(page)[1].text
    assert "“Buy <b>milk</b>” is on the list." in texts(page)[-1]
    await browser.press(page, "Done")
    page = await browser.settle(thread)
    assert not [button for button in page.all("button") if button.text == "Done"]


async def _own_store(alice: httpx.AsyncClient) -> None:
    client = ChatKitClient(alice, "/own-store")
    threads = [(await client.create(f"Hello {number}"))[0] for number in range(3)]
    page = await client.ask("threads.list", limit=2, order="desc")
    assert [thread["id"] for thread in page["data"]] == [threads[2], threads[1]]
    rest = await client.ask("threads.list", limit=2, order="desc", after=page["after"])
    assert ([thread["id"] for thread in rest["data"]], rest["has_more"]) == ([threads[0]], False)
    kinds = [item["type"] for item in await client.items(threads[0])]
    assert kinds == ["user_message", "assistant_message"]
    shown = await alice.get(f"/own-store/threads/{threads[0]}", headers={"X-Org": "another"})
    assert shown.status_code == 404
    await client.ask("threads.delete", thread_id=threads[0])
    exported = (await alice.get("/own-store/export.json")).json()["threads"]
    assert [thread["id"] for thread in exported] == threads[1:]


async def _agent(alice: httpx.AsyncClient, openai: FakeOpenAI) -> None:
    client = ChatKitClient(alice, "/agent")
    openai.will(Answer(calls=[Call("add_task", {"title": "Milk"})]), "Milk is on your list.")
    thread_id, events = await client.create("I need milk")
    assert text_of(events[-1].item.model_dump()) == "Milk is on your list."
    openai.will(Answer(calls=[Call("complete_task", {"task_id": 1})]), "Well done.")
    await client.all("threads.add_user_message", thread_id=thread_id, input=message("Done"))
    told = json.dumps(openai.chats[-1].body)
    assert "Milk is done." in told
    assert told.index("I need milk") < told.index("Milk is on your list.")
    assert openai.chats[-1].body["model"] == "test-model"
    assert openai.chats[-1].headers["authorization"] == "Bearer sk-test"


async def _tools(alice: httpx.AsyncClient, openai: FakeOpenAI) -> None:
    client = ChatKitClient(alice, "/tools")
    openai.will(Answer(calls=[Call("get_selected_text", {})]))
    thread_id, events = await client.create("The weather there?")
    assert events[-1].item.name == "get_selected_text"
    openai.will(Answer(calls=[Call("show_weather", {"place": "Rome"})]), "Here it is.")
    events = await client.all(
        "threads.add_client_tool_output", thread_id=thread_id, result={"text": "Rome"}
    )
    assert "progress_update" in [event.type for event in events]
    page = await Browser(alice).read(f"/tools/threads/{thread_id}")
    assert [text for text in texts(page) if "21 °C" in text]
    assert "Here it is." in texts(page)[-1]


async def _production(alice: httpx.AsyncClient, openai: FakeOpenAI) -> None:
    client = ChatKitClient(alice, "/production")
    assert (await client.post("threads.list")).status_code == 401
    assert (await alice.get("/production/opinions")).status_code == 401
    alice.headers["X-User"] = "alice@example.org"
    openai.will("Like this.")
    thread_id, events = await client.create("How does   it work?")
    thread = await client.ask("threads.get_by_id", thread_id=thread_id)
    assert thread["title"] == "How does it work?"
    answer = next(
        event.item
        for event in events
        if event.type == "thread.item.done" and event.item.type == "assistant_message"
    )
    await client.ask("items.feedback", thread_id=thread_id, item_ids=[answer.id], kind="positive")
    assert (await alice.get("/production/opinions")).json() == {"positive": 1}
    openai.will(Refusal(401))
    events = await client.all(
        "threads.add_user_message", thread_id=thread_id, input=message("And now?")
    )
    assert events[-1].message == "The assistant cannot be reached. Please try again."
    assert events[-1].allow_retry
    for _ in range(9):
        openai.will("Yes.")
        events = await client.all(
            "threads.add_user_message", thread_id=thread_id, input=message("Again")
        )
    assert events[-1].message == "That was a lot at once. Please wait a minute."
    stranger = await alice.get(f"/production/threads/{thread_id}", headers={"X-User": "bob"})
    assert stranger.status_code == 404


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATKIT_DATABASE", f"sqlite:///{tmp_path}/chat.db")


def example(name: str) -> Any:
    return runpy.run_path(str(EXAMPLES / name))["app"]


@pytest.mark.usefixtures("environment")
async def test_the_host_is_in_a_quart_application() -> None:
    async with on_hypercorn(example("in_quart.py")) as browser:
        assert "/chat/" in (await browser.get("/")).text
        assert (await browser.get("/chat/")).status_code == 200


@pytest.mark.usefixtures("environment")
async def test_the_host_is_beside_a_fastapi_application() -> None:
    async with on_uvicorn(example("beside_fastapi.py")) as browser:
        assert (await browser.get("/hello")).json() == {"hello": "world"}
        assert (await browser.get("/chat/")).status_code == 200


def test_every_example_is_in_the_readme_and_runs_below_a_prefix() -> None:
    files = {path.name for path in EXAMPLES.glob("*.py")} - {"__init__.py"}
    named = set(re.findall(r"\]\((\w+\.py)\)", (EXAMPLES / "README.md").read_text()))
    hosted = tomllib.loads((EXAMPLES / "servers.toml").read_text())["servers"]
    servers = {f"{entry['server'].split(':')[0].removeprefix('examples.')}.py" for entry in hosted}
    assert files == named
    assert files - servers == {"in_quart.py", "beside_fastapi.py"}
