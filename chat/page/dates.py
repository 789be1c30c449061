"""Points in time as the page shows them: ``moment(item.created_at)``.

The label depends on the value alone, never on the present, so that a page shows the
same HTML live and after a reload.
"""

from dataclasses import dataclass
from datetime import datetime


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
        full=f"{local.day} {local:%B %Y}, {clock} {local:%Z}",
    )
