"""Marks in Markdown: where they stand, and what they leave as it is."""

import re

import pytest
from markupsafe import Markup

from chat.page.citations import Mark
from chat.page.growing import GrowingMarkdown
from chat.page.markdown import normalised_marks, render_markdown

MARK = Markup("<sup>*</sup>")


def marked(text: str, *, mark: str = "|") -> str:
    """Return a text's HTML with a mark wherever the text has a bar."""
    pieces = text.split(mark)
    marks, offset = [], 0
    for piece in pieces[:-1]:
        offset += len(piece)
        marks.append(Mark(offset, MARK))
    return str(render_markdown("".join(pieces), marks)).strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One| two", "<p>One<sup>*</sup> two</p>"),
        ("One two.|", "<p>One two.<sup>*</sup></p>"),
        ("|One", "<p><sup>*</sup>One</p>"),
        ("One|| two", "<p>One<sup>*</sup><sup>*</sup> two</p>"),
        ("**One|** two", "<p><strong>One</strong><sup>*</sup> two</p>"),
        ("**One**| two", "<p><strong>One</strong><sup>*</sup> two</p>"),
        ("_One_|.", "<p><em>One</em><sup>*</sup>.</p>"),
        ("`o|ne` two", "<p><code>one</code><sup>*</sup> two</p>"),
        ("One\n|# Two", "<p>One<sup>*</sup></p>\n<h3>Two</h3>"),
        ("One\n\n|- two\n- three|", "<p>One<sup>*</sup></p>\n<ul>\n<li>two</li>\n"
            "<li>three<sup>*</sup></li>\n</ul>"),
        (r"1 \* 2| = 2", "<p>1 * 2<sup>*</sup> = 2</p>"),
        ("a &amp; b| c", "<p>a &amp; b<sup>*</sup> c</p>"),
    ],
)  # fmt: skip
def test_a_mark_stands_at_its_place(text: str, html: str) -> None:
    assert marked(text) == html


@pytest.mark.parametrize(
    "text",
    ["[on|e](https://a.example)", "[one](https://a.ex|ample)", "[one](https://a.example)|"],
)
def test_a_mark_never_stands_in_a_link(text: str) -> None:
    assert marked(f"{text}.").endswith("one</a><sup>*</sup>.</p>")
    assert 'href="https://a.example"' in marked(text)


def test_an_address_ends_before_the_mark() -> None:
    html = marked("See https://a.example| now")
    assert re.search(r'href="https://a\.example"[^>]*>https://a\.example</a><sup>', html)


def test_a_mark_in_a_table_stands_in_its_cell() -> None:
    html = marked("| a | b |\n|---|---|\n| one§ | two |", mark="§")
    assert "<td>one<sup>*</sup></td>" in html


@pytest.mark.parametrize("text", ["```py\nx = 1|\n```", "---|", "```\nopen|"])
def test_a_mark_without_running_text_follows_its_block(text: str) -> None:
    html = marked(text)
    assert html.endswith('<p class="citations"><sup>*</sup></p>')
    assert html.startswith(str(render_markdown(text.replace("|", ""))).strip())


@pytest.mark.parametrize("offset", [-5, 0, 3, 10**9])
def test_a_place_outside_of_the_text_is_at_its_end_or_start(offset: int) -> None:
    assert str(render_markdown("One two", [Mark(offset, MARK)])).count("<sup>") == 1


def test_a_mark_in_an_empty_text_is_shown() -> None:
    assert MARK in render_markdown("", [Mark(0, MARK)])


def test_places_are_counted_in_the_text_as_it_came() -> None:
    assert marked("One\r\n\r\nTwo| three") == "<p>One</p>\n<p>Two<sup>*</sup> three</p>"


def test_markdown_cannot_write_a_mark_itself() -> None:
    text = '<sup class="citation-0"></sup> one'
    html = render_markdown(text, [Mark(len(text), MARK)])
    assert html.count(MARK) == 1
    assert "&lt;sup" in html


TEXT = (
    "# One\n\nTwo **three** [four](https://a.example).\n\n```py\nx = 1\n```\n\n- five\n- six\n\nEnd"
)
PLACES = [5, 18, 30, len("# One\n\nTwo **three** [four](https://a.example)."), 70, 85, len(TEXT)]


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_a_growing_text_ends_with_the_same_marks(step: int) -> None:
    shown = [Mark(place, Markup("<sup>{}</sup>").format(place)) for place in PLACES]
    marks = normalised_marks(TEXT, shown)
    growing = GrowingMarkdown("open", "tail", marks)
    for start in range(0, len(TEXT), step):
        growing.advance(TEXT[start : start + step])
        growing.render()
    growing.finish()
    assert "".join(growing.closed) == render_markdown(TEXT, marks)


def test_a_mark_ahead_is_not_shown_before_its_place() -> None:
    growing = GrowingMarkdown("open", "tail", [Mark(8, MARK)])
    growing.advance("One *two*")
    assert MARK in growing.render()
    growing = GrowingMarkdown("open", "tail", [Mark(30, MARK)])
    growing.advance("One *two*")
    assert MARK not in growing.render()
