import json

import pytest
from chatkit.types import Annotation, EntitySource, FeedbackKind, FileSource, URLSource

from chat.options import ModelOption, ToolOption
from chat.page.growing import GrowingMarkdown
from chat.page.item_offers import ItemOffers
from chat.page.items import item_view, part_ids, render_item
from chat.page.markdown import render_markdown
from tests import item_fixtures as fixtures
from tests.page.items.making import answer, article, item, said


def test_what_the_user_typed_is_shown_as_typed() -> None:
    html = render_item(item_view(said("  two\n  lines <b>\n\n**not bold**")))
    assert (
        '<div class="item-said" dir="auto">  two\n  lines &lt;b&gt;\n\n**not bold**</div>' in html
    )


def test_tags_are_chips_in_their_place() -> None:
    tag = {"type": "input_tag", "id": "t", "text": "@Ann", "data": {}, "group": "People"}
    shown = article(said("ask ", tag, " please")).one("div", _class="item-said")
    assert [str(part) for part in shown.children if isinstance(part, str)] == ["ask ", " please"]
    chip = shown.one("span", _class="item-tag")
    assert (chip.text, chip["title"]) == ("@Ann", "People")


def test_quoted_text_is_a_quote() -> None:
    assert article(said("so?", quoted_text="<i>You</i> said")).one("blockquote").text == (
        "<i>You</i> said"
    )


def test_attachments_are_thumbnails_and_rows() -> None:
    image = {"type": "image", "id": "atc_1", "name": "cat.png", "mime_type": "image/png"}
    image["preview_url"] = "https://elsewhere.example/cat.png"
    file = {"type": "file", "id": "atc 2", "name": "<list>.pdf", "mime_type": "application/pdf"}
    shown = article(said("look", attachments=[image, file]))
    assert shown.one("img")["src"] == "/attachments/atc_1"
    assert shown.one("img")["alt"] == "cat.png"
    row = shown.one("a", _class="item-file")
    assert row["href"] == "/attachments/atc%202"
    assert "<list>.pdf" in row.text
    assert "elsewhere.example" not in str(render_item(item_view(said("x", attachments=[image]))))


def test_an_answer_is_markdown_part_by_part() -> None:
    html = render_item(item_view(answer("**one**", "- two")))
    assert render_markdown("**one**") in html
    assert render_markdown("- two") in html


def test_an_answer_can_be_copied_and_judged() -> None:
    shown = article(answer('say "hi"', "then"))
    copy, good, bad, retry = shown.all("button")
    assert copy["data-copy-text"] == 'say "hi"\n\nthen'
    assert [button["aria-label"] for button in (good, bad)] == ["Good response", "Bad response"]
    assert [(button["name"], button["value"]) for button in (good, bad)] == [
        ("kind", "positive"),
        ("kind", "negative"),
    ]
    opinion, again = shown.all("form")
    assert opinion["action"] == "/threads/thr_1/items/msg_1/feedback"
    assert again["action"] == "/threads/thr_1/items/msg_1/retry"
    assert retry["aria-label"] == "Retry"


@pytest.mark.parametrize("kind", ["positive", "negative"])
def test_an_opinion_is_a_pressed_button(kind: FeedbackKind) -> None:
    shown = article(answer("x"), feedback=kind)
    pressed = shown.all("button", aria_pressed="true")
    assert [button["value"] for button in pressed] == [kind]


def test_an_unfinished_answer_has_no_actions() -> None:
    assert not article(answer("x"), finished=False).has("button")


def test_an_answer_that_is_being_written_has_places_for_what_comes() -> None:
    ids = part_ids("msg_1", 0)
    growing = GrowingMarkdown(ids.open, ids.tail)
    growing.advance("# Done\n\nand going")
    shown = article(answer("# Done\n\nand going"), finished=False, growing=[growing])
    part = shown.one("div", id=ids.part)
    assert part.one("div", id=ids.open).has("span", id=ids.tail)
    assert part.text == "Done and going"


def test_the_article_of_a_finished_answer_does_not_depend_on_how_it_came() -> None:
    text = "# Head\n\n- a\n- b\n\n```py\nx = 1\n```\n"
    ids = part_ids("msg_1", 0)
    growing = GrowingMarkdown(ids.open, ids.tail)
    growing.advance(text)
    growing.render()
    finished = render_item(item_view(answer(text)))
    assert finished == render_item(item_view(answer(text), growing=[]))
    growing.finish()
    assert "".join(growing.closed) in finished


def test_sources_are_numbered_over_the_whole_answer() -> None:
    shown = answer("one", "two")
    shown.content[0].annotations = [
        Annotation(source=URLSource(title="A <page>", url="https://www.a.example/x")),
        Annotation(source=FileSource(title="", filename="notes.md")),
    ]
    shown.content[1].annotations = [
        Annotation(source=EntitySource(id="e", title="Ann", icon="user", description="A friend")),
        Annotation(source=URLSource(title="Bad", url="javascript:alert(1)")),
    ]
    entries = [entry for list in article(shown).all("ol") for entry in list.all("li")]
    assert [entry["value"] for entry in entries] == ["1", "2", "3", "4"]
    assert [entry.text for entry in entries] == [
        "1 A <page> a.example",
        "2 notes.md",
        "3 Ann A friend",
        "4 Bad",
    ]
    assert entries[0].one("a")["href"] == "https://www.a.example/x"
    assert not entries[3].has("a")


