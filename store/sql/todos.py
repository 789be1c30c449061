"""The Todo assistant's tasks in an SQL database."""

from collections.abc import Sequence
from typing import Any

from store.base import Todo, not_found, owner_of
from store.queries import SQL
from store.sql.base import Execute, SQLOperations


class SQLTodos(SQLOperations):
    """The operations of `KeepsTodos`, which describes them."""

    async def save_todos(self, todos: Sequence[Todo], context: Any) -> None:
        """Insert new tasks and replace known ones in place, all or none.

        Raises:
            NotFoundError: one of the ids is another owner's.
        """
        owner = owner_of(context)
        rows = [(todo.id, todo.model_dump_json()) for todo in todos]

        def save(execute: Execute) -> None:
            for todo_id, data in rows:
                if not execute(SQL["save_todo"], todo_id=todo_id, owner=owner, data=data):
                    raise not_found("Task", todo_id)

        await self._write(save)

    async def load_todos(self, context: Any) -> list[Todo]:
        """Return all of the owner's tasks, in the order they were first saved."""
        rows = await self._read(SQL["load_todos"], owner=owner_of(context))
        return [Todo.model_validate_json(data) for (data,) in rows]

    async def delete_todo(self, todo_id: str, context: Any) -> None:
        """Forget one task.

        Raises:
            NotFoundError: it is unknown or another owner's.
        """
        owner = owner_of(context)

        def delete(execute: Execute) -> None:
            if not execute(SQL["delete_todo"], todo_id=todo_id, owner=owner):
                raise not_found("Task", todo_id)

        await self._write(delete)
