from datetime import UTC, date, datetime

import pytest
from chatkit.store import NotFoundError

from store.base import Todo
from tests.store.making import AnyStore, Person

CREATED = datetime(2026, 5, 4, tzinfo=UTC)


def a_todo(todo_id: str, title: str = "Milk") -> Todo:
    return Todo(id=todo_id, title=title, due=date(2026, 5, 5), created_at=CREATED)


async def test_tasks_are_kept_in_the_order_they_were_first_saved(
    store: AnyStore, alice: Person
) -> None:
    await store.save_todos([a_todo("todo_b"), a_todo("todo_a")], alice)
    done = a_todo("todo_b", "Bread").model_copy(update={"completed_at": CREATED, "due": None})
    await store.save_todos([a_todo("todo_c"), done], alice)
    assert await store.load_todos(alice) == [done, a_todo("todo_a"), a_todo("todo_c")]


async def test_every_owner_has_tasks_of_their_own(
    store: AnyStore, alice: Person, charlie: Person
) -> None:
    await store.save_todos([a_todo("todo_1")], alice)
    await store.save_todos([a_todo("todo_2")], charlie)
    assert await store.load_todos(alice) == [a_todo("todo_1")]
    assert await store.load_todos(charlie) == [a_todo("todo_2")]


async def test_one_foreign_task_among_several_saves_none_of_them(
    store: AnyStore, alice: Person, charlie: Person
) -> None:
    await store.save_todos([a_todo("todo_1")], alice)
    with pytest.raises(NotFoundError):
        await store.save_todos([a_todo("todo_2"), a_todo("todo_1", "Mine")], charlie)
    assert await store.load_todos(charlie) == []
    assert await store.load_todos(alice) == [a_todo("todo_1")]


async def test_a_deleted_task_is_gone(store: AnyStore, alice: Person) -> None:
    await store.save_todos([a_todo("todo_1"), a_todo("todo_2")], alice)
    await store.delete_todo("todo_1", alice)
    assert await store.load_todos(alice) == [a_todo("todo_2")]
    with pytest.raises(NotFoundError):
        await store.delete_todo("todo_1", alice)
