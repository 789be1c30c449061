"""The geometry of a chart: scales, bars and lines, in the units of its drawing.

`plot` takes series of numbers and returns shapes; it knows nothing of widgets or HTML.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Value = float | None
MARKS = 4  # how many steps the value axis has, about
LABEL_WIDTH = 58  # what one category's label needs
BAND_MARGIN = 0.12


@dataclass(frozen=True)
class Series:
    """One row of numbers to draw.

    Attributes:
        values: one for each category; None leaves a gap.
        stack: bars with the same name stand on each other; empty for a bar of its own.
    """

    kind: Literal["bar", "line", "area"]
    values: Sequence[Value]
    stack: str = ""


@dataclass(frozen=True)
class Frame:
    """The drawing's size and the margins of the plot inside it.

    Attributes:
        bar_gap: between the bars of one category; None for the usual one.
        category_gap: between the bars of two categories; None for the usual one.
    """

    width: float
    height: float
    left: float
    bottom: float
    top: float = 10
    right: float = 8
    bar_gap: float | None = None
    category_gap: float | None = None

    @property
    def base(self) -> float:
        """The y of the plot's lower edge."""
        return self.height - self.bottom


@dataclass(frozen=True)
class Bar:
    """A bar, by its upper left corner; series and category count from 0."""

    series: int
    category: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A run of points without a gap, as ``x,y x,y``; an area has its lower edge too."""

    series: int
    points: str
    area: str


@dataclass(frozen=True)
class Dot:
    """One point of a line."""

    series: int
    category: int
    x: float
    y: float


@dataclass(frozen=True)
class Mark:
    """A place on an axis: its coordinate, and the value or category there."""

    at: float
    value: float


@dataclass(frozen=True)
class Plot:
    """Everything to draw."""

    bars: list[Bar]
    lines: list[Line]
    dots: list[Dot]
    values: list[Mark]
    categories: list[Mark]
    zero: float


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    frame: Frame

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.frame.base - share * (self.frame.base - self.frame.top), 2)


def plot(series: Sequence[Series], categories: int, frame: Frame) -> Plot:
    """Lay out series over a number of categories."""
    low, high, step = _range(series)
    scale = _Scale(low, high, frame)
    band = (frame.width - frame.left - frame.right) / max(1, categories)
    lines, dots = _lines(series, scale, band)
    steps = round((high - low) / step)
    every = max(1, math.ceil(LABEL_WIDTH / band)) if band else 1
    return Plot(
        bars=_bars(series, categories, scale, band),
        lines=lines,
        dots=dots,
        values=[Mark(scale.y(low + n * step), round(low + n * step, 10)) for n in range(steps + 1)],
        categories=[
            Mark(round(frame.left + (n + 0.5) * band, 2), n) for n in range(0, categories, every)
        ],
        zero=scale.y(min(max(0.0, low), high)),
    )


def _range(series: Sequence[Series]) -> tuple[float, float, float]:
    """Return the ends of the value axis and its step, all round numbers."""
    ends = [0.0] if any(each.kind != "line" for each in series) else []
    for each in series:
        if not each.stack:
            ends += [value for value in each.values if value is not None]
    for values in _stacked(series).values():
        for column in zip(*values, strict=False):
            ends.append(sum(value for value in column if value and value > 0))
            ends.append(sum(value for value in column if value and value < 0))
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    if low == high:
        low, high = (min(0.0, low), max(0.0, high)) if low else (0.0, 1.0)
    counts = all(value is None or value == int(value) for each in series for value in each.values)
    step = _round_step((high - low) / MARKS, whole=counts)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _stacked(series: Sequence[Series]) -> dict[str, list[Sequence[Value]]]:
    stacks: dict[str, list[Sequence[Value]]] = {}
    for each in series:
        if each.stack:
            stacks.setdefault(each.stack, []).append(each.values)
    return stacks


def _round_step(rough: float, *, whole: bool) -> float:
    """Return a round number that is about as large; a whole one where things are counted."""
    if whole and rough <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (factor * power for factor in (1, 2, 2.5, 5, 10))
    return next(step for step in steps if step >= rough * 0.999 and not (whole and step % 1))


def _bars(series: Sequence[Series], categories: int, scale: _Scale, band: float) -> list[Bar]:
    frame = scale.frame
    columns: dict[str, list[int]] = {}
    for index, each in enumerate(series):
        if each.kind == "bar":
            columns.setdefault(each.stack or f"#{index}", []).append(index)
    if not columns:
        return []
    margin = (
        band * BAND_MARGIN if frame.category_gap is None else min(frame.category_gap, band / 2) / 2
    )
    room = (band - 2 * margin) / len(columns)
    gap = min(room / 3, 3.0 if frame.bar_gap is None else frame.bar_gap)
    bars: list[Bar] = []
    for place, members in enumerate(columns.values()):
        for category in range(categories):
            x = frame.left + category * band + margin + place * room + gap / 2
            bars += _column(series, members, category, scale, (x, room - gap))
    return bars


def _column(
    series: Sequence[Series],
    members: list[int],
    category: int,
    scale: _Scale,
    across: tuple[float, float],
) -> list[Bar]:
    bars, up, down = [], 0.0, 0.0
    for index in members:
        values = series[index].values
        value = values[category] if category < len(values) else None
        if not value:
            continue
        start = up if value > 0 else down
        upper, lower = sorted((scale.y(start), scale.y(start + value)))
        up, down = (up + value, down) if value > 0 else (up, down + value)
        x, width = round(across[0], 2), round(max(1.0, across[1]), 2)
        bars.append(Bar(index, category, x, upper, width, round(lower - upper, 2)))
    return bars


def _lines(series: Sequence[Series], scale: _Scale, band: float) -> tuple[list[Line], list[Dot]]:
    lines: list[Line] = []
    dots: list[Dot] = []
    base = scale.y(min(max(0.0, scale.low), scale.high))
    for index, each in enumerate(series):
        if each.kind == "bar":
            continue
        run: list[Dot] = []
        for category, value in enumerate([*each.values, None]):
            if value is not None:
                x = round(scale.frame.left + (category + 0.5) * band, 2)
                run.append(Dot(index, category, x, scale.y(value)))
            elif run:
                lines.append(_line(index, run, base if each.kind == "area" else None))
                dots += run
                run = []
    return lines, dots


def _line(series: int, run: list[Dot], base: float | None) -> Line:
    points = " ".join(f"{dot.x:g},{dot.y:g}" for dot in run)
    under = "" if base is None else f"{run[0].x:g},{base:g} {points} {run[-1].x:g},{base:g}"
    return Line(series, points, under)
