"""What the buttons and the form of the task card do."""

import asyncio
from typing import Any

import pytest
from chatkit.errors import CustomStreamError
from chatkit.types import (
    HiddenContextItem,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    WidgetItem,
)

from chat.assistant.todos import Todos, in_order
from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk, as_action, button, components, person, words
from tests.fake_openai import Answer, Call, FakeOpenAI

ALICE = person("alice")
UNKNOWN = "todo_" + "0" * 32


@pytest.fixture
async def alice(openai: FakeOpenAI, serve: Serve, todos: Todos) -> Talk:
    """Alice, who has two tasks and looks at their card."""
    await todos.add([("Milk", None), ("Eggs", None)], ALICE)
    talk = Talk(serve())
    openai.will(Answer(calls=[Call("show_todos", {"which": "open"})]), "There.", "Title")
    await talk.say("Show my tasks")
    return talk


async def press(talk: Talk, item: WidgetItem, label: str, nth: int = 0) -> WidgetItem:
    """Press a button of a card that is answered at once."""
    action = button(item, label, nth)
    updated = await talk.click(action.type, action.payload, item.id)
    assert updated is not None
    assert updated.id == item.id
    return updated


async def open_titles(todos: Todos) -> list[str]:
    return [todo.title for todo in in_order(await todos.load(ALICE), "open")]


async def test_refresh_shows_how_things_are_now(alice: Talk, todos: Todos) -> None:
    card = alice.card
    await todos.add([("Bread", None)], ALICE)
    assert "Bread" not in words(card)
    assert "Bread" in words(await press(alice, card, "Refresh"))


async def test_done_and_undo(alice: Talk, todos: Todos) -> None:
    card = await press(alice, alice.card, "Done")
    assert await open_titles(todos) == ["Eggs"]
    assert "Done: “Milk”" in words(card)
    card = await press(alice, card, "Undo")
    assert await open_titles(todos) == ["Milk", "Eggs"]
    assert "Open again: “Milk”" in words(card)


async def test_a_done_task_is_reopened_from_the_list_of_done_ones(
    alice: Talk, todos: Todos
) -> None:
    await press(alice, alice.card, "Done", 1)
    card = await press(alice, await alice.item("widget"), "Show done")
    assert words(card)[:2] == ["Done", "1 done"]
    card = await press(alice, card, "Reopen")
    assert await open_titles(todos) == ["Milk", "Eggs"]
    assert "Nothing done yet" in words(card)


async def test_delete_and_undo(alice: Talk, todos: Todos) -> None:
    card = await press(alice, alice.card, "Delete", 1)
    assert await open_titles(todos) == ["Milk"]
    assert "Deleted: “Eggs”" in words(card)
    card = await press(alice, card, "Undo")
    assert await open_titles(todos) == ["Milk", "Eggs"]
    again = await press(alice, card, "Refresh")
    assert "Undo" not in words(again)


async def test_the_form_opens_in_place_of_the_card_and_can_be_left(alice: Talk) -> None:
    form = await press(alice, alice.card, "Add")
    assert [part.type for part in components(form.widget) if hasattr(part, "name")] == [
        "Input",
        "DatePicker",
    ]
    card = await press(alice, form, "Cancel")
    assert words(card)[0] == "Open tasks"


async def test_the_form_makes_a_task_and_becomes_the_card_again(alice: Talk, todos: Todos) -> None:
    form = await press(alice, alice.card, "Add")
    [submit] = [as_action(p.onSubmitAction) for p in components(form.widget) if p.type == "Form"]
    values = {**submit.payload, "title": " Bread ", "due": "2025-11-25T00:00:00.000Z"}
    await alice.submit(submit.type, values, form.id)
    [replaced] = alice.got(ThreadItemReplacedEvent)
    assert replaced.item.id == form.id
    assert await open_titles(todos) == ["Bread", "Milk", "Eggs"]
    assert "Added: “Bread”" in words(alice.card)
    assert words(await alice.item("widget")) == words(alice.card)
    await press(alice, alice.card, "Undo")
    assert await open_titles(todos) == ["Milk", "Eggs"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"title": "  "}, "A task needs a title."),
        ({"title": "x" * 201}, "A title can have at most 200 characters."),
        ({"title": "Tea", "due": "soon"}, "A date must look like 2025-12-24."),
        ({"title": "Tea", "due": "9999-01-01"}, "The date 9999-01-01 is too far away."),
    ],
)
async def test_what_is_wrong_is_said_in_the_form_which_keeps_what_was_typed(
    alice: Talk, todos: Todos, values: dict[str, str], sentence: str
) -> None:
    form = await press(alice, alice.card, "Add")
    await alice.submit("todos.create", values, form.id)
    assert sentence in words(alice.card)
    [field] = [part for part in components(alice.card.widget) if part.type == "Input"]
    assert field.defaultValue == values["title"]
    assert await open_titles(todos) == ["Milk", "Eggs"]


async def test_a_card_that_is_out_of_date_says_so_and_catches_up(alice: Talk, todos: Todos) -> None:
    card = alice.card
    [milk, _] = await todos.load(ALICE)
    await todos.delete([milk.id], ALICE)
    late = await press(alice, card, "Done")
    assert "This task is not there any more." in words(late)
    assert "Milk" not in words(late)


