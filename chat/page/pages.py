"""A page of a thread's items: what is stored, and what a running turn has made so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chatkit.store import NotFoundError, Store
from chatkit.types import (
    EndOfTurnItem,
    FeedbackKind,
    HiddenContextItem,
    SDKHiddenContextItem,
    StructuredInputItem,
    ThreadItem,
)

from chat.errors import NotFound
from chat.live import LiveItem, LiveThread
from chat.stored import load_items
from store.base import KeepsFeedback

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """Some items of a thread, oldest first.

    Attributes:
        items: those that are stored or finished, and live ones that are still being made.
        earlier: the id that the items before these are asked for with, or None.
        feedback: the owner's opinions by item id.
    """

    items: list[ThreadItem | LiveItem]
    earlier: str | None
    feedback: dict[str, FeedbackKind]

    @property
    def finished(self) -> list[ThreadItem]:
        """The items that are not being made any more, as they are now."""
        return [
            entry.item if isinstance(entry, LiveItem) else entry
            for entry in self.items
            if not isinstance(entry, LiveItem) or entry.finished
        ]


async def load_newest(store: Store[Any], live: LiveThread, context: Any) -> Page:
    """Return the newest items, with those that the thread's turn has not finished.

    The live items are taken after everything else, without a break: the page shows the
    state of the live thread's present version, as long as the caller does not wait either.
    """
    since = live.version
    page = await _load(store, live.thread_id, None, context)
    stored = [entry for entry in page.items if not isinstance(entry, LiveItem)]
    return Page(_merged(stored, live.items, since), page.earlier, page.feedback)


async def load_before(store: Store[Any], thread_id: str, item_id: str, context: Any) -> Page:
    """Return the items before one.

    Raises:
        NotFound: the item is not in the thread.
    """
    return await _load(store, thread_id, item_id, context)


async def load_feedback(store: Store[Any], thread_id: str, context: Any) -> dict[str, FeedbackKind]:
    """Return the owner's opinions on a thread's items, where the store keeps them."""
    if isinstance(store, KeepsFeedback):
        return await store.load_feedback(thread_id, context)
    return {}


async def _load(store: Store[Any], thread_id: str, before: str | None, context: Any) -> Page:
    try:
        page = await load_items(store, thread_id, context, after=before, limit=PAGE_SIZE)
    except NotFoundError:
        raise NotFound("These messages are not in the thread any more.") from None
    feedback = await load_feedback(store, thread_id, context)
    items: list[ThreadItem | LiveItem] = [*reversed(page.data)]
    return Page(items, page.after, feedback)


def _merged(
    stored: list[ThreadItem], live: dict[str, LiveItem], since: int
) -> list[ThreadItem | LiveItem]:
    """Put live items among the stored ones: in their place where they are known, else last.

    A live item that is not stored yet stands before the next one that is, because the
    store gives it that place when it is finished. A finished one that is not among the
    newest stored items is an older one, unless it was finished after they were read.
    """
    known = {item.id for item in stored}
    before: dict[str, list[LiveItem]] = {}
    waiting: list[LiveItem] = []
    for item_id, item in live.items():
        if item_id in known:
            before[item_id] = waiting
            waiting = []
        elif not item.finished or item.version > since:
            waiting.append(item)
    merged: list[ThreadItem | LiveItem] = []
    for entry in stored:
        merged += before.get(entry.id, ())
        merged.append(live.get(entry.id, entry))
    return merged + waiting


def last_shown(items: list[ThreadItem | LiveItem]) -> ThreadItem | None:
    """Return the last item that is seen, or None where there is none."""
    for entry in reversed(items):
        item = entry.item if isinstance(entry, LiveItem) else entry
        if not isinstance(item, EndOfTurnItem | HiddenContextItem | SDKHiddenContextItem):
            return item
    return None


def waits_for_answers(items: list[ThreadItem | LiveItem]) -> bool:
    """Return whether the last item that is seen is a question the composer must wait for."""
    item = last_shown(items)
    return isinstance(item, StructuredInputItem) and item.status == "pending"