def test_a_source_says_all_that_is_known_of_it() -> None:
    shown = answer("Milk is cheap.")
    shown.content[0].annotations = [
        Annotation(source=URLSource.model_validate(fixtures.URL)),
        Annotation(source=FileSource.model_validate(fixtures.FILE)),
        Annotation(source=EntitySource.model_validate(fixtures.ENTITY)),
    ]
    url, file, entity = article(shown).one("ol").all("li")
    assert url.text == (
        "1 The price of milk Statistics Office of Prices prices.example 5 March 2026 "
        "Prices by month and by region, with the averages of the last ten years."
    )
    assert url.one("time")["datetime"] == "2026-03-05"
    assert (
        file.text == "2 Shopping notes Documents notes.md 1 March 2026 What was bought last week."
    )
    assert entity.text == "3 Corner shop Places Shop last spring Open until eight."
    assert entity.one("a")["href"] == "https://shop.example/"
    assert json.loads(entity["data-entity"])["data"] == fixtures.ENTITY["data"]


def test_a_source_that_is_referred_to_twice_is_listed_once() -> None:
    shown = answer("One. Two.", "Three.")
    source = URLSource(title="A", url="https://a.example")
    shown.content[0].annotations = [Annotation(source=source, index=index) for index in (4, 9)]
    shown.content[1].annotations = [Annotation(source=source, index=6)]
    made = article(shown)
    (entry,) = made.one("ol").all("li")
    marks = made.all("sup")
    assert [mark.text for mark in marks] == ["1", "1", "1"]
    assert {mark.one("a")["href"] for mark in marks} == {f"#{entry['id']}"}


def test_a_mark_stands_where_the_annotation_says() -> None:
    shown = answer("Milk is **cheap** now.")
    shown.content[0].annotations = [
        Annotation(source=URLSource(title='"A"', url="https://a.example"), index=17),
        Annotation(source=EntitySource(id="e", title="Shop", inline_label="The <shop>"), index=4),
    ]
    made = article(shown)
    assert made.one("p").text == "Milk The <shop> is cheap 1 now."
    assert made.all("sup")[1].one("a")["aria-label"] == 'Source 1: "A"'


def test_an_address_for_the_embedding_page_is_marked_as_one() -> None:
    shown = answer("x")
    shown.content[0].annotations = [
        Annotation(source=URLSource(title="A", url="chatkit-link://open?id=1"))
    ]
    link = article(shown).one("ol").one("a")
    assert link["data-deeplink"] == "chatkit-link://open?id=1"
    assert "target" not in link.attributes


def test_an_interactive_tag_opens_what_is_known_of_it() -> None:
    chip = article(said(fixtures.TAG)).one("details")
    assert chip.one("summary").text == "@Ann"
    assert json.loads(chip["data-entity"]) == {
        "title": "@Ann",
        "id": "usr_1",
        "icon": "user",
        "interactive": True,
        "group": "People",
        "data": fixtures.TAG["data"],
    }
    assert chip.one("a")["href"] == "https://people.example/ann"
    assert "role Neighbour" in chip.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", 7, None])
def test_a_tag_leads_nowhere_that_is_not_safe(address: object) -> None:
    tag = fixtures.TAG | {"data": {"url": address}}
    assert not article(said(tag)).has("a")


def test_a_file_says_what_it_is_and_how_large() -> None:
    shown = article(said("x", attachments=[fixtures.PLAIN_FILE]))
    assert shown.one("a", _class="item-file").text.endswith(".pdf PDF · 1.2 MB")


def test_a_file_that_never_arrived_is_no_link() -> None:
    upload = {"url": "http://localhost/attachments/atc_1", "method": "PUT"}
    shown = article(said("x", attachments=[fixtures.IMAGE_FILE | {"upload_descriptor": upload}]))
    assert not shown.has("a")
    assert not shown.has("img")
    assert "not uploaded" in shown.text


def test_the_chosen_tool_and_model_are_shown() -> None:
    options = {"tool_choice": {"id": "price_search"}, "model": "large-1"}
    shown = article(item("user_message", content=[], inference_options=options))
    assert [entry.text for entry in shown.all("li")] == ["price_search", "large-1"]


def test_what_was_chosen_is_called_as_it_was_offered() -> None:
    tool = ToolOption(id="price_search", label="Compare <prices>", icon="search")
    offers = ItemOffers(tools={tool.id: tool}, models={"l": ModelOption(id="l", label="Large")})
    options = {"tool_choice": {"id": "price_search"}, "model": "l"}
    chosen = item("user_message", content=[], inference_options=options)
    shown = article(chosen, offers=offers)
    assert [entry.text for entry in shown.all("li")] == ["Compare <prices>", "Large"]


@pytest.mark.parametrize(
    ("offers", "names"),
    [
        (ItemOffers(), ["Copy", "Good response", "Bad response", "Retry"]),
        (ItemOffers(feedback=False), ["Copy", "Retry"]),
        (ItemOffers(retry=False), ["Copy", "Good response", "Bad response"]),
        (ItemOffers(feedback=False, retry=False), ["Copy"]),
    ],
    ids=["everything", "no feedback", "no retry", "neither"],
)
def test_what_is_not_offered_is_not_there(offers: ItemOffers, names: list[str]) -> None:
    shown = article(answer("x"), offers=offers)
    assert [button["aria-label"] for button in shown.all("button")] == names
