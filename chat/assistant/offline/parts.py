"""Cutting a list into its parts, at commas, "and" and the like."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chat.assistant.offline.pairs import PAIRS
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.verbs import TASK_VERBS

Joint = Literal["first", "comma", "and", "and to", "stop"]

_AND = {"and", "&", "+", "plus", "n", "'n'"}
_MARKS: dict[str, Joint] = {",": "comma", ";": "stop", "•": "stop", "|": "stop"}
_FILLING = _AND | {"also", "then", "finally", "lastly", ",", "please"}
_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list: its words, and what joins it to the part before.

    Attributes:
        phrase: the words.
        joint: "and to" where a new "to …" follows the "and", "stop" for a semicolon.
    """

    phrase: Phrase
    joint: Joint


def cut(phrase: Phrase, whole: list[tuple[int, int]]) -> list[Part]:
    """Cut a phrase at everything that separates tasks.

    Args:
        phrase: the list.
        whole: ranges of words that must stay together, such as a day with a comma in it.
    """
    parts: list[Part] = []
    start = 0
    joint: Joint = "first"
    for first, last, next_joint in _joints(phrase, whole):
        if first > start:
            parts.append(Part(phrase[start:first], joint))
            joint = next_joint
        elif parts and next_joint == "stop":
            joint = next_joint
        start = last
    if start < len(phrase):
        parts.append(Part(phrase[start:], joint))
    return parts


def _joints(phrase: Phrase, whole: list[tuple[int, int]]) -> Iterator[tuple[int, int, Joint]]:
    """Find what separates tasks: the first word of it, the word after it, and its kind."""
    plains = [word.plain for word in phrase.words]
    kept = {i for first, last in whole for i in range(first, last)}
    depth = 0
    i = 0
    while i < len(plains):
        depth = max(0, depth + _BRACKETS.get(plains[i], 0))
        joint = None if depth or i in kept else _joint(plains, i)
        if joint is None:
            i += 1
            continue
        end = i + 1
        while end < len(plains) and plains[end] in _FILLING and end not in kept:
            end += 1
        if joint == "and" and plains[end : end + 1] == ["to"]:
            joint = "and to"
        yield i, end, joint
        i = end


def _joint(plains: list[str], i: int) -> Joint | None:
    word = plains[i]
    if word in _MARKS:
        return "comma" if word == "," and plains[i + 1 : i + 2] == ["and"] else _MARKS[word]
    if word == "then":
        return "and" if plains[i + 1 : i + 2] and plains[i + 1] in TASK_VERBS else None
    if plains[i : i + 3] == ["as", "well", "as"]:
        return "and"
    return "and" if word in _AND and not _one_thing(plains, i) else None


def _one_thing(plains: list[str], i: int) -> bool:
    """Tell whether the "and" at a place holds one thing together: "salt and pepper"."""
    before, after = plains[i - 1 : i] if i else [], plains[i + 1 : i + 2]
    if not before or not after:
        return not after  # an "and" at the very end separates nothing
    if (before[0], after[0]) in PAIRS or (before[0].isdigit() and after[0].isdigit()):
        return True
    return after[0] in {"a", "so"} and plains[i + 2 : i + 3] in (["half"], ["quarter"], ["on"])
