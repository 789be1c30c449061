"""What the tools have in common: how they answer the model, and how they fail."""

import json
import logging
from collections.abc import Sequence
from typing import Any

from agents import ModelBehaviorError, RunContextWrapper

from chat.assistant.context import TodoContext
from chat.assistant.failures import cause_of
from chat.assistant.todos import day_of, in_order
from chat.errors import Refused
from store.base import Todo

log = logging.getLogger(__name__)

Run = RunContextWrapper[TodoContext]


def tool_failed(run: RunContextWrapper[Any], error: Exception) -> str:
    """Tell the model kindly that a tool could not do its work; log why, but no user's text."""
    tool = getattr(run, "tool_name", "?")
    if isinstance(error, Refused):
        return answer(error=str(error))
    if isinstance(error, ModelBehaviorError):
        log.warning("tool called wrongly", extra={"tool": tool})
        return answer(error="These arguments do not fit the tool's parameters.")
    log.error("tool failed", extra={"tool": tool, "cause": cause_of(error)})
    return answer(error="That did not work just now; please try it again.")


def _told(todo: Todo, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "number": numbers.get(todo.id),
        "id": todo.id,
        "title": todo.title,
        "due": todo.due.isoformat() if todo.due else None,
        "done": todo.completed_at is not None,
        "completed": day_of(todo.completed_at).isoformat() if todo.completed_at else None,
    }


async def listed(context: TodoContext, todos: Sequence[Todo]) -> list[dict[str, Any]]:
    """Return tasks as the model is told of them, with the numbers that the card shows now."""
    numbers = context.numbers(await context.load())
    return [_told(todo, numbers) for todo in todos]


async def open_count(context: TodoContext) -> int:
    """Return how many tasks are open."""
    return len(in_order(await context.load(), "open"))


def is_open(todo: Todo) -> bool:
    """Return whether a task is still to be done."""
    return todo.completed_at is None


def is_done(todo: Todo) -> bool:
    """Return whether a task is done."""
    return todo.completed_at is not None


def answer(**parts: Any) -> str:
    """Return a tool's answer to the model as JSON, without what is empty."""
    kept = {name: value for name, value in parts.items() if value not in ("", None)}
    return json.dumps(kept, ensure_ascii=False)
