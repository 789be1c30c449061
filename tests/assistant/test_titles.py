"""Titles of threads."""

import pytest
from chatkit.types import FileAttachment, ThreadUpdatedEvent

from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk
from tests.fake_openai import Answer, FakeOpenAI, Refusal


async def title_of(talk: Talk) -> str | None:
    thread = await talk.server.store.load_thread(talk.thread_id, talk.context)
    return thread.title


async def test_the_model_gives_a_title_after_its_first_answer(
    openai: FakeOpenAI, alice: Talk
) -> None:
    openai.will("Hello.", "Shopping for Sunday", "Hello again.")
    await alice.say("I need milk on Sunday")
    assert await title_of(alice) == "Shopping for Sunday"
    [updated] = alice.got(ThreadUpdatedEvent)
    assert updated.thread.title == "Shopping for Sunday"
    await alice.say("And eggs")
    assert not alice.got(ThreadUpdatedEvent)
    assert len(openai.requests) == 3


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ('"Milk and eggs."', "Milk and eggs"),
        ("## Milk\nand a long explanation", "Milk"),
        ("\n\n“Milk”\n", "Milk"),
        ("Milk " * 40, "Milk Milk Milk Milk Milk Milk Milk Milk Milk Milk Milk…"),
        ("  ", "I need milk"),
        ("?!", "I need milk"),
    ],
)
async def test_a_title_is_one_short_line(
    openai: FakeOpenAI, serve: Serve, said: str, title: str
) -> None:
    alice = Talk(serve())
    openai.will("Hello.", said)
    await alice.say("I need milk")
    assert await title_of(alice) == title
    assert len(title) <= 60


async def test_a_title_that_fails_is_the_beginning_of_the_message(
    openai: FakeOpenAI, alice: Talk
) -> None:
    openai.will("Hello.", Refusal(500))
    said = "\n please add milk, eggs, bread and everything else for the party on Sunday\nThanks"
    assert await alice.say(said) == "Hello."
    assert await title_of(alice) == "Please add milk, eggs, bread and everything else for the…"


async def test_a_title_that_takes_too_long_is_not_waited_for(
    openai: FakeOpenAI, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.assistant.titles.SECONDS", 0.1)
    alice = Talk(serve())
    openai.will("Hello.", Answer("Never said", then="silence"))
    await alice.say("hello there")
    assert await title_of(alice) == "Hello there"


async def test_a_name_that_the_owner_gave_meanwhile_is_kept(
    openai: FakeOpenAI, serve: Serve
) -> None:
    alice = Talk(serve())
    openai.will("These are many words.", "A title")
    message = {"content": [{"type": "input_text", "text": "Hello"}], "attachments": []}
    async for _ in alice.each("threads.create", input={**message, "inference_options": {}}):
        if alice.said and not await title_of(alice):
            await alice.ask("threads.update", title="My own name")
    assert await title_of(alice) == "My own name"
    assert alice.got(ThreadUpdatedEvent)[-1].thread.title == "My own name"


async def test_a_message_without_words_is_called_after_its_attachment(
    openai: FakeOpenAI, serve: Serve
) -> None:
    server = serve()
    openai.will("Hello.", "Hello.")
    with_file, without = Talk(server), Talk(server)
    file = FileAttachment(id="atc_1", name="shopping.txt", mime_type="text/plain")
    await server.store.save_attachment(file, with_file.context)
    await with_file.say(" ", attachments=["atc_1"])
    await without.say(" ")
    assert await title_of(with_file) == "shopping.txt"
    assert await title_of(without) == "New conversation"
    assert len(openai.requests) == 2
