"""The Markdown of answers that are being written, rendered once for all who watch."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from chat.live import LiveItem
from chat.page.growing import GrowingMarkdown
from chat.page.items import part_ids

_parts: WeakKeyDictionary[LiveItem, list[tuple[int, GrowingMarkdown]]] = WeakKeyDictionary()


def growing_parts(live: LiveItem) -> list[GrowingMarkdown]:
    """Return the growing Markdown of each content part of a message, up to date.

    A text that changed in another way than by growing gets a new one; whoever holds a
    cursor into the old one must show the part anew.
    """
    known = _parts.setdefault(live, [])
    del known[len(live.texts) :]
    for index, text in enumerate(live.texts):
        if index < len(known) and known[index][0] == text.resets:
            growing = known[index][1]
        else:
            ids = part_ids(live.item.id, index)
            growing = GrowingMarkdown(ids.open, ids.tail)
            known[index : index + 1] = [(text.resets, growing)]
        growing.advance(text.since(growing.length))
    return [growing for _, growing in known]
