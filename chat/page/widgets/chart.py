"""Chart, drawn by the server: bars, lines and areas as SVG, and the numbers as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chat.page.widgets.colours import CHART, colour
from chat.page.widgets.component import Component, View
from chat.page.widgets.plot import Frame, Line, Plot, Series, plot
from chat.page.widgets.props import Props, number, text
from chat.page.widgets.style import Style

HUES = ("blue", "purple", "orange", "green", "red", "yellow", "pink")
WIDTH, HEIGHT = 360.0, 180.0
LOWEST, HIGHEST = 80.0, 360.0
MOST_ROWS = 1_000
LONGEST_LABEL = 14


@dataclass(frozen=True)
class SeriesView:
    """One series: its name, and its colour as CSS."""

    label: str
    colour: str


@dataclass(frozen=True)
class BarView:
    """One bar: its box in the drawing, its colour, and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    meaning: str


@dataclass(frozen=True)
class LineView:
    """One line: its points, the area under it if any, and its colour."""

    points: str
    area: str
    colour: str


@dataclass(frozen=True)
class DotView:
    """One point of a line, its colour, and what it stands for."""

    x: float
    y: float
    colour: str
    meaning: str


@dataclass(frozen=True)
class AxisLabel:
    """A label on an axis, at its coordinate."""

    at: float
    text: str


@dataclass(frozen=True)
class ChartView(View):
    """Chart.

    Attributes:
        words: texts of the chart itself, above it.
        label: what the drawing shows, in words.
        width: the drawing's width, in its own units; so are all other lengths.
        zero: where the value axis is 0.
        legend: whether the series are named below.
        head: the heads of the table's columns.
        rows: the table's cells, by row.
    """

    words: tuple[str, ...]
    label: str
    width: float
    height: float
    left: float
    right: float
    base: float
    zero: float
    bars: tuple[BarView, ...]
    lines: tuple[LineView, ...]
    dots: tuple[DotView, ...]
    values: tuple[AxisLabel, ...]
    show_values: bool
    categories: tuple[AxisLabel, ...]
    legend: bool
    series: tuple[SeriesView, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Given:
    """A series as the widget describes it."""

    key: str
    label: str
    colour: str
    series: Series


def chart_view(component: Component) -> ChartView:
    """Prepare Chart."""
    props = component.props
    rows = props.objects("data")[:MOST_ROWS]
    axis = Props(props.mapping("xAxis"))
    key, hidden = axis.text("dataKey") or props.text("xAxis", "xKey"), axis.flag("hide")
    categories = [_category(row.get(key), axis.mapping("labels")) for row in rows]
    given = _series(props, rows, key)
    frame = _frame(props, hidden)
    drawn = plot([each.series for each in given], len(rows), frame)
    words = tuple(found for name in ("title", "subtitle") if (found := props.text(name)))
    shape = {name: props.get(name) for name in ("flex", "width", "minWidth", "maxWidth", "size")}
    return ChartView(
        component.element("w-chart", Style().block(Props(shape))),
        component.children(),
        words,
        ", ".join([*words, *(each.label for each in given)]) or "Chart",
        frame.width,
        frame.height,
        frame.left,
        frame.width - frame.right,
        frame.base,
        drawn.zero,
        _bars(drawn, given, categories),
        tuple(_line(line, given) for line in drawn.lines),
        _dots(drawn, given, categories),
        tuple(AxisLabel(mark.at, _shown(mark.value)) for mark in drawn.values),
        props.flag("showYAxis"),
        () if hidden else _labels(drawn, categories),
        props.flag("showLegend") or (len(given) > 1 and props.get("showLegend") is None),
        tuple(SeriesView(each.label, each.colour) for each in given),
        (key or "#", *(each.label for each in given)),
        tuple(
            (category, *(_cell(row.get(each.key)) for each in given))
            for category, row in zip(categories, rows, strict=True)
        ),
    )


def _series(props: Props, rows: Sequence[Mapping[str, Any]], x_key: str) -> list[_Given]:
    found: list[_Given] = []
    given = props.objects("series") or [
        {"type": props.text("variant"), "dataKey": props.text("yKey")}
    ]
    for each in given:
        if isinstance(each.get("value"), Mapping):
            each = each["value"]
        key = text(each.get("dataKey") or each.get("key") or each.get("closeKey"))
        if not key or key == x_key:
            continue
        kind = each.get("type")
        values = [number(row.get(key)) for row in rows]
        stack = text(each.get("stack")) if kind == "bar" else ""
        hue = HUES[len(found) % len(HUES)]
        found.append(
            _Given(
                key,
                text(each.get("label") or each.get("name")) or key,
                colour(each.get("color"), CHART) or f"var(--{hue}-500)",
                Series(kind if kind in ("bar", "area") else "line", values, stack),
            )
        )
    return found


def _frame(props: Props, hidden: bool) -> Frame:
    height = number(text(props.get("height")).removesuffix("px")) or HEIGHT
    return Frame(
        WIDTH,
        min(max(height, LOWEST), HIGHEST),
        left=46 if props.flag("showYAxis") else 8,
        bottom=10 if hidden else 26,
        bar_gap=props.number("barGap"),
        category_gap=props.number("barCategoryGap"),
    )


def _category(value: object, named: Mapping[str, Any]) -> str:
    said = text(value)
    return text(named.get(said)) or said


def _labels(drawn: Plot, categories: Sequence[str]) -> tuple[AxisLabel, ...]:
    return tuple(
        AxisLabel(mark.at, _short(categories[int(mark.value)])) for mark in drawn.categories
    )


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def _cell(value: object) -> str:
    return _shown(number(value)) or text(value)


def _meaning(given: _Given, categories: Sequence[str], category: int) -> str:
    value = given.series.values[category]
    return f"{categories[category]}: {given.label} {_shown(value)}"


def _bars(drawn: Plot, given: list[_Given], categories: list[str]) -> tuple[BarView, ...]:
    return tuple(
        BarView(
            bar.x,
            bar.y,
            bar.width,
            bar.height,
            given[bar.series].colour,
            _meaning(given[bar.series], categories, bar.category),
        )
        for bar in drawn.bars
    )


def _line(line: Line, given: list[_Given]) -> LineView:
    return LineView(line.points, line.area, given[line.series].colour)


def _dots(drawn: Plot, given: list[_Given], categories: list[str]) -> tuple[DotView, ...]:
    return tuple(
        DotView(
            dot.x,
            dot.y,
            given[dot.series].colour,
            _meaning(given[dot.series], categories, dot.category),
        )
        for dot in drawn.dots
    )
