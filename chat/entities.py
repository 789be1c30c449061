"""Entities: what people may mention with ``@`` in a message, for servers that know some.

A ChatKit server offers them with an attribute ``entities``::

    class People:
        async def search(self, query, context):
            return [Entity(id=p.id, title=p.name, group="People") for p in find(query)]

        async def preview(self, entity, context):
            return Basic(children=[Title(value=entity.title)])

    class MyServer(ChatKitServer):
        entities = People()

ChatKit's own front end has callbacks of the browser in their place, ``entities.onTagSearch``
and ``entities.onRequestPreview``; types and meaning are the same.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from chatkit.widgets import BasicRoot
from pydantic import BaseModel


class Entity(BaseModel):
    """Something that can be mentioned: a person, a document, a task.

    Attributes:
        id: what the server knows it by.
        title: what it is called, in lists and in the message.
        icon: one of ChatKit's icons.
        interactive: whether its preview can be opened.
        group: the heading it is listed under.
        data: what else the server gets with the mention.
    """

    id: str
    title: str
    icon: str | None = None
    interactive: bool = False
    group: str | None = None
    data: dict[str, str] = {}


@runtime_checkable
class Entities(Protocol):
    """The capability of a server to have entities."""

    async def search(self, query: str, context: Any) -> list[Entity]:
        """Return what a query may mean, best first; for an empty one, what to begin with.

        Args:
            query: what was typed after the ``@``.
            context: whose message it is.
        """
        ...

    async def preview(self, entity: Entity, context: Any) -> BasicRoot | None:
        """Return a widget that tells more about an entity, or None.

        Args:
            entity: with an id, title, group and data that a browser sent: the server must
                check by the context that the caller may see what it shows.
            context: who asks.
        """
        ...


def entities_of(server: object) -> Entities | None:
    """Return a server's entities, or None where it has none."""
    found = getattr(server, "entities", None)
    return found if isinstance(found, Entities) else None
