"""Finding the task that a word of the user means: its number, its id, or its title, roughly.

A number counts in the list as the user last saw it. A title may be given in part, in any
case and with typing errors. Where several tasks fit equally well, all of them are returned:
asking is better than guessing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from store.base import Todo

MOST_CHOICES = 10
CLOSE_WORD = 0.75
CLOSE_TITLE = 0.8
SAME_SCORE = 0.05

_NUMBER = re.compile(r"(?:#|no\.?\s*|nr\.?\s*|number\s*|task\s*)*(\d{1,4})[.)]?")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_FILLERS = {"a", "an", "the", "my", "task", "todo", "one", "about", "please"}


@dataclass(frozen=True)
class Known:
    """What the user may refer to.

    Attributes:
        todos: all of the owner's tasks, those that are more likely meant first.
        shown: ids in the order in which they were last shown; the first is number 1.
        choices: labels that a question offered, with the ids they stand for.
    """

    todos: Sequence[Todo]
    shown: Sequence[str] = ()
    choices: Mapping[str, str] = field(default_factory=dict)


def find(reference: str, known: Known, preferred: Callable[[Todo], bool]) -> list[Todo]:
    """Return the tasks that a reference fits best; more than one where it fits them equally.

    Args:
        reference: a number, an id, an offered choice, or words of a title.
        known: what there is.
        preferred: which tasks are meant if both kinds fit (say, the open ones).
    """
    reference = reference.strip().strip("\"'“”„«»").strip()
    by_id = {todo.id: todo for todo in known.todos}
    named = by_id.get(reference) or by_id.get(known.choices.get(reference, ""))
    if named:
        return [named]
    liked = [todo for todo in known.todos if preferred(todo)]
    exact = words_of(reference)
    if same := [todo for todo in liked if exact and words_of(todo.title) == exact]:
        return same[:MOST_CHOICES]
    if counted := by_id.get(_counted(reference, known.shown) or ""):
        return [counted]
    if not any(character.isalpha() for character in reference):
        return []  # a number that is not on the list must not be found within a title
    others = [todo for todo in known.todos if not preferred(todo)]
    return (_by_title(reference, liked) or _by_title(reference, others))[:MOST_CHOICES]


def labels(todos: Sequence[Todo], today: date) -> dict[str, str]:
    """Return a label for each task that tells it from the others, with its id."""
    named: dict[str, str] = {}
    titles = [todo.title for todo in todos]
    for todo in todos:
        label = todo.title
        if titles.count(label) > 1:
            label += f" ({due_text(todo.due, today)})" if todo.due else " (no date)"
        again = 2
        while label in named:
            label = f"{label.removesuffix(f' · {again - 1}')} · {again}"
            again += 1
        named[label] = todo.id
    return named


def due_text(due: date, today: date) -> str:
    """Return a day as people write it, with the year where it is not this one."""
    text = f"{due:%a} {due.day} {due:%b}"
    return text if due.year == today.year else f"{text} {due.year}"


def _counted(reference: str, shown: Sequence[str]) -> str | None:
    """Return the id at the place in the shown list that a reference names, if it names one."""
    simple = " ".join(word for word in reference.casefold().split() if word not in _FILLERS)
    if number := _NUMBER.fullmatch(simple):
        place = int(number[1])
    elif simple in _ORDINALS:
        place = _ORDINALS.index(simple) + 1
    else:
        place = len(shown) if simple == "last" else 0
    return shown[place - 1] if 0 < place <= len(shown) else None


def folded(text: str) -> str:
    """Return a text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """Return the words of a text, without case and accents."""
    return re.findall(r"\w+", folded(text))


def _by_title(reference: str, todos: Sequence[Todo]) -> list[Todo]:
    words = [word for word in words_of(reference) if word not in _FILLERS] or words_of(reference)
    if not words:
        return []
    for fits in (_is_title, _has_words, _has_beginnings, _contains):
        if found := [todo for todo in todos if fits(words, words_of(todo.title))]:
            return found
    scored = [(score, todo) for todo in todos if (score := _closeness(words, todo.title))]
    best = max((score for score, _ in scored), default=0.0)
    return [todo for score, todo in scored if score >= best - SAME_SCORE]


def _is_title(words: list[str], title: list[str]) -> bool:
    return words == title or words == [word for word in title if word not in _FILLERS]


def _has_words(words: list[str], title: list[str]) -> bool:
    return set(words) <= set(title)


def _has_beginnings(words: list[str], title: list[str]) -> bool:
    return all(any(part.startswith(word) for part in title) for word in words)


def _contains(words: list[str], title: list[str]) -> bool:
    joined = " ".join(words)
    return len(joined) > 2 and joined in " ".join(title)


def _closeness(words: list[str], title: str) -> float:
    """Return how well mistyped words fit a title, from 0 (not at all) to 1."""
    parts = words_of(title)
    each = [max((_ratio(word, part) for part in parts), default=0.0) for word in words]
    if each and min(each) >= CLOSE_WORD:
        return sum(each) / len(each)
    whole = _ratio(" ".join(words), " ".join(parts))
    return whole if whole >= CLOSE_TITLE else 0.0


def _ratio(one: str, other: str) -> float:
    # Short words differ too much by one letter to be typing errors of each other.
    if min(len(one), len(other)) < 4:
        return 1.0 if one == other else 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def quoted(titles: Iterable[str]) -> str:
    """Return titles as a list in a sentence: “Milk”, “Eggs” and “Bread”."""
    *most, last = [f"“{title}”" for title in titles]
    return f"{', '.join(most)} and {last}" if most else last
