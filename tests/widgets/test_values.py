"""Lengths and colours: what a widget may say, and that nothing else reaches the style."""

from typing import Any

import pytest

from chat.page.widgets.colours import BACKGROUND, TEXT, colour, paint
from chat.page.widgets.style import size, space
from tests.widgets.rendering import classes, style

HOSTILE: list[Any] = [
    "red;position:fixed", "red}body{display:none", "url(https://x.example)", "expression(alert(1))",
    "var(--x)", "calc(1px + 1px)", "1px;color:red", "\\72 ed", "red/**/", "attr(x)", "-1", -5,
    "1e9",
    10**9, float("nan"), float("inf"), True, [], ["red"], "javascript:x", "env(x)",
    "image-set('x')",
    "linear-gradient(red, url(x))", "linear-gradient(red)", "rgb(1,2)", "#12", "#ggg", "\n",
    "a" * 9_999,
    "linear-gradient(90deg, red, blue), url(x)", "url(x) linear-gradient(red, blue)",
    {"light": "url(x)", "dark": {"light": "red"}},
    "rgb(0,0,0);x", "1px 2px 3px 4px 5px", "red\x00",
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "css"),
    [
        (2, "0.5rem"), ("2", "0.5rem"), (0.5, "0.125rem"), (0, "0rem"), (4.0, "1rem"), (12, "12px"),
        ("md", "var(--space-md)"), ("none", "0"), ("8px", "8px"), ("1.5rem", "1.5rem"),
        (None, None),
    ],
)  # fmt: skip
def test_a_spacing_is_units_a_token_or_a_length(value: Any, css: str | None) -> None:
    assert space(value) == css


@pytest.mark.parametrize(
    ("value", "css"),
    [
        (240, "240px"), ("240", "240px"), ("300px", "300px"), ("12pt", "12pt"),
        ("25.0%", "25.0%"), ("100%", "100%"),
        ("fit-content", "fit-content"), ("auto", "auto"), ("sm", None), (None, None),
    ],
)  # fmt: skip
def test_a_size_is_pixels_a_length_or_a_word(value: Any, css: str | None) -> None:
    assert size(value) == css


@pytest.mark.parametrize(
    ("value", "css"),
    [
        ("secondary", "var(--text-secondary)"), ("blue-500", "var(--blue-500)"),
        ("blue.500", "var(--blue-500)"), ("red", "var(--red-500)"), ("gray-75", "var(--gray-50)"),
        ("#888", "#888"), ("HotPink", "HotPink"),
        ("rgba(7, 6, 18, 0.9)", "rgba(7, 6, 18, 0.9)"), ("white", "white"),
        ("hsl(210 50% 40% / 0.5)", "hsl(210 50% 40% / 0.5)"),
        ("alpha-70", "color-mix(in srgb, var(--text-primary) 70%, transparent)"),
        ({"light": "#111", "dark": "white"}, "var(--if-light, #111) var(--if-dark, white)"),
        ({"dark": "#00E5FF"}, "#00E5FF"), ("{{colour}}", None), ("plaid", None),
    ],
)  # fmt: skip
def test_a_colour_is_a_token_a_shade_or_a_css_colour(value: Any, css: str | None) -> None:
    assert colour(value, TEXT) == css


def test_a_background_may_be_a_gradient_of_colours() -> None:
    gradient = "linear-gradient(111deg, #1769C8 0%, #258AE3 56.92%, #31A3F8 100%)"
    assert paint(gradient) == gradient
    assert paint({"light": "#fff", "dark": gradient}) == (
        f"var(--if-light, #fff) var(--if-dark, {gradient})"
    )
    assert paint("radial-gradient(circle at center, red-100, blue)") == (
        "radial-gradient(circle at center, var(--red-100), var(--blue-500))"
    )
    assert paint("surface-secondary") == "var(--surface-secondary)"


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:30])
def test_nothing_else_reaches_a_style(value: Any) -> None:
    names = (
        "color background padding margin gap border radius width height minWidth maxHeight size "
        "flex aspectRatio align justify wrap borderRadius spacing"
    )
    declared = style({"type": "Box", **dict.fromkeys(names.split(), value)})
    if value is True:
        assert declared == {"flex-wrap": "wrap", "border": "1px solid var(--border-default)"}
    else:
        assert declared == {}
    assert colour(value, BACKGROUND) is None
    for side in ("top", "x"):
        assert style({"type": "Box", "padding": {side: value}, "margin": {side: value}}) == {}


@pytest.mark.parametrize("value", [{"size": value} for value in HOSTILE if value is not True])
def test_a_border_needs_a_thickness(value: dict[str, Any]) -> None:
    assert style({"type": "Box", "border": value}) == {}


def test_padding_and_margin_go_by_sides_and_the_special_side_wins() -> None:
    assert style({"type": "Box", "padding": {"top": 3, "x": 1, "y": "2xs", "left": "8px"}}) == {
        "padding-left": "8px",
        "padding-right": "0.25rem",
        "padding-top": "0.75rem",
        "padding-bottom": "var(--space-2xs)",
    }
    assert style({"type": "Box", "margin": "4px 0"}) == {"margin": "4px 0rem"}


@pytest.mark.parametrize(
    ("border", "declared"),
    [
        (1, {"border": "1px solid var(--border-default)"}),
        ({"size": 2, "color": "subtle"}, {"border": "2px solid var(--border-subtle)"}),
        ({"size": 1, "style": "dotted", "color": "red"}, {"border": "1px dotted var(--red-500)"}),
        ({"size": 1, "style": "no;x", "color": ";"}, {"border": "1px solid var(--border-default)"}),
        ({"bottom": 1}, {"border-bottom": "1px solid var(--border-default)"}),
        ({"size": 999}, {"border": "20px solid var(--border-default)"}),
    ],
)  # fmt: skip
def test_a_border_is_a_number_an_object_or_by_sides(border: Any, declared: dict[str, str]) -> None:
    assert style({"type": "Box", "border": border}) == declared


@pytest.mark.parametrize(
    ("props", "declared"),
    [
        ({"flex": 1}, {"flex": "1"}),
        ({"flex": "0 0 auto"}, {"flex": "0 0 auto"}),
        ({"flex": "auto"}, {"flex": "auto"}),
        ({"aspectRatio": "16:9"}, {"aspect-ratio": "16 / 9"}),
        ({"aspectRatio": 1.5}, {"aspect-ratio": "1.5"}),
        ({"aspectRatio": "1/0"}, {}),
        ({"radius": "full"}, {"border-radius": "var(--radius-full)"}),
        ({"borderRadius": 12}, {"border-radius": "12px"}),
        ({"size": 32}, {"width": "32px", "height": "32px"}),
        ({"align": "baseline"}, {"align-items": "baseline"}),
    ],
)
def test_layout_values_become_declarations(props: dict[str, Any], declared: dict[str, str]) -> None:
    assert style({"type": "Box", **props}) == declared


def test_class_names_are_never_made_of_what_a_widget_says() -> None:
    evil = 'x" onclick="y'
    names = "size color variant weight textAlign align direction iconSize gutterSize colSize vAlign"
    for type in ("Text", "Button", "Badge", "Input", "Table.Cell", "Box", "Icon", "Select"):
        found = classes({"type": type, **dict.fromkeys(names.split(), evil)})
        assert not any('"' in name or name == "x" or "onclick" in name for name in found)
