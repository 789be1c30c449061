"""Every tool, called by a model over a real socket."""

import json
from typing import Any

import pytest
from chatkit.types import (
    CustomSummary,
    ProgressUpdateEvent,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    WorkflowItem,
)

from chat.assistant.todos import Todos, in_order
from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk, button, components, person, words
from tests.fake_openai import Answer, Call, FakeOpenAI

ALICE = person("alice")


class Caller:
    """Lets the model call one tool, and returns what the tool answered."""

    def __init__(self, openai: FakeOpenAI, talk: Talk) -> None:
        self._openai = openai
        self.talk = talk

    async def __call__(self, tool: str, **arguments: Any) -> dict[str, Any]:
        self._openai.will(Answer(calls=[Call(tool, arguments)]), "Done.")
        if not self.talk.thread_id:
            self._openai.will("Title")
        await self.talk.say("Do it")
        output = self._openai.chats[-1].body["input"][-1]
        assert output["type"] == "function_call_output"
        answer: dict[str, Any] = json.loads(output["output"])
        return answer


@pytest.fixture
def call(openai: FakeOpenAI, serve: Serve) -> Caller:
    return Caller(openai, Talk(serve()))


@pytest.fixture
async def ids(todos: Todos) -> list[str]:
    """Alice's tasks: 1 milk (overdue), 2 dentist (today), 3 eggs."""
    wishes = [("Eggs", None), ("Call the dentist", "2025-11-22"), ("Buy milk", "2025-11-20")]
    eggs, dentist, milk = await todos.add(wishes, ALICE)
    return [milk.id, dentist.id, eggs.id]


async def test_add_todos_answers_with_what_was_added(call: Caller) -> None:
    wished = [{"title": " Milk ", "due": "2025-11-25"}, {"title": "Eggs", "due": None}]
    answer = await call("add_todos", todos=wished)
    assert answer["open"] == 2
    new = {"id": "", "done": False, "completed": None}
    assert [{**todo, "id": ""} for todo in answer["added"]] == [
        {**new, "number": 1, "title": "Milk", "due": "2025-11-25"},
        {**new, "number": 2, "title": "Eggs", "due": None},
    ]
    assert call.talk.card.copy_text == "1. Milk (Tue 25 Nov)\n2. Eggs"


async def test_add_todos_refuses_with_one_sentence(call: Caller) -> None:
    answer = await call("add_todos", todos=[{"title": "Milk", "due": "25.11.2025"}])
    assert answer == {"error": "A date must look like 2025-12-24."}
    assert not any(item.type == "widget" for item in await call.talk.items())


async def test_list_todos_reads_without_showing(call: Caller, ids: list[str]) -> None:
    answer = await call("list_todos", which="open")
    assert [(todo["number"], todo["title"]) for todo in answer["todos"]] == [
        (1, "Buy milk"),
        (2, "Call the dentist"),
        (3, "Eggs"),
    ]
    assert (answer["open"], answer["done"]) == (3, 0)
    assert not any(item.type == "widget" for item in await call.talk.items())


async def test_show_todos_shows_the_card(call: Caller, ids: list[str]) -> None:
    assert await call("show_todos", which="open") == {"shown": 3, "open": 3, "done": 0}
    assert words(call.talk.card)[:2] == ["Open tasks", "3 open"]
    captions = [part for part in components(call.talk.card.widget) if part.type == "Caption"]
    assert [(part.value, part.color) for part in captions if len(part.value) > 1] == [
        ("Overdue · Thu 20 Nov", "danger"),
        ("Today · Sat 22 Nov", "warning"),
    ]


async def test_complete_todos_takes_numbers_words_and_ids(
    call: Caller, ids: list[str], todos: Todos
) -> None:
    answer = await call("complete_todos", todos=["1", "dentits", ids[2], "1"])
    assert [todo["title"] for todo in answer["completed"]] == [
        "Buy milk",
        "Call the dentist",
        "Eggs",
    ]
    assert answer["open"] == 0
    assert in_order(await todos.load(ALICE), "open") == []
    assert "All done" in words(call.talk.card)


async def test_numbers_do_not_move_within_an_answer(
    openai: FakeOpenAI, call: Caller, ids: list[str], todos: Todos
) -> None:
    first = Call("complete_todos", {"todos": ["1"]})
    second = Call("delete_todos", {"todos": ["2"]})
    openai.will(Answer(calls=[first]), Answer(calls=[second]), "Done.", "Title")
    await call.talk.say("Complete 1 and delete 2")
    assert [todo.title for todo in in_order(await todos.load(ALICE), "open")] == ["Eggs"]


async def test_numbers_mean_the_card_that_the_user_saw(
    call: Caller, ids: list[str], todos: Todos
) -> None:
    await call("show_todos", which="open")
    await todos.delete([ids[0]], ALICE)  # in another tab, so that this card is out of date
    answer = await call("complete_todos", todos=["2"])
    assert [todo["title"] for todo in answer["completed"]] == ["Call the dentist"]


async def test_what_is_not_found_is_said_beside_what_was_done(call: Caller, ids: list[str]) -> None:
    answer = await call("complete_todos", todos=["milk", "taxes"])
    assert len(answer["completed"]) == 1
    assert answer["error"] == ("Done with “Buy milk”, but I could not find a task called “taxes”.")
    answer = await call("delete_todos", todos=["taxes"])
    assert answer == {"error": "I could not find a task called “taxes”.", "open": 2}
    answer = await call("delete_todos", todos=["7", "taxes", "rent"])
    assert answer["error"] == (
        "I could not find tasks called “taxes” and “rent”. "
        "There is no task 7 on the list that you saw."
    )
    answer = await call("complete_todos", todos=["1", "7", "8"])
    assert answer["error"].endswith(
        ", but there is no task 7 and no task 8 on the list that you saw."
    )
    assert "error" in await call("complete_todos", todos=[])


