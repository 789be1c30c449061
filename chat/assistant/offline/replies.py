"""What is said after tasks were added, completed, reopened, deleted or changed.

`chat.assistant.offline.recalling` reads these sentences again for "it" and "undo"; a test
holds the two together.
"""

import re
from collections.abc import Sequence
from datetime import date

from chat.assistant.offline.intents import Verb
from chat.assistant.offline.results import Result, Todo, count_of, error_of, todo_of, todos_of
from chat.assistant.offline.wording import bold, day, escaped, listed, on_day, points, tasks

RESULTS: dict[Verb, str] = {"complete": "completed", "reopen": "reopened", "delete": "deleted"}
BEGINNINGS: dict[Verb, str] = {"complete": "Ticked off", "reopen": "Reopened", "delete": "Deleted"}
TITLES_IN_A_SENTENCE = 3
_DONE_BUT = re.compile(r"Done with .{0,400}?, but (?=I |there is )")


def added(results: Sequence[Result], today: date) -> str:
    """Tell which tasks were added."""
    todos = [todo for result in results for todo in todos_of(result, "added")]
    said = [_added(todos, today)] if todos else []
    said += [sorry(error) for error in dict.fromkeys(map(error_of, results)) if error]
    count = count_of(results[-1], "open")
    if todos and count and count > len(todos):
        said[0] += _closing(todos, f"You have {tasks(count)} on your list now.")
    return "\n\n".join(said)


def _added(todos: Sequence[Todo], today: date) -> str:
    days = {todo.due for todo in todos}
    due = next(iter(days)) if len(days) == 1 else None
    when = f" for {day(due, today)}" if due else ""
    if len(todos) == 1:
        return f"Added {bold(todos[0].title)}{when}."
    lines = [_with_day(todo, today) if len(days) > 1 else bold(todo.title) for todo in todos]
    return f"Added {tasks(len(todos))}{when}:\n\n{points(lines)}"


def _closing(todos: Sequence[Todo], sentence: str) -> str:
    return f" {sentence}" if len(todos) == 1 else f"\n\n{sentence}"


def _with_day(todo: Todo, today: date) -> str:
    return f"{bold(todo.title)} ({day(todo.due, today)})" if todo.due else bold(todo.title)


def acted(verb: Verb, result: Result, today: date) -> str:
    """Tell which tasks were completed, reopened or deleted, and what could not be done."""
    todos = todos_of(result, RESULTS[verb])
    said = []
    if todos:
        said.append(f"{BEGINNINGS[verb]} {_named(verb, todos, today)}")
        said[0] += _closing(todos[:1] if "\n" not in said[0] else todos, _left(verb, result))
        said[0] = said[0].rstrip()
    if error := error_of(result):
        said.append(sorry(_DONE_BUT.sub("", error)))
    if result.get("question"):
        said.append(asked(result))
    return "\n\n".join(said)


def _named(verb: Verb, todos: Sequence[Todo], today: date) -> str:
    names = [
        f"{bold(todo.title)} (due {day(todo.due, today)})"
        if todo.due and verb == "delete"  # said so that "undo" can add it again with its day
        else bold(todo.title)
        for todo in todos
    ]
    if len(todos) <= TITLES_IN_A_SENTENCE:
        return f"{listed(names)}."
    return f"{tasks(len(todos))}:\n\n{points(names)}"


def _left(verb: Verb, result: Result) -> str:
    count = count_of(result, "open")
    if verb == "reopen" or count is None:
        return ""
    if count == 0:
        return (
            "That was the last one, well done! 🎉" if verb == "complete" else "Your list is empty."
        )
    return f"{tasks(count).capitalize()} {'is' if count == 1 else 'are'} left."


def updated(results: Sequence[Result], today: date) -> str:
    """Tell what became of tasks that were renamed or got another day."""
    pairs = [
        (before, after)
        for result in results
        if (after := todo_of(result.get("updated"))) and (before := todo_of(result.get("before")))
    ]
    said = []
    moved = [(before, after) for before, after in pairs if before.title == after.title]
    if len(moved) > TITLES_IN_A_SENTENCE and len({after.due for _, after in moved}) == 1:
        said.append(_moved_together(moved, today))
        pairs = [pair for pair in pairs if pair not in moved]
    said += [_updated(before, after, today) for before, after in pairs]
    said += [asked(result) for result in results if result.get("question")]
    said += [sorry(error) for error in dict.fromkeys(map(error_of, results)) if error]
    return "\n\n".join(said)


def _updated(before: Todo, after: Todo, today: date) -> str:
    said = []
    if before.title != after.title:
        said.append(f"Renamed {bold(before.title)} to {bold(after.title)}.")
    if before.due != after.due or not said:
        said.append(_moved(before, after, today))
    return " ".join(said)


def _moved(before: Todo, after: Todo, today: date) -> str:
    name = bold(after.title)
    if after.due is None:
        was = f"; it was due {on_day(before.due, today)}" if before.due else ""
        return f"Took the date off {name}{was}." if before.due else f"{name} has no date."
    if before.due is None:
        return f"Moved {name} to {day(after.due, today)}; it had no date before."
    if before.due == after.due:
        return f"{name} is due {on_day(after.due, today)}, as before."
    return f"Moved {name} from {day(before.due, today)} to {day(after.due, today)}."


def _moved_together(pairs: Sequence[tuple[Todo, Todo]], today: date) -> str:
    due = pairs[0][1].due
    lines = [
        f"{bold(after.title)} ({f'was {day(before.due, today)}' if before.due else 'had no date'})"
        for before, after in pairs
    ]
    head = (
        f"Moved {tasks(len(pairs))} to {day(due, today)}"
        if due
        else (f"Took the date off {tasks(len(pairs))}")
    )
    return f"{head}:\n\n{points(lines)}"


def sorry(error: str) -> str:
    """Say kindly what a tool could not do, and how to go on."""
    sentence = escaped(error).strip()
    if "could not find" in error or "no task" in error:
        hint = "Say “show my list” to see what is there, or “add …” for a new task."
        return f"Sorry, {_lowered(sentence)} {hint}"
    return f"Sorry, that did not work: {_lowered(sentence)}"


def _lowered(sentence: str) -> str:
    keeps = sentence.startswith(("I ", "I'", "“")) or not sentence
    return sentence if keeps else sentence[0].lower() + sentence[1:]


def asked(result: Result) -> str:
    """Pass on a question of a tool, where the run goes on after it."""
    options = result.get("options")
    lines = [bold(str(option)) for option in options] if isinstance(options, list) else []
    question = escaped(str(result.get("question") or "Which one do you mean?"))
    return f"{question}\n\n{points(lines)}" if lines else question
