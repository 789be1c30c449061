"""``GET /gallery``, and what its forms are posted to: they only say what they would send."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

from chatkit.types import WidgetItem
from markupsafe import Markup
from quart import Response, render_template, request

from chat.errors import NotFound
from chat.gallery.examples import Entry, Example, Group, alone, find_item, own_groups
from chat.gallery.folder import folder_group
from chat.host import current_host
from chat.page.items import item_view, render_item
from chat.page.render import partial, partials, render, wants_block
from chat.page.widgets.places import action_at, place_in_form
from chat.words import gettext


@dataclass(frozen=True)
class ShownExample:
    """An example as HTML, or why it cannot be shown."""

    name: str
    html: Markup
    problem: str


@dataclass(frozen=True)
class ShownEntry:
    """An entry with its examples as HTML."""

    id: str
    title: str
    about: str
    examples: tuple[ShownExample, ...]


@dataclass(frozen=True)
class ShownGroup:
    """A group of entries."""

    id: str
    title: str
    entries: tuple[ShownEntry, ...]


@dataclass(frozen=True)
class GalleryPage:
    """``gallery.html``.

    Attributes:
        groups: what it shows.
        only: whether that is one entry alone.
    """

    groups: tuple[ShownGroup, ...]
    only: bool

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("Gallery")


@dataclass(frozen=True)
class SentPage:
    """``gallery_sent.html``: what a form of the gallery would have sent.

    Attributes:
        action: the action as JSON; empty where the form belongs to no widget.
    """

    action: str

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("Nothing was sent")


async def gallery() -> Response:
    """Show every item type and every component, and the widgets of the folder that is set.

    With ``?only=``, which names an entry, that one alone.

    Raises:
        NotFound: there is no such entry.
    """
    groups = await _groups()
    only = request.args.get("only")
    if only is not None:
        groups = alone(groups, only)
        if not groups:
            raise NotFound
    page = await asyncio.to_thread(_page, groups, only is not None)
    return await render("gallery.html", page)


async def sent(rest: str) -> Response:
    """Answer a form of the gallery: it changes nothing, and says what a thread would be sent.

    Args:
        rest: the end of the address, which names the item.

    Raises:
        NotFound: there is no such example.
        Conflict: the widget offers no such action any more.
        InvalidRequest: a field has a value that it cannot have.
    """
    item = find_item(await _groups(), _item_id(rest))
    if item is None and rest != "tool-output":
        raise NotFound
    page = SentPage("")
    if isinstance(item, WidgetItem):
        form = await request.form
        action = action_at(item.widget, place_in_form(form), form)
        told = {"type": action.type, "payload": action.payload}
        page = SentPage(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    if wants_block():
        alert = await render_template("parts/gallery_sent.html", page=page)
        return await partials(partial("#alerts", "innerHTML", alert))
    return await render("gallery_sent.html", page)


def _item_id(rest: str) -> str:
    parts = rest.split("/")
    return parts[1] if len(parts) == 3 and parts[0] == "items" else ""


async def _groups() -> tuple[Group, ...]:
    folder = current_host().settings.gallery
    own = await asyncio.to_thread(own_groups)
    if not folder:
        return own
    return (*own, await asyncio.to_thread(folder_group, Path(folder)))


def _page(groups: tuple[Group, ...], only: bool) -> GalleryPage:
    return GalleryPage(
        tuple(
            ShownGroup(
                group.id, gettext(group.title), tuple(_entry(entry) for entry in group.entries)
            )
            for group in groups
        ),
        only,
    )


def _entry(entry: Entry) -> ShownEntry:
    shown = tuple(_example(example) for example in entry.examples)
    return ShownEntry(entry.id, entry.title, entry.about, shown)


def _example(example: Example) -> ShownExample:
    if example.item is None:
        return ShownExample(example.name, Markup(), gettext(example.problem))
    view = item_view(example.item, finished=example.finished, feedback=example.feedback)
    return ShownExample(example.name, render_item(view), "")
