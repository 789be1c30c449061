"""The day that each way of naming one means, told from the pattern's match."""

import re
from datetime import date

from chat.assistant.offline import days
from chat.assistant.offline.calendar_words import (
    COUNTS,
    DAYS_IN_WORDS,
    HOLIDAYS,
    MONTHS,
    WEEKDAYS,
    WORDLIKE_WEEKDAYS,
)

Found = re.Match[str]


def said(found: Found, name: str) -> str:
    """Return what a group of the pattern matched; nothing if it did not or is not there."""
    return found.groupdict().get(name) or ""


def count_of(word: str) -> int:
    """Return the number that a number word or digits stand for."""
    return COUNTS[word] if word in COUNTS else int(word)


def relative(found: Found, today: date) -> date | None:
    """Today, tomorrow or yesterday, or the day next to one of these."""
    word = found["relative"]
    if "yesterday" in word:
        return days.plus(today, -2 if "before" in word else -1)
    ahead = 2 if "after" in word else 1 if word == "tomorrow" else 0
    return days.plus(today, ahead)


def distance(found: Found, today: date) -> date | None:
    """So far from today: "in two weeks"."""
    days_on, months_on = days.span(count_of(found["count"]), found["unit"])
    return days.plus(today, days_on, months_on)


def distance_from(found: Found, today: date) -> date | None:
    """So far from tomorrow or a weekday: "a week from Friday"."""
    start = days.plus(today, 1)
    if said(found, "weekday"):
        start = days.weekday_from(today, WEEKDAYS[found["weekday"]])
    days_on, months_on = days.span(count_of(found["count"]), found["unit"])
    return start and days.plus(start, days_on, months_on)


def weekday(found: Found, today: date) -> date | None:
    """A weekday, perhaps with "this" or "next"."""
    name, which = found["weekday"], said(found, "which")
    if name in WORDLIKE_WEEKDAYS and not (which or found["lead"]):
        return None
    return days.weekday_from(today, WEEKDAYS[name], which)


def weekday_next_week(found: Found, today: date) -> date | None:
    """A weekday of the week that starts next Monday."""
    name = said(found, "weekday") or found["later"]
    return days.weekday_from(today, WEEKDAYS[name], "next")


def weekend(found: Found, today: date) -> date | None:
    """The start of a weekend."""
    return days.weekend(today, said(found, "which"))


def period(found: Found, today: date) -> date | None:
    """The start or end of this or the next week, month or year."""
    which, unit, edge = said(found, "which"), found["unit"], said(found, "edge")
    at_end = edge.startswith("end") or (which != "next" and not edge)
    step = 1 if which in {"next", "following"} else 0
    day: date | None
    match unit:
        case "week":
            day = days.plus(days.week_start(today) if step else today, 7 * step)
            return days.week_end(day) if day and (at_end or not step) else day
        case "month":
            day = days.plus(today.replace(day=1), months=step)
            return days.month_end(day) if day and at_end else _not_before(day, today)
        case _:
            year = today.year + step
            return days.made(year, 12, 31) if at_end else days.made(year, 1, 1)


def _not_before(day: date | None, today: date) -> date | None:
    return max(day, today) if day else None


def end_of_month(found: Found, today: date) -> date | None:
    """The last day of a named month."""
    last = days.coming(today, MONTHS[found["month"]], 28)
    return last and days.month_end(last)


def day_of_month(found: Found, today: date) -> date | None:
    """A day and a month, with or without a year."""
    day, month = int(found["day"]), MONTHS[found["month"]]
    if said(found, "year"):
        return days.made(int(found["year"]), month, day)
    return days.coming(today, month, day)


def day_in_words(found: Found, today: date) -> date | None:
    """A day in words and a month: "the first of December"."""
    day, month = DAYS_IN_WORDS[found["word"]], MONTHS[found["month"]]
    if said(found, "year"):
        return days.made(int(found["year"]), month, day)
    return days.coming(today, month, day)


def ordinal(found: Found, today: date) -> date | None:
    """A day of this month, else of the next: "the 24th"."""
    start = today
    if said(found, "of").endswith("next month"):
        start = days.plus(today.replace(day=1), months=1) or today
    return days.coming_day_of_month(start, int(found["day"]))


def iso(found: Found, today: date) -> date | None:
    """Year, month and day in digits."""
    return days.made(int(found["year"]), int(found["month"]), int(found["day"]))


def numbers(found: Found, today: date) -> date | None:
    """Two or three numbers, the day first unless that cannot be."""
    day_month = days.day_first(int(found["first"]), int(found["second"]))
    if not day_month:
        return None
    day, month = day_month
    if said(found, "year"):
        return days.made(int(found["year"]) + (2000 if len(found["year"]) == 2 else 0), month, day)
    return days.coming(today, month, day)


def month(found: Found, today: date) -> date | None:
    """The first day of a named month, the last day of the present one."""
    month = MONTHS[found["month"]]
    if said(found, "year"):
        return days.made(int(found["year"]), month, 1)
    return days.month_end(today) if month == today.month else days.coming(today, month, 1)


def holiday(found: Found, today: date) -> date | None:
    """A holiday that has the same date every year."""
    return days.coming(today, *HOLIDAYS[found["holiday"]])
