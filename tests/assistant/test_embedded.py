"""The assistant with the embedded model: no key, no network, the same tools and the same runner."""

import pytest
from chatkit.types import StructuredInputItem, ThreadUpdatedEvent

from chat.assistant.todos import Todos, in_order
from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk, person, words
from tests.fake_openai import FakeOpenAI

ALICE = person("alice")


@pytest.fixture
def alice(serve: Serve) -> Talk:
    return Talk(serve(openai_base_url="", model=""))


async def open_tasks(todos: Todos) -> list[tuple[str, str]]:
    opened = in_order(await todos.load(ALICE), "open")
    return [(todo.title, todo.due.isoformat() if todo.due else "") for todo in opened]


async def test_it_adds_tasks_and_shows_them(alice: Talk, openai: FakeOpenAI, todos: Todos) -> None:
    said = await alice.say("add milk, eggs and bread for tomorrow")
    assert "3 tasks" in said
    assert await open_tasks(todos) == [
        ("Milk", "2025-11-23"),
        ("Eggs", "2025-11-23"),
        ("Bread", "2025-11-23"),
    ]
    assert "3 open" in words(alice.card)
    assert alice.got(ThreadUpdatedEvent)[-1].thread.title == "Add milk, eggs and bread for tomorrow"
    assert not openai.requests


async def test_it_means_the_numbers_that_the_user_saw(alice: Talk, todos: Todos) -> None:
    await alice.say("add milk, eggs, bread and tea")
    await alice.say("complete 1 and delete 3")
    assert [title for title, _ in await open_tasks(todos)] == ["Eggs", "Tea"]


async def test_it_carries_out_what_the_user_chose(alice: Talk, todos: Todos) -> None:
    await todos.add([("Call Mum", None), ("Call the dentist", None)], ALICE)
    await alice.say("complete call")
    question = (await alice.items())[-1]
    assert isinstance(question, StructuredInputItem)
    answer = {question.inputs[0].id: {"values": ["Call the dentist"]}}
    submission = {"status": "answered", "answers": answer}
    await alice.stream("threads.add_structured_input", item_id=question.id, input=submission)
    assert await open_tasks(todos) == [("Call Mum", "")]


async def test_it_reads_what_the_browser_sends(alice: Talk, todos: Todos) -> None:
    await alice.say("add what I selected")
    result = {"text": "buy honey\ncall Bob"}
    await alice.stream("threads.add_client_tool_output", result=result)
    assert [title for title, _ in await open_tasks(todos)] == ["Buy honey", "Call Bob"]


async def test_it_plans_a_day(alice: Talk, todos: Todos) -> None:
    await todos.add([("Milk", None), ("Call Mum", "2025-11-22")], ALICE)
    said = await alice.say("plan my day")
    assert "Call Mum" in said
    assert "Milk" in said
    assert (await alice.item("workflow")).workflow.summary.title.startswith("Planned 2 tasks")


async def test_it_says_what_it_can_do_and_how_to_connect_a_real_model(alice: Talk) -> None:
    said = await alice.say("What is the meaning of life?")
    assert "OPENAI_API_KEY" in said
