"""Tasks in memory, for stores that keep none."""

from collections.abc import Sequence
from typing import Any

from chatkit.store import NotFoundError

from store.base import Todo, owner_of


class MemoryTodos:
    """Keeps tasks in this process only, for stores that keep none; a `KeepsTodos`."""

    def __init__(self) -> None:
        """Start without any task."""
        self._owners: dict[str, dict[str, Todo]] = {}

    async def save_todos(self, todos: Sequence[Todo], context: Any) -> None:
        """Insert new tasks and replace known ones in place."""
        kept = self._owners.setdefault(owner_of(context), {})
        kept.update({todo.id: todo.model_copy() for todo in todos})

    async def load_todos(self, context: Any) -> list[Todo]:
        """Return all of the owner's tasks, in the order they were first saved."""
        return [todo.model_copy() for todo in self._owners.get(owner_of(context), {}).values()]

    async def delete_todo(self, todo_id: str, context: Any) -> None:
        """Forget one task.

        Raises:
            NotFoundError: it is unknown.
        """
        if self._owners.get(owner_of(context), {}).pop(todo_id, None) is None:
            raise NotFoundError
