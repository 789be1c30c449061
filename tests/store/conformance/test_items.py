from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from chatkit.store import NotFoundError
from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    ClientToolCallItem,
    CustomSummary,
    CustomTask,
    EndOfTurnItem,
    EntitySource,
    GeneratedImage,
    GeneratedImageItem,
    HiddenContextItem,
    SDKHiddenContextItem,
    TaskItem,
    Thread,
    ThreadItem,
    UserMessageTagContent,
    Workflow,
    WorkflowItem,
)

from tests.store.making import (
    NOW,
    AnyStore,
    Person,
    a_file,
    a_message,
    a_question,
    a_thread,
    add,
    an_answer,
    ids,
)

BASE: dict[str, Any] = {"thread_id": "thr_1", "created_at": NOW}


def of_every_kind() -> list[ThreadItem]:
    tagged = a_message("msg_user", [a_file("atc_1", "thr_1")])
    tagged.content.append(UserMessageTagContent(id="tag", text="@milk", data={"deep": [None]}))
    tagged.quoted_text = "quoted \u0000 \u2028 \U0001f95b"
    annotated = an_answer("msg_answer", "Ä\n\n```py\n'\"\\\n```")
    source = EntitySource(id="entity", title="Milk", data={"price": 1.25})
    annotated.content = [
        AssistantMessageContent(text="", annotations=[Annotation(source=source, index=3)])
    ]
    task = CustomTask(title="Look", status_indicator="loading")
    return [
        tagged,
        annotated,
        ClientToolCallItem(
            id="tc_1", call_id="c", name="n", arguments={"a": None}, output=[1, None], **BASE
        ),
        a_question("si_1", "milk"),
        GeneratedImageItem(id="img_1", image=GeneratedImage(id="i", url="data:x"), **BASE),
        TaskItem(id="tsk_1", task=task, **BASE),
        WorkflowItem(
            id="wf_1",
            workflow=Workflow(type="custom", tasks=[task], summary=CustomSummary(title="Done")),
            **BASE,
        ),
        EndOfTurnItem(id="end_1", **BASE),
        HiddenContextItem(id="hc_1", content="clicked", **BASE),
        SDKHiddenContextItem(id="shcx_1", content="stopped", **BASE),
    ]


async def test_items_of_every_kind_are_loaded_as_they_were_added(
    store: AnyStore, alice: Person, thread: str
) -> None:
    items = of_every_kind()
    await add(store, alice, *items)
    page = await store.load_thread_items(thread, None, 50, "asc", alice)
    assert page.data == items
    assert [await store.load_item(thread, item.id, alice) for item in items] == items


