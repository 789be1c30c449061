"""The geometry of a chart: scales, bars and lines, in percent of its plot.

`plot` takes series of numbers and returns shapes; it knows nothing of widgets or HTML. Percent
let the browser stretch the plot to any size, with texts and lines as large as ever.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chat.page.widgets.curves import CLOSED, Segment, curve, path, reversed_curve

Value = float | None
MARKS = 4  # how many steps the value axis has, about


@dataclass(frozen=True)
class Series:
    """One row of numbers to draw.

    Attributes:
        values: one for each category; None leaves a gap.
        stack: bars, or areas, with the same name stand on each other; empty for none.
        curve: how the points of a line or area are connected.
        axis: series with the same name share a value axis; the first series' one is shown.
    """

    kind: Literal["bar", "line", "area"]
    values: Sequence[Value]
    stack: str = ""
    curve: str = "linear"
    axis: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar; series, category and the column among those of its category count from 0.

    Attributes:
        y: its upper edge.
        outer: whether it ends its column, so that its corners may be round.
    """

    series: int
    category: int
    column: int
    y: float
    height: float
    outer: bool


@dataclass(frozen=True)
class Line:
    """A run of points without a gap, as an SVG path; an area has its closed outline too."""

    series: int
    path: str
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
    """A place on the value axis, and the value there."""

    at: float
    value: float


@dataclass(frozen=True)
class Plot:
    """Everything to draw.

    Attributes:
        columns: how many bars stand side by side in a category.
        band: the width of a category.
        zero: where 0 is, or the end of the axis next to it.
    """

    bars: list[Bar]
    lines: list[Line]
    dots: list[Dot]
    values: list[Mark]
    columns: int
    band: float
    zero: float


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    step: float

    def y(self, value: float) -> float:
        return round(100 - 100 * (value - self.low) / (self.high - self.low), 2)

    @property
    def zero(self) -> float:
        return self.y(min(max(0.0, self.low), self.high))

    @property
    def marks(self) -> list[Mark]:
        steps = round((self.high - self.low) / self.step)
        values = (round(self.low + n * self.step, 10) for n in range(steps + 1))
        return [Mark(self.y(value), value) for value in values]


def plot(series: Sequence[Series], categories: int) -> Plot:
    """Lay out series over a number of categories."""
    axes = {each.axis for each in series} or {""}
    scales = {name: _scale([each for each in series if each.axis == name]) for name in axes}
    shown = scales[series[0].axis if series else ""]
    band = 100 / max(1, categories)
    columns = _columns(series)
    lines, dots = _lines(series, scales, band)
    return Plot(
        bars=_bars(series, columns, categories, scales),
        lines=lines,
        dots=dots,
        values=shown.marks,
        columns=len(columns),
        band=band,
        zero=shown.zero,
    )


def _scale(series: Sequence[Series]) -> _Scale:
    """Return a value axis with round ends and steps."""
    ends = [0.0] if any(each.kind != "line" for each in series) else []
    for each in series:
        ends += [value for value in each.values if value is not None]
    for kind, _, members in _stacks(series):
        rows = [series[index].values for index in members]
        for column in zip(*rows, strict=False):
            given = [value for value in column if value is not None]
            if kind == "bar":
                ends.append(sum(value for value in given if value > 0))
                ends.append(sum(value for value in given if value < 0))
            else:
                ends.append(sum(given))
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    if low == high:
        low, high = (min(0.0, low), max(0.0, high)) if low else (0.0, 1.0)
    counts = all(value is None or value == int(value) for each in series for value in each.values)
    step = _round_step((high - low) / MARKS, whole=counts)
    start, end = math.floor(low / step) * step, math.ceil(high / step) * step
    if not start < end:  # the numbers differ by less than numbers of their size can
        start, end, step = low, low + max(1.0, abs(low)), max(1.0, abs(low))
    return _Scale(start, end, step)


