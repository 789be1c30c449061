"""The rules of tasks."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from chat.assistant.memory_todos import MemoryTodos
from chat.assistant.todos import Todos, clean_title, in_order, read_day
from chat.errors import Refused
from store import SQLiteStore
from store.base import Todo
from tests.assistant.talking import NOW, person

TODAY = NOW.date()
ALICE = person("alice")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Buy   milk ", "Buy milk"),
        ("Buy\nmilk\tnow", "Buy milk now"),
        ('<b>Milk</b> & "eggs"', '<b>Milk</b> & "eggs"'),
        ("Milk\x00\x1b[31m", "Milk[31m"),
        ("\u202egnp.exe", "gnp.exe"),
        ("half \ud800 a character", "half  a character"),
        ("👩‍👩‍👧 day out", "👩‍👩‍👧 day out"),
        ("x" * 200, "x" * 200),
    ],
)
def test_a_title_is_kept_as_one_harmless_line(given: str, kept: str) -> None:
    assert clean_title(given) == kept


@pytest.mark.parametrize("title", ["", "  \n ", "\x00", "x" * 201])
def test_a_title_has_between_one_and_two_hundred_characters(title: str) -> None:
    with pytest.raises(Refused):
        clean_title(title)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-12-24", date(2025, 12, 24)),
        ("2025-12-24T00:00:00.000Z", date(2025, 12, 24)),
        (" ", None),
        (None, None),
    ],
)
def test_a_day_is_read_as_forms_and_models_write_it(text: str | None, day: date | None) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["tomorrow", "24.12.2025", "2025-02-30", "1025-12-24", "9999-12-31"]
)
def test_a_day_that_is_none_or_far_away_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_day(text, TODAY)


async def test_open_tasks_come_by_due_day_and_then_as_they_were_made(todos: Todos) -> None:
    wishes = [("a", None), ("b", "2025-12-02"), ("c", "2025-12-01"), ("d", None)]
    added = await todos.add(wishes, ALICE)
    assert [todo.title for todo in added] == ["a", "b", "c", "d"]
    assert _titles(await todos.load(ALICE), "open") == ["c", "b", "a", "d"]
    await todos.complete([added[0].id], ALICE)
    assert _titles(await todos.load(ALICE), "open") == ["c", "b", "d"]
    assert _titles(await todos.load(ALICE), "done") == ["a"]
    assert _titles(await todos.load(ALICE), "all") == ["c", "b", "d", "a"]


async def test_one_bad_title_adds_nothing(todos: Todos) -> None:
    with pytest.raises(Refused, match="needs a title"):
        await todos.add([("Milk", None), (" ", None)], ALICE)
    assert await todos.load(ALICE) == []


async def test_there_are_bounds_to_what_is_kept(todos: Todos) -> None:
    with pytest.raises(Refused, match="at most 50"):
        await todos.add([("x", None)] * 51, ALICE)
    with pytest.raises(Refused, match="what to add"):
        await todos.add([], ALICE)
    for _ in range(20):
        await todos.add([("x", None)] * 50, ALICE)
    with pytest.raises(Refused, match="at most 1000 open"):
        await todos.add([("one more", None)], ALICE)


async def test_an_undo_does_not_go_beyond_the_bounds(todos: Todos) -> None:
    [gone] = await todos.delete([(await todos.add([("x", None)], ALICE))[0].id], ALICE)
    for _ in range(20):
        await todos.add([("x", None)] * 50, ALICE)
    with pytest.raises(Refused, match="at most 1000 open"):
        await todos.restore([gone], ALICE)


async def test_completing_twice_keeps_the_first_time(todos: Todos) -> None:
    [milk] = await todos.add([("Milk", None)], ALICE)
    await todos.complete([milk.id], ALICE)
    todos.clock = lambda: NOW + timedelta(days=1)
    [again] = await todos.complete([milk.id], ALICE)
    assert again.completed_at == NOW
    [opened] = await todos.reopen([milk.id], ALICE)
    assert opened.completed_at is None


async def test_a_deleted_task_comes_back_in_its_place(todos: Todos) -> None:
    added = await todos.add([("a", None), ("b", None), ("c", None)], ALICE)
    gone = await todos.delete([added[1].id], ALICE)
    assert gone == [added[1]]
    assert await todos.restore(gone, ALICE) == gone
    assert await todos.restore(gone, ALICE) == []
    assert _titles(await todos.load(ALICE), "open") == ["a", "b", "c"]


async def test_nobody_touches_the_tasks_of_another_owner(todos: Todos) -> None:
    [milk] = await todos.add([("Milk", None)], ALICE)
    charlie = person("charlie")
    for change in (todos.complete, todos.reopen, todos.delete):
        with pytest.raises(Refused, match="not there any more"):
            await change([milk.id], charlie)
    with pytest.raises(Refused, match="cannot be undone"):
        await todos.restore([milk.model_copy(update={"title": "Mine"})], charlie)
    assert await todos.load(ALICE) == [milk]
    assert await todos.load(charlie) == []


async def test_changes_made_at_once_are_all_kept(store: SQLiteStore, todos: Todos) -> None:
    [milk] = await todos.add([("Milk", None)], ALICE)
    await asyncio.gather(
        todos.update(milk.id, {"title": "Oat milk"}, ALICE),
        todos.update(milk.id, {"due": TODAY}, ALICE),
        todos.complete([milk.id], ALICE),
    )
    [changed] = await todos.load(ALICE)
    assert (changed.title, changed.due, changed.completed_at) == ("Oat milk", TODAY, NOW)


async def test_tasks_in_memory_behave_the_same() -> None:
    todos = Todos(MemoryTodos(), lambda: NOW)
    [milk, eggs] = await todos.add([("Milk", None), ("Eggs", None)], ALICE)
    await todos.complete([milk.id], ALICE)
    await todos.delete([eggs.id], ALICE)
    assert [todo.title for todo in await todos.load(ALICE)] == ["Milk"]
    assert await todos.load(person("charlie")) == []
    milk.title = "changed by a caller"
    assert [todo.title for todo in await todos.load(ALICE)] == ["Milk"]


def _titles(todos: list[Todo], which: Any) -> list[str]:
    return [todo.title for todo in in_order(todos, which)]
