"""Markdown as HTML: ``render_markdown(text)`` for a whole text, sanitised.

Every top-level block is rendered and sanitised on its own, so that the HTML of a text is
the HTML of its blocks, one after another; `chat.page.growing` relies on that. Texts that
would cost too much are shown in full, but plain from where the budget ends.
"""

import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup

from chat.page.citations import Mark, place_marks, share_out
from chat.page.code import Patience
from chat.page.grammar import BLOCK_NESTING, BLOCKS, INLINE, parse_inline
from chat.page.kept import Kept
from chat.page.markdown_elements import ELEMENTS
from chat.page.sanitiser import sanitise

# Characters that may mean something in Markdown, in one text: the longest ordinary answers
# have 5,000, and each may cost a tenth of a millisecond.
BUDGET = 12_000
KEPT = 8_000_000  # characters of texts and their HTML
SHORT = 500  # characters; a shorter text is rendered faster than it would be worth keeping

_SPECIAL = re.compile(r"[\n!#$%&*+:<=>@\[\\\]^_`{|}~-]")
_NEWLINE = re.compile(r"\r\n?")
_PLACE = re.compile(r'<sup class="citation-(\d+)"></sup>')

References = Mapping[str, Any]

_kept = Kept(KEPT)


@dataclass
class Block:
    """One top-level block of a text.

    Attributes:
        tokens: what the parser found; rendering changes them, so render a block once.
        start: the block's first line, counted from 0 in the parsed text.
        end: the line after its last one.
        plain: the block's source where it is nested too deeply to be shown as Markdown.
    """

    tokens: list[Token]
    start: int
    end: int
    plain: str = ""


@dataclass
class Blocks:
    """The top-level blocks of a text.

    Attributes:
        defined: the link references that the text defines; each has its lines as ``map``.
        references: those and the ones that were known before.
    """

    blocks: list[Block]
    defined: dict[str, Any]
    references: References


def normalise(text: str) -> str:
    """Return a text with a line feed as the only line end, and without NUL."""
    return _NEWLINE.sub("\n", text).replace("\0", "\ufffd")


def specials(text: str) -> int:
    """Return how many characters of a text may mean something in Markdown."""
    return len(_SPECIAL.findall(text))


def affordable(text: str, budget: int = BUDGET) -> int:
    """Return how much of a text, in characters from its start, may be read as Markdown."""
    if len(text) <= budget:
        return len(text)
    beyond = next(islice(_SPECIAL.finditer(text), budget, None), None)
    return text.rfind("\n", 0, beyond.start()) + 1 if beyond else len(text)


def parse_blocks(text: str, known: References = MappingProxyType({})) -> Blocks:
    """Find the top-level blocks of a normalised text.

    Args:
        text: lines that end in a line feed alone.
        known: link references defined before this text; the first definition counts.
    """
    defined: dict[str, Any] = {}
    references = ChainMap(defined, known)  # type: ignore[arg-type]  # only the first is written
    tokens: list[Token] = []
    BLOCKS.block.parse(text, BLOCKS, {"references": references}, tokens)
    found = Blocks([], defined, references)
    start, depth = 0, 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            found.blocks.append(_block(tokens[start : index + 1], text))
            start = index + 1
    return found


def _block(tokens: list[Token], text: str) -> Block:
    first, end = tokens[0].map or (0, 0)
    if max(token.level for token in tokens) < BLOCK_NESTING - 1:
        return Block(tokens, first, end)
    return Block([], first, end, plain="\n".join(text.split("\n")[first:end]))


def render_block(block: Block, references: References, patience: Patience | None = None) -> Markup:
    """Return one block as sanitised HTML.

    Args:
        block: what `parse_blocks` found.
        references: the link references of the text.
        patience: what colouring the text's code may still cost.
    """
    return render_marked(block, "", (), references, patience)


