"""What may be mentioned, and its previews."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from chat.words import gettext


@dataclass(frozen=True)
class EntityView:
    """An entity in the list of those that may be mentioned.

    Attributes:
        preview: the address of its preview; empty where it has none.
    """

    id: str
    title: str
    icon: Markup
    preview: str


@dataclass(frozen=True)
class EntityGroup:
    """Entities under one heading; the heading may be empty."""

    name: str
    entities: tuple[EntityView, ...]


@dataclass(frozen=True)
class EntitiesPage:
    """``entities.html``: what may be mentioned, for a browser without scripts."""

    query: str
    groups: tuple[EntityGroup, ...]

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("Mention")


@dataclass(frozen=True)
class PreviewPage:
    """``preview.html``: what there is to know about an entity."""

    title: str
    widget: Markup
