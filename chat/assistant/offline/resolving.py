"""From what a message calls tasks to the references that the tools take."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from chat.assistant.offline.intents import (
    FromEnd,
    Mentioned,
    Named,
    Numbered,
    Reference,
    References,
    Which,
    Whole,
)
from chat.assistant.offline.matching import matches
from chat.assistant.offline.replies import sorry
from chat.assistant.offline.results import Result, Todo
from chat.assistant.offline.sayings import WHICH
from chat.assistant.offline.steps import Call, Progress, read_list

LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True)
class Resolved:
    """What references stand for.

    Attributes:
        names: numbers, titles and ids, as the tools take them.
        reply: what to say where there are none.
    """

    names: tuple[str, ...] = ()
    reply: str = ""


Resolving = Generator[list[Call], list[Result], Resolved]


def resolve(references: References, progress: Progress, which: Which = "open") -> Resolving:
    """Return what references stand for; where that is nothing, what to say instead.

    Args:
        references: what the message calls tasks.
        progress: what is known while it is carried out.
        which: the tasks that "all" and "the last one" are among.
    """
    names: list[str] = []
    for reference in references:
        resolved = yield from _resolve(reference, progress, which)
        if not resolved.names:
            return resolved
        names += resolved.names
    return Resolved(tuple(dict.fromkeys(names)), "" if names else WHICH)


def _resolve(reference: Reference, progress: Progress, which: Which) -> Resolving:
    match reference:
        case Numbered(number):
            return Resolved((str(number),))
        case Named(name):
            return Resolved((name,))
        case Mentioned(several):
            return (yield from _mentioned(several, progress))
        case FromEnd(count):
            return (yield from _from_end(count, which))
        case Whole():
            kind: Which = "done" if which == "done" else reference.which
            return (yield from _whole(replace(reference, which=kind), progress.today))
        case _:
            assert_never(reference)


def _mentioned(several: bool, progress: Progress) -> Resolving:
    quoted = progress.memory.quoted
    names = tuple(progress.mentioned) or progress.memory.mentioned
    if quoted and len(quoted) <= LONGEST_QUOTE and not several:
        return Resolved((quoted,))
    if names:
        return Resolved(names if several else names[-1:])
    todos, error = yield from read_list("open")
    if len(todos) == 1:
        return Resolved((todos[0].id,))
    return Resolved(reply=sorry(error) if error else _which(todos))


def _which(todos: list[Todo]) -> str:
    return WHICH if todos else "Your list is empty, so there is no task that you could mean."


def _from_end(count: int, which: Which) -> Resolving:
    todos, error = yield from read_list(which)
    ordered = sorted(todos, key=lambda todo: todo.number or 0)
    if not ordered:
        return Resolved(reply=sorry(error) if error else _which([]))
    return Resolved(tuple(todo.id for todo in ordered[-max(count, 1) :]))


def _whole(whole: Whole, today: date) -> Resolving:
    todos, error = yield from read_list(whole.which)
    if error:
        return Resolved(reply=sorry(error))
    kept = [todo for todo in todos if _belongs(todo, whole, today)]
    but = {todo.id for each in whole.but for todo in _excepted(each, todos)}
    ids = tuple(todo.id for todo in kept if todo.id not in but)
    return Resolved(ids, "" if ids else _none_of(whole, bool(todos)))


def _excepted(reference: Reference, todos: list[Todo]) -> list[Todo]:
    if isinstance(reference, FromEnd):
        return todos[-reference.count :]
    return matches(reference, todos)


def _belongs(todo: Todo, whole: Whole, today: date) -> bool:
    if whole.overdue:
        return todo.due is not None and todo.due < today
    if whole.due is None:
        return True
    return todo.due is not None and (todo.due == whole.due or todo.due < today == whole.due)


def _none_of(whole: Whole, others: bool) -> str:
    if whole.which == "done":
        return "There are no done tasks."
    if whole.overdue:
        return "Nothing is overdue."
    return "No task fits, so I changed nothing." if others else "Your list is empty already."
