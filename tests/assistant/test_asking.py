"""Wishes that the assistant cannot carry out alone: it asks the user, or the browser."""

import json
from typing import Any

import pytest
from chatkit.types import ClientToolCallItem, HiddenContextItem, StructuredInputItem

from chat.assistant.todos import Todos, in_order
from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk, person
from tests.fake_openai import Answer, Call, FakeOpenAI

ALICE = person("alice")


@pytest.fixture
async def calls(todos: Todos) -> None:
    """Alice's tasks: 1 Call (25 Nov), 2 Call Mum, 3 Call the dentist, 4 Call (no date), 5 Milk."""
    wishes = [("Call Mum", None), ("Call the dentist", None), ("Milk", None)]
    await todos.add([("Call Bob", "2025-11-25"), *wishes], ALICE)


async def open_titles(todos: Todos) -> list[str]:
    return [todo.title for todo in in_order(await todos.load(ALICE), "open")]


async def answer(talk: Talk, *values: str, skip: bool = False) -> str:
    """Answer, or skip, the question that the thread ends with."""
    question = await talk.item("structured_input")
    given = {"values": list(values), "skipped": skip}
    submission = {
        "status": "skipped" if skip else "answered",
        "answers": {one.id: given for one in question.inputs},
    }
    return await talk.stream("threads.add_structured_input", item_id=question.id, input=submission)


async def test_it_asks_which_task_is_meant_and_waits(
    openai: FakeOpenAI, alice: Talk, calls: None, todos: Todos
) -> None:
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["call"]})]), "Calls")
    assert await alice.say("I called") == ""
    assert len(openai.chats) == 1
    question = (await alice.items())[-1]
    assert isinstance(question, StructuredInputItem)
    [choice] = question.inputs
    assert choice.type == "multiple_choice"
    assert choice.question == "Which of these do you mean?"
    assert [one.value for one in choice.options] == ["Call Bob", "Call Mum", "Call the dentist"]
    assert choice.multiple
    assert len(await open_titles(todos)) == 4


async def test_the_answer_is_carried_out_in_the_run_that_goes_on(
    openai: FakeOpenAI, alice: Talk, calls: None, todos: Todos
) -> None:
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["call"]})]), "Calls")
    await alice.say("I called")
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["Call Mum"]})]), "Good!")
    assert await answer(alice, "Call Mum") == "Good!"
    told = openai.chats[1].body
    conversation = json.dumps(told.get("input", told.get("messages")), ensure_ascii=False)
    assert "Which of these do you mean?: Call Mum" in conversation
    assert r"\"wanted\": \"complete\"" in conversation
    assert "Call Mum" not in await open_titles(todos)


async def test_words_that_a_question_once_offered_may_mean_another_task_later(
    openai: FakeOpenAI, alice: Talk, calls: None, todos: Todos
) -> None:
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["call"]})]), "Calls")
    await alice.say("I called")
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["Call Mum"]})]), "Good!")
    await answer(alice, "Call Mum")
    [again] = await todos.add([("Call Mum", None)], ALICE)
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["Call Mum"]})]), "Again!")
    await alice.say("I called Mum again")
    assert again.id not in [todo.id for todo in in_order(await todos.load(ALICE), "open")]


async def test_a_skipped_question_tells_the_model_so(
    openai: FakeOpenAI, serve: Serve, calls: None, todos: Todos
) -> None:
    alice = Talk(serve())
    openai.will(Answer(calls=[Call("delete_todos", {"todos": ["call"]})]), "Calls")
    await alice.say("Delete the call")
    openai.will("Fine, all stays.")
    assert await answer(alice, skip=True) == "Fine, all stays."
    assert "status: skipped" in str(openai.chats[-1].body["input"])
    assert len(await open_titles(todos)) == 4


