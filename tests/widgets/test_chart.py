import itertools
import math
from typing import Any, get_args

import pytest
from chatkit.widgets import CurveType

from chat.page.widgets.chart_axes import short, ticks
from chat.page.widgets.curves import CURVES, curve
from chat.page.widgets.plot import Bar, Series, plot
from tests.page.dom import Element
from tests.widgets.rendering import Tree, component, style

DATA = [{"month": "Jan", "a": 100, "b": 80}, {"month": "Feb", "a": 120, "b": -40}]
CHART: Tree = {
    "type": "Chart",
    "data": DATA,
    "xAxis": "month",
    "series": [{"type": "bar", "dataKey": "a", "label": "Sales"}, {"type": "bar", "dataKey": "b"}],
}
POINTS = [(0.0, 50.0), (20.0, 10.0), (40.0, 90.0), (60.0, 30.0), (80.0, 40.0)]


def percent(value: str) -> float:
    return float(value.removesuffix("%"))


def bars(chart: Element) -> list[tuple[float, float]]:
    return [(percent(bar["y"]), percent(bar["height"])) for bar in chart.all("rect")]


def styles(chart: Element, tag: str) -> list[str]:
    return [element["style"] for element in chart.all(tag)]


def test_bars_have_heights_in_proportion_and_stand_on_zero() -> None:
    chart = component(CHART)
    sales_jan, sales_feb, b_jan, b_feb = bars(chart)
    zero = percent(chart.one("line", _class="axis")["y1"])
    assert math.isclose(sum(sales_jan), zero, abs_tol=0.02)
    assert math.isclose(b_feb[0], zero, abs_tol=0.02)  # it hangs below
    for (_, height), value in ((sales_feb, 120), (b_jan, 80), (b_feb, 40)):
        assert math.isclose(height / sales_jan[1], value / 100, rel_tol=0.01)


def test_stacked_bars_stand_on_each_other() -> None:
    series = [Series("bar", [2.0], "s"), Series("bar", [3.0], "s"), Series("bar", [-1.0], "s")]
    low, high, below = plot(series, 1).bars
    assert math.isclose(high.y + high.height, low.y, abs_tol=0.02)
    assert math.isclose(below.y, low.y + low.height, abs_tol=0.02)
    assert (low.column, high.column, below.column) == (0, 0, 0)
    assert [bar.outer for bar in (low, high, below)] == [False, True, True]


def test_bars_of_one_category_stand_side_by_side() -> None:
    drawn = plot([Series("bar", [1.0]), Series("bar", [1.0])], 1)
    assert (drawn.columns, [bar.column for bar in drawn.bars]) == (2, [0, 1])
    sales, _, others, _ = styles(component(CHART), "rect")
    assert sales.startswith("x:calc(25% + -1 * var(--bar) + -1px)")
    assert others.startswith("x:calc(25% + 0 * var(--bar) + 1px)")


def test_stacked_areas_stand_on_each_other() -> None:
    series = [Series("area", [2.0, 4.0], "s"), Series("area", [3.0, 1.0], "s")]
    drawn = plot(series, 2)
    scale = 100 / drawn.values[-1].value
    assert [round(100 - dot.y) for dot in drawn.dots] == [
        round(value * scale) for value in (2, 4, 5, 5)
    ]
    lower, upper = (line.area for line in drawn.lines)
    assert lower != upper
    assert upper.endswith("Z")


def test_gaps_between_bars_are_in_pixels() -> None:
    plain = component(CHART).one("div", _class="plot")
    wide = component(CHART | {"barGap": 10, "barCategoryGap": 20}).one("div", _class="plot")
    assert "19% - 1px" in plain["style"]
    assert "25% - 15px" in wide["style"]


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([0.0, 100.0], [0, 25, 50, 75, 100]),
        ([7.0, 93.0], [0, 25, 50, 75, 100]),
        ([-4.5, 5.0], [-5, -2.5, 0, 2.5, 5]),
        ([0.0, 1.0], [0, 1]),
        ([1.0, 3.0], [0, 1, 2, 3]),
        ([-5.0, 5.0], [-5, 0, 5]),
        ([0.001, 0.004], [0, 0.001, 0.002, 0.003, 0.004]),
        ([3e9, 8e9], [0, 2e9, 4e9, 6e9, 8e9]),
    ],
)
def test_the_value_axis_has_round_numbers(values: list[float], marks: list[float]) -> None:
    assert [mark.value for mark in plot([Series("bar", values)], 2).values] == marks


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (2.5, "2.5"), (1500, "1,500"), (12_000, "12K"), (-2_500_000, "-2.5M"), (4e9, "4B")],
)
def test_large_numbers_are_short_beside_the_axis(value: float, said: str) -> None:
    assert short(value) == said


