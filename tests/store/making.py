"""Threads, items and attachments for tests, and short ways to ask a store for them."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chatkit.store import NotFoundError
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    Attachment,
    FileAttachment,
    InferenceOptions,
    StructuredInputAnswer,
    StructuredInputFreeform,
    StructuredInputItem,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
)

from store import AttachmentFiles, MemoryStore, SQLiteStore
from store.base import TurnRecord

AnyStore = MemoryStore | SQLiteStore

NOW = datetime(2026, 5, 4, 12, 30, 15, 678901)  # the SDK's own times have no zone


@dataclass(frozen=True)
class Person:
    """A context, as far as a store is concerned."""

    user_id: str


def a_thread(thread_id: str, title: str | None = None, **metadata: Any) -> ThreadMetadata:
    return ThreadMetadata(id=thread_id, title=title, created_at=NOW, metadata=metadata)


def an_answer(item_id: str, text: str = "Hello.", thread_id: str = "thr_1") -> AssistantMessageItem:
    content = [AssistantMessageContent(text=text)]
    return AssistantMessageItem(id=item_id, thread_id=thread_id, created_at=NOW, content=content)


def a_message(
    item_id: str, attachments: Sequence[Attachment] = (), thread_id: str = "thr_1"
) -> UserMessageItem:
    return UserMessageItem(
        id=item_id,
        thread_id=thread_id,
        created_at=NOW,
        content=[UserMessageTextContent(text="Hi")],
        attachments=list(attachments),
        inference_options=InferenceOptions(),
    )


def a_question(item_id: str, answer: str | None = None) -> StructuredInputItem:
    given = StructuredInputAnswer(values=[answer]) if answer else None
    return StructuredInputItem(
        id=item_id,
        thread_id="thr_1",
        created_at=NOW,
        status="answered" if answer else "pending",
        inputs=[StructuredInputFreeform(id="which", question="Which one?", answer=given)],
    )


def a_file(attachment_id: str, thread_id: str | None = None) -> FileAttachment:
    return FileAttachment(
        id=attachment_id,
        name="notes.txt",
        mime_type="text/plain",
        thread_id=thread_id,
        metadata={"pages": 2},
    )


def a_turn(thread_id: str = "thr_1") -> TurnRecord:
    return TurnRecord(
        id="trn_1", thread_id=thread_id, started_at=datetime(2026, 5, 4, 12, tzinfo=UTC)
    )


async def ids(store: AnyStore, context: Person, thread_id: str = "thr_1") -> list[str]:
    """Return the ids of all items of a thread, oldest first."""
    page = await store.load_thread_items(thread_id, None, 1000, "asc", context)
    return [item.id for item in page.data]


async def add(store: AnyStore, context: Person, *items: ThreadItem) -> None:
    """Add items to the threads they name."""
    for item in items:
        await store.add_thread_item(item.thread_id, item, context)


async def upload(
    store: AnyStore, files: AttachmentFiles, attachment: Attachment, context: Person
) -> None:
    """Save an attachment and its bytes."""
    await files.write(attachment.id, chunks(b"bytes of ", attachment.id.encode()), 100)
    await store.save_attachment(attachment, context)


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def has_bytes(files: AttachmentFiles, attachment_id: str) -> bool:
    try:
        return await files.size(attachment_id) > 0
    except NotFoundError:
        return False