@pytest.mark.parametrize(
    "moment",
    [
        NOW,
        NOW.replace(microsecond=0),
        NOW.replace(tzinfo=UTC),
        NOW.replace(tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ],
)
async def test_times_keep_their_zone_or_their_lack_of_one(
    store: AnyStore, alice: Person, thread: str, moment: datetime
) -> None:
    item = an_answer("msg_1")
    item.created_at = moment
    await add(store, alice, item)
    loaded = await store.load_item(thread, "msg_1", alice)
    assert loaded.created_at == moment
    assert loaded.created_at.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("method", ["add_thread_item", "save_item"])
async def test_an_item_with_a_known_id_is_replaced_in_its_place(
    store: AnyStore, alice: Person, thread: str, method: str
) -> None:
    await add(store, alice, an_answer("msg_1"), an_answer("msg_2"), an_answer("msg_3"))
    await getattr(store, method)(thread, an_answer("msg_2", "Changed"), alice)
    page = await store.load_thread_items(thread, None, 10, "asc", alice)
    assert page.data == [an_answer("msg_1"), an_answer("msg_2", "Changed"), an_answer("msg_3")]


@pytest.mark.parametrize("method", ["add_thread_item", "save_item"])
async def test_an_item_may_be_replaced_by_one_of_another_kind(
    store: AnyStore, alice: Person, thread: str, method: str
) -> None:
    await add(store, alice, a_message("msg_1"))
    await getattr(store, method)(thread, an_answer("msg_1"), alice)
    assert await store.load_item(thread, "msg_1", alice) == an_answer("msg_1")


async def test_saving_an_unknown_item_inserts_it(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.save_item(thread, an_answer("msg_1"), alice)
    assert await ids(store, alice) == ["msg_1"]


async def test_two_threads_may_have_items_with_the_same_id(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.save_thread(a_thread("thr_2"), alice)
    other = an_answer("msg_1", "Other", "thr_2")
    await add(store, alice, an_answer("msg_1"), other)
    await store.delete_thread_item("thr_2", "msg_1", alice)
    await add(store, alice, other)
    assert await store.load_item(thread, "msg_1", alice) == an_answer("msg_1")
    assert await store.load_item("thr_2", "msg_1", alice) == other


async def test_a_question_asked_again_does_not_undo_its_answer(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.save_item(thread, a_question("si_1", "milk"), alice)
    await store.add_thread_item(thread, a_question("si_1"), alice)
    assert await store.load_item(thread, "si_1", alice) == a_question("si_1", "milk")


async def test_a_question_is_replaced_by_an_answered_one_and_by_another_one(
    store: AnyStore, alice: Person, thread: str
) -> None:
    other = a_question("si_1")
    other.inputs[0].id = "when"
    for question in (a_question("si_1"), a_question("si_1", "milk"), other):
        await store.add_thread_item(thread, question, alice)
        assert await store.load_item(thread, "si_1", alice) == question


async def test_saving_a_question_may_take_its_answer_back(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.save_item(thread, a_question("si_1", "milk"), alice)
    await store.save_item(thread, a_question("si_1"), alice)
    assert await store.load_item(thread, "si_1", alice) == a_question("si_1")


async def test_a_deleted_item_is_gone(store: AnyStore, alice: Person, thread: str) -> None:
    await add(store, alice, an_answer("msg_1"), an_answer("msg_2"))
    await store.delete_thread_item(thread, "msg_1", alice)
    assert await ids(store, alice) == ["msg_2"]
    with pytest.raises(NotFoundError, match="Item msg_1 not found"):
        await store.load_item(thread, "msg_1", alice)


async def test_an_item_added_after_its_deletion_is_a_new_one_at_the_end(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, an_answer("msg_1"), an_answer("msg_2"))
    await store.delete_thread_item(thread, "msg_1", alice)
    await add(store, alice, an_answer("msg_1"))
    assert await ids(store, alice) == ["msg_2", "msg_1"]


async def test_deleting_an_item_that_is_not_there_is_as_well(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await store.delete_thread_item(thread, "msg_none", alice)
    assert await ids(store, alice) == []


@pytest.mark.parametrize("method", ["add_thread_item", "save_item"])
async def test_an_item_needs_its_thread(store: AnyStore, alice: Person, method: str) -> None:
    with pytest.raises(NotFoundError, match="Thread thr_1 not found"):
        await getattr(store, method)("thr_1", an_answer("msg_1"), alice)
    await store.save_thread(a_thread("thr_1"), alice)
    assert await ids(store, alice) == []


async def test_changing_an_item_changes_nothing_in_the_store(
    store: AnyStore, alice: Person, thread: str
) -> None:
    item = an_answer("msg_1")
    await add(store, alice, item)
    item.content[0].text = "Changed"
    (await store.load_thread_items(thread, None, 1, "asc", alice)).data.clear()
    (await store.load_item(thread, "msg_1", alice)).id = "msg_changed"
    page = await store.load_thread_items(thread, None, 10, "asc", alice)
    assert page.data == [an_answer("msg_1")]


async def test_a_page_can_be_put_into_the_thread_that_the_protocol_sends(
    store: AnyStore, alice: Person, thread: str
) -> None:
    await add(store, alice, *of_every_kind())
    page = await store.load_thread_items(thread, None, 50, "asc", alice)
    whole = Thread(**a_thread(thread).model_dump(), items=page)
    assert Thread.model_validate_json(whole.model_dump_json()) == whole
