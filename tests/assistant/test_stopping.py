"""A cancelled turn stops the model at once, and leaves nothing behind."""

import asyncio
import gc
from typing import Any

import pytest
from chatkit.types import AssistantMessageItem

from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk
from tests.fake_openai import Answer, Call, FakeOpenAI


async def test_stopping_ends_the_stream_of_the_model(
    openai: FakeOpenAI, serve: Serve, api: str
) -> None:
    alice = Talk(serve(model_api=api))
    openai.will(Answer("These are many words.", then="silence"))
    turn = asyncio.create_task(alice.say("Hello"))
    await alice.until("assistant_message.content_part.text_delta")
    await _stop(turn)
    async with asyncio.timeout(5):
        await openai.left.wait()
    answer = await alice.item("assistant_message")
    assert isinstance(answer, AssistantMessageItem)
    assert answer.content[0].text in "These are many words."


async def test_stopping_ends_a_plan_between_two_steps(openai: FakeOpenAI, serve: Serve) -> None:
    alice = Talk(serve(step_seconds=60))
    openai.will(Answer(calls=[Call("plan_day", {"day": "2025-11-22"})]))
    turn = asyncio.create_task(alice.say("Plan my day"))
    await alice.until("thread.item.added")
    await _stop(turn)
    assert len(openai.requests) == 1


@pytest.mark.parametrize("then", ["silence", "break"])
async def test_nothing_is_left_running_and_nothing_is_reported_as_lost(
    openai: FakeOpenAI, serve: Serve, then: Any
) -> None:
    lost: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, problem: lost.append(problem))
    before = _left_running()
    alice = Talk(serve())
    openai.will(Answer("These are many words.", then=then))
    turn = asyncio.create_task(alice.say("Hello"))
    if then == "silence":
        await alice.until("assistant_message.content_part.text_delta")
        await _stop(turn)
    else:
        await turn
        assert alice.error
    if left := _left_running() - before:
        _, left = await asyncio.wait(left, timeout=5)
    assert left == set()
    gc.collect()
    await asyncio.sleep(0)
    assert lost == []


async def test_two_threads_do_not_share_their_events(openai: FakeOpenAI, serve: Serve) -> None:
    server = serve()
    one, other = Talk(server), Talk(server, "bob")
    openai.will(Answer("These are many words.", then="silence"))
    waiting = asyncio.create_task(one.say("Hello"))
    await one.until("assistant_message.content_part.text_delta")
    openai.will(Answer(calls=[Call("show_todos", {"which": "open"})]), "There.", "Title")
    assert await other.say("Show") == "There."
    await _stop(waiting)
    assert not any(event.type == "widget" for event in await one.items())


async def _stop(turn: "asyncio.Task[str]") -> None:
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn


def _left_running() -> set["asyncio.Task[Any]"]:
    """Return the tasks that run, but for this test's own and those of the fake service."""
    return {
        task
        for task in asyncio.all_tasks() - {asyncio.current_task()}
        if "FakeOpenAI" not in repr(task) and "StreamReader" not in repr(task)
    }
