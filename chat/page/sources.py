"""What an answer or a task refers to: pages, files, entities; and the marks that refer to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from chatkit.types import Annotation, EntitySource, FileSource, Source, URLSource
from markupsafe import Markup

from chat.page.citations import Mark
from chat.page.dates import day
from chat.page.entity_chips import EntityChip, entity_link, source_entity
from chat.page.icons import icon
from chat.page.links import DEEPLINK, host_of, safe_link
from chat.words import gettext

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CITE = Markup('<sup class="item-cite"><a href="#{}" aria-label="{}" title="{}">{}</a></sup>')


@dataclass(frozen=True)
class SourceView:
    """One source.

    Attributes:
        id: the DOM id of its entry, which marks lead to; empty where none does.
        number: its place in the answer, from 1.
        icon: what kind it is.
        title: what it is called.
        notes: who says it, where it is from, what it belongs to.
        date: when it was said, in words; empty where that is not known.
        datetime: the same for machines; empty where it is no date.
        description: what it says; empty for nothing.
        href: its address; empty where it has none that is safe.
        deeplink: whether the address is for the page that embeds this one.
        entity: what a click on it tells the page; None where it does nothing.
    """

    id: str
    number: int
    icon: Markup
    title: str
    notes: tuple[str, ...]
    date: str
    datetime: str
    description: str
    href: str = ""
    deeplink: bool = False
    entity: EntityChip | None = None


@dataclass(frozen=True)
class Cited:
    """What one content part refers to.

    Attributes:
        sources: those that no earlier part has referred to.
        marks: where the part's text refers to sources, in the order of their places.
    """

    sources: tuple[SourceView, ...] = ()
    marks: tuple[Mark, ...] = ()


NOTHING_CITED = Cited()


def cited(parts: Sequence[Sequence[Annotation]], item_id: str) -> list[Cited]:
    """Return what each part of an answer refers to, numbered over the whole answer.

    Args:
        parts: the annotations of each content part.
        item_id: the DOM id of the answer.
    """
    known: dict[str, SourceView] = {}
    found: list[Cited] = []
    for annotations in parts:
        if not annotations:
            found.append(NOTHING_CITED)
            continue
        before = len(known)
        marks: list[Mark] = []
        for annotation in annotations:
            source = repr(annotation.source)  # all that is said of it
            if (view := known.get(source)) is None:
                number = len(known) + 1
                view = source_view(annotation.source, number, f"{item_id}-source-{number}")
                known[source] = view
            if annotation.index is not None:
                marks.append(Mark(max(annotation.index, 0), _mark(annotation.source, view)))
        marks.sort(key=lambda mark: mark.offset)
        found.append(Cited(tuple(known.values())[before:], tuple(marks)))
    return found


def _mark(source: Source, view: SourceView) -> Markup:
    shown: str | Markup = str(view.number)
    if isinstance(source, EntitySource):
        shown = source.inline_label or icon(source.icon) or shown
    said = gettext("Source %(num)s: %(title)s") % {"num": view.number, "title": view.title}
    return _CITE.format(view.id, said, view.title, shown)


def source_view(source: Source, number: int, dom_id: str = "") -> SourceView:
    """Prepare a source.

    Args:
        source: any kind.
        number: its place in the answer or the task, from 1.
        dom_id: the DOM id of its entry, where marks lead to it.
    """
    drawn, title, notes, href, entity = icon("document"), source.title, [source.group], "", None
    match source:
        case URLSource():
            drawn, title = icon("globe"), title or source.url
            host = host_of(source.url)
            notes += [source.attribution, host if host != source.attribution else ""]
            href = safe_link(source.url) or ""
        case FileSource():
            title = title or source.filename
            notes.append(source.filename if source.filename != title else "")
        case EntitySource():
            drawn, entity = icon(source.icon) or icon("square-text"), source_entity(source)
            title = title or source.label or source.id
            notes.append(source.label if source.label != title else "")
            href = entity_link(source.data) if entity else ""
        case _:
            assert_never(source)
    words, machine = _date(source.timestamp or "")
    return SourceView(
        dom_id,
        number,
        drawn,
        title,
        tuple(note for note in notes if note),
        words,
        machine,
        source.description or "",
        href,
        href.lower().startswith(DEEPLINK),
        entity,
    )


def _date(timestamp: str) -> tuple[str, str]:
    """Return a source's date in words and for machines; what is no date is shown as it is."""
    timestamp = timestamp.strip()
    try:
        moment = datetime.fromisoformat(timestamp)
    except ValueError:
        return timestamp, ""
    if not _DATE.match(timestamp):
        return timestamp, ""
    return day(moment), moment.date().isoformat()
