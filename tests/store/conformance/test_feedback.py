import pytest
from chatkit.store import NotFoundError

from tests.store.making import AnyStore, Person, a_thread, add, an_answer


@pytest.fixture
async def answers(store: AnyStore, alice: Person, thread: str) -> list[str]:
    """The ids of two answers in Alice's thread."""
    await add(store, alice, an_answer("msg_1"), an_answer("msg_2"))
    return ["msg_1", "msg_2"]


async def test_opinions_are_kept_by_item(
    store: AnyStore, alice: Person, thread: str, answers: list[str]
) -> None:
    assert await store.load_feedback(thread, alice) == {}
    await store.save_feedback(thread, answers, "positive", alice)
    await store.save_feedback(thread, ["msg_2"], "negative", alice)
    feedback = await store.load_feedback(thread, alice)
    assert list(feedback.items()) == [("msg_1", "positive"), ("msg_2", "negative")]


async def test_an_opinion_on_an_unknown_item_keeps_none_of_them(
    store: AnyStore, alice: Person, thread: str, answers: list[str]
) -> None:
    with pytest.raises(NotFoundError, match="Item msg_none not found"):
        await store.save_feedback(thread, [*answers, "msg_none"], "positive", alice)
    assert await store.load_feedback(thread, alice) == {}


async def test_an_opinion_stays_with_a_replaced_item_and_goes_with_a_deleted_one(
    store: AnyStore, alice: Person, thread: str, answers: list[str]
) -> None:
    await store.save_feedback(thread, answers, "positive", alice)
    await store.save_item(thread, an_answer("msg_1", "Changed"), alice)
    await store.delete_thread_item(thread, "msg_2", alice)
    await add(store, alice, an_answer("msg_2"))
    assert await store.load_feedback(thread, alice) == {"msg_1": "positive"}


async def test_opinions_of_one_thread_are_not_those_of_another(
    store: AnyStore, alice: Person, thread: str, answers: list[str]
) -> None:
    await store.save_thread(a_thread("thr_2"), alice)
    await add(store, alice, an_answer("msg_1", thread_id="thr_2"))
    await store.save_feedback("thr_2", ["msg_1"], "negative", alice)
    assert await store.load_feedback(thread, alice) == {}
