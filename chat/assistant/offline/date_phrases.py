"""The ways in which a day is named, each as a pattern and the day it means."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from chat.assistant.offline import date_meanings as meanings
from chat.assistant.offline.calendar_words import (
    COUNTS,
    DAYS_IN_WORDS,
    HOLIDAYS,
    MONTHS,
    WEEKDAYS,
)
from chat.assistant.offline.date_meanings import Found


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for one of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


COUNT = rf"\d{{1,4}}|{any_of(COUNTS)}"
UNIT = "day|week|fortnight|month|year"
WEEKDAY = any_of(WEEKDAYS)
MONTH = any_of(MONTHS)
ORDINAL = "(?:st|nd|rd|th)"
YEAR = r"(?:(?: ,)? (?P<year>\d{4}))?"
LEAD = (
    r"(?P<lead>(?:(?:with (?:an? |the )?(?:due(?: date)?|deadline)(?: (?:of|:))?"
    r"|(?:that|which) (?:is|are) due|due(?: date)?(?: :)?|deadline(?: :)?) )?"
    r"(?:(?:on|by|for|until|till|til|before|starting|sometime|around) )?)"
)
PART = r"(?: (?:in the |at )?(?P<part>morning|afternoon|evening|night|noon|lunchtime|midday))?"


class Way(NamedTuple):
    """One way to name a day.

    Attributes:
        pattern: matches the name with the words that lead to it ("by the …").
        meaning: returns the day, or None where there is no such day.
        sure: whether it is a date wherever it stands, even without a word that leads to it.
    """

    pattern: re.Pattern[str]
    meaning: Callable[[Found, date], date | None]
    sure: bool = True


def _way(core: str, meaning: Callable[[Found, date], date | None], sure: bool = True) -> Way:
    return Way(re.compile(rf"(?<!\S){LEAD}(?:{core})(?!\S)"), meaning, sure)


WHICH = "(?:the )?(?:(?:this )?(?P<which>this|next|coming|upcoming|following) )?"

WAYS = (
    _way(
        "(?P<relative>(?:the )?day (?:after tomorrow|before yesterday)|overmorrow|yesterday"
        "|today|tonight|tomorrow"
        f"|this(?= (?:morning|afternoon|evening))|(?:the )?end of (?:the )?day){PART}",
        meanings.relative,
    ),
    _way(
        rf"(?:in|within)(?: about| the next)? (?P<count>{COUNT}) (?P<unit>{UNIT})s?'?(?: time)?",
        meanings.distance,
    ),
    _way(
        rf"(?P<count>{COUNT}) (?P<unit>{UNIT})s? (?:from|after) "
        rf"(?:tomorrow|(?:next )?(?P<weekday>{WEEKDAY}))",
        meanings.distance_from,
    ),
    _way(rf"(?P<count>{COUNT}) (?P<unit>{UNIT})s? from (?:now|today)", meanings.distance),
    _way(
        rf"{WHICH}(?P<weekday>{WEEKDAY}){PART}(?! (?:to|-|through|until) (?:{WEEKDAY}))",
        meanings.weekday,
        sure=False,
    ),
    _way(
        rf"(?:the )?(?:(?P<weekday>{WEEKDAY}) (?:of )?next week"
        rf"|next week (?:on )?(?P<later>{WEEKDAY})){PART}",
        meanings.weekday_next_week,
    ),
    _way("(?:over |on |at )?(?:the )?(?P<which>this|next|coming) weekend", meanings.weekend),
    _way("(?:(?:over|on|at) the |the )?weekend", meanings.weekend, sure=False),
    _way(
        "(?:(?:at |by )?(?:the )?(?P<edge>(?:very )?end|beginning|start) of )"
        "(?:(?:the )?(?P<which>this|next|following) |the )?(?P<unit>week|month|year)",
        meanings.period,
    ),
    _way(
        "(?:(?:early|later|some ?time) )?(?:the )?"
        "(?P<which>this|next|following) (?P<unit>week|month|year)",
        meanings.period,
    ),
    _way(rf"(?:at )?(?:the )?end of (?P<month>{MONTH})", meanings.end_of_month),
    _way(
        rf"(?:(?:this |next )?(?:{WEEKDAY})(?: ,)? )?(?:the )?(?P<day>\d{{1,2}}){ORDINAL}?(?: of)? "
        rf"(?P<month>{MONTH}){YEAR}{PART}",
        meanings.day_of_month,
    ),
    _way(
        rf"(?:(?:this |next )?(?:{WEEKDAY})(?: ,)? )?(?P<month>{MONTH})(?: the)? "
        rf"(?P<day>\d{{1,2}}){ORDINAL}?{YEAR}{PART}",
        meanings.day_of_month,
    ),
    _way(
        rf"(?:the )?(?P<word>{any_of(DAYS_IN_WORDS)})(?: day)? of (?P<month>{MONTH}){YEAR}",
        meanings.day_in_words,
    ),
    _way(
        rf"(?:(?:{WEEKDAY})(?: ,)? )?(?:the )?(?P<day>\d{{1,2}}){ORDINAL}"
        r"(?P<of> of (?:the|this|next) month)?",
        meanings.ordinal,
        sure=False,
    ),
    _way(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\.?", meanings.iso),
    _way(
        r"(?:(?:" + WEEKDAY + r")(?: ,)? )?"
        r"(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-](?P<year>\d{4}|\d{2})\.?",
        meanings.numbers,
    ),
    _way(
        r"(?<!at )(?!24/7)(?P<first>\d{1,2})[./](?P<second>\d{1,2})\.?",
        meanings.numbers,
        sure=False,
    ),
    _way(
        rf"(?:in|by|before|until|during) (?:early |late )?(?P<month>{MONTH}){YEAR}", meanings.month
    ),
    _way(rf"(?:on|by|before|until|till) (?P<holiday>{any_of(HOLIDAYS)})", meanings.holiday),
)
