import pytest
from chatkit.types import Annotation, EntitySource, FeedbackKind, FileSource, URLSource

from chat.page.growing import GrowingMarkdown
from chat.page.items import item_view, part_ids, render_item
from chat.page.markdown import render_markdown
from tests.page.items.making import answer, article, said


def test_what_the_user_typed_is_shown_as_typed() -> None:
    html = render_item(item_view(said("  two\n  lines <b>\n\n**not bold**")))
    assert '<p class="item-said">  two\n  lines &lt;b&gt;\n\n**not bold**</p>' in html


def test_tags_are_chips_in_their_place() -> None:
    tag = {"type": "input_tag", "id": "t", "text": "@Ann", "data": {}, "group": "People"}
    shown = article(said("ask ", tag, " please")).one("p", _class="item-said")
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
    copy, good, bad = shown.all("button")
    assert copy["data-copy-text"] == 'say "hi"\n\nthen'
    assert [button["aria-label"] for button in (good, bad)] == ["Good response", "Bad response"]
    assert [(button["name"], button["value"]) for button in (good, bad)] == [
        ("kind", "positive"),
        ("kind", "negative"),
    ]
    assert shown.one("form")["action"] == "/threads/thr_1/items/msg_1/feedback"


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
        "A <page> a.example",
        "notes.md",
        "Ann A friend",
        "Bad",
    ]
    assert entries[0].one("a")["href"] == "https://www.a.example/x"
    assert not entries[3].has("a")
