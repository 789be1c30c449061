"""Carrying out what a message asks for, one intent after the other."""

from collections.abc import Sequence
from typing import assert_never

from chat.assistant.offline import answers
from chat.assistant.offline.carrying_changes import act, add, add_todos, undo, update
from chat.assistant.offline.intents import (
    Act,
    Add,
    AddAttached,
    AskAbout,
    AskCount,
    AskDone,
    AskDue,
    AskNext,
    FromEnd,
    Intent,
    Offer,
    PlanDay,
    Say,
    Show,
    ShowChart,
    Undo,
    Update,
    UseSelection,
)
from chat.assistant.offline.matching import matches
from chat.assistant.offline.replies import sorry
from chat.assistant.offline.results import error_of
from chat.assistant.offline.sayings import offered, said_about
from chat.assistant.offline.steps import Progress, Steps, call, read_list
from chat.assistant.offline.text_lists import todos_in_text
from chat.assistant.offline.wording import escaped

LONGEST_ECHO = 500


def carry_out(intents: Sequence[Intent], progress: Progress) -> Steps:
    """Carry out intents in order and return the whole answer.

    The browser's selected text comes first: waiting for it ends the run, and what was done
    before it would be done again in the next one.
    """
    said = []
    for intent in sorted(intents, key=lambda each: not isinstance(each, UseSelection)):
        if intent == Show("open") and progress.changed:
            continue  # every change has shown the list already
        said.append((yield from _step(intent, progress)))
    return "\n\n".join(filter(None, said)) or "Done."


def _step(intent: Intent, progress: Progress) -> Steps:
    today = progress.today
    match intent:
        case Add():
            return (yield from add(intent, progress))
        case Act():
            return (yield from act(intent, progress))
        case Update():
            return (yield from update(intent, progress))
        case Undo():
            return (yield from undo(progress))
        case UseSelection():
            return (yield from _use_selection(intent, progress))
        case AddAttached():
            return (yield from _add_attached(intent, progress))
        case Show(which):
            return answers.shown(which, (yield from call("show_todos", which=which)))
        case PlanDay(day):
            return answers.planned((yield from call("plan_day", day=day.isoformat())), today)
        case ShowChart(days):
            return answers.charted((yield from call("show_chart", days=days)), today)
        case AskDue():
            result = yield from call("list_todos", which="open")
            return answers.due_between(intent, result, today)
        case AskDone():
            result = yield from call("list_todos", which="done")
            return answers.done_between(intent, result, today)
        case AskCount(which):
            return answers.counted(which, (yield from call("list_todos", which="open")), today)
        case AskNext():
            return answers.next_up((yield from call("list_todos", which="open")), today)
        case AskAbout():
            return (yield from _ask_about(intent, progress))
        case Offer(todos):
            return offered(todos, today)
        case Say():
            return said_about(intent, today)
        case _:
            assert_never(intent)


def _ask_about(intent: AskAbout, progress: Progress) -> Steps:
    todos, error = yield from read_list("all")
    if error:
        return sorry(error)
    opened = [todo for todo in todos if not todo.done]
    if isinstance(intent.reference, FromEnd):
        found = opened[-1:]
    else:
        found = matches(intent.reference, opened) or matches(intent.reference, todos)
    progress.mentioned = [todo.id for todo in found] or progress.mentioned
    return answers.about(intent, found, progress.today)


def _use_selection(intent: UseSelection, progress: Progress) -> Steps:
    result = yield from call("get_selected_text")
    text = str(result.get("text") or "").strip()
    if result.get("skipped"):
        return "All right, I left everything as it was."
    if not text and (error := error_of(result)):
        return f"I could not read the selected text: {escaped(error)}"
    if not text:
        return "Nothing is selected. Select some text in the page, and ask me again."
    todos = todos_in_text(text, progress.today, intent.due)
    if intent.add and todos:
        return (yield from add_todos(todos, progress))
    shown = escaped(text[:LONGEST_ECHO]) + (" …" if len(text) > LONGEST_ECHO else "")
    return f"You selected:\n\n> {shown}\n\nSay “add the selected text”, and I put it on your list."


def _add_attached(intent: AddAttached, progress: Progress) -> Steps:
    todos = [
        todo
        for text in progress.memory.attached
        for todo in todos_in_text(text, progress.today, intent.due)
    ]
    if not todos:
        return "I found no tasks in that file. I can only read plain text, one task a line."
    return (yield from add_todos(todos, progress))
