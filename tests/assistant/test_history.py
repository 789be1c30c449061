"""What the model is given of a thread."""

import base64
import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ClientToolCallItem,
    FileAttachment,
    HiddenContextItem,
    ImageAttachment,
    InferenceOptions,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTagContent,
    UserMessageTextContent,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot
from pydantic import AnyUrl

from chat.assistant.history import History, read_history
from chat.assistant.widgets import task_card
from chat.settings import Settings
from store import SQLiteStore
from store.base import Todo
from store.files import AttachmentFiles
from tests.assistant.talking import NOW, person

ALICE = person("alice")
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Thread:
    """A thread that tests fill."""

    def __init__(self, store: SQLiteStore) -> None:
        self.store = store
        self.files = AttachmentFiles(None)
        self.data = ThreadMetadata(id="thr_1", created_at=NOW)
        self._count = 0

    def _base(self) -> dict[str, Any]:
        self._count += 1
        return {"id": f"msg_{self._count}", "thread_id": "thr_1", "created_at": datetime.now()}

    async def add(self, item: ThreadItem) -> ThreadItem:
        await self.store.add_thread_item("thr_1", item, ALICE)
        return item

    async def user(self, text: str, **more: Any) -> None:
        content = [UserMessageTextContent(text=text), *more.pop("tags", [])]
        await self.add(
            UserMessageItem(
                **self._base(), content=content, inference_options=InferenceOptions(), **more
            )
        )

    async def assistant(self, *texts: str) -> None:
        content = [AssistantMessageContent(text=text) for text in texts]
        await self.add(AssistantMessageItem(**self._base(), content=content))

    async def hidden(self, content: Any) -> None:
        await self.add(HiddenContextItem(**self._base(), content=content))

    async def widget(self, widget: DynamicWidgetRoot) -> None:
        await self.add(WidgetItem(**self._base(), widget=widget))

    async def tool(self, output: Any) -> None:
        call: dict[str, Any] = {"call_id": "call_1", "name": "get_selected_text", "arguments": {}}
        await self.add(
            ClientToolCallItem(**self._base(), **call, status="completed", output=output)
        )

    async def file(self, name: str, mime_type: str, data: bytes | None) -> FileAttachment:
        self._count += 1
        attachment_id = f"atc_{self._count}"
        if data is not None:
            await self.files.write(attachment_id, _once(data), 10**8)
        return FileAttachment(id=attachment_id, name=name, mime_type=mime_type)

    async def image(self, name: str, data: bytes) -> ImageAttachment:
        file = await self.file(name, "image/png", data)
        return ImageAttachment(
            id=file.id, name=name, mime_type="image/png", preview_url=AnyUrl("http://h/i")
        )

    async def read(self, files: bool = True, **settings: Any) -> History:
        return await read_history(
            self.store, self.data, ALICE, Settings(**settings), self.files if files else None
        )


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


@pytest.fixture
async def thread(store: SQLiteStore) -> Thread:
    thread = Thread(store)
    await store.save_thread(thread.data, ALICE)
    return thread


def texts(history: History) -> list[str]:
    """Return what the model reads, a text a part."""
    found = []
    for part in history.input:
        content: Any = part.get("content") or part.get("output") or ""
        found.append(content if isinstance(content, str) else _joined(content))
    return found


def _joined(content: list[dict[str, Any]]) -> str:
    return "".join(one.get("text") or one.get("image_url") or "" for one in content)


async def test_the_newest_items_are_given_oldest_first(thread: Thread) -> None:
    for number in range(30):
        await thread.user(f"question {number}")
        await thread.assistant(f"answer {number}")
    assert texts(await thread.read(history_items=4)) == [
        "question 28",
        "answer 28",
        "question 29",
        "answer 29",
    ]


async def test_what_does_not_fit_the_budget_is_left_out_from_the_oldest_on(thread: Thread) -> None:
    for number in range(9):
        await thread.user(f"{number}" * 100)
    assert [text[0] for text in texts(await thread.read(history_characters=450))] == list("678")


async def test_one_huge_text_does_not_hide_what_was_said_before_it(thread: Thread) -> None:
    await thread.user("first")
    await thread.user("x" * 1500)
    await thread.user("last")
    assert texts(await thread.read(history_characters=1000)) == ["first", "last"]


async def test_everything_since_the_last_message_is_given_whatever_its_size(thread: Thread) -> None:
    await thread.user("before")
    await thread.user("x" * 2000)
    await thread.tool({"text": "y" * 2000})
    assert len((await thread.read(history_characters=1000)).input) == 3


async def test_an_empty_answer_is_left_out(thread: Thread) -> None:
    await thread.user("Hello")
    await thread.assistant("", " ")
    await thread.assistant("One", "", "two")
    assert texts(await thread.read()) == ["Hello", "One\n\ntwo"]


async def test_text_files_are_read(thread: Thread) -> None:
    file = await thread.file('list "a".txt', "text/plain", "Milk\nKäse".encode())
    await thread.user("Add these", attachments=[file])
    [text] = texts(await thread.read())
    assert text == 'Add these<Attachment name="list \\"a\\".txt">\nMilk\nKäse\n</Attachment>'


