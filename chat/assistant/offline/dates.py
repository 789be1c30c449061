"""Finding the day that a text names, and what is left of the text without it."""

import re
from dataclasses import dataclass
from datetime import date

from chat.assistant.offline import days
from chat.assistant.offline.calendar_words import BEFORE_NAMES, BEFORE_OTHERS, BEFORE_WISHES
from chat.assistant.offline.date_meanings import count_of, said
from chat.assistant.offline.date_phrases import COUNT, UNIT, WAYS, WEEKDAY, Way
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.verbs import TASK_VERBS

PARTS_OF_DAY = {
    "night": "at night", "noon": "at noon", "midday": "at noon", "lunchtime": "at lunchtime",
}  # fmt: skip
TIME = (
    r"(?:(?:at|@|around|by|before|after|from|until|till) )?"
    r"(?:\d{1,2}(?:[:.]\d{2})?(?: ?(?:am|pm|a\.m|p\.m|o'clock|h|hrs?))?|noon|midnight|lunchtime)"
    r"(?:-\S+| ?- ?\d\S*)?"
)
_AFTER = re.compile(
    rf" ?(?:$|[.,;:!?)-]|{TIME}(?!\S)|(?:at|in|with|for|about|to|because|so|if|via|from|near|when"
    r"|before|after|and|please|on|latest|sharp|early|late)(?!\S))"
)


LOOKED_BACK = 40
_RANGE = re.compile(rf"(?:from (?:{WEEKDAY}) (?:to|until|till)|(?:{WEEKDAY}) (?:-|through)) $")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day that a phrase names.

    Attributes:
        day: the day.
        start: where its name starts in the phrase's plain text, leading words included.
        end: where it ends.
        part: the part of the day that was named with it ("in the morning"), or nothing.
        sure: whether it must be a date; otherwise its place decides.
    """

    day: date
    start: int
    end: int
    part: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """A phrase whose day was taken out.

    Attributes:
        due: the day, or None where none is named.
        before: the words before the day's name.
        part: the part of the day, in words.
        after: the words after it.
    """

    due: date | None
    before: Phrase
    part: str
    after: Phrase

    @property
    def text(self) -> str:
        """What is left, as it was typed."""
        pieces = [self.before.text, self.part, self.after.text]
        if not self.before:
            pieces = [self.after.text, self.part]
        return " ".join(filter(None, pieces))

    @property
    def leads(self) -> bool:
        """Whether the day's name came first."""
        return bool(self.due) and not self.before

    @property
    def ends(self) -> bool:
        """Whether the day's name came last."""
        return bool(self.due) and not any(c.isalnum() for c in self.after.plain)


def find_dates(phrase: Phrase, today: date) -> list[FoundDate]:
    """Return all days that a phrase names, in order, the longest name where several fit."""
    plain = phrase.plain
    found = [
        each
        for way in WAYS
        for match in way.pattern.finditer(plain)
        if (each := _found(way, match, today)) and _allowed(each, plain)
    ]
    kept: list[FoundDate] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _found(way: Way, match: re.Match[str], today: date) -> FoundDate | None:
    day = way.meaning(match, today)
    if day is None:
        return None
    part = said(match, "part")
    words = PARTS_OF_DAY.get(part, f"in the {part}") if part else ""
    return FoundDate(day, match.start(), match.end(), words, way.sure or bool(match["lead"]))


def _allowed(found: FoundDate, plain: str) -> bool:
    """Tell whether the words around a day's name let it be one."""
    before = plain[max(0, found.start - LOOKED_BACK) : found.start]
    if before.endswith(("date of ", "deadline of ")):
        return True
    word = before.rsplit(None, 1)[-1] if before.strip() else ""
    if word in BEFORE_NAMES or (not found.sure and word in BEFORE_OTHERS) or _RANGE.search(before):
        return False
    starts_with_name = found.start == 0 and plain[0].isalpha()
    return found.sure or starts_with_name or bool(_AFTER.match(plain, found.end))


def take_date(phrase: Phrase, today: date) -> Dated:
    """Take the day out of a phrase: the last one where that ends the phrase, else the first."""
    found = find_dates(phrase, today)
    if not found:
        return Dated(None, phrase, "", phrase[0:0])
    chosen = found[-1] if _AFTER.match(phrase.plain, found[-1].end) else found[0]
    first, last = phrase.indexes(chosen.start, chosen.end)
    if not chosen.sure and first == 0 and _names_the_task(phrase[last:]):
        return Dated(chosen.day, phrase[0:0], "", phrase)
    if phrase[:first].plain.endswith("(") and phrase[last:].plain.startswith(")"):
        return Dated(chosen.day, phrase[: first - 1], chosen.part, phrase[last + 1 :])
    return Dated(chosen.day, phrase[:first], chosen.part, phrase[last:])


def _names_the_task(rest: Phrase) -> bool:
    """Tell whether a day in front belongs to the title: "Friday dinner with Bob"."""
    if not rest:
        return False
    word = rest.words[0].plain.split()[0]
    return word[0].isalpha() and word not in TASK_VERBS and word not in BEFORE_WISHES


def only_date(phrase: Phrase, today: date) -> date | None:
    """Return the day where a phrase is nothing but a day's name, else None."""
    plain = phrase.plain.strip(" .!?,")
    for each in find_dates(phrase, today):
        if each.start == 0 and each.end >= len(plain):
            return each.day
    return None


_SHIFT = re.compile(
    rf"(?:^| )(?:by |for )?(?P<count>{COUNT})(?: more)? (?P<unit>{UNIT})s?"
    r"(?: (?P<way>later|earlier|forward|forwards|back|ahead|sooner))?$"
)


def take_shift(phrase: Phrase) -> tuple[tuple[int, int], Phrase] | None:
    """Take "by a week" or "two days later" from a phrase's end.

    Returns:
        How far as (days, months), negative where earlier, and the words before it; None
        where the phrase does not end so.
    """
    match = _SHIFT.search(phrase.plain[-60:].strip())
    if not match:
        return None
    sign = -1 if match["way"] in {"earlier", "sooner"} else 1
    on_days, on_months = days.span(count_of(match["count"]), match["unit"])
    words = len(match.group().split())
    end = len(phrase)
    while end and words > 0:
        end -= 1
        words -= len(phrase.words[end].plain.split())
    return (sign * on_days, sign * on_months), phrase[:end]
