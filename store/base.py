"""What our stores offer beyond ``chatkit.store.Store``, as capabilities that a store may have.

The host, the page and the export use the SDK's `Store`; where a store also satisfies
one of these protocols (``isinstance`` tells), they use that too.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

from chatkit.store import NotFoundError
from chatkit.types import (
    ErrorEvent,
    FeedbackKind,
    NoticeEvent,
    Page,
    ThreadItem,
    ThreadMetadata,
)
from pydantic import BaseModel


class StoreError(Exception):
    """The store cannot do this; the message is one clear sentence."""


class AttachmentTooLarge(StoreError):
    """A file is larger than an attachment may be.

    Args:
        limit: the most bytes it may have.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(f"An attachment can have at most {limit} bytes.")
        self.limit = limit


class AttachmentTypeRefused(StoreError):
    """Files of a type are not accepted as attachments.

    Args:
        mime_type: the type that was claimed or found.
    """

    def __init__(self, mime_type: str) -> None:
        super().__init__(f"Attachments of the type {mime_type!r} are not accepted.")
        self.mime_type = mime_type


def not_found(what: str, key: str) -> NotFoundError:
    """Return the error for what does not exist or is another owner's: nobody can tell which.

    Args:
        what: the kind of thing, capitalised, e.g. ``Thread``.
        key: the id that was asked for.
    """
    return NotFoundError(f"{what} {key} not found.")


def owner_of(context: Any) -> str:
    """Return whose rows a call may touch: ``context.user_id``, or the key of a mapping.

    Args:
        context: the request's context, of any type.

    Raises:
        StoreError: the context names no owner.
    """
    owner = getattr(context, "user_id", None)
    if owner is None and isinstance(context, Mapping):
        owner = context.get("user_id")
    if not isinstance(owner, str) or not owner:
        raise StoreError("The context names no owner: it needs a non-empty string `user_id`.")
    return owner


class TurnRecord(BaseModel):
    """The latest turn of a thread, as far as it must survive the process.

    Attributes:
        id: the turn's own id, ``trn_`` and 32 hex digits.
        thread_id: the thread it ran in; a thread has at most one record.
        status: ``running`` until it ends; a running turn whose process is gone is
            ``interrupted``.
        error: the error event that was shown, if any.
        notices: the notices that were shown, in order.
    """

    id: str
    thread_id: str
    status: Literal["running", "done", "stopped", "failed", "interrupted"] = "running"
    started_at: datetime
    error: ErrorEvent | None = None
    notices: list[NoticeEvent] = []


@runtime_checkable
class KeepsTurns(Protocol):
    """A store that keeps what a running turn has shown, so that a crash loses little."""

    async def start_turn(self, record: TurnRecord, context: Any) -> None:
        """Remember a turn that runs now, in place of the thread's last one.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """

    async def keep_unfinished(
        self, thread_id: str, items: Sequence[ThreadItem], context: Any
    ) -> None:
        """Keep the present state of items that are still being made.

        They take their place in the thread's order now, at their first call, but are in no
        page and no lookup of the `Store` interface until `add_thread_item` or `save_item`
        finishes them. An item that is already finished is left as it is.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """

    async def end_turn(self, record: TurnRecord, context: Any) -> None:
        """Store how a turn ended, and forget those of its items that were never finished.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """

    async def load_turn(self, thread_id: str, context: Any) -> TurnRecord | None:
        """Return the thread's latest turn, or None where it has had none.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """

    async def interrupt_turns(self) -> int:
        """Mark every running turn interrupted and finish what it had shown, for all owners.

        Called once at start, when no turn of this process can be running. Turns of other
        processes that live and use the same database go on. Unfinished items that nobody can
        have seen (`store.leftovers.is_empty`) are dropped; the others become ordinary items of
        their thread, in which nothing claims to be still going on (`store.leftovers.settled`).

        Returns:
            How many turns were interrupted.
        """


@runtime_checkable
class KeepsFeedback(Protocol):
    """A store that keeps which items its owner found good or bad."""

    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: Any
    ) -> None:
        """Keep one opinion on each of some items; a later one replaces it.

        Raises:
            NotFoundError: the thread or one of the items is unknown or another owner's;
                nothing is kept then.
        """

    async def load_feedback(self, thread_id: str, context: Any) -> dict[str, FeedbackKind]:
        """Return the opinions on a thread's items by item id.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """


class Todo(BaseModel):
    """One thing to do, of one owner.

    Attributes:
        id: ``todo_`` and 32 hex digits.
        due: the day it is due, or None.
        completed_at: when it was done, with a zone, or None while it is open.
    """

    id: str
    title: str
    due: date | None = None
    created_at: datetime
    completed_at: datetime | None = None


@runtime_checkable
class KeepsTodos(Protocol):
    """A store that keeps the Todo assistant's tasks, per owner."""

    async def save_todos(self, todos: Sequence[Todo], context: Any) -> None:
        """Insert new tasks and replace known ones in place, all or none.

        Raises:
            NotFoundError: one of the ids is another owner's; nothing is changed then.
        """

    async def load_todos(self, context: Any) -> list[Todo]:
        """Return all of the owner's tasks, in the order they were first saved."""

    async def delete_todo(self, todo_id: str, context: Any) -> None:
        """Forget one task.

        Raises:
            NotFoundError: it is unknown or another owner's.
        """


@runtime_checkable
class CleansAttachments(Protocol):
    """A store that can tell which uploads were never used, and removes them."""

    async def delete_unused_attachments(self, older_than: timedelta) -> int:
        """Forget attachments that no thread uses, of all owners, bytes included.

        Bytes without a record, as an interrupted upload leaves them, go too.

        Args:
            older_than: what was uploaded or announced later than this ago is left alone, for
                its message may still be being written.

        Returns:
            How many attachments were forgotten.
        """


class Piece(NamedTuple):
    """A run of text, and whether it is what was looked for."""

    text: str
    matched: bool = False


class FoundThread(BaseModel):
    """A thread that a search found.

    Attributes:
        title: its title in pieces; empty where it has none.
        passage: some text of the item that has most of what was looked for, in pieces; empty
            where only the title has any.
    """

    thread: ThreadMetadata
    title: tuple[Piece, ...] = ()
    passage: tuple[Piece, ...] = ()


@runtime_checkable
class SearchesThreads(Protocol):
    """A store that finds threads by their title and by what can be read in them."""

    async def search_threads(
        self, query: str, limit: int, after: str | None, context: Any
    ) -> Page[FoundThread]:
        """Return a page of the owner's threads in which all of some words occur, newest first.

        A thread is found where each word of the query is in its title or in one of its
        finished items that are ever shown, not necessarily in the same one. Case and accents
        do not count. The last word may be the beginning of one. Pieces of the query without a
        space in them, such as ``don't`` or ``19:30``, must be there as they are. Nothing in a
        query has a meaning of its own.

        Args:
            query: what a person has typed; without a word in it, nothing is found.
            limit: the most threads in the page, at least 1.
            after: the thread to go on after, which may have been deleted since, or None.
            context: whose threads.

        Raises:
            NotFoundError: ``after`` never was a thread of this owner.
            ValueError: ``limit`` is less than 1.
        """
