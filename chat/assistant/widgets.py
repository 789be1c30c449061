"""The assistant's widgets: the task card, one task, the form for a new one, and the chart.

Their look is in the ``.widget`` files; here are the data that go in. Every value reaches a
template through ``tojson``, so a hostile title stays a title.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from chatkit.types import WidgetItem
from chatkit.widgets import BasicRoot, DynamicWidgetRoot, WidgetComponentBase, WidgetTemplate

from chat.assistant.references import due_text
from chat.assistant.todos import Which, day_of, in_order
from store.base import Todo

CARD_KEY = "todos"
FORM_KEY = "todos-form"
MOST_ROWS = 50
LONGEST_CHART = 60

_FOLDER = Path(__file__).parent
_CARD = WidgetTemplate.from_file(str(_FOLDER / "todo_card.widget"))
_TASK = WidgetTemplate.from_file(str(_FOLDER / "task.widget"))
_FORM = WidgetTemplate.from_file(str(_FOLDER / "add_form.widget"))
_CHART = WidgetTemplate.from_file(str(_FOLDER / "chart.widget"))

_TITLES: dict[Which, str] = {"open": "Open tasks", "done": "Done", "all": "All tasks"}


@dataclass(frozen=True)
class Undo:
    """The action that takes a change back."""

    type: Literal["todos.undo", "todos.reopen", "todos.complete", "todos.delete"]
    payload: dict[str, Any]


@dataclass(frozen=True)
class Notice:
    """One sentence at the top of the card about what has just happened."""

    text: str
    undo: Undo | None = None
    color: Literal["secondary", "danger"] = "secondary"


def task_card(
    todos: Sequence[Todo], which: Which, today: date, notice: Notice | None = None
) -> DynamicWidgetRoot:
    """Return the task card.

    Args:
        todos: all of the owner's tasks.
        which: which of them to list.
        today: the day that decides what is overdue.
        notice: what has just happened, with its undo.
    """
    shown = in_order(todos, which)
    open_count = sum(todo.completed_at is None for todo in todos)
    other: Which = "done" if which == "open" else "open"
    return _CARD.build(
        {
            "which": which,
            "title": _TITLES[which],
            "badge": _badge(open_count, len(todos) - open_count, which),
            "notice": asdict(notice) if notice else None,
            "rows": [
                _row(number, todo, today) for number, todo in enumerate(shown[:MOST_ROWS], start=1)
            ],
            "more": f"and {len(shown) - MOST_ROWS} more" if len(shown) > MOST_ROWS else None,
            "empty": _empty(which, open_count, len(todos)),
            "other": {"label": f"Show {other}", "which": other},
        }
    )


def add_form(which: Which, title: str = "", due: str = "", error: str = "") -> DynamicWidgetRoot:
    """Return the form for a new task, with what was typed and what was wrong with it."""
    return _FORM.build({"which": which, "title": title, "due": due or None, "error": error or None})


def task_preview(todo: Todo, today: date) -> BasicRoot:
    """Return what there is to know about one task."""
    done = todo.completed_at is not None
    row = _row(1, todo, today)
    built = _TASK.build(
        {
            "title": todo.title,
            "status": "Done" if done else "Open",
            "color": "success" if done else "info",
            "caption": row["caption"],
            "added": f"Added {due_text(day_of(todo.created_at), today)}",
        }
    )
    return BasicRoot.model_validate(built.model_dump(exclude_none=True))


def done_chart(todos: Sequence[Todo], days: int, today: date) -> tuple[DynamicWidgetRoot, str]:
    """Return the chart of what was done on each of the last days, and its summary sentence."""
    counts = done_per_day(todos, days, today)
    total = sum(counts.values())
    best = max(counts, key=lambda day: counts[day])
    summary = (
        f"Most on {due_text(best, today)}: {tasks(counts[best])}." if total else "Nothing done yet."
    )
    rows = [{"day": _day_name(day, days), "done": count} for day, count in counts.items()]
    badge = f"{total} in {days} day{'s' if days > 1 else ''}"
    return _CHART.build({"badge": badge, "data": rows, "summary": summary}), summary


def done_per_day(todos: Sequence[Todo], days: int, today: date) -> dict[date, int]:
    """Return how many tasks were done on each of the last days, today included, oldest first."""
    done = Counter(day_of(todo.completed_at) for todo in todos if todo.completed_at is not None)
    span = (today - timedelta(days=back) for back in range(days - 1, -1, -1))
    return {day: done[day] for day in span}


def tasks(count: int) -> str:
    """Return a number of tasks in words: ``1 task``, ``2 tasks``."""
    return f"{count} task{'' if count == 1 else 's'}"


def card_text(todos: Sequence[Todo], which: Which, today: date) -> str:
    """Return the card as plain text, for the clipboard."""
    lines = [
        f"{number}. {todo.title}" + (f" ({due_text(todo.due, today)})" if todo.due else "")
        for number, todo in enumerate(in_order(todos, which), start=1)
    ]
    return "\n".join(lines) or _empty(which, 0, len(todos))["text"]


def is_ours(item: WidgetItem | None) -> bool:
    """Return whether an item is a task card or the form that takes its place for a moment."""
    return item is not None and item.widget.key in {CARD_KEY, FORM_KEY}


def shown_ids(item: WidgetItem) -> list[str]:
    """Return the ids of the tasks that a card lists, in its order."""
    return [key for key in _keys(item.widget) if key.startswith("todo_")]


def _keys(component: WidgetComponentBase) -> list[str]:
    children = getattr(component, "children", None) or []
    listed = children if isinstance(children, list) else [children]
    return [component.key or ""] + [key for child in listed for key in _keys(child)]


def _badge(open_count: int, done_count: int, which: Which) -> dict[str, str]:
    if which == "done":
        return {"label": f"{done_count} done", "color": "success"}
    return {"label": f"{open_count} open", "color": "info" if open_count else "success"}


def _row(number: int, todo: Todo, today: date) -> dict[str, Any]:
    caption, color = None, "secondary"
    if todo.completed_at:
        caption = f"Done {due_text(day_of(todo.completed_at), today)}"
    elif todo.due:
        caption = due_text(todo.due, today)
        if todo.due < today:
            caption, color = f"Overdue · {caption}", "danger"
        elif todo.due == today:
            caption, color = f"Today · {caption}", "warning"
    return {
        "id": todo.id,
        "number": str(number),
        "title": todo.title,
        "done": todo.completed_at is not None,
        "caption": caption,
        "color": color,
    }


def _empty(which: Which, open_count: int, count: int) -> dict[str, str]:
    hint = "Add a task, or just write what you have in mind."
    if which == "done":
        return {"icon": "clock", "text": "Nothing done yet", "hint": "What you complete is kept."}
    if count and not open_count:
        return {"icon": "confetti", "text": "All done", "hint": hint}
    return {"icon": "notebook", "text": "Nothing to do", "hint": hint}


def _day_name(day: date, days: int) -> str:
    return f"{day:%a} {day.day}" if days <= 7 else f"{day.day} {day:%b}"