@pytest.mark.parametrize("data", ["x" * 999, "ä" * 999, "👍" * 999])
async def test_a_long_text_file_is_cut(thread: Thread, data: str) -> None:
    file = await thread.file("long.txt", "text/plain", data.encode())
    await thread.user("Read", attachments=[file])
    [text] = texts(await thread.read(history_characters=1000))
    assert data[:250] in text
    assert data[:251] not in text
    assert "[the rest is left out]" in text
    assert "\ufffd" not in text


async def test_images_are_given_as_data(thread: Thread) -> None:
    image = await thread.image("pixel.png", PIXEL)
    await thread.user("What is this?", attachments=[image])
    message: Any = (await thread.read()).input[0]
    part = message["content"][1]
    assert part["type"] == "input_image"
    assert part["image_url"] == f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"


async def test_only_the_newest_images_are_given(thread: Thread) -> None:
    for number in range(6):
        image = await thread.image(f"{number}.png", PIXEL)
        await thread.user(f"{number}", attachments=[image])
    given = ["data:image" in text for text in texts(await thread.read())]
    assert given == [False, False, True, True, True, True]


@pytest.mark.parametrize(
    ("mime_type", "data", "why"),
    [
        ("application/pdf", b"%PDF", "it cannot be read here"),
        ("text/plain", None, "its content is not there"),
        ("image/png", b"x" * (5 * 1024 * 1024 + 1), "too large to be read"),
        ("image/svg+xml", b"<svg/>", "it cannot be read here"),
    ],
)
async def test_what_cannot_be_read_is_mentioned(
    thread: Thread, mime_type: str, data: bytes | None, why: str
) -> None:
    file = await thread.file("a\nfile", mime_type, data)
    await thread.user("Look", attachments=[file])
    [text] = texts(await thread.read())
    assert text == f'Look[The user attached the file "a\\nfile" of type "{mime_type}"; {why}.]'


async def test_attachments_of_a_foreign_attachment_store_are_mentioned(thread: Thread) -> None:
    file = await thread.file("a.txt", "text/plain", b"Milk")
    await thread.user("Look", attachments=[file])
    assert "its content is not there" in texts(await thread.read(files=False))[0]


async def test_tags_are_explained(thread: Thread) -> None:
    tag = UserMessageTagContent(id="prj_1", text="Garden", data={"color": "green"}, group="Project")
    await thread.user("Tasks of ", tags=[tag])
    message, explained = texts(await thread.read())
    assert message == "Tasks of @Garden"
    assert '@Garden is {"id": "prj_1", "group": "Project", "data": {"color": "green"}}' in explained


async def test_only_the_newest_message_refers_to_what_it_quotes(thread: Thread) -> None:
    await thread.user("And this?", quoted_text="old words")
    await thread.user("What of this?", quoted_text="new words")
    told = texts(await thread.read())
    assert told[:2] == ["And this?", "What of this?"]
    assert "new words" in told[2]
    assert "old words" not in str(told)


@pytest.mark.parametrize("content", ["a note", {"any": ["thing", 1]}, ["x"], None, 7])
async def test_hidden_context_of_any_kind_is_given(thread: Thread, content: Any) -> None:
    await thread.user("Hello")
    await thread.hidden(content)
    told = texts(await thread.read())[1]
    shown = content if isinstance(content, str) else json.dumps(content)
    assert f"<HiddenContext>\n{shown}\n</HiddenContext>" in told


async def test_a_long_selection_is_shortened(thread: Thread) -> None:
    await thread.user("Add this")
    await thread.tool({"text": "x" * 50_000})
    output = texts(await thread.read())[2]
    assert 20_000 < len(output) < 20_100
    json.loads(output)


def card(*titles: str) -> DynamicWidgetRoot:
    todos = [
        Todo(id=f"todo_{number:032x}", title=title, created_at=NOW)
        for number, title in enumerate(titles)
    ]
    return task_card(todos, "open", NOW.date())


async def test_of_task_cards_only_the_newest_is_given_and_without_its_layout(
    thread: Thread,
) -> None:
    await thread.user("Show")
    await thread.widget(card("Milk"))
    await thread.user("Again")
    await thread.widget(card("Milk", "Eggs"))
    history = await thread.read()
    assert len(history.input) == 3
    shown = texts(history)[2]
    assert "Open tasks 2 open\n1 Milk\n2 Eggs" in shown
    assert "todos.complete" not in shown
    assert history.shown == ["todo_" + "0" * 32, "todo_" + "0" * 31 + "1"]


async def test_a_huge_widget_is_shortened(thread: Thread) -> None:
    await thread.user("Show")
    huge = {"type": "Card", "children": [{"type": "Text", "value": "x" * 9000}]}
    await thread.widget(DynamicWidgetRoot.model_validate(huge))
    assert len(texts(await thread.read())[1]) < 2200
