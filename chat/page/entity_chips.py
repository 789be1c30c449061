"""Entities that people mention and answers refer to: chips that open a preview."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chatkit.types import EntitySource, UserMessageTagContent
from markupsafe import Markup

from chat.page.icons import icon
from chat.page.links import DEEPLINK, safe_link

LINK_KEYS = ("url", "href", "link")
"""The entries of an entity's data that may hold an address to follow."""
LONGEST_FACT = 300


@dataclass(frozen=True)
class EntityChip:
    """An entity that reacts to a click.

    Attributes:
        json: the entity as ChatKit hands it to the callbacks of a page, as JSON.
        icon: its icon, or nothing.
        title: what it is called.
        group: what it belongs to; empty for nothing.
        facts: what else is known of it, as names and values.
        href: where it leads; empty for nowhere.
        deeplink: whether the address is for the page that embeds this one.
    """

    json: str
    icon: Markup
    title: str
    group: str
    facts: tuple[tuple[str, str], ...]
    href: str
    deeplink: bool


def tag_entity(tag: UserMessageTagContent) -> EntityChip | None:
    """Return the entity that an interactive tag names, or None for any other tag."""
    if not tag.interactive:
        return None
    return _view(tag.id, tag.text, None, tag.group, tag.data)


def source_entity(source: EntitySource) -> EntityChip | None:
    """Return the entity that an interactive source names, or None for any other source."""
    if not source.interactive:
        return None
    return _view(source.id, source.title, source.icon, source.group, source.data)


def entity_link(data: Mapping[str, Any]) -> str:
    """Return the address that an entity's data names; empty where none is safe."""
    for key in LINK_KEYS:
        value = data.get(key)
        if isinstance(value, str) and (href := safe_link(value)):
            return href
    return ""


def tag_icon(data: Mapping[str, Any]) -> Markup:
    """Return the icon that a tag's data names, or nothing."""
    name = data.get("icon")
    return icon(name) if isinstance(name, str) else Markup()


def _view(
    id: str, title: str, icon_name: str | None, group: str | None, data: Mapping[str, Any]
) -> EntityChip:
    entity = {"title": title, "id": id, "icon": icon_name or data.get("icon"), "interactive": True}
    entity |= {"group": group, "data": dict(data)}
    said = {name: value for name, value in entity.items() if value is not None}
    href = entity_link(data)
    return EntityChip(
        json=json.dumps(said, ensure_ascii=False, default=str),
        icon=icon(icon_name) or tag_icon(data),
        title=title,
        group=group or "",
        facts=tuple(_facts(data)),
        href=href,
        deeplink=href.lower().startswith(DEEPLINK),
    )


def _facts(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (str(name), str(value)[:LONGEST_FACT])
        for name, value in data.items()
        if isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and value != ""
        and name not in {*LINK_KEYS, "icon"}
    ]