def _stacks(series: Sequence[Series]) -> list[tuple[str, str, list[int]]]:
    """Return which series stand on each other, by kind and name of the stack."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for index, each in enumerate(series):
        if each.stack and each.kind != "line":
            found.setdefault((each.kind, each.axis, each.stack), []).append(index)
    return [(kind, stack, members) for (kind, _, stack), members in found.items()]


def _round_step(rough: float, *, whole: bool) -> float:
    """Return a round number that is about as large; a whole one where things are counted."""
    if whole and rough <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (factor * power for factor in (1, 2, 2.5, 5, 10))
    return next(step for step in steps if step >= rough * 0.999 and not (whole and step % 1))


def _columns(series: Sequence[Series]) -> list[list[int]]:
    """Return the series of each bar that a category has room for."""
    columns: dict[tuple[str, str], list[int]] = {}
    for index, each in enumerate(series):
        if each.kind == "bar":
            columns.setdefault((each.axis, each.stack or f"#{index}"), []).append(index)
    return list(columns.values())


def _bars(
    series: Sequence[Series],
    columns: Sequence[list[int]],
    categories: int,
    scales: dict[str, _Scale],
) -> list[Bar]:
    return [
        bar
        for place, members in enumerate(columns)
        for category in range(categories)
        for bar in _column(series, members, category, place, scales[series[members[0]].axis])
    ]


def _column(
    series: Sequence[Series], members: list[int], category: int, place: int, scale: _Scale
) -> list[Bar]:
    values = {
        index: series[index].values[category]
        for index in members
        if category < len(series[index].values)
    }
    last_up = max((index for index, value in values.items() if value and value > 0), default=-1)
    last_down = max((index for index, value in values.items() if value and value < 0), default=-1)
    bars, up, down = [], 0.0, 0.0
    for index, value in values.items():
        if not value:
            continue
        start = up if value > 0 else down
        upper, lower = sorted((scale.y(start), scale.y(start + value)))
        up, down = (up + value, down) if value > 0 else (up, down + value)
        outer = index in (last_up, last_down)
        bars.append(Bar(index, category, place, upper, round(lower - upper, 2), outer))
    return bars


def _lines(
    series: Sequence[Series], scales: dict[str, _Scale], band: float
) -> tuple[list[Line], list[Dot]]:
    lines: list[Line] = []
    dots: list[Dot] = []
    below: dict[tuple[str, str], list[float]] = {}
    for index, each in enumerate(series):
        if each.kind == "bar":
            continue
        scale = scales[each.axis]
        base: list[float] = []
        if each.kind == "area" and each.stack:
            base = below.setdefault((each.axis, each.stack), [0.0] * len(each.values))
        for run in _runs(each.values):
            at = [round((category + 0.5) * band, 3) for category in run]
            lower = [base[category] if base else 0.0 for category in run]
            upper = [
                under + (each.values[category] or 0.0)
                for under, category in zip(lower, run, strict=True)
            ]
            if not base:
                lower = [min(max(0.0, scale.low), scale.high)] * len(run)
            top = [(x, scale.y(value)) for x, value in zip(at, upper, strict=True)]
            bottom = [(x, scale.y(value)) for x, value in zip(at, lower, strict=True)]
            dots += [Dot(index, category, x, y) for category, (x, y) in zip(run, top, strict=True)]
            if segments := curve(top, each.curve):
                ground = curve(bottom, each.curve) if each.kind == "area" else []
                lines.append(_line(index, segments, ground, each.curve in CLOSED))
            for category, value in zip(run, upper, strict=True):
                if base:
                    base[category] = value
    return lines, dots


def _runs(values: Sequence[Value]) -> list[list[int]]:
    """Return the categories that have a number, in runs without a gap."""
    runs: list[list[int]] = [[]]
    for category, value in enumerate(values):
        if value is not None:
            runs[-1].append(category)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _line(series: int, segments: list[Segment], ground: list[Segment], closed: bool) -> Line:
    drawn = path(segments) + ("Z" if closed else "")
    if not ground:
        return Line(series, drawn, "")
    if closed:
        return Line(series, drawn, drawn)
    outline = path(segments) + path(reversed_curve(ground), moved=False) + "Z"
    return Line(series, drawn, outline)