async def test_what_is_clear_is_done_before_it_asks_about_the_rest(
    openai: FakeOpenAI, alice: Talk, calls: None, todos: Todos
) -> None:
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["milk", "call"]})]), "Calls")
    await alice.say("I have the milk and called")
    assert "Milk" not in await open_titles(todos)
    kinds = [item.type for item in await alice.items()]
    assert kinds == ["user_message", "widget", "hidden_context_item", "structured_input"]


async def test_equal_titles_are_told_apart_by_their_dates(
    openai: FakeOpenAI, alice: Talk, todos: Todos
) -> None:
    await todos.add([("Call", None), ("Call", "2025-11-25")], ALICE)
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["call"]})]), "Calls")
    await alice.say("I called")
    question = await alice.item("structured_input")
    options = [one.value for one in question.inputs[0].options]
    assert options == ["Call (no date)", "Call (Tue 25 Nov)"]
    openai.will(Answer(calls=[Call("complete_todos", {"todos": [options[1]]})]), "Good!")
    await answer(alice, options[1])
    assert [todo.due for todo in in_order(await todos.load(ALICE), "open")] == [None]


async def test_a_question_about_a_change_remembers_the_change(
    openai: FakeOpenAI, serve: Serve, calls: None
) -> None:
    alice = Talk(serve())
    change = {"todo": "call", "title": "Ring", "due": None, "clear_due": False}
    openai.will(Answer(calls=[Call("update_todo", change)]), "Calls")
    await alice.say("Rename call to ring")
    [note] = [item for item in await alice.items() if isinstance(item, HiddenContextItem)]
    wanted = {name: note.content[name] for name in ("wanted", "title", "due", "clear_due")}
    assert wanted == {"wanted": "update", "title": "Ring", "due": None, "clear_due": False}
    assert set(note.content["choices"]) == {"Call Bob", "Call Mum", "Call the dentist"}
    question = await alice.item("structured_input")
    assert not question.inputs[0].multiple


async def test_several_unclear_words_are_asked_about_together(
    openai: FakeOpenAI, alice: Talk, todos: Todos
) -> None:
    titles = ["Call Mum", "Call Bob", "Buy milk", "Buy bread"]
    await todos.add([(title, None) for title in titles], ALICE)
    openai.will(Answer(calls=[Call("complete_todos", {"todos": ["call", "buy"]})]), "Calls")
    await alice.say("I called and bought")
    question = await alice.item("structured_input")
    assert [one.question for one in question.inputs] == [
        "Which of these do you mean? (“call”)",
        "Which of these do you mean? (“buy”)",
    ]


@pytest.mark.parametrize(
    "result", [{"text": "Bread and butter"}, {"skipped": True}, {"error": "not allowed"}, None]
)
async def test_the_browser_is_asked_for_the_selected_text(
    openai: FakeOpenAI, alice: Talk, result: Any
) -> None:
    openai.will(Answer(calls=[Call("get_selected_text")]), "Selection")
    await alice.say("Add what I selected")
    call = (await alice.items())[-1]
    assert isinstance(call, ClientToolCallItem)
    assert (call.name, call.status, call.arguments) == ("get_selected_text", "pending", {})
    assert call.id.startswith("tc_")
    assert len(openai.chats) == 1
    openai.will("I read it.")
    assert await alice.stream("threads.add_client_tool_output", result=result) == "I read it."
    told = openai.chats[-1].body
    parts = told.get("input") or told["messages"]
    output = parts[-1].get("output") or parts[-1]["content"]
    assert json.loads(output) == result


async def test_a_tool_call_that_nobody_answered_never_reaches_the_model(
    openai: FakeOpenAI, serve: Serve
) -> None:
    alice = Talk(serve())
    openai.will(Answer(calls=[Call("get_selected_text")]), "Selection")
    await alice.say("Add what I selected")
    openai.will("Never mind.")
    assert await alice.say("Oh, leave it") == "Never mind."
    sent = openai.chats[-1].body["input"]
    assert [part.get("type") for part in sent] == ["message", "message"]
