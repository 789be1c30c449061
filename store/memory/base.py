"""What the store in memory holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from chatkit.types import FeedbackKind

from store.base import not_found, owner_of
from store.files import AttachmentFiles
from store.ids import UnguessableIds
from store.memory.ordered import Ordered
from store.records import ItemRecord


@dataclass
class KeptItem:
    """An item of a thread; an unfinished one is still being made by a running turn.

    Attributes:
        words: those that it is found by; none as long as it is unfinished.
    """

    key: str
    record: ItemRecord
    finished: bool
    words: str = ""
    feedback: FeedbackKind | None = None


@dataclass
class KeptThread:
    """A thread and everything that goes with it."""

    key: str
    data: bytes
    items: Ordered[KeptItem] = field(default_factory=Ordered)
    attachments: set[str] = field(default_factory=set)
    turn: str | None = None


@dataclass
class KeptAttachment:
    """What the SDK knows of an attachment, and since when, in Unix seconds."""

    owner: str
    created_at: float
    data: bytes


class Memory(UnguessableIds):
    """The base of the operations; each module beside this one has those of one kind of thing.

    Everything is kept as JSON, so that no caller holds a part of the store. An operation has
    no `await` before its changes, and so is as good as a transaction.

    Args:
        files: where the bytes of attachments are; without it, bytes are somebody else's.
    """

    def __init__(self, files: AttachmentFiles | None = None) -> None:
        self._files = files
        self._owners: dict[str, str] = {}
        self._threads: defaultdict[str, Ordered[KeptThread]] = defaultdict(Ordered)
        self._attachments: dict[str, KeptAttachment] = {}
        self._todos: dict[str, tuple[str, str]] = {}

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def _find_thread(self, thread_id: str, context: Any) -> KeptThread | None:
        return self._threads[owner_of(context)].get(thread_id)

    def _thread(self, thread_id: str, context: Any) -> KeptThread:
        if thread := self._find_thread(thread_id, context):
            return thread
        raise not_found("Thread", thread_id)

    def _has(self, owner: str, attachment_id: str) -> bool:
        kept = self._attachments.get(attachment_id)
        return kept is not None and kept.owner == owner

    def _uses(self, owner: str, attachment_id: str) -> bool:
        return any(attachment_id in thread.attachments for thread in self._threads[owner])

    async def _delete_bytes(self, attachment_ids: Iterable[str]) -> None:
        if self._files:
            for attachment_id in attachment_ids:
                await self._files.delete(attachment_id)
