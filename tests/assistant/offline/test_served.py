"""The embedded model in its place: behind the Todo assistant, its tools and its stores."""

from collections.abc import AsyncIterator

import pytest

from chat.assistant.server import TodoServer
from chat.settings import Settings
from store import MemoryStore
from store.attachments import FolderAttachmentStore
from store.files import AttachmentFiles
from tests.assistant.talking import NOW, Talk


@pytest.fixture
async def alice() -> AsyncIterator[Talk]:
    """Alice, talking to a server that has neither key nor network."""
    store = MemoryStore()
    attachments = FolderAttachmentStore(
        store, AttachmentFiles(None), base_url=lambda _: "", max_bytes=1000, accepted=["*/*"]
    )
    server = TodoServer(store, attachments, Settings(), step_seconds=0, clock=lambda: NOW)
    yield Talk(server)
    await server.close()


async def test_tasks_are_added_completed_and_taken_back(alice: Talk) -> None:
    assert await alice.say("add milk, eggs and bread for tomorrow") == (
        "Added 3 tasks for tomorrow:\n\n- **Milk**\n- **Eggs**\n- **Bread**"
    )
    assert await alice.say("done with 2") == "Ticked off **Eggs**. 2 tasks are left."
    assert await alice.say("undo") == "Reopened **Eggs**."
    assert await alice.say("make it friday") == (
        "Moved **Eggs** from tomorrow to Friday, 28 November."
    )


async def test_a_question_is_answered_and_the_rest_is_done(alice: Talk) -> None:
    await alice.say("add buy milk, order milk and tea")
    await alice.say("complete milk and add bread")
    question = await alice.item("structured_input")
    answer = {"values": [question.inputs[0].options[1].value]}
    await alice.stream(
        "threads.add_structured_input",
        item_id=question.id,
        input={"status": "answered", "answers": {question.inputs[0].id: answer}},
    )
    assert alice.said == (
        "Ticked off **Order milk**. 2 tasks are left.\n\n"
        "Added **Bread**. You have 3 tasks on your list now."
    )


async def test_selected_text_comes_from_the_browser(alice: Talk) -> None:
    await alice.say("add the selected text for tomorrow")
    await alice.stream("threads.add_client_tool_output", result={"text": "call Bob\npay rent"})
    assert alice.said == "Added 2 tasks for tomorrow:\n\n- **Call Bob**\n- **Pay rent**"
