"""The tasks as entities: what a message may mention with ``@``, and a preview of each."""

from typing import Any

from chatkit.widgets import BasicRoot

from chat.assistant.references import folded, words_of
from chat.assistant.todos import Todos, in_order
from chat.assistant.widgets import task_preview
from chat.entities import Entity
from store.base import Todo

OPEN, DONE = "Open tasks", "Done"
MOST = 50
"""Tasks that a search returns; more are not looked through by anybody."""


class TaskEntities:
    """The capability ``entities`` of the assistant: everyone's own tasks."""

    def __init__(self, todos: Todos) -> None:
        """Take what can be done to tasks."""
        self._todos = todos

    async def search(self, query: str, context: Any) -> list[Entity]:
        """Return the caller's tasks in whose titles all words of a query begin one.

        The open ones come first, in the order in which the card lists them; without a query
        they are all there is.

        Protocol: `chat.entities.Entities.search`.
        """
        todos = await self._todos.load(context)
        wanted = words_of(query)
        found = [todo for todo in in_order(todos, "open") if _fits(wanted, todo, query)]
        if wanted:
            found += [todo for todo in in_order(todos, "done") if _fits(wanted, todo, query)]
        return [_entity(todo) for todo in found[:MOST]]

    async def preview(self, entity: Entity, context: Any) -> BasicRoot | None:
        """Return what there is to know about one of the caller's tasks, as it is now.

        Protocol: `chat.entities.Entities.preview`.
        """
        todos = await self._todos.load(context)
        found = next((todo for todo in todos if todo.id == entity.id), None)
        return task_preview(found, self._todos.today) if found else None


def _fits(wanted: list[str], todo: Todo, query: str) -> bool:
    title = words_of(todo.title)
    begun = all(any(word.startswith(each) for word in title) for each in wanted)
    return begun if wanted else folded(query.strip()) in folded(todo.title)


def _entity(todo: Todo) -> Entity:
    done = todo.completed_at is not None
    return Entity(
        id=todo.id,
        title=todo.title,
        icon="check-circle" if done else "empty-circle",
        interactive=True,
        group=DONE if done else OPEN,
        data={"due": todo.due.isoformat()} if todo.due else {},
    )
