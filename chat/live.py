"""The present state of a thread that runs or is being watched.

A turn writes it, watchers read it. Nothing is queued: a watcher remembers one version
number, wakes when the thread's version has moved, and renders what has a newer version.
A slow watcher therefore sees fewer and larger changes, and joining late is the same as
watching from the start.
"""

import asyncio
import itertools
import secrets
from collections import deque

from chatkit.types import (
    Annotation,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ClientEffectEvent,
    ErrorEvent,
    GeneratedImageUpdated,
    NoticeEvent,
    ProgressUpdateEvent,
    ThreadItem,
    ThreadItemUpdate,
)

from chat.updates import apply_update
from store.base import TurnRecord

BOOT = secrets.token_hex(4)
KEPT_ITEMS = 200
KEPT_EFFECTS = 50

# One counter for all threads: a version is never seen again when a thread's state is
# let go and made anew.
FIRST = 1
_versions = itertools.count(FIRST)


class GrowingText:
    """The text of one content part while it is written; joined only when it is read."""

    __slots__ = ("_pieces", "length", "resets")

    def __init__(self, text: str = "") -> None:
        """Start with a text."""
        self._pieces = [text] if text else []
        self.length = len(text)
        self.resets = 0
        """How often the text changed in another way than by growing at its end."""

    @property
    def text(self) -> str:
        """The whole text as it is now."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def since(self, length: int) -> str:
        """Return what follows the first characters; this costs no more than what is new."""
        missing = self.length - length
        new: list[str] = []
        for piece in reversed(self._pieces):
            if missing <= 0:
                break
            new.append(piece[-missing:])
            missing -= len(piece)
        return "".join(reversed(new))

    def append(self, delta: str) -> None:
        """Let the text grow at its end."""
        self._pieces.append(delta)
        self.length += len(delta)

    def become(self, text: str) -> None:
        """Set the whole text; where it only grew, this counts as growing."""
        present = self.text
        if text != present:
            self.resets += not text.startswith(present)
            self._pieces = [text]
            self.length = len(text)


class LiveItem:
    """One item as a turn has made it so far.

    Attributes:
        progress: how far a generated image is, from 0 to 1, or None where that is not known.
    """

    __slots__ = ("__weakref__", "_item", "_stale", "finished", "progress", "texts", "version")

    def __init__(self, item: ThreadItem, *, finished: bool) -> None:
        """Take a copy of an item; later changes to the given one are not seen."""
        self._item = item.model_copy(deep=True)
        self._stale = False
        self.finished = finished
        self.progress: float | None = None
        self.version = 0
        self.texts: list[GrowingText] = []
        self._read_texts()

    @property
    def item(self) -> ThreadItem:
        """The item with all updates applied; read it, never change it."""
        if self._stale and isinstance(self._item, AssistantMessageItem):
            for part, growing in zip(self._item.content, self.texts, strict=True):
                part.text = growing.text
            self._stale = False
        return self._item

    @property
    def annotations(self) -> list[list[Annotation]]:
        """The annotations of each content part of a message; no text is joined for them."""
        parts = self._item.content if isinstance(self._item, AssistantMessageItem) else []
        return [part.annotations for part in parts]

    def update(self, update: ThreadItemUpdate) -> None:
        """Apply one update.

        Raises:
            UpdateMismatch: it does not fit this item.
        """
        if isinstance(update, AssistantMessageContentPartTextDelta) and (
            0 <= update.content_index < len(self.texts)
        ):
            self.texts[update.content_index].append(update.delta)
            self._stale = True
            return
        apply_update(self.item, update)
        if isinstance(update, GeneratedImageUpdated):
            self.progress = update.progress
        self._read_texts()

    def become(self, item: ThreadItem, *, finished: bool) -> None:
        """Replace the item by a newer state of it."""
        self._item = item.model_copy(deep=True)
        self._stale = False
        self.finished = finished
        self._read_texts()

    def _read_texts(self) -> None:
        if isinstance(self._item, AssistantMessageItem):
            parts = self._item.content
            del self.texts[len(parts) :]
            self.texts.extend(GrowingText() for _ in parts[len(self.texts) :])
            for growing, part in zip(self.texts, parts, strict=True):
                growing.become(part.text)


class LiveThread:
    """What a thread's watchers see beyond the stored items: the latest turn and its items.

    Attributes:
        thread_id: the thread's id.
        version: moves with every change.
        items: items that a turn has touched, in order of first appearance.
        removed: ids of items that went away, with the version at which they did.
        reloaded: the version at which stored items changed in a way that no event told
            (a retry, an answered client tool, a stop); older watchers read the store again.
        record: the latest turn, or None where there has been none.
        progress: the line that says what is being done now, or None.
        effects: client effects with their versions; only the newest are kept.
        deleted: whether the thread is gone.
        closing: whether the server is shutting down, so that watchers should leave.
    """

    def __init__(self, thread_id: str, title: str | None = None) -> None:
        """Start with nothing that happened."""
        self.thread_id = thread_id
        self.title = title
        self.items: dict[str, LiveItem] = {}
        self.removed: dict[str, int] = {}
        self.effects: deque[tuple[int, ClientEffectEvent]] = deque(maxlen=KEPT_EFFECTS)
        self.record: TurnRecord | None = None
        self.progress: ProgressUpdateEvent | None = None
        self.allow_cancel = True
        self.deleted = self.closing = False
        self.version = self.reloaded = self.title_version = self.status_version = next(_versions)
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def token(self) -> str:
        """The version as a string that no other process and no restart repeats."""
        return f"{BOOT}.{self.version}"

    @property
    def running(self) -> bool:
        """Whether a turn runs now."""
        return self.record is not None and self.record.status == "running"

    @property
    def status(self) -> str | None:
        """The status of the latest turn, or None."""
        return self.record.status if self.record else None

    @property
    def error(self) -> ErrorEvent | None:
        """The error that the latest turn showed."""
        return self.record.error if self.record else None

    @property
    def notices(self) -> list[NoticeEvent]:
        """The notices that the latest turn showed."""
        return self.record.notices if self.record else []

    async def changed(self, since: int) -> int:
        """Wait until the version is newer than one, and return it."""
        while self.version <= since:
            waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(waiting)
            try:
                await waiting
            finally:
                self._waiting.discard(waiting)
        return self.version

    def touch(self) -> int:
        """Move the version and wake the watchers."""
        self.version = next(_versions)
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        return self.version

    def put(self, item: ThreadItem, *, finished: bool) -> LiveItem:
        """Show an item: a new one at the end, a known one in its place."""
        known = self.items.get(item.id)
        if known is None:
            known = self.items[item.id] = LiveItem(item, finished=finished)
            self.removed.pop(item.id, None)
        else:
            known.become(item, finished=finished)
        known.version = self.touch()
        self._forget_oldest()
        return known

    def show_again(self, item: ThreadItem) -> None:
        """Let watchers render a stored item anew; a state that is known here is the newer one."""
        if known := self.items.get(item.id):
            known.version = self.touch()
        else:
            self.put(item, finished=True)

    def update(self, live: LiveItem, update: ThreadItemUpdate) -> None:
        """Apply an update to a shown item.

        Raises:
            UpdateMismatch: it does not fit the item.
        """
        live.update(update)
        live.version = self.touch()

    def remove(self, item_id: str) -> None:
        """Stop showing an item, stored or not."""
        self.items.pop(item_id, None)
        self.removed[item_id] = self.touch()

    def reload(self) -> None:
        """Tell watchers to read the stored items again."""
        self.reloaded = self.touch()

    def show_status(self) -> None:
        """Tell watchers that the turn's status, progress, error or notices changed."""
        self.status_version = self.touch()

    def dismiss(self, notice: NoticeEvent) -> None:
        """Stop showing a notice of the latest turn."""
        self.notices.remove(notice)
        self.show_status()

    def show_effect(self, effect: ClientEffectEvent) -> None:
        """Hand an effect to whoever watches now."""
        self.effects.append((self.touch(), effect))

    def rename(self, title: str | None) -> None:
        """Show a new title."""
        if title != self.title:
            self.title = title
            self.title_version = self.touch()

    def _forget_oldest(self) -> None:
        if len(self.items) + len(self.removed) <= KEPT_ITEMS:
            return
        finished = [id_ for id_, live in self.items.items() if live.finished]
        for item_id in finished[: KEPT_ITEMS // 2]:
            del self.items[item_id]
        self.removed.clear()
        self.reload()
