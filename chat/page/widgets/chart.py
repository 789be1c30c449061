"""Chart, drawn by the server: bars, lines and areas as SVG, and the numbers as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chat.page.widgets.chart_axes import Tick, axis_width, exact, short, ticks
from chat.page.widgets.colours import CHART, colour
from chat.page.widgets.component import Component, View
from chat.page.widgets.curves import CURVES
from chat.page.widgets.plot import Bar, Mark, Plot, Series, plot
from chat.page.widgets.props import Props, number, text
from chat.page.widgets.style import BLOCK, Style
from chat.words import gettext, marked

HUES = ("blue", "purple", "orange", "green", "red", "yellow", "pink")
KINDS = {
    "bar": marked("Bars: %(names)s."),
    "line": marked("Lines: %(names)s."),
    "area": marked("Areas: %(names)s."),
}
LARGEST = 1e15
MOST_ROWS = 1_000
MOST_TIPS = 200
MOST_DOTS = 40  # in a line of more points they would hide it
BAR_GAP, BAND_SHARE, WIDEST_BAR = 2.0, 0.76, 56


@dataclass(frozen=True)
class SeriesView:
    """One series: its name, and its colour as CSS."""

    label: str
    colour: str


@dataclass(frozen=True)
class BarView:
    """One bar: its box, its ``style``, and whether its corners are round."""

    y: float
    height: float
    style: str
    outer: bool


@dataclass(frozen=True)
class LineView:
    """One line: its path, the outline of the area under it if any, and its ``style``."""

    path: str
    area: str
    style: str


@dataclass(frozen=True)
class DotView:
    """One point of a line, and its colour."""

    x: float
    y: float
    colour: str


@dataclass(frozen=True)
class TipView:
    """What is said where the pointer is: a category, and its value in every series.

    Attributes:
        left: where the category begins.
        side: the side of its middle on which there is more room.
    """

    left: float
    side: str
    head: str
    values: tuple[tuple[SeriesView, str], ...]


@dataclass(frozen=True)
class ChartView(View):
    """Chart; lengths are percent of the plot.

    Attributes:
        words: texts of the chart itself, above it.
        id: with which the DOM ids of its title and its description start.
        label: what the drawing shows, in a few words.
        description: how it shows that.
        axis: the room that the values need beside the plot, as CSS.
        bar: the width of every bar, as CSS.
        zero: where the value axis is 0.
        band: the width of a category.
        legend: whether the series are named below.
        head: the heads of the table's columns.
        rows: the table's cells, by row.
    """

    words: tuple[str, ...]
    id: str
    label: str
    description: str
    axis: str
    bar: str
    zero: float
    band: float
    bars: tuple[BarView, ...]
    lines: tuple[LineView, ...]
    dots: tuple[DotView, ...]
    values: tuple[Mark, ...]
    value_labels: tuple[tuple[float, str], ...]
    categories: tuple[Tick, ...]
    tips: tuple[TipView, ...]
    legend: bool
    series: tuple[SeriesView, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Given:
    """A series as the widget describes it."""

    key: str
    view: SeriesView
    opacity: float
    series: Series


def chart_view(component: Component) -> ChartView:
    """Prepare Chart."""
    props = component.props
    rows = props.objects("data")[:MOST_ROWS]
    axis = Props(props.mapping("xAxis"))
    key, hidden = axis.text("dataKey") or props.text("xAxis", "xKey"), axis.flag("hide")
    categories = [_category(row.get(key), axis.mapping("labels")) for row in rows]
    given = _series(props, rows, key)
    drawn = plot([each.series for each in given], len(rows))
    words = tuple(found for name in ("title", "subtitle") if (found := props.text(name)))
    label = ", ".join([*words, *(each.view.label for each in given)]) or gettext("Chart")
    values = tuple((mark.at, short(mark.value)) for mark in drawn.values)
    if not props.flag("showYAxis"):
        values = ()
    return ChartView(
        component.element("w-chart" + (" bare" if hidden else ""), _style(props)),
        component.children(),
        words,
        f"{component.scope.dom_id}-chart-{component.scope.path.replace('.', '-')}",
        label,
        _description(given, categories),
        axis_width([said for _, said in values]),
        _bar_width(props, drawn),
        drawn.zero,
        round(drawn.band, 3),
        tuple(_bar(bar, given, drawn, _bar_gap(props)) for bar in drawn.bars),
        tuple(
            LineView(line.path, line.area, _painted("--hue", given[line.series]))
            for line in drawn.lines
        ),
        _dots(drawn, given),
        tuple(drawn.values),
        values,
        () if hidden else ticks(categories),
        () if props.get("showTooltip") is False else _tips(given, categories, drawn.band),
        props.flag("showLegend") or (len(given) > 1 and props.get("showLegend") is None),
        tuple(each.view for each in given),
        (key or "#", *(each.view.label for each in given)),
        tuple(
            (category, *(_cell(row.get(each.key)) for each in given))
            for category, row in zip(categories, rows, strict=True)
        ),
    )


def _style(props: Props) -> Style:
    height = text(props.get("height")).strip()
    given = {name: value for name, value in props.node.items() if name in BLOCK}
    if height.endswith("%"):  # of nothing that has a height
        given.pop("height", None)
    return Style().block(Props(given))


def _series(props: Props, rows: Sequence[Mapping[str, Any]], x_key: str) -> list[_Given]:
    found: list[_Given] = []
    given = props.objects("series") or [
        {"type": props.text("variant"), "dataKey": props.text("yKey")}
    ]
    for each in given:
        if isinstance(each.get("value"), Mapping):
            each = each["value"]
        one = Props(each)
        key = one.text("dataKey", "key", "closeKey")
        if not key or key == x_key:
            continue
        hue = f"var(--{HUES[len(found) % len(HUES)]}-500)"
        named = SeriesView(one.text("label", "name") or key, colour(one.get("color"), CHART) or hue)
        opacity = one.number("opacity")
        values = [number(row.get(key), LARGEST) for row in rows]
        series = Series(
            kind=one.choice("type", ("bar", "area"), "line"),  # type: ignore[arg-type]  # of these
            values=values,
            stack=one.text("stack"),
            curve=one.choice("curveType", CURVES, "linear"),
            axis=one.text("yAxisId"),
        )
        found.append(
            _Given(key, named, 1.0 if opacity is None else min(1.0, max(0.1, opacity)), series)
        )
    return found


def _category(value: object, named: Mapping[str, Any]) -> str:
    said = text(value)
    return text(named.get(said)) or said


def _description(given: Sequence[_Given], categories: Sequence[str]) -> str:
    """Say how the chart is drawn and what it spans."""
    said = []
    for kind, sentence in KINDS.items():
        if names := [each.view.label for each in given if each.series.kind == kind]:
            said.append(gettext(sentence) % {"names": ", ".join(names)})
    if len(categories) > 1:
        span = {"first": categories[0], "last": categories[-1]}
        said.append(gettext("From %(first)s to %(last)s.") % span)
    return " ".join(said)


def _bar_gap(props: Props) -> float:
    given = props.number("barGap")
    return BAR_GAP if given is None else min(max(0.0, given), 50.0)


def _bar_width(props: Props, drawn: Plot) -> str:
    columns = max(1, drawn.columns)
    between = _bar_gap(props) * (columns - 1)
    around = props.number("barCategoryGap")
    if around is None:
        share = f"{drawn.band * BAND_SHARE / columns:.4g}% - {between / columns:.4g}px"
    else:
        rest = between + min(max(0.0, around), 100.0)
        share = f"{drawn.band / columns:.4g}% - {rest / columns:.4g}px"
    return f"max(1px, min({share}, {WIDEST_BAR}px))"


def _bar(bar: Bar, given: Sequence[_Given], drawn: Plot, gap: float) -> BarView:
    middle = (bar.category + 0.5) * drawn.band
    before = bar.column - drawn.columns / 2
    shift = (bar.column - (drawn.columns - 1) / 2) * gap
    x = f"x:calc({middle:.5g}% + {before:g} * var(--bar) + {shift:g}px)"
    style = f"{x};{_painted('fill', given[bar.series])}"
    return BarView(bar.y, bar.height, style, bar.outer)


def _painted(name: str, given: _Given) -> str:
    style = f"{name}:{given.view.colour}"
    return style if given.opacity == 1 else f"{style};opacity:{given.opacity:g}"


def _dots(drawn: Plot, given: Sequence[_Given]) -> tuple[DotView, ...]:
    return tuple(
        DotView(dot.x, dot.y, given[dot.series].view.colour)
        for dot in drawn.dots
        if len(given[dot.series].series.values) <= MOST_DOTS
    )


def _tips(given: Sequence[_Given], categories: Sequence[str], band: float) -> tuple[TipView, ...]:
    if not given or len(categories) > MOST_TIPS:
        return ()
    return tuple(
        TipView(
            round(index * band, 3),
            "after" if index < len(categories) / 2 else "before",
            category,
            tuple(
                (each.view, exact(value))
                for each in given
                if (value := each.series.values[index]) is not None
            ),
        )
        for index, category in enumerate(categories)
    )


def _cell(value: object) -> str:
    amount = number(value, LARGEST)
    return text(value) if amount is None else exact(amount)
