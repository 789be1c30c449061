"""Conversations with both real clients of the `openai` package, over a real socket."""

import logging
from typing import Any

import pytest
from agents.models import get_default_model
from chatkit.types import (
    AssistantMessageItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
)

from chat.metrics import TOKENS
from store import SQLiteStore
from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk, words
from tests.fake_openai import Answer, Call, FakeOpenAI


def add(*titles: str) -> Call:
    return Call("add_todos", {"todos": [{"title": title, "due": None} for title in titles]})


async def test_it_streams_the_words_of_the_model(openai: FakeOpenAI, alice: Talk) -> None:
    openai.will("Hello Alice, how are you?", "Greeting")
    assert await alice.say("Hello") == "Hello Alice, how are you?"
    updates = [event.update for event in alice.got(ThreadItemUpdatedEvent)]
    deltas = [u.delta for u in updates if u.type == "assistant_message.content_part.text_delta"]
    assert deltas == ["Hello ", "Alice, ", "how ", "are ", "you?"]


async def test_it_runs_tools_and_shows_their_card_before_the_words(
    openai: FakeOpenAI, alice: Talk
) -> None:
    due = {"todos": [{"title": "Milk", "due": "2025-11-23"}]}
    openai.will(Answer(calls=[Call("add_todos", due)]), "I added milk.", "Milk")
    assert await alice.say("Milk for tomorrow") == "I added milk."
    kinds = [event.item.type for event in alice.got(ThreadItemDoneEvent)]
    assert kinds == ["user_message", "widget", "assistant_message"]
    assert [item.type for item in await alice.items()] == kinds
    assert "Milk" in words(alice.card)
    assert "Sun 23 Nov" in words(alice.card)


async def test_calls_made_at_once_run_in_order_and_share_one_card(
    openai: FakeOpenAI, alice: Talk
) -> None:
    both = [add("Milk"), add("Eggs"), Call("complete_todos", {"todos": ["milk"]})]
    openai.will(Answer(calls=both), "Done.", "Shopping")
    await alice.say("Milk and eggs, and I have the milk")
    assert len([item for item in await alice.items() if item.type == "widget"]) == 1
    assert len(alice.got(ThreadItemReplacedEvent)) == 2
    assert "Eggs" in words(alice.card)
    assert "Done: “Milk”" in words(alice.card)
    assert words(await alice.item("widget")) == words(alice.card)


async def test_a_reused_id_never_overwrites_an_earlier_answer(
    openai: FakeOpenAI, alice: Talk
) -> None:
    twice = [Answer("First.", message_id="msg_0"), Answer("Second.", message_id="msg_0")]
    openai.will(twice[0], "Title", twice[1])
    await alice.say("One")
    await alice.say("Two")
    answers = [item for item in await alice.items() if isinstance(item, AssistantMessageItem)]
    assert [answer.content[0].text for answer in answers] == ["First.", "Second."]
    assert all(len(answer.id) > 30 and answer.id.startswith("msg_") for answer in answers)


async def test_all_events_of_a_message_name_the_same_new_id(
    openai: FakeOpenAI, alice: Talk
) -> None:
    openai.will("One two three.", "Title")
    await alice.say("Count")
    [added] = alice.got(ThreadItemAddedEvent)
    updated = {event.item_id for event in alice.got(ThreadItemUpdatedEvent)}
    done = alice.got(ThreadItemDoneEvent)[-1]
    assert {added.item.id} == updated == {done.item.id}
    assert added.item.id != "__fake_id__"


async def test_words_before_and_after_a_tool_are_two_messages(
    openai: FakeOpenAI, alice: Talk
) -> None:
    openai.will(Answer("Let me see.", [add("Milk")], message_id="msg_1"), "There.", "Milk")
    assert await alice.say("Milk") == "Let me see. There."
    kinds = [item.type for item in await alice.items()]
    assert kinds == ["user_message", "assistant_message", "widget", "assistant_message"]


async def test_the_model_is_told_the_day_and_the_conversation(
    openai: FakeOpenAI, serve: Serve
) -> None:
    alice = Talk(serve())
    openai.will("Hello.", "Greeting", "Fine.")
    await alice.say("Good morning")
    await alice.say("How are you?")
    body = openai.chats[-1].body
    assert "Today is Saturday, 22 November 2025 (2025-11-22)." in body["instructions"]
    said = [(part["role"], _text(part)) for part in body["input"]]
    assert said == [("user", "Good morning"), ("assistant", "Hello."), ("user", "How are you?")]
    assert {tool["name"] for tool in body["tools"]} >= {"add_todos", "get_selected_text"}


async def test_an_unknown_tool_is_an_error_that_the_model_reads(
    openai: FakeOpenAI, alice: Talk
) -> None:
    openai.will(Answer(calls=[Call("fly")]), "I cannot fly.", "Flying")
    assert await alice.say("Fly!") == "I cannot fly."


