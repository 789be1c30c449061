"""Carrying out what changes the list."""

from collections.abc import Sequence
from datetime import date

from chat.assistant.offline import replies
from chat.assistant.offline.days import plus
from chat.assistant.offline.intents import Act, Add, Named, NewTodo, Numbered, Say, Update, Which
from chat.assistant.offline.matching import matches
from chat.assistant.offline.memory import Deed
from chat.assistant.offline.resolving import resolve
from chat.assistant.offline.results import Todo, todo_of, todos_of
from chat.assistant.offline.sayings import said_about
from chat.assistant.offline.steps import Call, Progress, Steps, call, read_list
from chat.assistant.offline.text_lists import todos_in_text

MOST_AT_ONCE = 40
NOTHING_TO_UNDO = (
    "There is nothing that I could take back. You can say “reopen milk”, or add a task again."
)


def add(intent: Add, progress: Progress) -> Steps:
    """Add tasks; where a message does not name any, what it quotes, else ask which."""
    todos = intent.todos or todos_in_text(progress.memory.quoted, progress.today)
    if not todos:
        return said_about(Say("what_task"), progress.today)
    return (yield from add_todos(todos, progress))


def add_todos(todos: Sequence[NewTodo], progress: Progress) -> Steps:
    """Add these tasks, a few dozen at a time."""
    results = []
    for start in range(0, len(todos), MOST_AT_ONCE):
        batch = [
            {"title": todo.title, "due": todo.due.isoformat() if todo.due else None}
            for todo in todos[start : start + MOST_AT_ONCE]
        ]
        result = yield from call("add_todos", todos=batch)
        progress.note(todos_of(result, "added"))
        results.append(result)
    return replies.added(results, progress.today)


def act(intent: Act, progress: Progress) -> Steps:
    """Complete, reopen or delete tasks."""
    if intent.else_add and not (yield from _any_known(intent, progress)):
        return (yield from add_todos(intent.else_add, progress))
    which: Which = "done" if intent.verb == "reopen" else "open"
    resolved = yield from resolve(intent.references, progress, which)
    if not resolved.names:
        return resolved.reply
    result = yield from call(f"{intent.verb}_todos", todos=list(resolved.names))
    progress.note(todos_of(result, replies.RESULTS[intent.verb]))
    return replies.acted(intent.verb, result, progress.today)


def _any_known(intent: Act | Update, progress: Progress) -> Steps:
    """Return a word where the list has one of the tasks, nothing where it has none."""
    certain = [each for each in intent.references if not isinstance(each, Named)]
    if certain:
        return "yes"
    todos, _ = yield from read_list("open")
    found = any(matches(each, todos) for each in intent.references)
    return "yes" if found else ""


def update(intent: Update, progress: Progress) -> Steps:
    """Rename tasks or give them another day."""
    if intent.else_add and not (yield from _any_known(intent, progress)):
        return (yield from add_todos(intent.else_add, progress))
    resolved = yield from resolve(intent.references, progress)
    if not resolved.names:
        return resolved.reply
    days: dict[str, date | None] = dict.fromkeys(resolved.names, intent.due)
    if intent.shift:
        todos, _ = yield from read_list("open")
        days = _shifted(resolved.names, todos, intent.shift, progress.today)
    results = yield [
        Call(
            "update_todo",
            {
                "todo": name,
                "title": intent.title,
                "due": due.isoformat() if due else None,
                "clear_due": intent.clear_due,
            },
        )
        for name, due in days.items()
    ]
    progress.note(todo for result in results if (todo := todo_of(result.get("updated"))))
    return replies.updated(results, progress.today)


def _shifted(
    names: Sequence[str], todos: list[Todo], shift: tuple[int, int], today: date
) -> dict[str, date | None]:
    """Return each task's day so much later; tasks that are not found count from today."""
    days: dict[str, date | None] = {}
    for name in names:
        found = matches(Numbered(int(name)) if name.isdigit() else Named(name), todos)
        exact = [todo for todo in todos if todo.id == name] or found
        only = exact[0] if len(exact) == 1 else None
        start = only.due if only and only.due else today
        days[only.id if only else name] = plus(start, *shift) or start
    return days


def undo(progress: Progress) -> Steps:
    """Take back what the last answer, or the last click, did."""
    said = []
    for deed in reversed(progress.memory.deeds):
        said.append((yield from _undo(deed, progress)))
    return "\n\n".join(said) or NOTHING_TO_UNDO


def _undo(deed: Deed, progress: Progress) -> Steps:
    named = tuple(Named(title) for title in deed.titles)
    match deed.did:
        case "added":
            return (yield from act(Act("delete", named), progress))
        case "completed":
            return (yield from act(Act("reopen", named), progress))
        case "reopened":
            return (yield from act(Act("complete", named), progress))
        case "deleted":
            days = deed.dues or (None,) * len(deed.titles)
            todos = [NewTodo(title, due) for title, due in zip(deed.titles, days, strict=True)]
            return (yield from add_todos(todos, progress))
        case "renamed":
            return (yield from update(Update(named, title=deed.before), progress))
        case "moved":
            return (yield from _moved_back(deed, progress))


def _moved_back(deed: Deed, progress: Progress) -> Steps:
    said = []
    for title, due in zip(deed.titles, deed.dues, strict=True):
        back = Update((Named(title),), due=due, clear_due=due is None)
        said.append((yield from update(back, progress)))
    return "\n\n".join(said)