def test_large_numbers_are_drawn() -> None:
    chart = component(CHART | {"data": [{"month": "Jan", "a": 250_000, "b": "1200000"}]})
    assert len(chart.all("rect")) == 2
    assert [cell.text for cell in chart.all("td")] == ["250,000", "1,200,000"]


def test_lines_need_not_begin_at_zero_and_break_at_gaps() -> None:
    drawn = plot([Series("line", [180.0, 190.0, None, 185.0])], 4)
    assert drawn.values[0].value >= 170
    assert len(drawn.lines) == 1  # what stands alone is only a dot
    assert len(drawn.dots) == 3


def test_series_with_axes_of_their_own_use_the_whole_height() -> None:
    drawn = plot([Series("line", [1.0, 2.0]), Series("bar", [1e6, 2e6], axis="volume")], 2)
    assert max(bar.height for bar in drawn.bars) == 100
    assert {dot.y for dot in drawn.dots} == {0, 100}


@pytest.mark.parametrize(
    "values",
    [[], [None], [0.0], [5.0], [-5.0], [1e-9], [99_999.0], [1e15, 1e15 + 0.125], [-1e15, 1e15],
     [1e-300, 2e-300]],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_no_numbers_are_too_strange_to_draw(values: list[float | None], kind: Any) -> None:
    drawn = plot([Series(kind, values)], len(values))
    for y in [bar.y for bar in drawn.bars] + [dot.y for dot in drawn.dots]:
        assert 0 <= y <= 100.01
    assert math.isfinite(drawn.zero)


def test_all_curves_of_the_sdk_are_known() -> None:
    assert set(get_args(CurveType)) == CURVES


@pytest.mark.parametrize("kind", sorted(CURVES))
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_a_curve_is_one_unbroken_run(kind: str, count: int) -> None:
    segments = curve(POINTS[:count], kind)
    assert bool(segments) == (count > 1)
    for before, after in itertools.pairwise(segments):
        assert before[-1] == pytest.approx(after[0])


@pytest.mark.parametrize(
    "kind", sorted(CURVES - {"basis", "basisOpen", "basisClosed", "linearClosed"})
)
def test_a_curve_goes_through_its_points(kind: str) -> None:
    segments = curve(POINTS, kind)
    heights = {y for segment in segments for _, y in (segment[0], segment[-1])}
    assert {y for _, y in POINTS} <= heights
    assert (segments[0][0], segments[-1][-1]) == (POINTS[0], POINTS[-1])


def test_curves_are_what_their_names_say() -> None:
    start, end = (0.0, 0.0), (10.0, 10.0)
    steps = {kind: curve([start, end], kind) for kind in ("step", "stepBefore", "stepAfter")}
    assert steps["step"][0] == ((0, 0), (5, 0))
    assert steps["stepBefore"][0] == ((0, 0), (0, 10))
    assert steps["stepAfter"][0] == ((0, 0), (10, 0))
    assert curve([start, end], "bumpX") == [((0, 0), (5, 0), (5, 10), (10, 10))]
    assert curve([start, end], "bumpY") == [((0, 0), (0, 5), (10, 5), (10, 10))]
    assert curve(POINTS, "bump") == curve(POINTS, "bumpX")
    assert curve(POINTS, "monotone") == curve(POINTS, "monotoneX")
    assert curve(POINTS, "linearClosed")[-1] == (POINTS[-1], POINTS[0])
    closed = curve(POINTS, "basisClosed")
    assert closed[0][0] == pytest.approx(closed[-1][-1])
    assert curve(POINTS, "wavy") == curve(POINTS, "linear")


def test_a_monotone_curve_never_overshoots() -> None:
    points = [(0.0, 0.0), (10.0, 0.0), (20.0, 100.0), (30.0, 100.0)]
    for _, *handles, _ in curve(points, "monotone"):
        assert all(0 <= y <= 100 for _, y in handles)


def test_a_natural_curve_has_no_bend_at_its_ends() -> None:
    (start, first, second, _), *_ = curve(POINTS, "natural")
    assert start[1] - 2 * first[1] + second[1] == pytest.approx(0)


def test_curves_reach_the_page() -> None:
    series = [{"type": "line", "dataKey": "a", "curveType": "bumpX"}]
    data = [*DATA, {"month": "Mar", "a": 50}]
    smooth = component(CHART | {"series": series, "data": data}).one("path")["d"]
    straight = component(CHART | {"series": [series[0] | {"curveType": 7}], "data": data})
    assert "C" in smooth
    assert "C" not in straight.one("path")["d"]


def test_bars_lines_and_areas_mix() -> None:
    kinds = ("area", "bar", "line")
    chart = component(CHART | {"series": [{"type": kind, "dataKey": "a"} for kind in kinds]})
    assert len(chart.all("rect")) == 2
    assert len(chart.all("path", _class="area")) == 1
    assert len(chart.all("path", _class="line")) == 2


def test_a_chart_can_be_read_without_seeing_it() -> None:
    chart = component(CHART)
    table = chart.one("table")
    assert [head.text for head in table.all("th", scope="col")] == ["month", "Sales", "b"]
    assert [cell.text for cell in table.all("td")] == ["100", "80", "120", "-40"]
    drawing = chart.one("svg", role="img")
    title, about = drawing["aria-labelledby"].split()
    assert chart.one("title", id=title).children == ["Sales, b"]
    assert chart.one("desc", id=about).text == "Bars: Sales, b. From Jan to Feb."
    assert chart.one("div", role="group")["tabindex"] == "0"  # a keyboard brings it into sight


def test_tooltips_need_no_script() -> None:
    tips = component(CHART).all("div", _class="band")
    assert [tip.text for tip in tips] == ["Jan Sales 100 b 80", "Feb Sales 120 b -40"]
    assert not component(CHART | {"showTooltip": False}).has("div", _class="band")


def test_axes_and_legend_are_shown_as_asked() -> None:
    plain = component(CHART)
    assert not plain.has("text", _class="value")
    assert labels(plain) == ["Jan", "Feb"]
    assert plain.one("ul").text == "Sales b"
    axis = {"dataKey": "month", "hide": True}
    bare = component(CHART | {"showYAxis": True, "showLegend": False, "xAxis": axis})
    assert bare.has("text", _class="value")
    assert labels(bare) == []
    assert not bare.has("ul")
    named = component(CHART | {"xAxis": {"dataKey": "month", "labels": {"Jan": "January"}}})
    assert labels(named) == ["January", "Feb"]


def labels(chart: Element) -> list[str]:
    return [text.text for text in chart.all("text") if "category" in text["class"]]


def test_many_categories_have_as_many_labels_as_there_is_room_for() -> None:
    found = ticks([f"m{number}" for number in range(100)])
    counts = {
        room: sum(room in tick.css for tick in found) for room in ("narrow", "medium", "wide")
    }
    assert 3 < counts["narrow"] < counts["medium"] < counts["wide"] < 30
    few = ticks(["Jan", "Feb", "Mar"])
    assert all(tick.css == "narrow medium wide" for tick in few)


def test_nothing_is_drawn_for_zero() -> None:
    assert plot([Series("bar", [0.0, 1.0])], 2).bars == [
        Bar(0, 1, 0, 0.0, 100.0, True),
    ]


def test_colours_come_from_the_palette_in_turn_or_as_given() -> None:
    fills = {each.split("fill:")[1] for each in styles(component(CHART), "rect")}
    assert fills == {"var(--blue-500)", "var(--purple-500)"}
    given = [{"type": "bar", "dataKey": "a", "color": "blue.300", "opacity": 0.5}]
    first = styles(component(CHART | {"series": given}), "rect")[0]
    assert first.endswith("fill:var(--blue-300);opacity:0.5")
    evil = [{"type": "bar", "dataKey": "a", "color": "red;x:url(y)", "opacity": "1;x:y"}]
    assert styles(component(CHART | {"series": evil}), "rect")[0].endswith("fill:var(--blue-500)")
    pair = [{"type": "line", "dataKey": "a", "color": {"light": "#111", "dark": "#eee"}}]
    line = component(CHART | {"series": pair}).one("path")
    assert line["style"] == "--hue:var(--if-light, #111) var(--if-dark, #eee)"


@pytest.mark.parametrize(
    "props",
    [
        {"series": [{"type": "Text", "value": {"type": "line", "dataKey": "a", "label": "A"}}]},
        {"series": [{"type": "candlestick", "closeKey": "a"}]},
        {"series": [{"type": "line", "key": "a", "name": "A"}]},
        {"series": None, "variant": "line", "yKey": "a", "xKey": "month", "xAxis": None},
        {"series": [{"type": "area", "dataKey": "a"}]},
    ],
)
def test_series_written_in_other_ways_are_drawn_as_lines(props: Tree) -> None:
    assert len(component(CHART | props).all("path", _class="line")) == 1


@pytest.mark.parametrize(
    ("height", "declared"),
    [(240, "240px"), ("240", "240px"), ("300px", "300px"), ("50%", ""), (None, ""), (-1, ""),
     ("x", "")],
)  # fmt: skip
def test_a_height_has_many_forms(height: Any, declared: str) -> None:
    assert style(CHART | {"height": height}).get("height", "") == declared


def test_a_chart_has_all_the_sizes_of_a_box() -> None:
    sizes = {"minHeight": 80, "maxHeight": 200, "maxWidth": 300, "aspectRatio": "2:1", "flex": 1}
    assert style(CHART | sizes) == {
        "min-height": "80px",
        "max-height": "200px",
        "max-width": "300px",
        "aspect-ratio": "2 / 1",
        "flex": "1",
    }
