"""How the stores keep the SDK's objects: as JSON in UTF-8, so that no caller shares them."""

import json
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from chatkit.types import (
    Attachment,
    Page,
    StructuredInputItem,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot
from pydantic import TypeAdapter

from store.texts import text_of
from store.words import words_of

Order = Literal["asc", "desc"]

UNLIMITED = 2**62
"""More than any table holds, and less than what a database takes for a number."""

_ITEM: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)
_ITEMS: TypeAdapter[list[ThreadItem]] = TypeAdapter(list[ThreadItem])
_THREAD = TypeAdapter(ThreadMetadata)
_THREADS = TypeAdapter(list[ThreadMetadata])
_PAGE_OF_ITEMS = Page[ThreadItem]
_PAGE_OF_THREADS = Page[ThreadMetadata]
_ATTACHMENT: TypeAdapter[Attachment] = TypeAdapter(Attachment)


class ItemRecord(NamedTuple):
    """A thread item as it is kept.

    Attributes:
        data: the item's JSON, as UTF-8.
        dynamic: the item is a widget with fields that the SDK's strict component classes do
            not know and would drop; it is read back as a `DynamicWidgetRoot`, which keeps them.
    """

    data: bytes
    dynamic: bool


class _DynamicWidgetItem(WidgetItem):
    """A widget item whose widget is never read as one of the strict classes."""

    widget: DynamicWidgetRoot


def dump_item(item: ThreadItem) -> ItemRecord:
    """Return an item as it is kept."""
    data = _ITEM.dump_json(item)
    dynamic = isinstance(item, WidgetItem) and _is_dynamic(item, data)
    return ItemRecord(data, dynamic)


def load_item(record: ItemRecord) -> ThreadItem:
    """Return the item that a record keeps, equal to the one it was made of."""
    data, dynamic = record
    return _load_dynamic(data) if dynamic else _ITEM.validate_json(data)


def parse_item(given: dict[str, Any]) -> ThreadItem:
    """Return the item that a server described as JSON; no field of a widget is lost."""
    return load_item(ItemRecord(json.dumps(given).encode(), given.get("type") == "widget"))


def load_items(records: Sequence[ItemRecord | tuple[bytes, bool]]) -> list[ThreadItem]:
    """Return the items that some records keep; parsing them at once is much faster.

    Args:
        records: the items' records, or rows of a database with the same fields.
    """
    if not any(own for _, own in records):
        return _ITEMS.validate_json(_array([kept for kept, _ in records]))
    others = iter(_ITEMS.validate_json(_array([kept for kept, own in records if not own])))
    return [_load_dynamic(kept) if own else next(others) for kept, own in records]


def unanswers(item: ThreadItem, kept: ThreadItem) -> bool:
    """Return whether adding an item would undo a person's answers, for it asks the same again.

    A server that answers by asking announces its question anew with each of its turns, also
    with the one that the answer starts. In the SDK's own store such an insert fails.
    """
    return (
        isinstance(item, StructuredInputItem)
        and isinstance(kept, StructuredInputItem)
        and item.status == "pending"
        and kept.status != "pending"
        and [asked.id for asked in item.inputs] == [asked.id for asked in kept.inputs]
    )


def words_of_item(item: ThreadItem) -> str:
    """Return the words that an item is found by; empty where there are none."""
    return words_of(text_of(item))


def words_of_thread(thread: ThreadMetadata) -> str:
    """Return the words of a thread's title; empty where there are none."""
    return words_of(thread.title or "")


def attachment_ids(item: ThreadItem) -> list[str]:
    """Return the ids of the attachments that an item uses."""
    return [used.id for used in item.attachments] if isinstance(item, UserMessageItem) else []


def dump_thread(thread: ThreadMetadata) -> bytes:
    """Return a thread's metadata as JSON; the items of a `Thread` are left out."""
    return _THREAD.dump_json(thread)


def load_thread(data: bytes) -> ThreadMetadata:
    """Return the thread's metadata that was kept as JSON."""
    return _THREAD.validate_json(data)


def load_threads(data: Sequence[bytes]) -> list[ThreadMetadata]:
    """Return the metadata of threads that was kept as JSON."""
    return _THREADS.validate_json(_array(data))


def dump_attachment(attachment: Attachment) -> bytes:
    """Return an attachment as JSON, its metadata included."""
    return _ATTACHMENT.dump_json(attachment)


def load_attachment(data: bytes) -> Attachment:
    """Return the attachment that was kept as JSON."""
    return _ATTACHMENT.validate_json(data)


def page_size(limit: int) -> int:
    """Return how many entries to look for: one more than asked, which tells if more follow.

    Raises:
        ValueError: the limit is less than 1.
    """
    if limit < 1:
        raise ValueError(f"A page has at least 1 entry, not {limit}.")
    return min(limit, UNLIMITED) + 1


def checked_order(order: str) -> Order:
    """Return the order of a page.

    Raises:
        ValueError: it is neither ``asc`` nor ``desc``.
    """
    match order:
        case "asc" | "desc":
            return order
        case _:
            raise ValueError(f"Pages are in asc or desc order, not {order!r}.")


def page_of_items(
    records: Sequence[ItemRecord | tuple[bytes, bool]], limit: int
) -> Page[ThreadItem]:
    """Return a page of items, given as many records as `page_size` asked for."""
    data = load_items(records[:limit])
    has_more = len(records) > limit
    after = data[-1].id if has_more else None
    # The items were validated a moment ago, one by one; doing it again costs as much.
    return _PAGE_OF_ITEMS.model_construct(data=data, has_more=has_more, after=after)


def page_of_threads(records: Sequence[bytes], limit: int) -> Page[ThreadMetadata]:
    """Return a page of threads, given as many records as `page_size` asked for."""
    data = load_threads(records[:limit])
    has_more = len(records) > limit
    after = data[-1].id if has_more else None
    return _PAGE_OF_THREADS.model_construct(data=data, has_more=has_more, after=after)


def _is_dynamic(item: WidgetItem, data: bytes) -> bool:
    """Return whether reading a widget back would make it another one.

    The SDK's union of widgets prefers its strict classes, even where that loses fields.
    """
    if isinstance(item.widget, DynamicWidgetRoot):
        return True
    return _ITEM.dump_json(_ITEM.validate_json(data)) != data


def _load_dynamic(data: bytes) -> ThreadItem:
    kept: Any = _DynamicWidgetItem.model_validate_json(data)
    return WidgetItem.model_construct(kept.model_fields_set, **dict(kept))


def _array(data: Sequence[bytes]) -> bytes:
    return b"[%b]" % b",".join(data)
