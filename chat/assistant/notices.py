"""The sentence that a card shows about what was just done to tasks, and how to take it back."""

from collections.abc import Sequence
from typing import Literal, assert_never

from chat.assistant.references import quoted
from chat.assistant.todos import MAX_OPEN
from chat.assistant.widgets import Notice, Undo, tasks
from store.base import Todo

Wanted = Literal["complete", "reopen", "update", "delete"]


def notice_of(wanted: Wanted, todos: Sequence[Todo]) -> Notice | None:
    """Return the sentence that a card shows about a change, with the action that undoes it."""
    if not todos:
        return None
    what = quoted([todos[0].title]) if len(todos) == 1 else tasks(len(todos))
    match wanted:
        case "complete":
            one = Undo("todos.reopen", {"id": todos[0].id, "which": "open"})
            return Notice(f"Done: {what}", one if len(todos) == 1 else None)
        case "reopen":
            return Notice(f"Open again: {what}")
        case "delete":
            restored = [todo.model_dump(mode="json") for todo in todos]
            back = Undo("todos.undo", {"todos": restored, "which": "open"})
            return Notice(f"Deleted: {what}", back if len(todos) <= MAX_OPEN else None)
        case "update":
            return Notice(f"Changed: {what}")
        case _:
            assert_never(wanted)
