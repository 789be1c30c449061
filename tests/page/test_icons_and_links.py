from datetime import UTC, datetime
from typing import get_args

import pytest
from chatkit.icons import IconName

from chat.page.dates import moment
from chat.page.icons import icon
from chat.page.links import own_image, safe_link
from tests.page.dom import parse


@pytest.mark.parametrize("name", get_args(get_args(IconName)[0]))
def test_every_icon_of_chatkit_is_drawn(name: str) -> None:
    svg = parse(icon(name)).one("svg")
    assert svg["aria-hidden"] == "true"
    assert svg["stroke"] == "currentColor"
    assert len(svg.children) >= 1


def test_icons_of_lucide_have_a_prefix() -> None:
    assert icon("lucide:rocket") == icon("rocket") != ""


@pytest.mark.parametrize("name", [None, "", "no-such", "vendor:x", "../x", "lucide:../../app", "A"])
def test_an_unknown_icon_is_nothing(name: str | None) -> None:
    assert icon(name) == ""


@pytest.mark.parametrize(
    "url",
    ["https://a.example", "HTTP://a.example/?a=b:c", "mailto:a@b.c", "chatkit-link://x", "/threads",
     "#part", "?a=1", "page/two", "a/b:c"],
)  # fmt: skip
def test_safe_addresses_stay_as_they_are(url: str) -> None:
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "", "  ", "javascript:x", "java\nscript:x", "\x01javascript:x", "data:text/html,x",
        "//a.example", "/\\a.example", "\\\\a.example", "ftp://a.example", "file:///x", "a b",
        "java\u200bscript:x",
    ],
)  # fmt: skip
def test_all_other_addresses_are_refused(url: str) -> None:
    assert safe_link(url) is None
    assert own_image(url) is None


@pytest.mark.parametrize("url", ["https://a.example/x.png", "x.png", "data:image/x,y", "mailto:a"])
def test_images_are_only_loaded_from_here(url: str) -> None:
    assert own_image(url) is None
    assert own_image("/attachments/a") == "/attachments/a"
    assert own_image("data:image/png;base64,AA") == "data:image/png;base64,AA"


def test_a_moment_has_a_zone_and_the_same_label_at_any_time() -> None:
    made = datetime(2026, 3, 5, 14, 5, tzinfo=UTC)
    shown = moment(made)
    assert datetime.fromisoformat(shown.iso) == made
    assert "2026" in shown.full
    assert shown.clock in shown.full
    naive = moment(datetime(2026, 3, 5, 14, 5))
    assert datetime.fromisoformat(naive.iso).tzinfo is not None
    assert naive.clock == "14:05"
