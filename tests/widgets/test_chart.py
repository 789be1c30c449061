import math
from typing import Any

import pytest

from chat.page.widgets.plot import Frame, Series, plot
from tests.page.dom import Element
from tests.widgets.rendering import Tree, component

DATA = [{"month": "Jan", "a": 100, "b": 80}, {"month": "Feb", "a": 120, "b": -40}]
CHART: Tree = {
    "type": "Chart",
    "data": DATA,
    "xAxis": "month",
    "series": [{"type": "bar", "dataKey": "a", "label": "Sales"}, {"type": "bar", "dataKey": "b"}],
}
FRAME = Frame(100, 100, left=0, bottom=0, top=0, right=0)


def bars(chart: Element) -> list[tuple[float, float]]:
    return [(float(bar["y"]), float(bar["height"])) for bar in chart.all("rect")]


def test_bars_have_heights_in_proportion_and_stand_on_zero() -> None:
    chart = component(CHART)
    sales_jan, sales_feb, b_jan, b_feb = bars(chart)
    zero = float(chart.one("line", _class="axis")["y1"])
    assert math.isclose(sum(sales_jan), zero, abs_tol=0.02)
    assert math.isclose(b_feb[0], zero, abs_tol=0.02)  # it hangs below
    for (_, height), value in ((sales_feb, 120), (b_jan, 80), (b_feb, 40)):
        assert math.isclose(height / sales_jan[1], value / 100, rel_tol=0.01)


def test_stacked_bars_stand_on_each_other() -> None:
    series = [Series("bar", [2.0], "s"), Series("bar", [3.0], "s"), Series("bar", [-1.0], "s")]
    low, high, below = plot(series, 1, FRAME).bars
    assert math.isclose(high.y + high.height, low.y, abs_tol=0.02)
    assert math.isclose(below.y, low.y + low.height, abs_tol=0.02)
    assert low.x == high.x == below.x


def test_bars_of_one_category_stand_side_by_side() -> None:
    first, second = plot([Series("bar", [1.0]), Series("bar", [1.0])], 1, FRAME).bars
    assert first.x + first.width <= second.x


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
    ],
)
def test_the_value_axis_has_round_numbers(values: list[float], marks: list[float]) -> None:
    assert [mark.value for mark in plot([Series("bar", values)], 2, FRAME).values] == marks


def test_lines_need_not_begin_at_zero_and_break_at_gaps() -> None:
    drawn = plot([Series("line", [180.0, 190.0, None, 185.0])], 4, FRAME)
    assert drawn.values[0].value >= 170
    assert [line.points.count(",") for line in drawn.lines] == [2, 1]
    assert len(drawn.dots) == 3


@pytest.mark.parametrize("values", [[], [None], [0.0], [5.0], [-5.0], [1e-9], [99_999.0]])
@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_no_numbers_are_too_strange_to_draw(values: list[float | None], kind: Any) -> None:
    drawn = plot([Series(kind, values)], len(values), FRAME)
    for y in [bar.y for bar in drawn.bars] + [dot.y for dot in drawn.dots]:
        assert 0 <= y <= 100.01
    assert math.isfinite(drawn.zero)


def test_a_chart_can_be_read_without_seeing_it() -> None:
    chart = component(CHART)
    table = chart.one("table")
    assert [head.children for head in table.all("th", scope="col")] == [["month"], ["Sales"], ["b"]]
    assert [cell.children for cell in table.all("td")] == [["100"], ["80"], ["120"], ["-40"]]
    assert chart.one("svg")["aria-label"] == "Sales, b"
    assert chart.one("svg")["role"] == "img"


def test_bars_say_what_they_are() -> None:
    titles = [bar.one("title").children for bar in component(CHART).all("rect")]
    assert ["Feb: Sales 120"] in titles


def test_axes_and_legend_are_shown_as_asked() -> None:
    plain = component(CHART)
    assert not plain.has("text", _class="value")
    assert [text.text for text in plain.all("text", _class="category")] == ["Jan", "Feb"]
    assert plain.one("ul").text == "Sales b"
    axis = {"dataKey": "month", "hide": True}
    bare = component(CHART | {"showYAxis": True, "showLegend": False, "xAxis": axis})
    assert bare.has("text", _class="value")
    assert not bare.has("text", _class="category")
    assert not bare.has("ul")
    named = component(CHART | {"xAxis": {"dataKey": "month", "labels": {"Jan": "January"}}})
    assert "January" in named.text


def test_many_categories_have_fewer_labels() -> None:
    data = [{"month": f"m{n}", "a": n} for n in range(100)]
    chart = component(CHART | {"data": data})
    assert len(chart.all("text", _class="category")) < 10
    assert len(chart.all("rect")) == 99  # nothing is drawn for zero


def test_colours_come_from_the_palette_in_turn_or_as_given() -> None:
    styles = {bar["style"] for bar in component(CHART).all("rect")}
    assert styles == {"fill:var(--blue-500)", "fill:var(--purple-500)"}
    given = [{"type": "bar", "dataKey": "a", "color": "blue.300"}]
    assert component(CHART | {"series": given}).all("rect")[0]["style"] == "fill:var(--blue-300)"
    evil = [{"type": "bar", "dataKey": "a", "color": "red;x:url(y)"}]
    assert component(CHART | {"series": evil}).all("rect")[0]["style"] == "fill:var(--blue-500)"


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
    assert len(component(CHART | props).all("polyline")) == 1


@pytest.mark.parametrize("height", [240, "240", "300px", "50%", None, -1, "x"])
def test_a_height_has_many_forms(height: Any) -> None:
    assert component(CHART | {"height": height}).has("svg")