@pytest.mark.parametrize(
    ("action", "payload"),
    [
        ("todos.complete", None),
        ("todos.complete", {}),
        ("todos.complete", {"id": "1"}),
        ("todos.delete", {"id": ["todo_1"]}),
        ("todos.delete", "all"),
        ("todos.refresh", {"which": "mine"}),
        ("todos.open_form", [1]),
        ("todos.create", {"title": {"a": 1}}),
        ("todos.create", {"title": "x" * 5000}),
        ("todos.undo", {"todos": []}),
        ("todos.undo", {"todos": [{"id": UNKNOWN, "title": " ", "created_at": 0}]}),
        (
            "todos.undo",
            {"todos": [{"id": UNKNOWN, "title": "x", "created_at": "0001-01-01T00:00:00Z"}]},
        ),
        ("todos.fly", {}),
        ("", {}),
    ],
)
async def test_a_made_up_click_changes_nothing_and_is_told_in_a_sentence(
    alice: Talk, todos: Todos, action: str, payload: Any
) -> None:
    card = await alice.item("widget")
    with pytest.raises(CustomStreamError) as refused:
        await alice.click(action, payload, card.id)
    assert refused.value.message.endswith(".")
    await alice.submit(action, payload, card.id)
    assert alice.error.message == refused.value.message
    assert not alice.error.allow_retry
    assert await open_titles(todos) == ["Milk", "Eggs"]
    assert words(await alice.item("widget")) == words(card)


async def test_the_deletion_of_a_long_list_is_taken_back(
    alice: Talk, openai: FakeOpenAI, todos: Todos
) -> None:
    await todos.add([(f"Task {number}", None) for number in range(50)], ALICE)
    ids = [todo.id for todo in await todos.load(ALICE)]
    openai.will(Answer(calls=[Call("delete_todos", {"todos": ids})]), "Gone.")
    await alice.say("Delete everything")
    assert await open_titles(todos) == []
    await press(alice, alice.card, "Undo")
    assert len(await open_titles(todos)) == 52


async def test_undo_brings_nothing_into_another_owners_list(
    alice: Talk, serve: Serve, openai: FakeOpenAI, todos: Todos
) -> None:
    [milk, _] = await todos.load(ALICE)
    charlie = Talk(alice.server, "charlie")
    openai.will("Hello.", "Title")
    await charlie.say("Hello")
    payload = {"todos": [{**milk.model_dump(mode="json"), "title": "Stolen"}]}
    await charlie.submit("todos.undo", payload)
    assert "This cannot be undone any more." in words(charlie.card)
    await charlie.submit("todos.delete", {"id": milk.id})
    assert "This task is not there any more." in words(charlie.card)
    assert await todos.load(ALICE) == await Todos.load(todos, ALICE)
    assert [todo.title for todo in await todos.load(ALICE)] == ["Milk", "Eggs"]


async def test_a_click_that_no_card_sent_shows_a_card_of_its_own(alice: Talk) -> None:
    [milk] = [i for i in components(alice.card.widget) if (i.key or "").startswith("todo_")][:1]
    assert await alice.click("todos.complete", {"id": milk.key}) is None
    await alice.submit("todos.refresh", {"which": "done"})
    [done] = alice.got(ThreadItemDoneEvent)
    assert isinstance(done.item, WidgetItem)
    assert "Milk" in words(done.item)
    assert len([item for item in await alice.items() if item.type == "widget"]) == 2


async def test_a_widget_of_another_kind_is_not_replaced(openai: FakeOpenAI, alice: Talk) -> None:
    openai.will(Answer(calls=[Call("show_chart", {"days": 7})]), "There.")
    await alice.say("Chart")
    chart = alice.card
    assert await alice.click("todos.refresh", {}, chart.id) is None
    await alice.submit("todos.refresh", {}, chart.id)
    assert not alice.got(ThreadItemReplacedEvent)
    assert alice.card.id != chart.id


async def test_the_model_knows_what_was_clicked(
    openai: FakeOpenAI, alice: Talk, todos: Todos
) -> None:
    [milk, eggs] = await todos.load(ALICE)
    await press(alice, alice.card, "Done")
    await alice.submit("todos.delete", {"id": eggs.id}, alice.card.id)
    [clicks] = [item for item in await alice.items() if isinstance(item, HiddenContextItem)]
    assert clicks.content == {
        "clicks": [f"completed “Milk” ({milk.id})", f"deleted “Eggs” ({eggs.id})"]
    }
    openai.will("You have been busy.")
    await alice.say("What did I do?")
    told = str(openai.chats[-1].body["input"])
    assert "In the task card, by clicking, the user has:" in told
    assert "completed “Milk”" in told


async def test_many_clicks_do_not_push_the_conversation_away(alice: Talk) -> None:
    for _ in range(50):
        await press(alice, await alice.item("widget"), "Refresh")
    [clicks] = [item for item in await alice.items() if isinstance(item, HiddenContextItem)]
    assert len(clicks.content["clicks"]) == 20


async def test_a_click_does_not_come_between_a_client_tool_and_its_answer(
    openai: FakeOpenAI, alice: Talk
) -> None:
    card = alice.card
    openai.will(Answer(calls=[Call("get_selected_text")]))
    await alice.say("Add what I selected")
    await press(alice, card, "Refresh")
    openai.will("I read it.")
    result = {"text": "Bread"}
    assert await alice.stream("threads.add_client_tool_output", result=result) == "I read it."


async def test_a_click_is_answered_while_an_answer_runs(
    openai: FakeOpenAI, alice: Talk, todos: Todos
) -> None:
    card = alice.card
    openai.will(Answer("These are many words.", then="silence"))
    turn = asyncio.create_task(alice.say("Hello"))
    await alice.until("assistant_message.content_part.text_delta")
    await press(alice, card, "Done")
    assert await open_titles(todos) == ["Eggs"]
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
