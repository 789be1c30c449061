"""The assistant's refusals in another language: a made one, that puts messages in « and »."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest
from quart import Quart

from chat import words
from chat.assistant.memory_todos import MemoryTodos
from chat.assistant.todos import MAX_AT_ONCE, MAX_OPEN, Todos
from chat.errors import Refused
from chat.settings import Settings
from tests.assistant.talking import NOW, person
from tests.made_language import make_language
from tests.page.browsing import Browser
from tests.running import running

ALICE = person("alice")
FAR = date(9999, 12, 31).isoformat()


async def too_long(todos: Todos) -> None:
    await todos.add([("x" * 201, None)], ALICE)


async def too_far(todos: Todos) -> None:
    await todos.add([("Milk", FAR)], ALICE)


async def too_many_at_once(todos: Todos) -> None:
    await todos.add([("Milk", None)] * (MAX_AT_ONCE + 1), ALICE)


async def too_many(todos: Todos) -> None:
    for _ in range(MAX_OPEN // MAX_AT_ONCE + 1):
        await todos.add([("Milk", None)] * MAX_AT_ONCE, ALICE)


async def untitled(todos: Todos) -> None:
    await todos.add([(" ", None)], ALICE)


@pytest.fixture
def locales(tmp_path: Path) -> str:
    return str(make_language(tmp_path / "locales", "eo"))


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (too_long, "A title can have at most 200 characters."),
        (too_far, "The date 9999-12-31 is too far away."),
        (too_many_at_once, "I can add at most 50 tasks at once."),
        (too_many, "There can be at most 1000 open tasks; complete some first."),
        (untitled, "A task needs a title."),
    ],
)
async def test_a_refusal_is_translated_with_its_numbers(
    locales: str, wish: Callable[[Todos], Awaitable[None]], said: str
) -> None:
    app = Quart(__name__)
    words.install(app, Settings(locales=locales), lambda: None)

    @app.get("/")
    async def refused() -> str:
        with pytest.raises(Refused) as refusal:
            await wish(Todos(MemoryTodos(), lambda: NOW))
        assert str(refusal.value) == said, "the model is told in the language of its instructions"
        return refusal.value.message

    in_eo = await app.test_client().get("/", headers={"Accept-Language": "eo"})
    assert await in_eo.get_data(as_text=True) == f"«{said}»"
    in_english = await app.test_client().get("/")
    assert await in_english.get_data(as_text=True) == said


async def test_a_person_is_refused_in_their_language(locales: str, tmp_path: Path) -> None:
    settings = Settings(
        database=f"sqlite:///{tmp_path}/chat.db", locales=locales, log_level="error"
    )
    async with running(settings) as served:
        http = served.client("alice")
        http.headers["Accept-Language"] = "eo"
        alice = Browser(http)
        thread = await alice.hear("show my tasks")
        await alice.press(await alice.settle(thread), "Add")
        await alice.press(await alice.settle(thread), "Add", title="x" * 201)
        assert "«A title can have at most 200 characters.»" in (await alice.settle(thread)).text
