"""Reckoning with days: what "Friday", "24 December" or "in two weeks" means from a given day."""

from calendar import monthrange
from datetime import date, timedelta

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
FURTHEST_YEAR = 9000


def weekday_from(today: date, weekday: int, which: str = "") -> date | None:
    """Return the day that a weekday's name means.

    Args:
        today: the day it is said.
        weekday: 0 for Monday to 6 for Sunday.
        which: the word before the name: "this" includes today, "next" is in the week that
            starts next Monday, anything else is the first one after today.
    """
    ahead = (weekday - today.weekday()) % 7
    if which == "next":
        return plus(week_start(today), 7 + weekday)
    return plus(today, ahead if ahead or which == "this" else 7)


def week_start(today: date) -> date:
    """Return the Monday of a day's week."""
    return today - timedelta(today.weekday())


def week_end(today: date) -> date:
    """Return the day by which work of this week is due: Friday, at the weekend Sunday."""
    last = FRIDAY if today.weekday() <= FRIDAY else SUNDAY
    return today + timedelta(last - today.weekday())


def weekend(today: date, which: str = "") -> date | None:
    """Return the day a weekend starts: its Saturday, or today where it has begun."""
    if which == "next":
        return plus(week_start(today), 7 + SATURDAY)
    return today if today.weekday() >= SATURDAY else plus(week_start(today), SATURDAY)


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def plus(day: date, days: int = 0, months: int = 0) -> date | None:
    """Return a day so many days and months away, or None where the calendar ends.

    A day that the month does not have becomes its last one.
    """
    index = day.year * 12 + day.month - 1 + months
    if not 12 <= index < FURTHEST_YEAR * 12 or abs(days) > FURTHEST_YEAR:
        return None
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days)


def span(count: int, unit: str) -> tuple[int, int]:
    """Return a stretch of time as (days, months).

    Args:
        count: how many units.
        unit: "day", "week", "fortnight", "month" or "year".
    """
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0) * count
    months = {"month": 1, "year": 12}.get(unit, 0) * count
    return days, months


def made(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming(today: date, month: int, day: int) -> date | None:
    """Return the next such day, today included, or None where no year has it."""
    years = range(today.year, today.year + 9)  # a 29 February may be eight years away
    found = (made(year, month, day) for year in years)
    return next((each for each in found if each and each >= today), None)


def coming_day_of_month(today: date, day: int) -> date | None:
    """Return the next day with this number, today included, or None where there is none."""
    for months in range(3):
        first = plus(today.replace(day=1), months=months)
        found = made(first.year, first.month, day) if first else None
        if found and found >= today:
            return found
    return None


def day_first(first: int, second: int) -> tuple[int, int] | None:
    """Return (day, month) of two numbers, the day first unless that cannot be."""
    if 1 <= second <= 12 and 1 <= first <= 31:
        return first, second
    if 1 <= first <= 12 and 1 <= second <= 31:
        return second, first
    return None
