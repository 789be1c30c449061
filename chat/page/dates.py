"""Points in time as the page shows them: ``moment(item.created_at)``.

The label depends on the value alone, never on the present, so that a page shows the
same HTML live and after a reload.
"""

from dataclasses import dataclass
from datetime import datetime

from chat.words import SOURCE, language


@dataclass(frozen=True)
class Moment:
    """A point in time, ready for a ``<time>`` element.

    Attributes:
        iso: ISO 8601 with a zone, for ``datetime=``.
        clock: hours and minutes, 24 h.
        full: day, month, year, clock and zone in words.
    """

    iso: str
    clock: str
    full: str


def moment(value: datetime) -> Moment:
    """Return how to show a point in time, in the server's own zone; a naive one is in it."""
    local = value.astimezone()
    clock = f"{local:%H:%M}"
    return Moment(
        iso=local.isoformat(timespec="seconds"),
        clock=clock,
        full=f"{day(local)}, {clock} {local:%Z}",
    )


def day(value: datetime, *, with_year: bool = True) -> str:
    """Return a day in words, as the spoken language writes it.

    Args:
        value: a point in time; the day it has in its own zone counts.
        with_year: whether the year is said.
    """
    if language() != SOURCE and (written := _written(value, with_year)):
        return written
    return f"{value.day} {value:%B %Y}" if with_year else f"{value.day} {value:%B}"


def _written(value: datetime, with_year: bool) -> str:
    """Return a day in words of another language; empty where Babel does not know it."""
    from babel import Locale, UnknownLocaleError, dates  # English does without them

    try:
        locale = Locale.parse(language(), sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    if with_year:
        return dates.format_date(value, "long", locale)
    return dates.format_skeleton("MMMMd", value, locale=locale)