async def test_reopen_todos_finds_done_tasks_first(
    call: Caller, ids: list[str], todos: Todos
) -> None:
    await todos.add([("Buy milk again", None)], ALICE)
    await todos.complete([ids[0]], ALICE)
    answer = await call("reopen_todos", todos=["milk"])
    assert [todo["title"] for todo in answer["reopened"]] == ["Buy milk"]
    assert answer["open"] == 4


async def test_delete_todos_can_be_undone_in_the_card(
    call: Caller, ids: list[str], todos: Todos
) -> None:
    before = await todos.load(ALICE)
    answer = await call("delete_todos", todos=["1", "3"])
    assert [todo["title"] for todo in answer["deleted"]] == ["Buy milk", "Eggs"]
    undo = button(call.talk.card, "Undo")
    assert "Deleted: 2 tasks" in words(call.talk.card)
    await call.talk.click(undo.type, undo.payload, call.talk.card.id)
    assert in_order(await todos.load(ALICE), "open") == in_order(before, "open")


async def test_update_todo_renames_and_moves(call: Caller, ids: list[str]) -> None:
    answer = await call("update_todo", todo="milk", title="Oat milk", due=None, clear_due=False)
    assert (answer["before"]["title"], answer["updated"]["title"]) == ("Buy milk", "Oat milk")
    assert answer["updated"]["due"] == "2025-11-20"
    answer = await call("update_todo", todo="1", title=None, due="2025-12-01", clear_due=False)
    assert answer["updated"]["due"] == "2025-12-01"
    answer = await call("update_todo", todo="oat", title=None, due=None, clear_due=True)
    assert answer["updated"]["due"] is None
    answer = await call("update_todo", todo="oat", title=None, due=None, clear_due=False)
    assert answer == {"error": "Tell me what to change: the title or the date."}
    answer = await call("update_todo", todo="taxes", title="x", due=None, clear_due=False)
    assert answer == {"error": "I could not find a task called “taxes”."}


async def test_plan_day_shows_its_steps_one_by_one(call: Caller, ids: list[str]) -> None:
    answer = await call("plan_day", day="2025-11-22")
    assert answer["day"] == "2025-11-22"
    assert [(step["when"], step["title"]) for step in answer["steps"]] == [
        ("10:30-11:15", "Buy milk"),
        ("13:00-13:45", "Call the dentist"),
        ("14:00-14:45", "Eggs"),
    ]
    assert answer["left"] == 0
    progress = [event.text for event in call.talk.got(ProgressUpdateEvent)]
    assert progress == ["Planning Saturday, 22 November", "Finding a time for each"]
    [added] = [e.item for e in call.talk.got(ThreadItemAddedEvent) if e.item.type == "workflow"]
    assert isinstance(added, WorkflowItem)
    assert [task.status_indicator for task in added.workflow.tasks] == ["loading"]
    updates = [event.update for event in call.talk.got(ThreadItemUpdatedEvent)]
    states = [(u.type, u.task.status_indicator) for u in updates if hasattr(u, "task")]
    assert states == [
        ("workflow.task.updated", "complete"),
        ("workflow.task.added", "loading"),
        ("workflow.task.updated", "complete"),
        ("workflow.task.added", "loading"),
        ("workflow.task.updated", "complete"),
    ]


async def test_a_plan_is_stored_finished_and_once(call: Caller, ids: list[str]) -> None:
    await call("plan_day", day="2025-11-24")
    kinds = [item.type for item in await call.talk.items()]
    assert kinds == ["user_message", "workflow", "assistant_message"]
    plan = await call.talk.item("workflow")
    assert plan.workflow.summary == CustomSummary(
        title="Planned 3 tasks for Monday, 24 November", icon="calendar"
    )
    assert {task.status_indicator for task in plan.workflow.tasks} == {"complete"}
    done = [e for e in call.talk.got(ThreadItemDoneEvent) if e.item.id == plan.id]
    assert len(done) == 1


async def test_a_day_that_is_over_cannot_be_planned(call: Caller) -> None:
    assert "is over" in (await call("plan_day", day="2025-11-21"))["error"]
    assert (await call("plan_day", day="2025-11-23"))["steps"] == []


async def test_show_chart_shows_what_was_done_per_day(
    call: Caller, ids: list[str], todos: Todos
) -> None:
    await todos.complete(ids[:2], ALICE)
    answer = await call("show_chart", days=3)
    assert answer == {"days": 3, "done": 2, "best": {"day": "2025-11-22", "done": 2}}
    [chart] = [part for part in components(call.talk.card.widget) if part.type == "Chart"]
    assert chart.data == [
        {"day": "Thu 20", "done": 0},
        {"day": "Fri 21", "done": 0},
        {"day": "Sat 22", "done": 2},
    ]
    assert words(call.talk.card)[-1] == "Most on Sat 22 Nov: 2 tasks."


async def test_show_chart_is_bounded_and_may_be_empty(call: Caller) -> None:
    assert await call("show_chart", days=9999) == {"days": 60, "done": 0, "best": None}
    assert await call("show_chart", days=-1) == {"days": 1, "done": 0, "best": None}
    assert words(call.talk.card)[-1] == "Nothing done yet."
