"""The tasks as entities: what can be mentioned, and what a mention means."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chat.assistant.mentions import TaskEntities
from chat.assistant.server import TodoServer
from chat.assistant.todos import Todos
from chat.entities import Entity, entities_of
from chat.page.mentions import tag_of
from chat.settings import Settings
from store import MemoryStore
from tests.assistant.conftest import Serve
from tests.assistant.talking import NOW, Talk, components, person
from tests.fake_openai import FakeOpenAI
from tests.page.browsing import Browser, items
from tests.running import running

ALICE, CHARLIE = person("alice"), person("charlie")


@pytest.fixture
def entities(todos: Todos) -> TaskEntities:
    return TaskEntities(todos)


@pytest.fixture
async def embedded() -> AsyncIterator[Talk]:
    """Alice, talking to a server that has neither key nor network."""
    server = TodoServer(MemoryStore(), None, Settings(), step_seconds=0, clock=lambda: NOW)
    yield Talk(server)
    await server.close()


async def titles(entities: TaskEntities, query: str, context: Any = ALICE) -> list[str]:
    return [entity.title for entity in await entities.search(query, context)]


def mention(before: str, entity: Entity, after: str = "") -> list[dict[str, Any]]:
    """Return a message's content with one mention."""
    texts = [{"type": "input_text", "text": text} for text in (before, after)]
    return [texts[0], tag_of(entity).model_dump(mode="json"), texts[1]]


async def test_the_open_tasks_are_offered_first(entities: TaskEntities, todos: Todos) -> None:
    wishes = [("Oat milk", "2025-12-01"), ("Milk for Zoë", "2025-11-24"), ("Buy milk", None)]
    added = await todos.add(wishes, ALICE)
    await todos.complete([added[2].id], ALICE)
    assert await titles(entities, "") == ["Milk for Zoë", "Oat milk"]
    assert await titles(entities, "MIL") == ["Milk for Zoë", "Oat milk", "Buy milk"]
    assert await titles(entities, "zoe milk") == ["Milk for Zoë"]
    assert await titles(entities, "ilk") == []
    found = {entity.title: entity for entity in await entities.search("milk", ALICE)}
    assert found["Oat milk"].data == {"due": "2025-12-01"}
    assert (found["Oat milk"].group, found["Buy milk"].group) == ("Open tasks", "Done")


async def test_nobody_elses_tasks_are_found_or_previewed(
    entities: TaskEntities, todos: Todos
) -> None:
    await todos.add([("Oat milk", None)], ALICE)
    (mine,) = await entities.search("oat", ALICE)
    assert await titles(entities, "oat", CHARLIE) == []
    assert await titles(entities, "", CHARLIE) == []
    assert await entities.preview(mine, ALICE) is not None
    assert await entities.preview(mine, CHARLIE) is None


async def test_a_preview_shows_the_task_as_it_is_now(entities: TaskEntities, todos: Todos) -> None:
    (todo,) = await todos.add([('Say "hi" </script>', None)], ALICE)
    (entity,) = await entities.search("say", ALICE)
    await todos.update(todo.id, {"due": date(2025, 11, 20)}, ALICE)
    preview = await entities.preview(entity, ALICE)
    assert preview is not None
    parts = components(preview)
    shown = [getattr(part, "value", None) or getattr(part, "label", "") for part in parts]
    assert [text for text in shown if text] == [
        'Say "hi" </script>',
        "Open",
        "Overdue · Thu 20 Nov",
        "Added Sat 22 Nov",
    ]


async def test_the_embedded_model_knows_which_task_is_meant(embedded: Talk) -> None:
    server = embedded.server
    entities = entities_of(server)
    assert entities is not None
    await embedded.say("add milk, oat milk and buy bread and butter")
    (bread,) = await entities.search("butter", embedded.context)
    assert bread.title == "Buy bread and butter"
    said = await embedded.say("", content=mention("complete ", bread, " please"))
    assert said == "Ticked off **Buy bread and butter**. 2 tasks are left."
    milk = next(e for e in await entities.search("milk", embedded.context) if e.title == "Milk")
    said = await embedded.say("", content=mention("move ", milk, " to friday"))
    assert said == "Moved **Milk** to Friday, 28 November; it had no date before."


async def test_of_two_tasks_of_one_name_the_mentioned_one_is_meant(embedded: Talk) -> None:
    entities = entities_of(embedded.server)
    assert entities is not None
    await embedded.say("add call mum")
    await embedded.say("add call mum for friday")
    dated, undated = await entities.search("call", embedded.context)
    await embedded.say("", content=mention("delete ", undated))
    assert [entity.id for entity in await entities.search("", embedded.context)] == [dated.id]


async def test_a_model_is_told_what_a_mention_stands_for(
    serve: Serve, openai: FakeOpenAI, todos: Todos
) -> None:
    (milk,) = await todos.add([("Oat milk", "2025-12-01")], ALICE)
    server = serve()
    (entity,) = await server.entities.search("oat", ALICE)
    openai.will("Fine.", "Title")
    await Talk(server).say("", content=mention("what about ", entity, "?"))
    asked = str(openai.requests[0].body)
    assert "what about @Oat milk?" in asked
    assert milk.id in asked


async def test_the_page_offers_mentions_without_scripts(tmp_path: Path) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path}/chat.db", log_level="error")
    async with running(settings) as served:
        alices, charlies = Browser(served.client("alice")), Browser(served.client("charlie"))
        thread = await alices.hear("add oat milk and eggs")
        listed = await alices.read("/entities?q=oat")
        assert "@Oat milk" in listed.text
        assert "Oat milk" not in (await charlies.read("/entities?q=oat")).text
        (link,) = [each["href"] for each in listed.all("a") if "/preview" in each["href"]]
        assert "Open" in (await alices.read(link)).one("main").text
        assert (await charlies.http.get(link)).status_code == 404
        await alices.hear("complete @oat milk, please", thread)
        shown = items(await alices.read(thread))
    said = next(item for item in reversed(shown) if item["data-item-type"] == "user_message")
    assert said.one("summary", _class="item-tag").text == "Oat milk"
    assert shown[-1].text == "Ticked off Oat milk . 1 task is left."
