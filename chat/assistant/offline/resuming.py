"""Going on after the user answered a tool's question about which task was meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chat.assistant.offline.conversation import Answered
from chat.assistant.offline.intents import Act, Intent, Named, Reference, Say, Update, Verb
from chat.assistant.offline.results import read_date

_VERBS: tuple[Verb, ...] = ("complete", "reopen", "delete")


def resumed(intents: Sequence[Intent], answered: Answered) -> list[Intent]:
    """Return what is left to do of a message, with the tasks that the user chose.

    What came before the question was done before it was asked.

    Args:
        intents: what the message asked for.
        answered: the answer, and what was wanted.
    """
    place = _interrupted(intents, answered.note)
    rest = list(intents[place + 1 :]) if place is not None else []
    chosen = () if answered.skipped else _chosen(answered)
    if not chosen:
        return [*rest, Say("left_alone" if rest else "no")]
    wanted = _wanted(answered.note, intents[place] if place is not None else None, chosen)
    return [wanted, *rest] if wanted else [Say("unknown")]


def _interrupted(intents: Sequence[Intent], note: Mapping[str, Any]) -> int | None:
    """Return which intent a question was about: the first of its kind that fits the choices."""
    verb = note.get("wanted")
    labels = " ".join(_choices(note)).lower()
    alike = [
        i
        for i, intent in enumerate(intents)
        if (isinstance(intent, Act) and verb in {intent.verb, None})
        or (isinstance(intent, Update) and verb in {"update", None})
    ]
    fitting = [i for i in alike if labels and _names_one_of(intents[i], labels)]
    return next(iter(fitting or alike), None)


def _names_one_of(intent: Intent, labels: str) -> bool:
    references = intent.references if isinstance(intent, Act | Update) else ()
    return any(
        isinstance(each, Named) and any(word in labels for word in each.name.lower().split())
        for each in references
    )


def _wanted(
    note: Mapping[str, Any], intent: Intent | None, chosen: tuple[Reference, ...]
) -> Intent | None:
    verb = next((each for each in _VERBS if note.get("wanted") == each), None)
    if verb:
        return Act(verb, chosen)
    if isinstance(intent, Update) and intent.shift:
        return replace(intent, references=chosen, else_add=())
    if any(note.get(key) for key in ("title", "due", "clear_due")):
        title = note.get("title")
        return Update(
            chosen,
            title=str(title) if title else None,
            due=read_date(note.get("due")),
            clear_due=bool(note.get("clear_due")),
        )
    if isinstance(intent, Act | Update):
        return replace(intent, references=chosen, else_add=())
    return None


def _choices(note: Mapping[str, Any]) -> Mapping[str, str]:
    choices = note.get("choices")
    if not isinstance(choices, Mapping):
        return {}
    return {str(label): str(todo_id) for label, todo_id in choices.items()}


def _chosen(answered: Answered) -> tuple[Reference, ...]:
    """Return the tasks that were chosen, each question's in turn."""
    choices = _choices(answered.note)
    chosen: list[Reference] = []
    for line in answered.text.splitlines():
        for value in _values(line, choices):
            chosen.append(Named(choices.get(value, value)))
    return tuple(dict.fromkeys(chosen))


def _values(line: str, choices: Mapping[str, str]) -> list[str]:
    """Return the answers in "- question: answer, answer"; titles may contain commas and colons."""
    said = line.removeprefix("- ")
    for colon in re.finditer(": ", said):
        if values := _consumed(said[colon.end() :], choices):
            return values
    _, _, rest = said.partition(": ")
    values = [value.strip() for value in rest.split(", ")]
    return [value for value in values if value and value not in {"skipped", "unanswered"}]


def _consumed(text: str, choices: Mapping[str, str]) -> list[str]:
    """Return the labels that a text consists of; none where it is anything else."""
    values: list[str] = []
    while text:
        fits = [each for each in choices if text == each or text.startswith(f"{each}, ")]
        if not fits:
            return []
        values.append(max(fits, key=len))
        text = text[len(values[-1]) :].removeprefix(", ")
    return values
