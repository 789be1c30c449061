"""Growing Markdown against the canonical rendering, and against a page that follows it."""

import random
import re
from dataclasses import dataclass, field

import pytest

from chat.page import growing
from chat.page.growing import START, Append, Cursor, ExtendOpen, GrowingMarkdown, ReplaceOpen
from chat.page.markdown import BUDGET, Blocks, References, parse_blocks, render_markdown

PIECES = [
    "para one *em* **strong** `c` http://a.example/c d\n", "lazy\nlines here\n", "# head\n",
    "Setext\n===\n", "Two\nlines\n---\n", "- a\n- b\n  - c\n", "* x\n\n* y\n",
    "1. one\n2. two\n\n   more\n", "> q\nlazy\n", "> - a\n> b\n", "```py\nx=1\n\ny\n```\n",
    "~~~\n```\nopen\n", "```\nunclosed\n",
    "    ind\n\n    code\n", "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "a|b\n-|-\n1|2\nafter\n", "***\n", "---\n", "\n", "\n\n", "**unclosed\n", "`unclosed\n", "- \n",
    "-\n", "1.\n", "+ a\n\n\n  b\n", "> [!NOTE]\n> x\n",
    "- [ ] t\n- [x] u\n", "text\\\n",
    "<div>\nx\n</div>\n", "&amp; <b>\n", "  - odd\n", " indented para\n", "\t\ttab\n", "```py\n",
    "```\n", "~~~\n", "> ```\n> x\n", "- ```\n  x\n\n  y\n  ```\n", "![a](b) [c](d)\n", "a\0b\n",
    "|x\n", "|x|\n|-|\n", "z@y.example\n", "12\n", "==\n", ">\n", '"title"\n', "0", "word ", "* ",
    "\r\n", "é中文。\n", "\u2028\n", "    \n", "  \n",
    "- a\n\n      code\n", "10) x\n", "# \n", "#\n",
]  # fmt: skip
REFERENCES = ["[r1]: http://x.example\n\n", '[r2]: <u>\n"title\nlong"\n\n', "[r3]:\n/url\n\n"]
USES = "use [r1] and [r2][] and [r3]\n"


@dataclass
class Page:
    """A page that does what it is told, as a browser does."""

    closed: str = ""
    open: str = ""
    cursor: Cursor = START
    steps: list[str] = field(default_factory=list)

    def follow(self, markdown: GrowingMarkdown) -> None:
        operations, self.cursor = markdown.changes(self.cursor)
        for operation in operations:
            self.steps.append(type(operation).__name__)
            match operation:
                case Append(html=html):
                    self.closed += html
                case ReplaceOpen(html=html):
                    self.open = html
                case ExtendOpen(text=text):
                    tail = re.search(r'(<span class="tail" id="tail">[^<]*)(</span>)', self.open)
                    assert tail, self.open
                    self.open = self.open[: tail.end(1)] + text + self.open[tail.end(1) :]

    @property
    def words(self) -> str:
        return re.sub(r"<[^>]*>", "", self.closed + self.open)


def growing_markdown() -> GrowingMarkdown:
    return GrowingMarkdown("open", "tail")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note every text that is parsed from now on."""
    calls: list[str] = []

    def parse(text: str, known: References) -> Blocks:
        calls.append(text)
        return parse_blocks(text, known)

    monkeypatch.setattr("chat.page.growing.parse_blocks", parse)
    return calls


def document(dice: random.Random) -> str:
    text = "".join(dice.sample(REFERENCES, dice.randint(0, 3)))
    for _ in range(dice.randint(1, 9)):
        text += dice.choice(PIECES) + ("\n" if dice.random() < 0.5 else "")
    if len(text) > 60 and dice.random() < 0.3:
        text += "\n\n" + USES
    return text.replace("\n", "\r\n") if dice.random() < 0.15 else text


@pytest.mark.parametrize("round", range(12))
def test_closed_blocks_never_change_and_the_end_is_canonical(
    round: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random documents in random pieces, with blocks that count as heavy ever earlier."""
    light = (0, 6, 128)[round % 3]
    monkeypatch.setattr(growing, "LIGHT", light)
    monkeypatch.setattr(growing, "MIDDLING", 2 * light)
    for seed in range(60):
        dice = random.Random(round * 1_000 + seed)  # noqa: S311 - no secret
        text = document(dice)
        markdown, eager, lazy = growing_markdown(), Page(), Page()
        at = 0
        while at < len(text):
            step = dice.choice((1, 2, 4, 4, 4, 9, 40))
            markdown.advance(text[at : at + step])
            at += step
            eager.follow(markdown)
            assert eager.closed == "".join(markdown.closed)
            assert eager.open == markdown.open_html
            if dice.random() < 0.3:
                lazy.follow(markdown)
        markdown.finish()
        eager.follow(markdown)
        lazy.follow(markdown)
        assert eager.closed == lazy.closed == render_markdown(text), repr(text)
        assert not re.sub(r"<[^>]*>", "", eager.open)


