from collections.abc import Callable
from typing import Any

import pytest
from chatkit.store import NotFoundError
from chatkit.types import (
    CustomSummary,
    CustomTask,
    ErrorEvent,
    GeneratedImageItem,
    NoticeEvent,
    Task,
    TaskItem,
    ThreadItem,
    Workflow,
    WorkflowItem,
)

from store.base import CleansAttachments, KeepsFeedback, KeepsTodos, KeepsTurns
from tests.store.making import (
    NOW,
    AnyStore,
    Person,
    a_thread,
    a_turn,
    add,
    an_answer,
    ids,
)

BASE: dict[str, Any] = {"thread_id": "thr_1", "created_at": NOW}


def a_workflow(item_id: str, *tasks: Task) -> WorkflowItem:
    return WorkflowItem(id=item_id, workflow=Workflow(type="custom", tasks=list(tasks)), **BASE)


def test_every_store_has_all_capabilities(store: AnyStore) -> None:
    for capability in (KeepsTurns, KeepsFeedback, KeepsTodos, CleansAttachments):
        assert isinstance(store, capability)


async def test_a_thread_has_no_turn_at_first(store: AnyStore, alice: Person, thread: str) -> None:
    assert await store.load_turn(thread, alice) is None


async def test_the_latest_turn_is_kept_with_what_it_showed(
    store: AnyStore, alice: Person, thread: str
) -> None:
    first, second = a_turn(), a_turn()
    await store.start_turn(first, alice)
    assert await store.load_turn(thread, alice) == first
    first.status = "failed"
    first.error = ErrorEvent(code="custom", message="Sorry", allow_retry=True)
    first.notices.append(NoticeEvent(level="warning", message="Slow"))
    await store.end_turn(first, alice)
    assert await store.load_turn(thread, alice) == first
    second.id = "trn_2"
    await store.start_turn(second, alice)
    assert await store.load_turn(thread, alice) == second


