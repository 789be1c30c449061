from typing import Any, get_args

import pytest
from chatkit.widgets import StrictWidgetComponent, StrictWidgetRoot

from chat.page.fragments import find_template
from chat.page.widgets.render import VIEWS
from tests.page.dom import parse
from tests.widgets.rendering import Tree, classes, component, html, root, shown, style


def test_every_component_of_the_sdk_has_a_view_and_a_template() -> None:
    known = [
        *get_args(get_args(StrictWidgetComponent)[0]),
        *get_args(get_args(StrictWidgetRoot)[0]),
    ]
    types = {cls.model_fields["type"].default for cls in known}
    types |= {"Table", "Table.Row", "Table.Cell"}
    assert types == set(VIEWS)
    assert all(find_template(f"widgets/{name}.html") for name in VIEWS)


@pytest.mark.parametrize("type", sorted(set(VIEWS) - {"Card", "ListView", "Basic"}))
@pytest.mark.parametrize(
    "props",
    [{}, {"children": None}, {"children": []}, {"children": {"type": "Text", "value": "in"}}],
    ids=["nothing", "null", "empty", "single"],
)
def test_a_component_needs_no_property_at_all(type: str, props: dict[str, Any]) -> None:
    page = shown({"type": type, **props})
    assert page.has(data_widget=type)
    assert ("in" in page.text) == isinstance(props.get("children"), dict)


@pytest.mark.parametrize("type", ["Card", "ListView", "Basic"])
def test_a_root_needs_no_property_at_all(type: str) -> None:
    assert parse(html({"type": type})).has(data_widget=type)


STRANGE: list[Any] = [None, 7, -1.5, True, "", '"><img src=x onerror=y>', [], [None], {}, {"a": {}}]
PROPERTIES = (
    "value label name size color background padding margin gap border radius width height flex "
    "aspectRatio align justify wrap direction theme status confirm cancel options data series "
    "xAxis limit defaultValue min max onClickAction onSubmitAction onChangeAction editable "
    "maxLines minLines src alt fit position spacing rows colSpan iconStart title dir lang"
)


@pytest.mark.parametrize("type", sorted(VIEWS))
@pytest.mark.parametrize("value", STRANGE, ids=repr)
def test_no_value_of_any_property_is_an_error_or_gets_out_of_its_place(
    type: str, value: Any
) -> None:
    tree = {"type": type, **dict.fromkeys(PROPERTIES.split(), value)}
    page = parse(html(tree if type in ("Card", "ListView", "Basic") else root(tree)))
    assert page.has(data_widget=type)
    assert not any("onerror" in element.attributes for element in page)


def test_text_is_escaped_and_keeps_its_lines() -> None:
    assert "a\n&lt;b&gt;" in html(root({"type": "Text", "value": "a\n<b>"}))


@pytest.mark.parametrize("name", ["value", "text", "content"])
@pytest.mark.parametrize("value", ["56", 56, 56.0])
def test_text_may_be_a_number_and_under_another_name(name: str, value: Any) -> None:
    assert component({"type": "Text", name: value}).text == "56"


def test_typography_becomes_classes() -> None:
    tree: Tree = {"type": "Text", "value": "x", "size": "sm", "weight": "bold", "textAlign": "end"}
    tree |= {"italic": True, "lineThrough": True, "truncate": True, "maxLines": 2}
    assert classes(tree) >= {
        "size-sm", "weight-bold", "align-end", "italic", "struck", "truncate", "clamp"
    }  # fmt: skip
    assert style(tree) == {"--lines": "2"}


def test_unknown_words_fall_back_to_the_default() -> None:
    assert classes({"type": "Badge", "label": "x", "color": "plaid", "variant": 3}) >= {
        "tone-secondary",
        "soft",
    }
    assert classes({"type": "Button", "label": "x", "variant": "primary"}) >= {"outline"}
    assert classes({"type": "Box", "direction": "column"}) >= {"w-col"}
    assert style({"type": "Box", "justify": "space-between", "wrap": True}) == {
        "justify-content": "space-between",
        "flex-wrap": "wrap",
    }


def test_a_title_is_a_heading() -> None:
    assert component({"type": "Title", "value": 52}).tag == "h3"


def test_markdown_is_rendered_as_in_an_answer() -> None:
    assert component({"type": "Markdown", "value": "**b** <i>"}).one("strong").text == "b"


def test_a_card_shows_its_status_without_loading_its_icon() -> None:
    page = shown(status={"text": "Sent", "favicon": "https://elsewhere.example/i.png"})
    assert page.one("header").text == "Sent"
    assert not page.has("img")


