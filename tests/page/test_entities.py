"""Mentions: what is listed, what is previewed, and what a message makes of an ``@``."""

import json
from typing import Any

import pytest

from chat.settings import Settings
from tests.page.browsing import Browser
from tests.page.dom import parse
from tests.page.test_composer import post, said
from tests.running import running


async def content(alices: Browser, text: str, *mentions: Any) -> list[dict[str, Any]]:
    """Return what a message with a text becomes."""
    fields: dict[str, Any] = {"text": text, "mention": [json.dumps(each) for each in mentions]}
    thread = await post(alices, "/threads", **fields)
    parts: list[dict[str, Any]] = (await said(alices, thread))["content"]
    return parts


async def test_entities_are_listed_by_group_as_options(alices: Browser) -> None:
    response = await alices.http.get("/entities?list&q=o", headers={"HX-Request": "true"})
    fragment = parse(response.text)
    titles = [option["data-title"] for option in fragment.all("li", role="option")]
    assert titles == ["Harry Potter", "Ron", "Ron"]
    assert fragment.text.startswith("People")
    assert len({option["id"] for option in fragment.all("li", role="option")}) == 3


async def test_a_hostile_title_stays_text(alices: Browser) -> None:
    fragment = parse((await alices.http.get("/entities?list&q=atlas")).text)
    assert "The <b>Atlas</b>" in fragment.text
    assert not fragment.has("b")


async def test_without_scripts_they_are_a_page_that_can_be_searched(alices: Browser) -> None:
    page = await alices.read("/entities?q=harr")
    assert page.one("input", name="q")["value"] == "harr"
    assert "@Harry Potter" in page.text
    link = next(link for link in page.all("a") if "/preview" in link["href"])
    preview = await alices.read(link["href"])
    assert preview.one("h1").text == "Harry Potter"
    assert "Lives under the stairs." in preview.text


async def test_who_accepts_only_json_gets_json(alices: Browser) -> None:
    response = await alices.http.get("/entities?q=harriet", headers={"Accept": "application/json"})
    assert [each["id"] for each in response.json()["entities"]] == ["per_2"]


async def test_a_preview_is_a_fragment_for_htmx(alices: Browser) -> None:
    response = await alices.http.get(
        "/entities/per_1/preview?title=x", headers={"HX-Request": "true"}
    )
    assert "<html" not in response.text
    assert "Lives under the stairs." in parse(response.text).text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/entities/per_2/preview", 404),
        ("/entities/unknown/preview", 404),
        ("/entities/per_1/preview?data=[1]", 400),
        ("/entities/per_1/preview?data={", 400),
    ],
)
async def test_what_has_no_preview_is_said(alices: Browser, address: str, status: int) -> None:
    assert (await alices.http.get(address)).status_code == status


async def test_a_name_that_means_one_entity_becomes_a_tag(alices: Browser) -> None:
    parts = await content(alices, "ask @Harry Potter, please")
    assert [part["text"] for part in parts] == ["ask ", "Harry Potter", ", please"]
    assert parts[1] | {"data": {}} == {
        "type": "input_tag",
        "id": "per_1",
        "text": "Harry Potter",
        "data": {},
        "group": "People",
        "interactive": True,
    }


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("ask @harriet", ["per_2"]),
        ("@Potter", ["per_1"]),  # the only one that is found
        ("@harr", []),  # two begin so, and neither is called so
        ("@Ron", []),  # two are called so
        ("@nobody", []),
        ("me@harriet.example", []),
        ("@Harriet and @Harry Potter!", ["per_2", "per_1"]),
        ("@", []),
    ],
)
async def test_what_is_uncertain_stays_text(alices: Browser, text: str, tags: list[str]) -> None:
    parts = await content(alices, text)
    assert [part["id"] for part in parts if part["type"] == "input_tag"] == tags
    if not tags:
        assert parts == [{"type": "input_text", "text": text}]


async def test_who_was_chosen_from_the_list_is_meant(alices: Browser) -> None:
    parts = await content(alices, "@Ron hello", {"id": "per_4", "title": "Ron"})
    assert parts[0]["id"] == "per_4"
    assert parts[0]["data"] == {"house": "blue"}


async def test_a_browser_cannot_make_entities_up(alices: Browser) -> None:
    forged = {"id": "per_9", "title": "Ron", "data": {"house": "gold"}}
    parts = await content(alices, "@Ron hello", forged, ["no", "mention"])
    assert parts == [{"type": "input_text", "text": "@Ron hello"}]


async def test_a_server_without_entities_says_so_and_leaves_text_alone(settings: Settings) -> None:
    import msgspec

    async with running(msgspec.structs.replace(settings, server="tests.servers:bare")) as served:
        alices = Browser(served.client())
        assert (await alices.http.get("/entities")).status_code == 501
        assert await content(alices, "hi @Ron") == [{"type": "input_text", "text": "hi @Ron"}]
