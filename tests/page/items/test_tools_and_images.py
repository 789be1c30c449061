import json
from typing import Any

import pytest

from tests.page.items.making import article, item

CALL: dict[str, Any] = {
    "call_id": 'call_"1"',
    "name": "get_selected_text",
    "arguments": {"limit": 5, "x": "<é>"},
}


def test_a_tool_that_waits_says_what_to_run_and_can_be_skipped() -> None:
    shown = article(item("client_tool_call", **CALL))
    assert shown["data-client-tool"] == "get_selected_text"
    assert shown["data-call-id"] == 'call_"1"'
    assert json.loads(shown["data-arguments"]) == CALL["arguments"]
    assert shown["data-output-url"] == shown.one("form")["action"] == "/threads/thr_1/tool-output"
    assert shown.one("button")["name"] == "skip"
    assert "get_selected_text" in shown.text


def test_a_tool_that_ran_is_only_mentioned() -> None:
    shown = article(item("client_tool_call", status="completed", output={"a": 1}, **CALL))
    assert not shown.has("form")
    assert "data-client-tool" not in shown.attributes
    assert "get_selected_text" in shown.text


def test_an_image_of_our_own_is_shown() -> None:
    image = {"id": "img_1", "url": "/attachments/img_1"}
    assert article(item("generated_image", image=image)).one("img")["src"] == "/attachments/img_1"


def test_an_image_from_elsewhere_is_a_link() -> None:
    image = {"id": "img_1", "url": "https://elsewhere.example/i.png"}
    shown = article(item("generated_image", image=image))
    assert not shown.has("img")
    assert shown.one("a")["href"] == "https://elsewhere.example/i.png"
    assert shown.text == "Generated image elsewhere.example"


@pytest.mark.parametrize(("finished", "words"), [(True, "No image"), (False, "Making an image…")])
def test_an_image_that_is_not_there_says_so(finished: bool, words: str) -> None:
    assert article(item("generated_image"), finished=finished).text == words


def test_a_dangerous_address_of_an_image_is_not_used() -> None:
    image = {"id": "img_1", "url": "javascript:alert(1)"}
    shown = article(item("generated_image", image=image))
    assert not shown.has("a")
    assert not shown.has("img")


def test_a_widget_brings_the_form_of_its_buttons_and_its_text_to_copy() -> None:
    widget = {"type": "Card", "children": [{"type": "Text", "value": "Hi"}]}
    shown = article(item("widget", id="w 1", widget=widget, copy_text="Hi there"))
    form = shown.one("form")
    assert form["action"] == "/threads/thr_1/items/w%201/action"
    assert shown.one("button")["data-copy-text"] == "Hi there"


def test_the_end_of_a_turn_is_there_and_says_nothing() -> None:
    shown = article(item("end_of_turn"))
    assert "hidden" in shown.attributes
    assert not shown.children
