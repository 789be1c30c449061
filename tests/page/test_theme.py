"""The theme: its style sheet, its fonts, and that everything stays readable."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chat.options import (
    AccentColor,
    ColorOption,
    GrayscaleOptions,
    SurfaceColors,
    ThemeOption,
    TypographyOption,
)
from chat.page.colour import Colour, read_colour
from chat.page.theme import theme_css
from chat.settings import Settings
from tests.page.browsing import Browser
from tests.page.test_composer import chat
from tests.running import Running


def tokens(css: str) -> dict[str, tuple[Colour, Colour]]:
    """Return the colours of a style sheet, in light and in dark."""
    found: dict[str, tuple[Colour, Colour]] = {}
    for name, value in re.findall(r"--([\w-]+): ([^;]+);", css):
        read = (read_colour(part) for part in re.findall(r"#[0-9a-f]{6}", value))
        colours = [colour for colour in read if colour]
        if colours and "mix" not in value:
            found[name] = (colours[0], colours[-1])
    return found


def worst(found: dict[str, tuple[Colour, Colour]], text: str, *grounds: str) -> float:
    """Return the least contrast of a text to grounds, in light and dark."""
    return min(
        found[text][scheme].contrast(found[ground][scheme])
        for scheme, ground in product((0, 1), grounds)
    )


async def test_a_theme_that_changes_nothing_is_not_asked_for(alices: Browser) -> None:
    page = await alices.read("/")
    assert not [link for link in page.all("link") if "theme.css" in link["href"]]
    assert (await alices.http.get("/theme.css")).status_code == 404
    assert "data-theme" not in page.one("html").attributes


async def test_a_theme_is_a_style_sheet_that_browsers_keep(settings: Settings) -> None:
    theme = {"colorScheme": "dark", "radius": "soft", "density": "compact"}
    async with chat(settings, theme=theme) as served:
        http = served.client()
        page = await Browser(http).read("/")
        assert page.one("html")["data-theme"] == "dark"
        assert page.one("meta", name="color-scheme")["content"] == "dark"
        (address,) = [link["href"] for link in page.all("link") if "theme.css" in link["href"]]
        response = await http.get(address)
        again = await http.get("/theme.css", headers={"If-None-Match": response.headers["etag"]})
    assert response.headers["content-type"].startswith("text/css")
    assert "immutable" in response.headers["cache-control"]
    assert "--radius-lg: 6px;" in response.text
    assert "--space-lg: 0.75rem;" in response.text
    assert (again.status_code, again.text) == (304, "")
    assert again.headers["cache-control"] == "no-cache"


async def test_a_font_beside_the_options_is_served_from_here(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "mine.woff2").write_bytes(b"wOF2 of mine")
    fonts: list[Any] = [
        {"family": "Mine", "src": "mine.woff2", "weight": "100 900"},
        {"family": "Other", "src": "/static/other.woff2", "style": "italic"},
    ]
    theme = {"typography": {"baseSize": 18, "fontFamily": "Mine, serif", "fontSources": fonts}}
    async with chat(settings, theme=theme) as served:
        http = served.client()
        css = (await http.get("/theme.css")).text
        font = await http.get("/theme/fonts/0")
        unknown = [(await http.get(f"/theme/fonts/{at}")).status_code for at in (1, 2, "x")]
    assert 'src: url("theme/fonts/0")' in css
    assert 'src: url("/static/other.woff2")' in css
    assert '--font-sans: "Mine", serif, system-ui, sans-serif;' in css
    assert "font-size: 112.5000%" in css
    assert (font.content, font.headers["content-type"]) == (b"wOF2 of mine", "font/woff2")
    assert unknown == [404, 404, 404]


@pytest.mark.parametrize("hue", [0, 60, 120, 200, 300])
@pytest.mark.parametrize("shade", [-4, 0, 4])
@pytest.mark.parametrize("tint", [0, 9])
def test_text_can_be_read_on_all_greys(hue: int, tint: int, shade: int) -> None:
    greys: Any = GrayscaleOptions(hue=hue, tint=tint, shade=shade)
    found = tokens(theme_css(ThemeOption(color=ColorOption(grayscale=greys))))
    surfaces = [name for name in found if name.startswith(("surface", "canvas"))]
    assert len(surfaces) == 6
    for text in ("text-primary", "text-secondary", "text-tertiary"):
        assert worst(found, text, *surfaces) >= 4.45


@pytest.mark.parametrize("primary", ["#ff0", "#00f", "#808080", "#000", "rgb(0 200 90)", "#fff"])
@pytest.mark.parametrize("level", [0, 3])
def test_an_accent_of_any_colour_can_be_read(primary: str, level: Any) -> None:
    accent = AccentColor(primary=primary, level=level)
    found = tokens(theme_css(ThemeOption(color=ColorOption(accent=accent))))
    assert worst(found, "accent", "accent-soft") >= 4.45
    assert worst(found, "on-accent", "accent", "accent-hover") >= 4.45


@pytest.mark.parametrize(
    ("background", "foreground"),
    [("#fdf6e3", "#333"), ("#1a1a2e", "#eee"), ("#212121", "#303030"), ("#fafafa", "#ffffff")],
)
def test_text_can_be_read_on_surfaces_whatever_the_foreground_is(
    background: str, foreground: str
) -> None:
    surface = SurfaceColors(background=background, foreground=foreground)
    found = tokens(theme_css(ThemeOption(color=ColorOption(surface=surface))))
    surfaces = [name for name in found if name.startswith(("surface", "canvas"))]
    for text in ("text-primary", "text-secondary", "accent"):
        assert worst(found, text, *surfaces) >= 4.45


def test_a_raised_surface_has_the_foreground_that_is_no_text() -> None:
    surface = SurfaceColors(background="#212121", foreground="#303030")
    found = tokens(theme_css(ThemeOption(color=ColorOption(surface=surface))))
    assert found["surface-elevated"][0].css == "#303030"


@pytest.mark.parametrize(
    ("text", "css"),
    [
        ("#0f8", "#00ff88"),
        ("#00FF8880", "#00ff88"),
        ("rgb(0, 255, 136)", "#00ff88"),
        ("rgba(0 255 136 / 50%)", "#00ff88"),
        ("hsl(120, 100%, 50%)", "#00ff00"),
        ("hsl(480deg 100% 50%)", "#00ff00"),
    ],
)
def test_colours_are_read_in_every_way_that_css_has(text: str, css: str) -> None:
    colour = read_colour(text)
    assert colour
    assert colour.css == css


@pytest.mark.parametrize("text", ["", "#12", "#gggggg", "red;}", "url(x)", "rgb(1,2)", "var(--x)"])
def test_what_is_no_colour_is_none(text: str) -> None:
    assert read_colour(text) is None


def test_nothing_of_the_file_but_checked_names_is_in_the_style_sheet(served: Running) -> None:
    theme = ThemeOption(typography=TypographyOption(font_family="Fine Font, 'Other One'"))
    css = theme_css(theme)
    assert css.count("{") == css.count("}") == 1
    assert '"Fine Font", "Other One"' in css


async def test_the_default_theme_is_light(settings: Settings) -> None:
    async with chat(settings) as served:
        root = (await Browser(served.client()).read("/")).one("html")
    assert root["data-theme"] == "light"
    assert msgspec.to_builtins(ThemeOption())["colorScheme"] == "light"
