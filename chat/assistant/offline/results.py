"""What the tools answered, as far as the assistant reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Result = Mapping[str, Any]

FAILED = "That did not work just now; please try it again."


@dataclass(frozen=True, slots=True)
class Todo:
    """A task as a tool tells of it.

    Attributes:
        id: what refers to it beyond doubt.
        number: its place in the open list, or None.
        completed: the day on which it was done, or None.
    """

    id: str
    title: str
    due: date | None = None
    number: int | None = None
    done: bool = False
    completed: date | None = None


def read_output(output: object) -> Result:
    """Return a tool's output as an object; what is no JSON object becomes an error or a text."""
    said = output
    for _ in range(2):  # a client tool's output may be a text that holds JSON
        if not isinstance(output, str):
            break
        try:
            output = json.loads(output)
        except ValueError:
            return {"error": FAILED, "text": output}
    if isinstance(output, Mapping):
        return output
    return {"text": output} if isinstance(output, str) else {"error": FAILED, "text": str(said)}


def todos_of(result: Result, name: str) -> list[Todo]:
    """Return the tasks that a result tells of; those that make no sense are left out."""
    told = result.get(name)
    return [todo for each in told if (todo := todo_of(each))] if isinstance(told, list) else []


def todo_of(told: object) -> Todo | None:
    """Return one task that a tool told of, or None where it makes no sense."""
    if not isinstance(told, Mapping) or not isinstance(told.get("title"), str):
        return None
    number = told.get("number")
    return Todo(
        id=str(told.get("id") or told["title"]),
        title=told["title"],
        due=read_date(told.get("due")),
        number=number if isinstance(number, int) else None,
        done=bool(told.get("done")),
        completed=read_date(told.get("completed")),
    )


def read_date(told: object) -> date | None:
    """Return an ISO date, or None where it is none."""
    try:
        return date.fromisoformat(str(told)[:10]) if told else None
    except ValueError:
        return None


def count_of(result: Result, name: str) -> int | None:
    """Return a number that a result tells, or None."""
    count = result.get(name)
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def error_of(result: Result) -> str:
    """Return the kind sentence of an error, or nothing."""
    error = result.get("error")
    return str(error) if error else ""
