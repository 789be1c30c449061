from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from chatkit.store import NotFoundError

from store import AttachmentFiles
from store.base import StoreError, Todo
from tests.store.making import (
    NOW,
    AnyStore,
    Person,
    a_file,
    a_message,
    a_thread,
    a_turn,
    add,
    an_answer,
    has_bytes,
    ids,
    upload,
)

Call = Callable[[AnyStore, Any], Awaitable[object]]

TODO = Todo(id="todo_1", title="Milk", created_at=NOW)

REFUSED: dict[str, Call] = {
    "load_thread": lambda store, who: store.load_thread("thr_1", who),
    "save_thread": lambda store, who: store.save_thread(a_thread("thr_1", "Mine"), who),
    "load_threads": lambda store, who: store.load_threads(5, "thr_1", "asc", who),
    "delete_thread": lambda store, who: store.delete_thread("thr_1", who),
    "load_thread_items": lambda store, who: store.load_thread_items(
        "thr_1", "msg_1", 5, "asc", who
    ),
    "load_item": lambda store, who: store.load_item("thr_1", "msg_1", who),
    "add_thread_item": lambda store, who: store.add_thread_item("thr_1", an_answer("new"), who),
    "save_item": lambda store, who: store.save_item("thr_1", an_answer("msg_1", "Mine"), who),
    "delete_thread_item": lambda store, who: store.delete_thread_item("thr_1", "msg_1", who),
    "load_attachment": lambda store, who: store.load_attachment("atc_1", who),
    "save_attachment": lambda store, who: store.save_attachment(a_file("atc_1", "thr_1"), who),
    "delete_attachment": lambda store, who: store.delete_attachment("atc_1", who),
    "start_turn": lambda store, who: store.start_turn(a_turn(), who),
    "keep_unfinished": lambda store, who: store.keep_unfinished("thr_1", [an_answer("n")], who),
    "end_turn": lambda store, who: store.end_turn(a_turn(), who),
    "load_turn": lambda store, who: store.load_turn("thr_1", who),
    "save_feedback": lambda store, who: store.save_feedback("thr_1", [], "negative", who),
    "load_feedback": lambda store, who: store.load_feedback("thr_1", who),
    "save_todos": lambda store, who: store.save_todos([TODO], who),
    "delete_todo": lambda store, who: store.delete_todo("todo_1", who),
}


@pytest.fixture
async def filled(store: AnyStore, alice: Person, thread: str, files: AttachmentFiles) -> AnyStore:
    """A store in which everything is Alice's."""
    await add(store, alice, an_answer("msg_1"), an_answer("msg_2"))
    await upload(store, files, a_file("atc_1", thread), alice)
    await store.save_todos([TODO], alice)
    await store.save_feedback(thread, ["msg_1"], "positive", alice)
    return store


@pytest.mark.parametrize("method", REFUSED)
async def test_what_is_anothers_is_not_found_and_stays_as_it_is(
    filled: AnyStore, alice: Person, charlie: Person, files: AttachmentFiles, method: str
) -> None:
    with pytest.raises(NotFoundError) as refusal:
        await REFUSED[method](filled, charlie)
    assert "alice" not in str(refusal.value)
    assert await filled.load_thread("thr_1", alice) == a_thread("thr_1")
    page = await filled.load_thread_items("thr_1", None, 9, "asc", alice)
    assert page.data == [an_answer("msg_1"), an_answer("msg_2")]
    assert await filled.load_attachment("atc_1", alice) == a_file("atc_1", "thr_1")
    assert await has_bytes(files, "atc_1")
    assert await filled.load_turn("thr_1", alice) is None
    assert await filled.load_feedback("thr_1", alice) == {"msg_1": "positive"}
    assert await filled.load_todos(alice) == [TODO]
    assert await filled.load_todos(charlie) == []


SAYS_NO = {"save_thread", "save_attachment", "save_todos", "delete_attachment"}
"""What is done where nobody has such a thing; with random ids it never comes to that."""


@pytest.mark.parametrize("method", sorted(set(REFUSED) - SAYS_NO))
async def test_nobody_can_tell_whether_something_is_anothers_or_nobodys(
    filled: AnyStore, empty: AnyStore, charlie: Person, method: str
) -> None:
    with pytest.raises(NotFoundError) as foreign:
        await REFUSED[method](filled, charlie)
    with pytest.raises(NotFoundError) as unknown:
        await REFUSED[method](empty, charlie)
    assert str(foreign.value) == str(unknown.value)


async def test_the_items_of_anothers_thread_are_an_empty_page(
    filled: AnyStore, charlie: Person
) -> None:
    for thread_id in ("thr_1", "thr_none"):
        page = await filled.load_thread_items(thread_id, None, 5, "desc", charlie)
        assert (page.data, page.has_more, page.after) == ([], False, None)


async def test_every_owner_has_a_list_of_threads(filled: AnyStore, charlie: Person) -> None:
    await filled.save_thread(a_thread("thr_2"), charlie)
    page = await filled.load_threads(5, None, "asc", charlie)
    assert [thread.id for thread in page.data] == ["thr_2"]


async def test_naming_anothers_attachment_keeps_it_no_longer_than_its_owner_does(
    filled: AnyStore, alice: Person, charlie: Person, files: AttachmentFiles
) -> None:
    await filled.save_thread(a_thread("thr_2"), charlie)
    await add(filled, charlie, a_message("msg_1", [a_file("atc_1")], "thr_2"))
    await filled.delete_thread("thr_2", charlie)
    assert await has_bytes(files, "atc_1")
    await filled.save_thread(a_thread("thr_2"), charlie)
    await add(filled, charlie, a_message("msg_1", [a_file("atc_1")], "thr_2"))
    await filled.delete_thread("thr_1", alice)
    assert not await has_bytes(files, "atc_1")


async def test_the_owner_may_be_the_key_of_a_mapping(filled: AnyStore, alice: Person) -> None:
    assert await ids(filled, alice) == ["msg_1", "msg_2"]
    assert await filled.load_thread("thr_1", {"user_id": "alice"}) == a_thread("thr_1")


@pytest.mark.parametrize("context", [None, {}, Person(""), {"user_id": 5}, object()])
async def test_a_context_without_an_owner_is_refused(filled: AnyStore, context: object) -> None:
    for call in REFUSED.values():
        with pytest.raises(StoreError, match="names no owner"):
            await call(filled, context)