async def test_unfinished_items_are_in_no_page_and_no_lookup(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.keep_unfinished(thread, [an_answer("msg_1")], alice)
    assert await ids(store, alice) == []
    with pytest.raises(NotFoundError):
        await store.load_item(thread, "msg_1", alice)
    with pytest.raises(NotFoundError):
        await store.save_feedback(thread, ["msg_1"], "positive", alice)


@pytest.mark.parametrize("method", ["add_thread_item", "save_item"])
async def test_a_finished_item_has_the_place_that_it_took_unfinished(
    store: AnyStore, alice: Person, thread: str, method: str
) -> None:
    await add(store, alice, an_answer("msg_1"))
    await store.keep_unfinished(thread, [an_answer("msg_2", ""), an_answer("msg_3", "")], alice)
    await add(store, alice, an_answer("msg_4"))
    await store.keep_unfinished(thread, [an_answer("msg_3", "Th")], alice)
    await getattr(store, method)(thread, an_answer("msg_3", "Three"), alice)
    assert await ids(store, alice) == ["msg_1", "msg_3", "msg_4"]
    assert await store.load_item(thread, "msg_3", alice) == an_answer("msg_3", "Three")


async def test_a_finished_item_does_not_become_unfinished_again(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1", "Done"))
    await store.keep_unfinished(thread, [an_answer("msg_1", "Do")], alice)
    assert await store.load_item(thread, "msg_1", alice) == an_answer("msg_1", "Done")


async def test_the_end_of_a_turn_forgets_what_it_never_finished(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.start_turn(a_turn(), alice)
    await store.keep_unfinished(thread, [an_answer("msg_1"), an_answer("msg_2")], alice)
    await add(store, alice, an_answer("msg_2"))
    await store.end_turn(a_turn().model_copy(update={"status": "done"}), alice)
    assert await ids(store, alice) == ["msg_2"]
    assert await store.interrupt_turns() == 0
    assert await ids(store, alice) == ["msg_2"]


async def test_an_item_removed_before_it_was_finished_never_comes_back(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.start_turn(a_turn(), alice)
    await store.keep_unfinished(thread, [an_answer("msg_1")], alice)
    await store.delete_thread_item(thread, "msg_1", alice)
    await store.interrupt_turns()
    assert await ids(store, alice) == []


async def test_interrupted_turns_leave_what_was_shown_in_its_place(
    store: AnyStore, alice: Person, charlie: Person, thread: str
) -> None:
    await store.save_thread(a_thread("thr_2"), charlie)
    await store.start_turn(a_turn(), alice)
    await store.start_turn(a_turn("thr_2"), charlie)
    await store.keep_unfinished(thread, [an_answer("msg_1", "Hel")], alice)
    await add(store, alice, an_answer("msg_2"))
    await store.keep_unfinished("thr_2", [an_answer("msg_1", "Y", "thr_2")], charlie)
    assert await store.interrupt_turns() == 2
    assert await ids(store, alice) == ["msg_1", "msg_2"]
    assert await store.load_item(thread, "msg_1", alice) == an_answer("msg_1", "Hel")
    assert await ids(store, charlie, "thr_2") == ["msg_1"]
    for thread_id, owner in ((thread, alice), ("thr_2", charlie)):
        turn = await store.load_turn(thread_id, owner)
        assert turn is not None
        assert turn.status == "interrupted"
    assert await store.interrupt_turns() == 0


async def test_turns_that_have_ended_are_not_interrupted(
    store: AnyStore, alice: Person, thread: str
) -> None:
    done = a_turn().model_copy(update={"status": "stopped"})
    await store.end_turn(done, alice)
    assert await store.interrupt_turns() == 0
    assert await store.load_turn(thread, alice) == done


@pytest.mark.parametrize(
    "make",
    [
        lambda name: an_answer(name, " \n"),
        a_workflow,
        lambda name: GeneratedImageItem(id=name, **BASE),
    ],
)
async def test_an_interrupted_turn_leaves_nothing_empty(
    store: AnyStore, alice: Person, thread: str, make: Callable[[str], ThreadItem]
) -> None:
    await store.start_turn(a_turn(), alice)
    await store.keep_unfinished(thread, [make("item_1")], alice)
    await store.interrupt_turns()
    assert await ids(store, alice) == []


async def test_an_interrupted_turn_leaves_a_workflow_that_has_only_a_title(
    store: AnyStore, alice: Person, thread: str
) -> None:
    workflow = a_workflow("wf_1")
    workflow.workflow.summary = CustomSummary(title="Looking")
    await store.start_turn(a_turn(), alice)
    await store.keep_unfinished(thread, [workflow], alice)
    await store.interrupt_turns()
    assert await store.load_item(thread, "wf_1", alice) == workflow


async def test_nothing_in_an_interrupted_turn_claims_to_be_going_on(
    store: AnyStore, alice: Person, thread: str
) -> None:
    loading = CustomTask(title="Look", status_indicator="loading")
    complete = CustomTask(title="Look", status_indicator="complete")
    settled = CustomTask(title="Look", status_indicator="none")
    shown: list[ThreadItem] = [
        a_workflow("wf_1", complete, loading),
        TaskItem(id="tsk_1", task=loading, **BASE),
        TaskItem(id="tsk_2", task=complete, **BASE),
    ]
    await store.start_turn(a_turn(), alice)
    await store.keep_unfinished(thread, shown, alice)
    await store.interrupt_turns()
    page = await store.load_thread_items(thread, None, 5, "asc", alice)
    assert page.data == [
        a_workflow("wf_1", complete, settled),
        TaskItem(id="tsk_1", task=settled, **BASE),
        shown[2],
    ]


async def test_a_deleted_thread_takes_its_turn_along(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.start_turn(a_turn(), alice)
    await store.keep_unfinished(thread, [an_answer("msg_1")], alice)
    await store.delete_thread(thread, alice)
    assert await store.interrupt_turns() == 0
    await store.save_thread(a_thread(thread), alice)
    assert await store.load_turn(thread, alice) is None
    assert await ids(store, alice) == []