async def test_arguments_that_make_no_sense_are_an_error_that_the_model_reads(
    openai: FakeOpenAI, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    alice = Talk(serve())
    openai.will(Answer(calls=[Call("add_todos", '{"todos": "secret words"}')]), "Sorry.", "Title")
    await alice.say("Add")
    output = openai.chats[-1].body["input"][-1]["output"]
    assert "do not fit the tool's parameters" in output
    assert "secret words" not in caplog.text


async def test_a_tool_that_breaks_is_logged_without_what_the_user_wrote(
    openai: FakeOpenAI,
    serve: Serve,
    store: SQLiteStore,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("secret words of Alice")

    monkeypatch.setattr(store, "save_todos", broken)
    alice = Talk(serve())
    openai.will(Answer(calls=[add("Milk")]), "That failed.", "Title")
    assert await alice.say("Milk") == "That failed."
    assert "please try it again" in openai.chats[-1].body["input"][-1]["output"]
    [record] = [record for record in caplog.records if record.message == "tool failed"]
    assert "RuntimeError at " in vars(record)["cause"]
    assert "secret words" not in caplog.text


async def test_tokens_are_counted_and_logged(
    openai: FakeOpenAI, api: str, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "chat")
    before = _tokens()
    openai.will(
        Answer(calls=[add("Milk")], tokens=(100, 10)),
        Answer("Done.", tokens=(200, 20)),
        Answer("Title", tokens=(5, 1)),
    )
    await Talk(serve(model_api=api)).say("Milk")
    assert [now - then for now, then in zip(_tokens(), before, strict=True)] == [305, 31]
    used = [vars(record) for record in caplog.records if record.message == "model used"]
    assert [(record["purpose"], record["input_tokens"]) for record in used] == [
        ("answer", 300),
        ("title", 5),
    ]


async def test_a_menu_of_tools_can_choose_one(openai: FakeOpenAI, serve: Serve) -> None:
    alice = Talk(serve())
    openai.will("Yes.", "Title", "No.")
    await alice.say("Plan", inference_options={"tool_choice": {"id": "plan_day"}})
    assert openai.chats[-1].body["tool_choice"] == {"type": "function", "name": "plan_day"}
    await alice.say("Plan", inference_options={"tool_choice": {"id": "rm -rf"}})
    assert "tool_choice" not in openai.chats[-1].body


async def test_a_client_cannot_choose_the_model(openai: FakeOpenAI, alice: Talk) -> None:
    openai.will("Hello.", "Title")
    await alice.say("Hello", inference_options={"model": "the-dearest-one"})
    assert {request.body["model"] for request in openai.requests} == {"test-model"}


async def test_openai_itself_is_called_with_its_default_model_and_that_models_settings(
    openai: FakeOpenAI, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.assistant.model.OPENAI", openai.url)
    alice = Talk(serve(openai_base_url="", openai_api_key="sk-alice", model=""))
    openai.will("Hello.", "Greeting")
    await alice.say("Hello")
    for request in openai.requests:
        assert request.headers["authorization"] == "Bearer sk-alice"
        assert request.body["model"] == get_default_model()
        assert request.body["text"]["verbosity"] == "low"


async def test_people_have_lists_of_their_own(openai: FakeOpenAI, serve: Serve) -> None:
    server = serve()
    openai.will(Answer(calls=[add("Milk")]), "Done.", "Milk")
    await Talk(server).say("Milk")
    openai.will(Answer(calls=[Call("list_todos", {"which": "all"})]), "Nothing.", "Title")
    await Talk(server, "charlie").say("What is to do?")
    assert '"todos": []' in openai.chats[-1].body["input"][-1]["output"]


async def test_a_store_that_keeps_no_tasks_is_helped_out_and_says_so(
    openai: FakeOpenAI, serve: Serve, caplog: pytest.LogCaptureFixture, store: SQLiteStore
) -> None:
    class Plain:
        """A store with no more than the SDK asks for."""

        def __getattr__(self, name: str) -> Any:
            if "todo" in name:
                raise AttributeError(name)
            return getattr(store, name)

    alice = Talk(serve(Plain()))
    assert "tasks are kept in memory only" in caplog.text
    openai.will(Answer(calls=[add("Milk")]), "Done.", "Milk")
    await alice.say("Milk")
    assert "Milk" in words(alice.card)


def _tokens() -> list[float]:
    return [
        TOKENS.labels("test-model", direction)._value.get() for direction in ("input", "output")
    ]


def _text(part: dict[str, Any]) -> str:
    content = part["content"]
    return content if isinstance(content, str) else "".join(one["text"] for one in content)
