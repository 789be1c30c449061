"""Icons with ``vendor:`` names: SVG files of the folder that CHATKIT_ICONS names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chat.page.drawings import drawing
from chat.page.icons import icon, use_folder
from tests.page.dom import parse

LOGO = (
    '<?xml version="1.0"?><!-- ours --><svg xmlns="http://www.w3.org/2000/svg" '
    'viewBox="0 0 16 16" stroke="#f00"><title>Logo</title><g transform="scale(2)">'
    '<path d="M0 0h8v8z" fill="currentColor"/></g></svg>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    use_folder(str(tmp_path))
    yield tmp_path
    use_folder("")


def test_a_file_of_the_folder_is_an_icon(folder: Path) -> None:
    (folder / "logo.svg").write_text(LOGO)
    svg = parse(icon("vendor:logo")).one("svg")
    assert (svg["viewbox"], svg["stroke"], svg["aria-hidden"]) == ("0 0 16 16", "#f00", "true")
    assert svg.one("g").one("path")["d"] == "M0 0h8v8z"


@pytest.mark.parametrize("name", ["missing", "../logo", "", "a/b", "logo.svg\x00", ".hidden/x"])
def test_no_other_file_is_one(folder: Path, name: str) -> None:
    (folder / "sub").mkdir()
    (folder.parent / "logo.svg").write_text(LOGO)
    assert icon(f"vendor:{name}") == ""


def test_without_a_folder_there_are_none() -> None:
    assert icon("vendor:calendar") == ""


@pytest.mark.parametrize(
    "svg",
    [
        "", "text", "<p>x</p>", '<svg xmlns="http://www.w3.org/2000/svg"><path></svg>',
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        f"<svg>{'<g/>' * 99_999}</svg>",
    ],
    ids=range(6),
)  # fmt: skip
def test_what_is_no_svg_is_no_icon(svg: str) -> None:
    assert drawing(svg) == ""


def test_only_shapes_are_taken_over() -> None:
    svg = parse(
        drawing(
            '<svg xmlns="http://www.w3.org/2000/svg" width="20px" height="10" onload="x()">'
            '<script>x()</script><style>*{}</style><image href="https://x.example/i.png"/>'
            '<path d="M0 0" onclick="x()" style="fill:red" fill="url(#a)" stroke="red"/>'
            '<foreignObject><b>x</b></foreignObject><use href="#a"/><circle r="1&quot; x=&quot;"/>'
            "</svg>"
        )
    )
    assert {element.tag for element in svg} == {"", "svg", "path", "circle"}
    assert svg.one("svg")["viewbox"] == "0 0 20 10"
    assert svg.one("path").attributes == {"d": "M0 0", "stroke": "red"}
    assert svg.one("circle").attributes == {}