def test_a_favicon_of_our_own_is_shown_in_a_frame_if_asked_for() -> None:
    page = shown(status={"text": "Sent", "favicon": "data:image/png;base64,AAAA", "frame": True})
    assert page.one("header").one("img")["class"] == "w-favicon frame"
    plain = shown(status={"text": "Sent", "favicon": "/static/favicon.svg"})
    assert plain.one("header").one("img")["class"] == "w-favicon"


def test_a_collapsed_card_folds_its_body_away_but_not_its_buttons() -> None:
    page = shown({"type": "Text", "value": "body"}, collapsed=True, confirm={"label": "Go"})
    assert page.one("details").text == "Show details body"
    assert page.one("footer").text == "Go"


@pytest.mark.parametrize(
    ("background", "theme"),
    [
        ("#10101a", "dark"), ("#fafafa", "light"), ("#000", "dark"), ("white", "light"),
        ("rgb(20 30 40)", "dark"), ("rgba(255,255,255,0.9)", "light"), ("rgba(0,0,0,0.1)", ""),
        ("blue-900", "dark"), ("blue-100", "light"), ("red", "light"), ("rgb(1.1.1 1 1)", ""),
        ("RebeccaPurple", "dark"),
        ("linear-gradient(135deg, #1769C8, #101830)", "dark"), ("surface-secondary", ""),
        ({"light": "#fff", "dark": "#000"}, ""), (None, ""), (7, ""), ("plaid", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("type", ["Card", "Box", "Row"])
def test_a_background_that_is_the_same_in_both_themes_decides_which_one_is_readable(
    type: str, background: Any, theme: str
) -> None:
    tree: Tree = {"type": type, "background": background}
    found = parse(html(tree if type == "Card" else root(tree))).all(data_widget=type)[-1]
    assert found.attributes.get("data-theme", "") == theme


def test_a_theme_that_is_given_goes_before_what_the_background_asks_for() -> None:
    assert shown(theme="dark").one(data_widget="Card")["data-theme"] == "dark"
    assert shown(theme="light", background="#000").one("section")["data-theme"] == "light"


@pytest.mark.parametrize(
    ("limit", "first"), [(2, 2), ("2", 2), ("auto", 10), (None, 12), (0, 12), (99, 12)]
)
def test_a_list_shows_the_rest_on_demand(limit: Any, first: int) -> None:
    items = [
        {"type": "ListViewItem", "children": [{"type": "Text", "value": f"n{n}"}]}
        for n in range(12)
    ]
    page = parse(html({"type": "ListView", "children": items, "limit": limit}))
    hidden = page.all("details")
    assert sum(len(part.all(data_widget="ListViewItem")) for part in hidden) == 12 - first
    for part in hidden:
        assert part.one("summary").text == "Show more"
        assert part.one("summary")["data-count"] == str(12 - first)
    assert len(page.all(data_widget="ListViewItem")) == 12


def test_a_list_item_with_an_action_is_one_button_named_by_its_words() -> None:
    tree = {"type": "ListViewItem", "onClickAction": {"type": "open"}}
    item = component(tree | {"children": [{"type": "Title", "value": "Eggs & ham"}]})
    assert item.one("button")["aria-label"] == "Eggs & ham"


def test_an_icon_is_a_drawing_or_nothing() -> None:
    assert component({"type": "Icon", "name": "calendar"}).has("svg", aria_hidden="true")
    assert component({"type": "Icon", "name": "lucide:rocket"}).has("svg")
    for name in ("vendor:x", "../../../etc/passwd", "no-such-icon", ""):
        assert not component({"type": "Icon", "name": name}).has("svg")


def test_images_of_our_own_are_shown_and_others_are_links() -> None:
    ours = component({"type": "Image", "src": "/attachments/a", "alt": "A cat", "size": 40})
    assert (ours.tag, ours["src"], ours["alt"]) == ("img", "/attachments/a", "A cat")
    assert "width:40px" in ours["style"]
    data = component({"type": "Image", "src": "data:image/png;base64,AAAA"})
    assert data.tag == "img"
    other = component({"type": "Image", "src": "https://elsewhere.example/c.png", "alt": "A cat"})
    assert (other.tag, other["href"], other.text) == (
        "a",
        "https://elsewhere.example/c.png",
        "A cat elsewhere.example",
    )
    nameless = component({"type": "Image", "src": "https://x.example/c.png"})
    assert nameless.text == "Image x.example"
    assert nameless["title"] == "Image – x.example"
    bad = component({"type": "Image", "src": "javascript:alert(1)", "alt": "A cat"})
    assert (bad.tag, bad.text) == ("span", "A cat")


def test_an_image_of_another_site_keeps_its_place() -> None:
    tree: Tree = {"type": "Image", "src": "https://elsewhere.example/c.png", "size": 96}
    assert style(tree) == {"width": "96px", "height": "96px"}
    assert not classes(tree) & {"free", "tiny"}
    assert "tiny" in classes(tree | {"size": "40px"})
    assert "tiny" in classes(tree | {"size": None, "width": 200, "height": 20})
    assert "free" in classes(tree | {"size": None})


def test_fit_position_frame_and_flush_of_an_image() -> None:
    tree: Tree = {"type": "Image", "src": "/a.png", "fit": "scale-down", "position": "bottom left"}
    assert style(tree) == {"object-fit": "scale-down", "object-position": "bottom left"}
    assert classes(tree | {"frame": True, "flush": True}) >= {"frame", "flush"}


def test_what_is_flush_is_told_where_the_edges_are() -> None:
    line = {"type": "Divider", "flush": True}
    box: Tree = {"type": "Box", "children": [line]}
    edges = {"--edge-top", "--edge-left", "--edge-right"}
    for padding, expected in [
        (2, ("0.5rem", "0.5rem", "0.5rem")),
        ({"x": 4, "top": "2px"}, ("2px", "1rem", "1rem")),
        ("4px 0", ("4px", "0rem", "0rem")),
        ("1px 2px 3px 4px", ("1px", "4px", "2px")),
        ("none", ("0px", "0px", "0px")),
        (None, ("0px", "0px", "0px")),
        ("evil;", ("0px", "0px", "0px")),
    ]:
        declared = style(box | {"padding": padding})
        found = tuple(declared[name] for name in ("--edge-top", "--edge-left", "--edge-right"))
        assert found == expected, padding
    assert not edges & set(style({"type": "Box", "padding": 2}))
    body = shown(line, padding=2).one("div", _class="w-body")
    assert "--edge-left:0.5rem" in body["style"]


def test_a_spacer_has_its_least_size_in_the_direction_it_stands_in() -> None:
    assert style({"type": "Spacer", "minSize": 16}) == {"--least": "16px"}
    assert style({"type": "Spacer", "minSize": "none"}) == {"--least": "0px"}
    assert style({"type": "Spacer"}) == {}


def test_a_least_width_is_not_more_than_a_small_screen_has() -> None:
    assert style({"type": "Box", "minWidth": 100}) == {"min-width": "100px"}
    assert style({"type": "Box", "minWidth": 400}) == {"min-width": "min(400px, 100vw - 5rem)"}


@pytest.mark.parametrize(
    ("props", "small"),
    [({"size": 40}, True), ({"width": "4px"}, True), ({"width": 400}, False),
     ({"width": "40%"}, False), ({"size": 40, "flex": 1}, False), ({}, False)],
)  # fmt: skip
def test_a_small_box_keeps_its_width_beside_long_texts(props: Tree, small: bool) -> None:
    assert ("small" in classes({"type": "Box", **props})) is small


def test_all_properties_of_a_button_become_classes() -> None:
    tree: Tree = {"type": "Button", "label": "Go", "style": "primary", "size": "3xs"}
    assert classes(tree) == {"w-button", "solid", "tone-primary", "control-3xs"}
    tree |= {"variant": "ghost", "color": "caution", "pill": True, "uniform": True, "block": True}
    tree |= {"iconStart": "star", "iconEnd": "check", "iconSize": "2xl", "disabled": True}
    assert classes(tree) == {
        "w-button", "ghost", "tone-caution", "control-3xs", "pill", "uniform", "block",
        "icons-2xl",
    }  # fmt: skip
    assert len(component(tree).all("svg")) == 2
    assert "disabled" in component(tree).attributes


def test_an_icon_only_button_has_a_name() -> None:
    button = component({"type": "Button", "label": "", "iconStart": "chevron-left"})
    assert button["aria-label"] == "Chevron left"


def test_tables_are_tables_with_heads() -> None:
    cell: Tree = {"type": "Table.Cell", "children": [{"type": "Text", "value": "1"}]}
    rows = [
        {"type": "Table.Row", "header": True, "children": [cell | {"align": "end"}]},
        {"type": "Table.Row", "children": [cell | {"colSpan": 2}, {"type": "Text", "value": "2"}]},
    ]
    table = component({"type": "Table", "children": rows})
    around = shown({"type": "Table", "children": rows}).one("div", _class="w-table-scroll")
    assert around["tabindex"] == "0"  # so that a keyboard can scroll it
    assert table.tag == "table"
    assert (table.one("th")["scope"], len(table.all("td")), len(table.all("tr"))) == ("col", 2, 2)
    assert table.all("td")[0]["colspan"] == "2"


def test_a_row_outside_of_a_table_is_no_table_row() -> None:
    assert component({"type": "Table.Row"}).tag == "div"
    assert component({"type": "Table.Cell", "children": []}).tag == "div"


def test_a_direction_of_writing_is_kept() -> None:
    text = component({"type": "Text", "value": "مرحبا", "dir": "rtl", "lang": "ar"})
    assert (text["dir"], text["lang"]) == ("rtl", "ar")
