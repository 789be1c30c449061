"""What becomes of messages as OpenAI's APIs have them."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from chatkit.types import UserMessageItem

from tests.importing.conftest import ALICE, BOB, Import, Threads, told
from tests.servers import PIXEL

HELLO = [
    {"role": "user", "content": "Hello"},
    {"role": "assistant", "content": "Hi, how can I help?"},
]


def user(*parts: Any) -> list[dict[str, Any]]:
    return [{"role": "user", "content": list(parts)}]


async def test_a_list_of_messages_is_one_thread(import_: Import, threads: Threads) -> None:
    said = await import_(HELLO)
    assert "1 new thread. 2 items added." in said
    assert told((await threads())["Hello"]) == ["user: Hello", "assistant: Hi, how can I help?"]


async def test_a_list_of_lists_is_a_thread_each(import_: Import, threads: Threads) -> None:
    assert "2 new threads" in await import_([HELLO, [{"role": "user", "content": "Bye"}]])
    assert list(await threads()) == ["Hello", "Bye"]


@pytest.mark.parametrize("name", ["messages", "items", "conversation"])
async def test_conversations_may_have_titles_and_times(
    import_: Import, threads: Threads, name: str
) -> None:
    about = {"id": 7, "title": " Greetings ", "created_at": "2024-02-03T04:05:06Z"}
    await import_({**about, name: HELLO})
    [first, second] = (await threads())["Greetings"]
    assert first.created_at == datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert second.created_at > first.created_at


async def test_conversations_may_be_listed_by_name(import_: Import, threads: Threads) -> None:
    await import_({"conversations": [{"title": "One", "messages": HELLO}]})
    assert list(await threads()) == ["One"]


async def test_json_lines_may_hold_a_conversation_each(import_: Import, threads: Threads) -> None:
    lines = [{"title": "One", "messages": HELLO}, {"title": "Two", "messages": HELLO}]
    await import_(lines, lines=True)
    assert list(await threads()) == ["One", "Two"]


async def test_json_lines_may_hold_a_list_each(import_: Import, threads: Threads) -> None:
    await import_([HELLO, [{"role": "user", "content": "Bye"}]], lines=True)
    assert list(await threads()) == ["Hello", "Bye"]


async def test_json_lines_may_hold_a_message_each(import_: Import, threads: Threads) -> None:
    await import_(HELLO, lines=True)
    assert len((await threads())["Hello"]) == 2


async def test_messages_of_several_conversations_may_be_mixed(
    import_: Import, threads: Threads
) -> None:
    lines = [
        {"role": "user", "content": "A1", "conversation_id": "a"},
        {"role": "user", "content": "B1", "conversation_id": "b"},
        {"role": "assistant", "content": "A2", "conversation_id": "a"},
        {"role": "assistant", "content": "B2", "conversation_id": "b"},
    ]
    assert "2 new threads. 4 items" in await import_(lines, lines=True)
    stored = await threads()
    assert told(stored["A1"]) == ["user: A1", "assistant: A2"]
    assert told(stored["B1"]) == ["user: B1", "assistant: B2"]


async def test_a_long_conversation_is_read_in_parts(import_: Import, threads: Threads) -> None:
    lines = [{"role": "user", "content": f"{n}", "chat_id": 1} for n in range(1203)]
    assert "1 new thread. 1203 items" in await import_(lines, lines=True)
    assert told((await threads())["0"]) == [f"user: {n}" for n in range(1203)]


async def test_twice_is_the_same_as_once(import_: Import, threads: Threads) -> None:
    await import_([HELLO, HELLO])
    once = await threads()
    said = await import_([HELLO, HELLO])
    assert "2 threads were there already, unchanged. Nothing had to be added." in said
    assert await threads() == once


async def test_a_named_conversation_that_has_grown_is_continued(
    import_: Import, threads: Threads
) -> None:
    await import_({"id": "c1", "messages": HELLO})
    more = [*HELLO, {"role": "user", "content": "Thanks"}]
    assert "1 thread got more items. 1 item added." in await import_({"id": "c1", "messages": more})
    assert told((await threads())["Hello"])[-1] == "user: Thanks"


async def test_what_a_person_changed_since_stays(import_: Import, threads: Threads) -> None:
    await import_({"id": "c1", "title": "One", "messages": HELLO})
    await import_({"id": "c1", "title": "Another", "messages": HELLO})
    assert list(await threads()) == ["One"]


async def test_each_owner_has_a_copy_of_their_own(import_: Import, threads: Threads) -> None:
    await import_(HELLO, ALICE)
    assert "1 new thread" in await import_(HELLO, BOB)
    assert len(await threads(ALICE)) == len(await threads(BOB)) == 1


async def test_parts_of_text_are_put_together(import_: Import, threads: Threads) -> None:
    await import_(user({"type": "text", "text": "One"}, {"type": "input_text", "text": "Two"}))
    assert told((await threads())["One"]) == ["user: One\n\nTwo"]


async def test_an_image_in_the_message_becomes_an_attachment(
    import_: Import, threads: Threads
) -> None:
    said = await import_(
        user({"type": "text", "text": "Look"}, {"type": "image_url", "image_url": {"url": PIXEL}})
    )
    assert "Left out" not in said
    [message] = (await threads())["Look"]
    assert isinstance(message, UserMessageItem)
    assert [(each.name, each.mime_type) for each in message.attachments] == [
        ("image-1.png", "image/png")
    ]


@pytest.mark.parametrize(
    "url",
    [
        "data:image/svg+xml;base64," + base64.b64encode(b"<svg/>").decode(),
        "data:image/png;base64," + base64.b64encode(b"<script>alert(1)</script>").decode(),
        "data:image/png;base64,@@@",
        "javascript:alert(1)",
        "",
        None,
        7,
    ],
)
async def test_what_is_no_image_is_left_out(import_: Import, threads: Threads, url: Any) -> None:
    said = await import_(
        user({"type": "text", "text": "Look"}, {"type": "input_image", "image_url": url})
    )
    assert "Left out: 1 image" in said
    [message] = (await threads())["Look"]
    assert isinstance(message, UserMessageItem)
    assert not message.attachments
    assert told([message])[0].split() == ["user:", "Look", "[Image]"]


async def test_an_image_elsewhere_leaves_its_address(import_: Import, threads: Threads) -> None:
    image = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}
    await import_(user({"type": "text", "text": "Look"}, image))
    [message] = (await threads()).values()
    assert "[Image: https://example.org/a.png]" in told(message)[0]


async def test_a_tool_call_and_its_output_become_one_task(
    import_: Import, threads: Threads
) -> None:
    function = {"name": "get_weather", "arguments": '{"city": "Paris"}'}
    call = {"id": "call_1", "type": "function", "function": function}
    await import_(
        [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "call_1", "content": "12 ``` degrees"},
            {"role": "assistant", "content": "Cold."},
        ]
    )
    [_, task, answer] = told((await threads())["Weather?"])
    asked, answered = '```json\n{"city": "Paris"}\n```', "````\n12 ``` degrees\n````"
    assert task == f"Used get_weather: {asked}\n\n{answered}"
    assert answer == "assistant: Cold."


async def test_calls_of_the_responses_api_do_too(import_: Import, threads: Threads) -> None:
    said = await import_(
        [
            {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Q"}]},
            {"type": "reasoning", "summary": []},
            {"type": "function_call", "call_id": "1", "name": "ask", "arguments": "{}"},
            {"type": "function_call_output", "call_id": "1", "output": "yes"},
            {
                "type": "message",
                "role": "assistant",
                "content": [{"type": "output_text", "text": "A", "annotations": [{}]}],
            },
        ]
    )
    assert told((await threads())["Q"]) == ["user: Q", "Used ask: ```\nyes\n```", "assistant: A"]
    assert "1 piece of reasoning" in said
    assert "1 source of an answer" in said


async def test_an_output_without_a_call_is_a_task_of_its_own(
    import_: Import, threads: Threads
) -> None:
    await import_([*HELLO, {"role": "function", "name": "old", "content": "x" * 5000}])
    task = told((await threads())["Hello"])[-1]
    assert task.startswith("Used old: ```\nxxx")
    assert len(task) < 4100


@pytest.mark.parametrize("role", ["system", "developer"])
async def test_instructions_are_left_out_and_said_to_be(
    import_: Import, threads: Threads, role: str
) -> None:
    said = await import_([{"role": role, "content": "You are a pirate."}, *HELLO])
    assert "Left out: 1 system message (this server has instructions of its own)." in said
    assert "pirate" not in str(await threads())


async def test_what_is_empty_or_unknown_is_counted(import_: Import, threads: Threads) -> None:
    said = await import_(
        [*HELLO, {"role": "user", "content": ""}, {"role": "critic", "content": "Bad."}]
    )
    assert "1 empty message" in said
    assert "1 message (their form is not known here)" in said
    assert len((await threads())["Hello"]) == 2


async def test_a_refusal_is_what_the_assistant_said(import_: Import, threads: Threads) -> None:
    await import_([HELLO[0], {"role": "assistant", "content": None, "refusal": "I cannot."}])
    assert told((await threads())["Hello"])[-1] == "assistant: I cannot."


async def test_files_and_recordings_leave_a_word(import_: Import, threads: Threads) -> None:
    said = await import_(
        user(
            {"type": "file", "file": {"filename": "plan.pdf", "file_data": "…"}},
            {"type": "input_audio", "input_audio": {"data": "…"}},
        )
    )
    [message] = (await threads()).values()
    assert told(message) == ["user: [File: plan.pdf]\n\n[Recording]"]
    assert "1 file" in said
    assert "1 recording" in said


async def test_half_characters_and_zeros_are_no_trouble(import_: Import, threads: Threads) -> None:
    await import_('[{"role": "user", "content": "a\\ud800b\\u0000c \\ud83d\\ude00"}]')
    [message] = (await threads()).values()
    assert told(message) == ["user: a\ufffdbc 😀"]


async def test_messages_have_their_own_times(import_: Import, threads: Threads) -> None:
    await import_([{**HELLO[0], "create_time": 1_700_000_000.5}])
    [message] = (await threads())["Hello"]
    assert message.created_at.timestamp() == 1_700_000_000.5


@pytest.mark.parametrize("time", ["soon", 1e300, float(10**18), True, [], -1e18])
async def test_an_impossible_time_is_ignored(import_: Import, threads: Threads, time: Any) -> None:
    await import_([{**HELLO[0], "timestamp": time}])
    assert list(await threads()) == ["Hello"]
