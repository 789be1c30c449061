"""Planning a day: which tasks belong into it, and when. The user watches the steps."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from chatkit.icons import IconName
from chatkit.types import CustomSummary, CustomTask, ProgressUpdateEvent, Workflow

from chat.assistant.context import TodoContext
from chat.assistant.todos import in_order
from chat.assistant.widgets import tasks
from store.base import Todo

MOST_STEPS = 8
LITTLE = 3
BEGIN, LUNCH, END = time(9), time(12), time(20)
SLOT = timedelta(minutes=45)
BREAK = timedelta(minutes=15)
LUNCH_BREAK = timedelta(hours=1)


async def plan(context: TodoContext, day: date) -> tuple[list[dict[str, str]], int]:
    """Plan a day, showing each step of the work in the thread.

    Args:
        context: the run's context; its `pause` is how long each step takes.
        day: the day, today or later.

    Returns:
        The plan's steps in order, each with the ``title`` of a task and ``when``; and how
        many open tasks are left for other days.
    """
    name = f"{day:%A}, {day.day} {day:%B}"
    await context.stream(ProgressUpdateEvent(icon="calendar", text=f"Planning {name}"))
    await context.end_workflow()  # a model that reasons has one of its own by now
    await context.start_workflow(Workflow(type="custom", tasks=[], expanded=True))

    reading = await _begin(context, "Read your open tasks", "notebook")
    opened = in_order(await context.load(), "open")
    overdue = sum(todo.due is not None and todo.due < context.today for todo in opened)
    await _end(context, reading, f"{tasks(len(opened))}, {overdue} overdue")

    choosing = await _begin(context, "Choose what belongs into this day", "bolt")
    chosen = choose(opened, day)
    await _end(context, choosing, _named(chosen))

    await context.stream(ProgressUpdateEvent(icon="clock", text="Finding a time for each"))
    timing = await _begin(context, "Find a time for each", "clock")
    times = list(islice(slots(day, context.todos.clock()), len(chosen)))
    steps = [{"title": todo.title, "when": when} for todo, when in zip(chosen, times, strict=False)]
    none = "No time is left today" if chosen else "The day is free"
    await _end(context, timing, f"From {times[0][:5]} on" if times else none)

    summary = f"Planned {tasks(len(steps))} for {name}"
    await context.end_workflow(CustomSummary(title=summary, icon="calendar"))
    return steps, len(opened) - len(steps)


def choose(opened: list[Todo], day: date) -> list[Todo]:
    """Return the tasks for a day, the most urgent first.

    These are what is due by then and what has no date; and, where that is little, what is
    due next.
    """
    due = [todo for todo in opened if todo.due is not None and todo.due <= day]
    undated = [todo for todo in opened if todo.due is None]
    later = [todo for todo in opened if todo.due is not None and todo.due > day]
    chosen = due + undated
    return (chosen + later[: max(LITTLE - len(chosen), 0)])[:MOST_STEPS]


def slots(day: date, now: datetime) -> Iterator[str]:
    """Yield the times of a day that are still to come, such as ``09:00-09:45``."""
    at = datetime.combine(day, BEGIN)
    if day == now.date():
        half_hours = -(-(now.hour * 60 + now.minute) // 30)
        at = max(at, datetime.combine(day, time()) + timedelta(minutes=30 * half_hours))
    lunch = datetime.combine(day, LUNCH)
    while at + SLOT <= datetime.combine(day, END):
        if at < lunch + LUNCH_BREAK and at + SLOT > lunch:
            at = lunch + LUNCH_BREAK
            continue
        yield f"{at:%H:%M}-{at + SLOT:%H:%M}"
        at += SLOT + BREAK


async def _begin(context: TodoContext, title: str, icon: IconName) -> CustomTask:
    task = CustomTask(title=title, icon=icon, status_indicator="loading")
    await context.add_workflow_task(task)
    await asyncio.sleep(context.pause)
    return task


async def _end(context: TodoContext, task: CustomTask, found: str) -> None:
    if context.workflow_item is None:
        return
    place = context.workflow_item.workflow.tasks.index(task)
    done: dict[str, Any] = {"content": found, "status_indicator": "complete"}
    await context.update_workflow_task(task.model_copy(update=done), place)


def _named(chosen: list[Todo]) -> str:
    if not chosen:
        return "Nothing to do"
    more = f" and {len(chosen) - 3} more" if len(chosen) > 3 else ""
    return ", ".join(todo.title for todo in chosen[:3]) + more
