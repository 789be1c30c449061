"""What is written beside the axes of a chart: as much as there is room for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_LABEL = 14
CHARACTER = 6.6  # pixels that a character takes, about
BETWEEN = 14  # pixels between two labels
# The widths that a plot may have, in pixels, and the class of the labels for which they do.
ROOMS = {"narrow": 210, "medium": 400, "wide": 620}
_LARGE = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))
_SHORTENED_FROM = 10_000


@dataclass(frozen=True)
class Tick:
    """A category's label, where it stands, and the widths of the plot at which it is shown."""

    at: float
    text: str
    css: str


def exact(value: float) -> str:
    """Return a number with all its digits, in groups of three."""
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"


def short(value: float) -> str:
    """Return a number as it fits beside an axis: 1,500 and 12K and 2.5M."""
    if abs(value) >= _SHORTENED_FROM:
        for size, letter in _LARGE:
            if abs(value) >= size:
                return f"{value / size:.4g}{letter}"
    return f"{value:,.6g}"


def axis_width(labels: Sequence[str]) -> str:
    """Return the room that labels of the value axis need, as CSS."""
    longest = max((len(label) for label in labels), default=0)
    return f"{longest * CHARACTER + 12:.0f}px" if longest else "0px"


def ticks(categories: Sequence[str]) -> tuple[Tick, ...]:
    """Return the labels of the categories that fit, for each width that a plot may have."""
    labels = [_cut(category) for category in categories]
    needed = max((len(label) for label in labels), default=0) * CHARACTER + BETWEEN
    every = {css: max(1, math.ceil(len(labels) * needed / room)) for css, room in ROOMS.items()}
    found = []
    for index, label in enumerate(labels):
        shown = [css for css, step in every.items() if index % step == 0]
        if shown:
            at = round((index + 0.5) * 100 / len(labels), 3)
            found.append(Tick(at, label, " ".join(shown)))
    return tuple(found)


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
