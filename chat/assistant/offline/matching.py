"""Finding in a list that a tool gave the tasks that a reference means, for answers about them.

Which task a command means is decided by the tools alone.
"""

import re
from collections.abc import Sequence

from chat.assistant.offline.intents import Named, Numbered, Reference
from chat.assistant.offline.results import Todo
from chat.assistant.offline.spelling import count_slips

_FILLERS = {"a", "an", "the", "my", "task", "todo", "some", "to"}
LONGEST_MISSPELT = 30


def matches(reference: Reference, todos: Sequence[Todo]) -> list[Todo]:
    """Return the tasks that a number or a title means: the best kind of fit that any has."""
    if isinstance(reference, Numbered):
        return [todo for todo in todos if todo.number == reference.number]
    if not isinstance(reference, Named):
        return []
    wanted = _words(reference.name)
    if not wanted:
        return []
    for fits in (_same, _all_words, _all_beginnings, _nearly):
        if found := [todo for todo in todos if fits(wanted, _words(todo.title))]:
            return found
    return [todo for todo in todos if todo.id == reference.name]


def _words(text: str) -> list[str]:
    words = re.findall(r"\w+", text.casefold())
    return [word for word in words if word not in _FILLERS] or words


def _same(wanted: list[str], title: list[str]) -> bool:
    return wanted == title


def _all_words(wanted: list[str], title: list[str]) -> bool:
    return set(wanted) <= set(title)


def _all_beginnings(wanted: list[str], title: list[str]) -> bool:
    return all(any(word.startswith(part) for word in title) for part in wanted)


def _nearly(wanted: list[str], title: list[str]) -> bool:
    return all(any(_close(part, word) for word in title) for part in wanted)


def _close(one: str, other: str) -> bool:
    if one == other:
        return True
    longest = max(len(one), len(other))
    if longest > LONGEST_MISSPELT or min(len(one), len(other)) < 4:
        return False
    return count_slips(one, other) <= (1 if longest < 7 else 2)
