"""What can be mentioned."""

from typing import Any

from chatkit.widgets import BasicRoot

from chat.entities import Entity


class Cast:
    """Entities: people and a book, one of whom has a namesake, and an imp of a name."""

    known = (
        Entity(id="per_1", title="Harry Potter", icon="user", group="People", interactive=True),
        Entity(id="per_2", title="Harriet", icon="user", group="People", data={"desk": "12"}),
        Entity(id="per_3", title="Ron", icon="user", group="People", data={"house": "red"}),
        Entity(id="per_4", title="Ron", icon="user", group="People", data={"house": "blue"}),
        Entity(id="bk/1", title="The <b>Atlas</b>", icon="book-open", group="Books"),
    )

    async def search(self, query: str, context: Any) -> list[Entity]:
        """Find by any part of the title."""
        return [each for each in self.known if query.casefold() in each.title.casefold()]

    async def preview(self, entity: Entity, context: Any) -> BasicRoot | None:
        """Tell about those who are interactive."""
        known = next((each for each in self.known if each.id == entity.id), None)
        if known is None or not known.interactive:
            return None
        children = [
            {"type": "Title", "value": known.title, "size": "sm"},
            {"type": "Text", "value": "Lives under the stairs."},
        ]
        return BasicRoot.model_validate({"type": "Basic", "gap": 2, "children": children})
