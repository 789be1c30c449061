"""What is said in answer to questions about the list."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from chat.assistant.offline.intents import AskAbout, AskDone, AskDue, Named, Which
from chat.assistant.offline.replies import sorry
from chat.assistant.offline.results import Result, Todo, count_of, error_of, read_date, todos_of
from chat.assistant.offline.wording import bold, day, escaped, listed, on_day, points, tasks

MOST_LISTED = 20
EMPTY = "Your list is empty. Say “add …”, and I write it down."


def shown(which: Which, result: Result) -> str:
    """Say a word about the list that was shown."""
    if error := error_of(result):
        return sorry(error)
    count, done = count_of(result, "open") or 0, count_of(result, "done") or 0
    if which == "done":
        return (
            f"You have done {tasks(done)}." if done else "Nothing is done yet, but that will come!"
        )
    if which == "all" and done:
        return f"Here is everything: {tasks(count)} open, {done} done."
    return f"Here is your list: {tasks(count)} to do." if count else EMPTY


def due_between(ask: AskDue, result: Result, today: date) -> str:
    """Tell which open tasks are due in a time."""
    if error := error_of(result):
        return sorry(error)
    todos = [
        todo for todo in todos_of(result, "todos") if todo.due and _within(todo.due, ask, today)
    ]
    said = ask.said or (on_day(ask.last, today) if ask.last else "")
    if not todos:
        return f"Nothing is {said}." if said == "overdue" else f"Nothing is due {said}."
    one = "is" if len(todos) == 1 else "are"
    head = (
        f"{tasks(len(todos)).capitalize()} {one} {said}"
        if said == "overdue"
        else (f"{tasks(len(todos)).capitalize()} {one} due {said}")
    )
    same_day = ask.first == ask.last and ask.first != today
    lines = [bold(todo.title) if same_day else _dated(todo, today) for todo in todos]
    return f"{head}:\n\n{_points(lines)}"


def done_between(ask: AskDone, result: Result, today: date) -> str:
    """Tell which tasks were done in a time."""
    if error := error_of(result):
        return sorry(error)
    todos = [
        todo
        for todo in todos_of(result, "todos")
        if todo.completed and ask.first <= todo.completed <= ask.last
    ]
    if not todos:
        return f"You ticked off nothing {ask.said}."
    lines = [
        bold(todo.title)
        if todo.completed is None or ask.first == ask.last
        else f"{bold(todo.title)} ({day(todo.completed, today)})"
        for todo in todos
    ]
    return f"You ticked off {tasks(len(todos))} {ask.said}:\n\n{_points(lines)}"


def _within(due: date, ask: AskDue, today: date) -> bool:
    # What should have been done before today is to be done today.
    first = None if ask.first == today == ask.last else ask.first
    return (first is None or due >= first) and (ask.last is None or due <= ask.last)


def _dated(todo: Todo, today: date) -> str:
    if todo.due is None or todo.due == today:
        return bold(todo.title)
    late = "since " if todo.due < today else ""
    return f"{bold(todo.title)} ({late}{day(todo.due, today)})"


def _points(lines: Sequence[str]) -> str:
    more = len(lines) - MOST_LISTED
    return points([*lines[:MOST_LISTED], *([f"and {more} more"] if more > 0 else [])])


def counted(which: Which, result: Result, today: date) -> str:
    """Tell how many tasks there are."""
    if error := error_of(result):
        return sorry(error)
    count, done = count_of(result, "open") or 0, count_of(result, "done") or 0
    if which == "done":
        return f"You have done {tasks(done)}, and {count or 'none'} {_are(count)} still open."
    if not count:
        return "Your list is empty: nothing is left to do. 🎉" if done else EMPTY
    late = [todo for todo in todos_of(result, "todos") if todo.due and todo.due < today]
    now = [todo for todo in todos_of(result, "todos") if todo.due == today]
    parts = [f"{len(late)} overdue"] if late else []
    parts += [f"{len(now)} due today"] if now else []
    return f"You have {tasks(count)} to do{': ' if parts else ''}{listed(parts)}."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def next_up(result: Result, today: date) -> str:
    """Tell what to do first."""
    if error := error_of(result):
        return sorry(error)
    todos = todos_of(result, "todos")
    if not todos:
        return EMPTY
    first = min(todos, key=lambda todo: (todo.due is None, todo.due or today, todo.number or 0))
    if first.due is None:
        return f"Nothing has a date. You could start with {bold(first.title)}."
    late = " It is overdue." if first.due < today else ""
    return f"Next is {bold(first.title)}, due {on_day(first.due, today)}.{late}"


def about(ask: AskAbout, found: Sequence[Todo], today: date) -> str:
    """Answer a question about one task, by the tasks that it may mean."""
    name = ask.reference.name if isinstance(ask.reference, Named) else "that task"
    if not found:
        return f"No, I cannot find “{escaped(name)}” on your list."
    if len(found) > 1:
        return f"I found {tasks(len(found))}:\n\n{_points([_state(todo, today) for todo in found])}"
    return _about_one(ask.about, found[0], today)


def _state(todo: Todo, today: date) -> str:
    state = "done" if todo.done else f"due {on_day(todo.due, today)}" if todo.due else "no date"
    return f"{bold(todo.title)} ({state})"


def _about_one(asked: Literal["exists", "done", "due"], todo: Todo, today: date) -> str:
    name = bold(todo.title)
    due = f"due {on_day(todo.due, today)}" if todo.due else ""
    if todo.done:
        return f"Yes, {name} is done." if asked != "due" else f"{name} is done already."
    if asked == "due":
        return f"{name} is {due}." if due else f"{name} has no date."
    if asked == "done":
        return f"Not yet: {name} is still open{', ' if due else ''}{due}."
    number = f"number {todo.number}" if todo.number else ""
    known = listed([part for part in (number, due) if part]) or "open"
    return f"Yes, {name} is on your list: {known}."


def planned(result: Result, today: date) -> str:
    """Tell the plan of a day."""
    if error := error_of(result):
        return sorry(error)
    which = read_date(result.get("day")) or today
    said = day(which, today)
    steps = result.get("steps")
    lines = (
        [_step(step) for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    )
    left = count_of(result, "left")
    if not lines and left:
        return f"Of your {tasks(left)}, none fits into {said} any more. Try “plan tomorrow”."
    if not lines:
        return f"There is nothing to plan for {said}: no open task fits. Enjoy the free time!"
    closing = f"\n\n{tasks(left).capitalize()} {_are(left)} left for other days." if left else ""
    return f"Here is a plan for {said}:\n\n{_points(lines)}{closing}"


def _step(step: dict[str, object]) -> str:
    when = escaped(str(step.get("when") or ""))
    title = bold(str(step.get("title") or ""))
    return f"{when} {title}".strip()


def charted(result: Result, today: date) -> str:
    """Say a word about the chart that was shown."""
    if error := error_of(result):
        return sorry(error)
    days, done = count_of(result, "days") or 7, count_of(result, "done") or 0
    if not done:
        return f"Nothing was done in the last {days} days. A small task is a good start!"
    best = result.get("best")
    said = ""
    if isinstance(best, dict) and (when := read_date(best.get("day"))) and best.get("done"):
        said = f" Your best day was {day(when, today)}, with {tasks(int(best['done']))}."
    return f"You have done {tasks(done)} in the last {days} days.{said}"
