"""Where threads, items and what belongs to them are, and the DOM ids that their HTML uses."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from chat.addresses import address

_SAFE = re.compile(r"[A-Za-z0-9_-]{1,100}")


def dom_id(item_id: str) -> str:
    """Return the DOM id of an item's article, safe in a selector whatever the item's id."""
    if _SAFE.fullmatch(item_id):
        return f"item-{item_id}"
    return f"item-x{hashlib.sha256(item_id.encode(errors='surrogatepass')).hexdigest()[:32]}"


@dataclass(frozen=True)
class PartIds:
    """DOM ids of one content part of an assistant message while it is written.

    Attributes:
        part: the element of the part.
        open: the element inside it that holds the last, still open block.
        tail: the element inside that, to which plain text is appended.
    """

    part: str
    open: str
    tail: str


def part_ids(item_id: str, index: int) -> PartIds:
    """Return the DOM ids of a message's content part, counted from 0."""
    part = f"{dom_id(item_id)}-part-{index}"
    return PartIds(part, f"{part}-open", f"{part}-tail")


def thread_url(thread_id: str) -> str:
    """Return the address of a thread's page."""
    return address(f"/threads/{_quoted(thread_id)}")


def events_url(thread_id: str) -> str:
    """Return the address of the stream that tells what changes in a thread."""
    return f"{thread_url(thread_id)}/events"


def item_url(thread_id: str, item_id: str, what: str) -> str:
    """Return the address that one of an item's forms is posted to.

    Args:
        thread_id: the item's thread.
        item_id: the item.
        what: ``action``, ``answers`` or ``feedback``.
    """
    return f"{thread_url(thread_id)}/items/{_quoted(item_id)}/{what}"


def history_url(query: str = "", after: str = "", current: str = "") -> str:
    """Return the address of a part of the history.

    Args:
        query: what is searched for.
        after: the id of the thread to go on after.
        current: the id of the thread that the reader comes from.
    """
    fields = {"q": query, "after": after, "current": current}
    given = {name: value for name, value in fields.items() if value}
    told = f"?{urlencode(given, errors='replace')}" if given else ""
    return address(f"/threads{told}")


def tool_output_url(thread_id: str) -> str:
    """Return the address that a client tool's result is posted to."""
    return f"{thread_url(thread_id)}/tool-output"


def attachment_url(attachment_id: str) -> str:
    """Return the address of an attachment's bytes."""
    return address(f"/attachments/{_quoted(attachment_id)}")


def entity_preview_url(
    entity_id: str, title: str, group: str | None, data: Mapping[str, Any]
) -> str:
    """Return the address of the preview of an entity, or of a tag that mentions one."""
    about = {"title": title, "group": group, "data": json.dumps(data) if data else None}
    told = urlencode({name: value for name, value in about.items() if value}, errors="replace")
    return address(f"/entities/{_quoted(entity_id)}/preview?{told}")


def _quoted(part: str) -> str:
    return quote(part, safe="", errors="replace")
