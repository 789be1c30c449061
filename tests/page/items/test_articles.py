import re
from datetime import datetime
from typing import Any, get_args

import pytest
from chatkit.types import ThreadItem

from chat.page.addresses import attachment_url, item_url
from chat.page.fragments import find_template
from chat.page.items import dom_id, item_view, part_ids, render_item
from tests.page.items.making import MADE, article, item, said

HOSTILE_IDS = ['"><script>', "a b", "é", "x#y.z:w", "../up", "a" * 500, "", "\ud800", "%2e/.."]
ITEMS: dict[str, dict[str, Any]] = {
    "user_message": {"content": [], "inference_options": {}},
    "assistant_message": {"content": []},
    "client_tool_call": {"call_id": "c", "name": "n", "arguments": {}},
    "widget": {"widget": {"type": "Card", "children": []}},
    "generated_image": {},
    "structured_input": {"inputs": []},
    "task": {"task": {"type": "thought", "content": "x"}},
    "workflow": {"workflow": {"type": "custom", "tasks": []}},
    "end_of_turn": {},
}
HIDDEN: dict[str, dict[str, Any]] = {
    "hidden_context_item": {"content": {"a": 1}},
    "sdk_hidden_context": {"content": "secret"},
}


def test_every_type_of_item_is_known_here() -> None:
    types = {cls.model_fields["type"].default for cls in get_args(get_args(ThreadItem)[0])}
    assert types == {*ITEMS, *HIDDEN}


@pytest.mark.parametrize("type", ITEMS)
@pytest.mark.parametrize("finished", [True, False])
def test_every_item_is_one_article_that_says_what_it_is(type: str, finished: bool) -> None:
    shown = article(item(type, id="itm_7", **ITEMS[type]), finished=finished)
    assert (shown["id"], shown["data-item-id"], shown["data-item-type"]) == (
        "item-itm_7",
        "itm_7",
        type,
    )
    assert find_template(f"items/{type}.html")


@pytest.mark.parametrize("type", HIDDEN)
def test_hidden_items_are_never_shown(type: str) -> None:
    assert render_item(item_view(item(type, **HIDDEN[type]))) == ""


@pytest.mark.parametrize("type", ITEMS)
def test_items_work_without_htmx_and_without_inline_scripts(type: str) -> None:
    html = render_item(item_view(item(type, **ITEMS[type])))
    assert not re.search(r"\s(hx-|on\w+=)|<script|<style", html)


@pytest.mark.parametrize("id", HOSTILE_IDS)
def test_a_hostile_id_makes_a_safe_dom_id_and_a_safe_address(id: str) -> None:
    assert re.fullmatch(r"item-[A-Za-z0-9_-]+", dom_id(id))
    assert re.fullmatch(r"item-[A-Za-z0-9_-]+-part-0-tail", part_ids(id, 0).tail)
    assert re.fullmatch(r"/threads/[^/?#]*/items/[^/?#]*/action", item_url(id, id, "action"))
    assert re.fullmatch(r"/attachments/[^/?#]*", attachment_url(id))


def test_two_hostile_ids_have_two_dom_ids() -> None:
    assert len({dom_id(id) for id in HOSTILE_IDS}) == len(HOSTILE_IDS)


def test_a_hostile_id_stays_an_attribute() -> None:
    shown = article(said("x", id='"><script>alert(1)</script>'))
    assert shown["data-item-id"] == '"><script>alert(1)</script>'


def test_the_time_of_a_message_is_machine_readable() -> None:
    time = article(said("x")).one("time")
    assert datetime.fromisoformat(time["datetime"]) == MADE
