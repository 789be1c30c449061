"""The Markdown of answers that are being written, rendered once for each language of a reader."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from chat.live import LiveItem
from chat.page.addresses import dom_id, part_ids
from chat.page.growing import GrowingMarkdown
from chat.page.markdown import normalised_marks
from chat.page.sources import NOTHING_CITED, Cited, cited
from chat.words import language

Known = tuple[int, Cited, GrowingMarkdown]
ByLanguage = dict[str, list[Known]]

_parts: WeakKeyDictionary[LiveItem, ByLanguage] = WeakKeyDictionary()


def growing_parts(live: LiveItem) -> list[GrowingMarkdown]:
    """Return the growing Markdown of each content part of a message, up to date.

    A text that changed in another way than by growing gets a new one, and so does one that
    refers to another source; whoever holds a cursor into the old one must show the part anew.
    """
    known = _parts.setdefault(live, {}).setdefault(language(), [])
    del known[len(live.texts) :]
    refers = _refers(live)
    for index, text in enumerate(live.texts):
        if index < len(known) and known[index][:2] == (text.resets, refers[index]):
            growing = known[index][2]
        else:
            ids = part_ids(live.item.id, index)
            marks = refers[index].marks
            placed = normalised_marks(text.text, marks) if marks else ()
            growing = GrowingMarkdown(ids.open, ids.tail, placed)
            known[index : index + 1] = [(text.resets, refers[index], growing)]
        growing.advance(text.since(growing.length))
    return [growing for _, _, growing in known]


def _refers(live: LiveItem) -> list[Cited]:
    annotations = live.annotations
    if not any(annotations):
        return [NOTHING_CITED] * len(annotations)
    return cited(annotations, dom_id(live.item.id))
