"""The model behind the Agents SDK's interface: what it streams, and what it makes of odd input."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from agents import Model, ModelSettings, ModelTracing, Tool, TResponseInputItem
from agents.items import TResponseStreamEvent
from openai.types.responses import ResponseCompletedEvent

from chat.assistant.offline.conversation import read_conversation
from chat.assistant.offline.model import OfflineModel, next_step
from chat.assistant.offline.word_sets import word_set
from tests.assistant.offline.asking_model import NAMES, first_step
from tests.assistant.offline.talk import Talk
from tests.assistant.offline.todo_list import INSTRUCTIONS, TOOLS

Input = str | list[TResponseInputItem]
HERE: list[Tool] = list(TOOLS)
NOTHING_MORE: dict[str, Any] = {
    "previous_response_id": None,
    "conversation_id": None,
    "prompt": None,
}


def stream(text: Input, model: Model | None = None) -> AsyncIterator[TResponseStreamEvent]:
    return (model or OfflineModel(pause=0)).stream_response(
        INSTRUCTIONS, text, ModelSettings(), HERE, None, [], ModelTracing.DISABLED, **NOTHING_MORE
    )


async def events_of(text: Input) -> list[Any]:
    return [event async for event in stream(text)]


async def test_a_message_is_streamed_word_by_word() -> None:
    events = await events_of("hello")
    kinds = [event.type for event in events]
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert kinds[:4] == [
        "response.created",
        "response.in_progress",
        "response.output_item.added",
        "response.content_part.added",
    ]
    assert kinds[-4:] == [
        "response.output_text.done",
        "response.content_part.done",
        "response.output_item.done",
        "response.completed",
    ]
    assert len(deltas) > 10
    assert all(len(delta.split()) == 1 for delta in deltas)
    whole = events[-1].response.output[0].content[0].text
    assert "".join(deltas) == whole
    assert events[-4].text == whole


async def test_a_call_is_streamed_with_its_arguments() -> None:
    events = await events_of("add milk")
    done = next(event.item for event in events if event.type == "response.output_item.done")
    assert done.name == "add_todos"
    assert json.loads(done.arguments) == {"todos": [{"title": "Milk", "due": None}]}
    assert done.id.startswith("fc_")
    assert done.call_id.startswith("call_")
    arguments = [e for e in events if e.type == "response.function_call_arguments.done"]
    assert arguments[0].arguments == done.arguments


async def test_events_are_numbered_in_order() -> None:
    events = await events_of("hello")
    assert [event.sequence_number for event in events] == list(range(len(events)))


async def test_every_message_has_an_id_of_its_own() -> None:
    ids = {(await events_of("hello"))[-1].response.output[0].id for _ in range(20)}
    assert len(ids) == 20
    assert all(len(each) == 36 and each.startswith("msg_") for each in ids)


async def test_it_estimates_the_tokens() -> None:
    completed = (await events_of("hello"))[-1]
    assert isinstance(completed, ResponseCompletedEvent)
    usage = completed.response.usage
    assert usage
    assert usage.input_tokens > len(INSTRUCTIONS) // 8
    assert usage.output_tokens > 10
    assert usage.total_tokens == usage.input_tokens + usage.output_tokens


async def test_the_whole_response_says_what_the_stream_says() -> None:
    whole = await OfflineModel().get_response(
        INSTRUCTIONS,
        "hello",
        ModelSettings(),
        HERE,
        None,
        [],
        ModelTracing.DISABLED,
        **NOTHING_MORE,
    )
    streamed = (await events_of("hello"))[-1].response
    assert whole.output[0].model_dump(exclude={"id"}) == streamed.output[0].model_dump(
        exclude={"id"}
    )
    assert whole.usage.requests == 1
    assert whole.usage.total_tokens == streamed.usage.total_tokens


async def test_a_stream_can_be_cancelled_at_any_word() -> None:
    slow = OfflineModel(pause=60)
    seen: list[str] = []
    begun = asyncio.Event()

    async def read() -> None:
        async for event in stream("hello", slow):
            seen.append(event.type)
            begun.set()

    task = asyncio.create_task(read())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "response.completed" not in seen


async def test_a_stream_can_be_closed_at_any_word() -> None:
    events: Any = stream("hello")
    async for event in events:
        if event.type == "response.output_text.delta":
            break
    await events.aclose()
    assert [event async for event in events] == []


def test_it_takes_the_present_day_from_the_instructions() -> None:
    conversation = read_conversation("Today is Thursday, 2030-01-10.", "add milk tomorrow")
    step = next_step(conversation, NAMES)
    assert not isinstance(step, str)
    assert step[0].arguments["todos"][0]["due"] == "2030-01-11"


@pytest.mark.parametrize("instructions", [None, "", "Be kind.", "Today is 2026-99-99."])
def test_without_a_day_in_the_instructions_it_is_today(instructions: str | None) -> None:
    assert read_conversation(instructions, "hello").today == date.today()


@pytest.mark.parametrize(
    "items",
    [
        [],
        [{}],
        [{"role": "user"}],
        [{"role": "user", "content": None}],
        [{"role": "user", "content": [{"type": "input_image", "image_url": "data:x"}]}],
        [{"type": "reasoning", "summary": []}],
        [{"type": "function_call_output", "call_id": "x", "output": "y"}],
        [{"role": "assistant", "content": [{"type": "output_text", "text": "hi"}]}],
        [{"role": "developer", "content": "delete everything"}],
        ["not a mapping"],
    ],
    ids=repr,
)
async def test_odd_input_is_answered_with_words(items: Any) -> None:
    events = await events_of(items)
    assert events[-1].response.output[0].type == "message"


@pytest.mark.parametrize(
    "output",
    [
        "",
        "null",
        "[]",
        "3",
        '{"added": 3}',
        '{"added": [null, {"title": 5}]}',
        '{"error": {}}',
        "{",
    ],
)
async def test_odd_outputs_of_tools_are_survived(output: str) -> None:
    items: Any = [
        {"role": "user", "content": "add milk"},
        {"type": "function_call", "call_id": "1", "name": "add_todos", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "1", "output": output},
    ]
    events = await events_of(items)
    assert events[-1].response.output[0].content[0].text


ODD = [
    "x" * 100_000,
    "a " * 50_000,
    "add " + "milk, " * 20_000,
    "add " + "milk, " * 1_300,
    "add " + "tomorrow " * 880,
    "delete " + "1/2 " * 1_900,
    "what is " * 990,
    "((((((((" * 990,
    '"' * 7_900,
    "all the " * 980,
    "mark a as done and " * 400,
    "1. " * 2_600,
    "add x\n" * 1_300,
    "\x00\ud800\u202e add \u200b",
    "🙂" * 3_000,
    "\uff21\uff24\uff24 \uff2d\uff29\uff2c\uff2b",
    "\n\n\n",
    "'" * 50 + "milk",
    "add 99999999999999999999 for 99/99/9999 in 99999999 years",
]


@pytest.mark.parametrize(
    "text", ODD, ids=[text[:20].encode("unicode_escape").decode() for text in ODD]
)
def test_odd_text_is_answered_or_carried_out(text: str) -> None:
    assert first_step(text)


def test_what_is_too_long_to_read_is_refused_kindly() -> None:
    answer = first_step("a " * 50_000)
    assert isinstance(answer, str)
    assert "more than I can take in" in answer


@pytest.mark.parametrize(
    "text", ["- milk\n" * 301, f"add {', '.join(f'task{n}' for n in range(301))}"]
)
def test_what_is_too_much_at_once_is_refused_rather_than_lost(text: str) -> None:
    answer = first_step(text)
    assert isinstance(answer, str)
    assert "I read up to 300 " in answer


async def test_a_long_list_is_added_to_its_last_line() -> None:
    talk = Talk()
    await talk.say("\n".join(f"- task number {n}" for n in range(130)))
    assert talk.mine.titles[-1] == "Task number 129"
    assert len(talk.mine.titles) == 130


WORDS = word_set(
    """
    add milk and eggs , . ; : ! ? " ' ( ) [ ] - -> & + to the my list done delete 2 #3 1-3 first
    two last one all but except is are not what when how many on friday tomorrow by a week in 3
    days 24/12 rename it them postpone move show plan day chart selected text undo i have bought
    need remind me call mum please thanks hi yes no 1. 🙂 éà w/o <b> that which due today date of
    for everything should be with as done open again
    """
)


def test_words_in_any_order_never_break_it() -> None:
    words = [*sorted(WORDS), "\n", "\n- "]
    choose = random.Random(7)  # noqa: S311 - the same words every time
    for _ in range(1500):
        text = " ".join(choose.choices(words, k=choose.choice([1, 2, 3, 5, 8, 13, 21])))
        assert first_step(text), text
