"""Widgets that people wrote, as far as they lie beside the project: each is shown in full."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chatkit.widgets import DynamicWidgetRoot

from chat.page.widgets.render import render_widget
from chat.page.widgets.tree import Node, plain, walk
from tests.page.dom import Element, parse
from tests.widgets.rendering import FORM

FOLDER = Path(__file__).parents[3] / "shared" / "widgets"
FILES = sorted(FOLDER.glob("*.json"))
WORDS = ("value", "label", "text", "content", "title", "subtitle", "description", "headline")

pytestmark = pytest.mark.skipif(not FILES, reason=f"no collected widgets in {FOLDER}")


@pytest.fixture(params=FILES or [FOLDER], ids=lambda path: path.stem)
def widget(request: pytest.FixtureRequest) -> DynamicWidgetRoot:
    return DynamicWidgetRoot.model_validate(json.loads(request.param.read_text())["widget"])


@pytest.fixture
def page(widget: DynamicWidgetRoot) -> Element:
    return parse(render_widget(widget, "item-1", "/act", FORM))


def squeezed(text: str) -> str:
    """Leave out blanks: elements inside of words look as if there were some."""
    return "".join(text.split())


def words_of(node: Node) -> Iterator[str]:
    """Yield what a component says: its own words, its options', its status and its buttons."""
    for name in WORDS:
        said = node.get(name)
        if isinstance(said, str | int | float) and not isinstance(said, bool):
            marks = r"[*_`#]|\d+\.\s|^- " if node["type"] == "Markdown" else r"\Z"
            yield re.sub(marks, "", str(said))
    for option in node.get("options") or ():
        if isinstance(option, dict):
            yield str(option.get("label"))
    for name, key in (("status", "text"), ("confirm", "label"), ("cancel", "label")):
        if isinstance(node.get(name), dict):
            yield str(node[name].get(key) or "")


def test_every_component_is_one_element(widget: DynamicWidgetRoot, page: Element) -> None:
    expected = sorted(node["type"] for _, node in walk(plain(widget)))
    assert sorted(e["data-widget"] for e in page if "data-widget" in e.attributes) == expected


def test_every_word_is_there(widget: DynamicWidgetRoot, page: Element) -> None:
    fields = " ".join(
        element.attributes.get(name, "") for element in page for name in ("value", "placeholder")
    )
    seen = squeezed(page.text + fields)
    for _, node in walk(plain(widget)):
        for words in words_of(node):
            for line in map(squeezed, words.splitlines()):
                assert line in seen, (node["type"], line)


def test_forms_are_not_nested_and_every_control_has_one(page: Element) -> None:
    for outer in page.all("form"):
        assert len(outer.all("form")) == 1
    ids = {form["id"] for form in page.all("form")} | {FORM}
    assert {e["form"] for e in page if "form" in e.attributes and e.tag != "form"} <= ids


def test_buttons_send_a_place_and_never_the_action_itself(
    widget: DynamicWidgetRoot, page: Element
) -> None:
    actions = [
        node[event]["type"]
        for _, node in walk(plain(widget))
        for event in ("onClickAction", "onSubmitAction", "onChangeAction")
        if isinstance(node.get(event), dict)
        and node[event].get("handler") != "client"
        and "." in str(node[event].get("type"))
    ]
    sent = " ".join(button["value"] for button in page.all("button", name="_action"))
    assert not any(action in sent for action in actions)


def test_nothing_is_loaded_from_elsewhere(page: Element) -> None:
    for element in page:
        assert not element.attributes.get("src", "").startswith(("http", "//"))
        assert "url(" not in element.attributes.get("style", "")
