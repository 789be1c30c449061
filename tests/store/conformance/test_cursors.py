import asyncio
import random
from collections.abc import Iterator

import pytest
from chatkit.store import NotFoundError

from tests.store.making import AnyStore, Person, a_thread, add, an_answer, ids


async def test_a_page_of_items_ends_with_the_cursor_of_the_next(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, *(an_answer(f"msg_{number}") for number in range(5)))
    first = await store.load_thread_items(thread, None, 2, "desc", alice)
    assert [item.id for item in first.data] == ["msg_4", "msg_3"]
    assert (first.has_more, first.after) == (True, "msg_3")
    last = await store.load_thread_items(thread, first.after, 3, "desc", alice)
    assert [item.id for item in last.data] == ["msg_2", "msg_1", "msg_0"]
    assert (last.has_more, last.after) == (False, None)


@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_there_is_nothing_after_the_last_item(
    store: AnyStore, alice: Person, thread: str, order: str
) -> None:
    await add(store, alice, an_answer("msg_1"))
    page = await store.load_thread_items(thread, "msg_1", 5, order, alice)
    assert (page.data, page.has_more, page.after) == ([], False, None)


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("cursor", ["msg_none", "", "msg_elsewhere", "msg_unfinished"])
async def test_an_item_cursor_that_names_nothing_is_not_found(
    store: AnyStore, alice: Person, thread: str, order: str, cursor: str
) -> None:
    await store.save_thread(a_thread("thr_2"), alice)
    await add(store, alice, an_answer("msg_1"), an_answer("msg_elsewhere", "", "thr_2"))
    await store.keep_unfinished(thread, [an_answer("msg_unfinished")], alice)
    await add(store, alice, an_answer("msg_2"))
    with pytest.raises(NotFoundError, match=f"Item {cursor} not found"):
        await store.load_thread_items(thread, cursor, 5, order, alice)


async def test_a_cursor_names_the_new_place_of_an_item_that_came_again(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1"), an_answer("msg_2"))
    await store.delete_thread_item(thread, "msg_1", alice)
    await add(store, alice, an_answer("msg_1"), an_answer("msg_3"))
    page = await store.load_thread_items(thread, "msg_1", 5, "asc", alice)
    assert [item.id for item in page.data] == ["msg_3"]


async def test_the_place_of_a_deleted_last_item_is_not_used_again(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1"))
    await store.delete_thread_item(thread, "msg_1", alice)
    await add(store, alice, an_answer("msg_2"))
    page = await store.load_thread_items(thread, "msg_1", 5, "asc", alice)
    assert [item.id for item in page.data] == ["msg_2"]


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("seed", range(25))
async def test_pages_never_skip_or_repeat_an_item_whatever_happens_between_them(
    store: AnyStore, alice: Person, thread: str, order: str, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    numbers = iter(range(1000))
    present: list[str] = []
    missed_in_any_case: set[str] = set()
    seen: list[str] = []
    after = None
    await add_some(store, alice, present, numbers, 30)
    at_first = list(present)
    while True:
        page = await store.load_thread_items(thread, after, chance.randint(1, 7), order, alice)
        seen += [item.id for item in page.data]
        if not page.has_more:
            break
        after = page.after
        victims = chance.sample(present, min(len(present), chance.randint(0, 3)))
        if chance.random() < 0.4 and after in present:
            victims.append(str(after))
        for victim in set(victims):
            await store.delete_thread_item(thread, victim, alice)
            present.remove(victim)
            missed_in_any_case.add(victim)
        await add_some(store, alice, present, numbers, chance.randint(0, 1))
        if present:
            await store.save_item(thread, an_answer(chance.choice(present), "Changed"), alice)
    expected = at_first[::-1] if order == "desc" else sorted({*at_first, *present, *seen})
    assert len(seen) == len(set(seen))
    assert [name for name in expected if name in seen] == seen
    assert set(expected) - set(seen) <= missed_in_any_case
    assert await ids(store, alice) == present


async def add_some(
    store: AnyStore, alice: Person, present: list[str], numbers: Iterator[int], count: int
) -> None:
    new = [f"msg_{next(numbers):04}" for _ in range(count)]
    await add(store, alice, *(an_answer(name) for name in new))
    present += new


@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_every_item_of_a_long_thread_is_in_exactly_one_page(
    store: AnyStore, alice: Person, thread: str, order: str
) -> None:
    names = [f"msg_{number}" for number in range(2500)]
    await asyncio.gather(*(add(store, alice, an_answer(name)) for name in names))
    seen: list[str] = []
    after = None
    while len(seen) < len(names):
        page = await store.load_thread_items(thread, after, 333, order, alice)
        seen += [item.id for item in page.data]
        after = page.after
    assert seen == (names if order == "asc" else names[::-1])
    assert after is None