def render_marked(
    block: Block,
    source: str,
    marks: Sequence[Mark],
    references: References,
    patience: Patience | None = None,
    *,
    ended: bool = True,
) -> Markup:
    """Return one block as sanitised HTML, with marks in it.

    Args:
        block: what `parse_blocks` found.
        source: its source text; needed where there are marks.
        marks: in the order of their places, which are counted from the block's start.
        references: the link references of the text.
        patience: what colouring the text's code may still cost.
        ended: whether marks that have no place in the block may follow it.
    """
    env: dict[str, Any] = {"references": references, "patience": patience or Patience()}
    if not block.plain:
        parse_inline(block.tokens, env)
    if not marks:
        return _html(block, env)
    homeless = place_marks(block.tokens, source, marks)
    filled = _PLACE.sub(lambda place: env["citations"][int(place[1])], _html(block, env))
    html = Markup(filled)  # noqa: S704 - sanitised, and marks are trusted
    if homeless and ended:
        html += Markup('<p class="citations">{}</p>\n').format(_joined(homeless))
    return html


def _html(block: Block, env: dict[str, Any]) -> Markup:
    if block.plain:
        return render_plain(block.plain)
    return sanitise(ELEMENTS.render(block.tokens, INLINE.options, env))


def starts_of(blocks: Sequence[Block], text: str) -> list[int]:
    """Return where each block of a normalised text starts, in characters."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return [starts[block.start] for block in blocks]


def render_blocks(
    found: Blocks,
    text: str,
    marks: Sequence[Mark],
    patience: Patience | None = None,
    *,
    ended: bool = True,
) -> list[Markup]:
    """Return blocks as sanitised HTML, with marks in them.

    Args:
        found: what `parse_blocks` found in the text; it may be only the first of its blocks.
        text: the text, as far as the blocks go.
        marks: in the order of their places.
        patience: what colouring the text's code may still cost.
        ended: whether the last block is known to have ended.
    """
    blocks, references = found.blocks, found.references
    if not marks or not blocks:
        return [render_block(block, references, patience) for block in blocks]
    starts = starts_of(blocks, text)
    last = len(blocks) - 1
    return [
        render_marked(
            block,
            text[start:end],
            shared,
            references,
            patience,
            ended=ended or index < last,
        )
        for index, (block, start, end, shared) in enumerate(
            zip(blocks, starts, [*starts[1:], len(text)], share_out(marks, starts), strict=True)
        )
    ]


def render_plain(text: str) -> Markup:
    """Return a text as it is, in one block."""
    return Markup('<pre class="plain">{}</pre>\n').format(text) if text else Markup()


def render_text(
    text: str,
    budget: int = BUDGET,
    known: References = MappingProxyType({}),
    marks: Sequence[Mark] = (),
) -> Markup:
    """Return a normalised text as sanitised HTML.

    Args:
        text: lines that end in a line feed alone.
        budget: how many special characters may be read as Markdown.
        known: link references defined before this text.
        marks: what is shown inside the text, in the order of their places.
    """
    rich = affordable(text, budget)
    found = parse_blocks(text[:rich], known)
    html = render_blocks(found, text[:rich], marks, Patience())
    if marks and not found.blocks:
        html.append(Markup('<p class="citations">{}</p>\n').format(_joined(marks)))
    return Markup().join([*html, render_plain(text[rich:].strip("\n"))])


def _joined(marks: Sequence[Mark]) -> Markup:
    return Markup().join(mark.html for mark in marks)


def normalised_marks(text: str, marks: Sequence[Mark]) -> list[Mark]:
    """Return marks in the order of their places, which are counted in the normalised text."""
    ordered = sorted(marks, key=lambda mark: mark.offset)
    if "\r\n" not in text:
        return ordered
    return [Mark(m.offset - text.count("\r\n", 0, m.offset), m.html) for m in ordered]


def render_markdown(text: str, marks: Sequence[Mark] = ()) -> Markup:
    """Return a text's canonical HTML, which the page shows live at the end and after a reload.

    It is kept for a while: each who watches and each reload asks for the same.

    Args:
        text: as it was written.
        marks: what is shown inside it, with places counted in the text as it is given.
    """
    placed = normalised_marks(text, marks)
    if len(text) < SHORT:
        return render_text(normalise(text), marks=placed)
    name = text + "".join(f"\0{mark.offset}\0{mark.html}" for mark in marks)
    return _kept.get(name, lambda: render_text(normalise(text), marks=placed))
