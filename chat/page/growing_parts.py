"""The Markdown of answers that are being written, rendered once for all who watch."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from chat.live import LiveItem
from chat.page.addresses import dom_id, part_ids
from chat.page.citations import Mark
from chat.page.growing import GrowingMarkdown
from chat.page.markdown import normalised_marks
from chat.page.sources import cited

Known = tuple[int, tuple[Mark, ...], GrowingMarkdown]

_parts: WeakKeyDictionary[LiveItem, list[Known]] = WeakKeyDictionary()


def growing_parts(live: LiveItem) -> list[GrowingMarkdown]:
    """Return the growing Markdown of each content part of a message, up to date.

    A text that changed in another way than by growing gets a new one, and so does one that
    refers to another source; whoever holds a cursor into the old one must show the part anew.
    """
    known = _parts.setdefault(live, [])
    del known[len(live.texts) :]
    marks = _marks(live)
    for index, text in enumerate(live.texts):
        if index < len(known) and known[index][:2] == (text.resets, marks[index]):
            growing = known[index][2]
        else:
            ids = part_ids(live.item.id, index)
            placed = normalised_marks(text.text, marks[index]) if marks[index] else ()
            growing = GrowingMarkdown(ids.open, ids.tail, placed)
            known[index : index + 1] = [(text.resets, marks[index], growing)]
        growing.advance(text.since(growing.length))
    return [growing for _, _, growing in known]


def _marks(live: LiveItem) -> list[tuple[Mark, ...]]:
    annotations = live.annotations
    if not any(annotations):
        return [()] * len(annotations)
    return [part.marks for part in cited(annotations, dom_id(live.item.id))]