def test_plain_words_are_appended_and_nothing_is_sent_twice() -> None:
    markdown, page = growing_markdown(), Page()
    for word in ["Some **bold** words", " and", " then", " more,", " and so on"]:
        markdown.advance(word)
        page.follow(markdown)
    assert page.steps == ["ReplaceOpen"] + ["ExtendOpen"] * 4
    assert page.words.strip() == "Some bold words and then more, and so on"


def test_the_code_of_an_open_fence_is_appended_as_it_is() -> None:
    markdown, page = growing_markdown(), Page()
    for piece in ["```py\n", "x = '<", "b>'", " # end\n", "y"]:
        markdown.advance(piece)
        page.follow(markdown)
    assert "x = '&lt;b&gt;' # end\ny" in page.words
    assert "ExtendOpen" in page.steps


def test_the_end_of_a_fence_is_never_shown_as_code() -> None:
    markdown, page = growing_markdown(), Page()
    for piece in ["```\ncode\n", "`", "``", "\n"]:
        markdown.advance(piece)
        page.follow(markdown)
        assert "`" not in page.words
    assert "<code>code" in page.closed


@pytest.mark.parametrize("undecided", ["-", "- ", "#", "1.", "==", "---", "> ", "| a | b |", "|-"])
def test_a_line_that_may_become_anything_is_held_back(undecided: str) -> None:
    markdown, page = growing_markdown(), Page()
    markdown.advance(f"Before.\n{undecided}" if "|" not in undecided else undecided)
    page.follow(markdown)
    assert page.words.strip() in ("", "Before.")


def test_a_block_is_closed_as_soon_as_the_next_one_begins() -> None:
    markdown, page = growing_markdown(), Page()
    markdown.advance("- one\n- two\n\nN")
    page.follow(markdown)
    assert page.closed == render_markdown("- one\n- two\n")


def test_a_new_watcher_goes_on_from_what_it_was_given() -> None:
    markdown, early, late = growing_markdown(), Page(), Page()
    markdown.advance("# Head\n\nSome words")
    early.follow(markdown)
    html = markdown.render()
    late.cursor = markdown.cursor
    late.closed, _, late.open = html.partition('<div id="open">')
    late.open = late.open.removesuffix("</div>")
    markdown.advance(" and more")
    early.follow(markdown)
    late.follow(markdown)
    assert (early.closed, early.open) == (late.closed, late.open)
    assert late.steps == ["ExtendOpen"]


def test_nothing_is_rendered_while_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch)
    markdown = growing_markdown()
    for _ in range(1_000):
        markdown.advance("a\n\n")
    assert calls == []
    Page().follow(markdown)
    assert len(calls) == 2


@pytest.mark.parametrize(
    "unit",
    ["words of a **long** paragraph. ", "- an *item*\n", "| a | b |\n", "> quoted *words*\n",
     "- item\n\n  more *text*\n\n", "[a]: http://b.example\n", "a\n"],
)  # fmt: skip
def test_the_work_for_one_giant_block_is_linear(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch)
    work: dict[int, int] = {}
    for size in (1_500, 15_000):
        text = ("| x | y |\n|---|---|\n" if unit.startswith("|") else "") + unit * (
            size // len(unit)
        )
        calls.clear()
        markdown, page = growing_markdown(), Page()
        for at in range(0, len(text), 8):
            markdown.advance(text[at : at + 8])
            page.follow(markdown)
        work[size] = sum(map(len, calls))
    assert work[15_000] <= 12 * work[1_500]


def test_what_is_over_the_budget_is_shown_plain_and_ends_as_it_should() -> None:
    text = "**a** and b\n\n" * (BUDGET // 5)
    markdown, page = growing_markdown(), Page()
    for at in range(0, len(text), 5_000):
        markdown.advance(text[at : at + 5_000])
        page.follow(markdown)
    markdown.finish()
    page.follow(markdown)
    assert page.closed == render_markdown(text)
