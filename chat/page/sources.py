"""What an answer or a task refers to: pages, files, entities."""

from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlsplit

from chatkit.types import EntitySource, FileSource, Source, URLSource
from markupsafe import Markup

from chat.page.icons import icon
from chat.page.links import safe_link


@dataclass(frozen=True)
class SourceView:
    """One source.

    Attributes:
        number: its place in the answer, from 1.
        icon: what kind it is.
        title: what it is called.
        note: where it is from, or what it says; empty for nothing.
        href: its address; empty where it has none that is safe.
    """

    number: int
    icon: Markup
    title: str
    note: str
    href: str


def source_view(source: Source, number: int) -> SourceView:
    """Prepare a source."""
    match source:
        case URLSource():
            href = safe_link(source.url) or ""
            note = source.attribution or _host(source.url) or source.description or ""
            return SourceView(number, icon("globe"), source.title or source.url, note, href)
        case FileSource():
            note = source.description or (source.filename if source.title else "")
            title = source.title or source.filename
            return SourceView(number, icon("document"), title, note, "")
        case EntitySource():
            drawn = icon(source.icon) or icon("square-text")
            return SourceView(number, drawn, source.title, source.description or "", "")
        case _:
            assert_never(source)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
