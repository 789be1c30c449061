"""Unknown components, very large and very deep widgets, and templates of one's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from chat.settings import Settings
from tests.page.dom import parse
from tests.widgets.rendering import Tree, component, html, root, shown

HOSTILE_TYPES = [
    "../items/task",
    "other",
    "a/b",
    "",
    "x" * 500,
    "Card\x00",
    "<b>",
    "Für",
    "Box.html",
]


def test_an_unknown_component_is_shown_by_its_words_and_children() -> None:
    tree: Tree = {
        "type": "DataTable",
        "id": "secret-id",
        "columns": [{"key": "name", "label": "Name"}],
        "rows": [{"name": "Ann", "score": 7}, {"name": "<Bob>", "score": None}],
        "children": [{"type": "Text", "value": "below"}],
    }
    found = component(tree)
    assert found.text == "Name Ann 7 <Bob> below"
    assert "secret-id" not in found.text
    assert found.has(data_widget="Text")


def test_the_else_of_a_condition_is_shown_too() -> None:
    tree: Tree = {"type": "Conditional", "condition": "{{x === 1}}", "children": []}
    tree |= {"else": [{"type": "Text", "value": "otherwise"}]}
    assert component(tree).text == "otherwise"


@pytest.mark.parametrize("type", HOSTILE_TYPES)
def test_a_type_cannot_name_another_template(type: str) -> None:
    page = shown({"type": type, "value": "hello"})
    assert page.one("section").text == "hello"
    assert [e["data-widget"] for e in page if "data-widget" in e.attributes] == ["Card", type]


@pytest.fixture
def own_templates(tmp_path: Path) -> Iterator[Path]:
    """The folder that CHATKIT_TEMPLATES names."""
    (tmp_path / "widgets").mkdir()
    create_app(Settings(database="memory:", templates=str(tmp_path)))
    yield tmp_path
    create_app(Settings(database="memory:"))


def test_a_template_is_all_that_a_new_component_needs(own_templates: Path) -> None:
    (own_templates / "widgets" / "Rating.html").write_text(
        "<b{{ view.element }}>{{ view.props.stars }} of 5 {{ view.props.by }}"
        "{{ view.children }}</b>"
    )
    tree: Tree = {"type": "Rating", "stars": 4, "by": "<Ann>", "deep": {"a": 1}}
    found = component(tree | {"children": [{"type": "Text", "value": "!"}]})
    assert (found.tag, found.text) == ("b", "4 of 5 <Ann> !")


def test_a_template_of_ones_own_replaces_ours(own_templates: Path) -> None:
    (own_templates / "widgets" / "Badge.html").write_text(
        "<i{{ view.element }}>{{ view.label }}</i>"
    )
    assert component({"type": "Badge", "label": "x"}).tag == "i"


def test_without_the_setting_only_our_templates_are_used(own_templates: Path) -> None:
    (own_templates / "widgets" / "Rating.html").write_text("<b{{ view.element }}>mine</b>")
    assert component({"type": "Rating", "stars": 4}).text == "mine"
    create_app(Settings(database="memory:"))
    assert component({"type": "Rating", "stars": 4}).text == "4"


@pytest.mark.parametrize("depth", [50, 150])
def test_deep_widgets_are_shown_to_their_ground(depth: int) -> None:
    tree: Tree = {"type": "Text", "value": "the ground"}
    for _ in range(depth):
        tree = {"type": "Box", "children": [tree]}
    page = shown(tree)
    assert page.text == "the ground"
    assert len(page.all(data_widget="Box")) == min(depth, 60)


def test_large_widgets_are_shown_in_full() -> None:
    row: Tree = {"type": "Row", "children": [{"type": "Text", "value": "x"}, {"type": "Icon"}]}
    assert html(root(*[row] * 3_334)).count(' data-widget="') == 10_003


def test_components_that_are_none_are_skipped() -> None:
    rendered = parse(html({"type": "Basic", "children": [{"type": "Text", "value": "a"}]})).one(
        data_widget="Basic"
    )
    assert rendered.text == "a"
