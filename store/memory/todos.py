"""The Todo assistant's tasks in memory."""

from collections.abc import Sequence
from typing import Any

from store.base import Todo, not_found, owner_of
from store.memory.base import Memory


class MemoryTodos(Memory):
    """The operations of `KeepsTodos`, which describes them."""

    async def save_todos(self, todos: Sequence[Todo], context: Any) -> None:
        """Insert new tasks and replace known ones in place, all or none."""
        owner = owner_of(context)
        for todo in todos:
            self._check(todo.id, owner, unknown=True)
        self._todos.update({todo.id: (owner, todo.model_dump_json()) for todo in todos})

    async def load_todos(self, context: Any) -> list[Todo]:
        """Return all of the owner's tasks, in the order they were first saved."""
        mine = owner_of(context)
        kept = [data for owner, data in self._todos.values() if owner == mine]
        return [Todo.model_validate_json(data) for data in kept]

    async def delete_todo(self, todo_id: str, context: Any) -> None:
        """Forget one task."""
        self._check(todo_id, owner_of(context), unknown=False)
        del self._todos[todo_id]

    def _check(self, todo_id: str, owner: str, *, unknown: bool) -> None:
        known = self._todos.get(todo_id)
        if known is None and unknown:
            return
        if known is None or known[0] != owner:
            raise not_found("Task", todo_id)
