"""Markdown of an answer that is still growing, with work that is linear in its length.

One `GrowingMarkdown` serves any number of watchers. Each keeps a `Cursor`, and asks with it
for what changed on its page since::

    markdown = GrowingMarkdown(open_id="part-1-open", tail_id="part-1-tail")
    first = markdown.render(); cursor = markdown.cursor     # what a new watcher starts with
    markdown.advance(" and more")                           # cheap; nothing is rendered yet
    operations, cursor = markdown.changes(cursor)
    markdown.finish()                                       # the rest is closed, nothing is open

Top-level blocks that no later text can change are *closed*, rendered once and only ever
appended. The last block stays *open*, in the element with the id `open_id`. It is rendered
again while it is small, then only when it grew by a fraction; in between, and wherever new
text plainly continues a paragraph or code, the text alone is appended to `tail_id`. A link
reference may be defined after its use, so the finished item is best replaced by its
canonical HTML, `chat.page.markdown.render_markdown`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from markupsafe import Markup, escape

from chat.page import opening
from chat.page.citations import Mark
from chat.page.markdown import (
    BUDGET,
    Blocks,
    normalise,
    parse_blocks,
    render_blocks,
    render_text,
    specials,
)

# How heavy an open block may be to be rendered at every change, and at every new line;
# a heavier one is rendered when it grew by a fraction.
LIGHT, MIDDLING = 128, 256
FRACTION = 16
HEAVY, HEAVY_FRACTION = 2_048, 8
CODE_FRACTION = 4  # what is appended to code lacks nothing but colours


@dataclass(frozen=True)
class Append:
    """Insert the HTML of blocks that are closed now, right before the open element."""

    html: Markup


@dataclass(frozen=True)
class ReplaceOpen:
    """Replace the content of the open element."""

    html: Markup


@dataclass(frozen=True)
class ExtendOpen:
    """Append text, escaped, to the content of the tail element."""

    text: Markup


Operation = Append | ReplaceOpen | ExtendOpen


@dataclass(frozen=True)
class Cursor:
    """How far one watcher's page is; opaque to it."""

    closed: int = 0
    opened: int = 0
    extended: int = 0


START = Cursor()


class GrowingMarkdown:
    """A text that only grows, and its HTML so far.

    Attributes:
        closed: the HTML of every block that can never change again, in order.
        length: how many characters of the text were taken.
    """

    def __init__(self, open_id: str, tail_id: str, marks: Sequence[Mark] = ()) -> None:
        """Start with an empty text.

        Args:
            open_id: the id of the element that holds the open block, unique in the page.
            tail_id: the id of the element inside it that text is appended to.
            marks: what is shown inside the text, in the order of their places; what lies
                ahead is shown when the text has come that far.
        """
        self.open_id, self.tail_id = open_id, tail_id
        self._marks = list(marks)
        self._offset = 0  # characters of closed blocks
        self.closed: list[Markup] = []
        self.length = 0
        self._new: list[str] = []
        self._references: dict[str, Any] = {}
        self._rendered = ""  # the open block's source, as far as `_open` shows it as Markdown
        self._fresh = StringIO()  # what came after, of which the first `_shown` are on the page
        self._shown = 0
        self._weight = self._grown = 0.0  # what rendering costs, of `_rendered` and `_fresh`
        self._open = opening.Opening()
        self._opened = 1  # a watcher at START has not seen the tail element either
        self._spent = 0  # special characters of closed blocks, and of the whole text
        self._specials = 0

    def advance(self, new_text: str) -> None:
        """Take the next piece of the text."""
        self.length += len(new_text)
        self._new.append(new_text)

    def finish(self) -> None:
        """Close what is open; no text may follow."""
        rest = self._rendered + self._fresh.getvalue() + normalise("".join(self._new))
        self._new.clear()
        marks = [Mark(mark.offset - self._offset, mark.html) for mark in self._marks]
        if html := render_text(rest, BUDGET - self._spent, self._references, marks):
            self.closed.append(html)
        self._reopen("", opening.Opening())

    @property
    def open_html(self) -> Markup:
        """The content of the open element; it holds the tail element."""
        return self._open.html(self.tail_id, self._extension(0))

    @property
    def cursor(self) -> Cursor:
        """Where a watcher is that shows `render()`, called right before."""
        return Cursor(len(self.closed), self._opened, self._shown)

    def render(self) -> Markup:
        """Return all HTML so far: the closed blocks and the open element."""
        self._refresh()
        element = Markup('<div id="{}">{}</div>').format(self.open_id, self.open_html)
        return Markup().join([*self.closed, element])

    def changes(self, cursor: Cursor = START) -> tuple[list[Operation], Cursor]:
        """Return what a watcher must do to show the text so far, and its new cursor."""
        self._refresh()
        operations: list[Operation] = []
        if cursor.closed < len(self.closed):
            operations.append(Append(Markup().join(self.closed[cursor.closed :])))
        if cursor.opened != self._opened:
            operations.append(ReplaceOpen(self.open_html))
        elif cursor.extended < self._shown:
            operations.append(ExtendOpen(escape(self._extension(cursor.extended))))
        return operations, self.cursor

    def _extension(self, start: int) -> str:
        self._fresh.seek(start)
        return self._fresh.read(self._shown - start)

    def _refresh(self) -> None:
        """Take in the pieces that came since, and render again if that is due."""
        new = "".join(self._new)
        self._new = ["\r"] if new.endswith("\r") else []  # its "\n" may be in the next piece
        new = normalise(new.removesuffix("\r"))
        if not new:
            return
        meaning = specials(new)
        self._specials += meaning
        self._grown += meaning + len(new) / 16
        self._fresh.seek(0, 2)
        self._fresh.write(new)
        if self._open.continues(new) or not self._is_due(new):
            self._shown = self._fresh.tell() - self._open.held
        else:
            self._render(self._rendered + self._fresh.getvalue())

    def _is_due(self, new: str) -> bool:
        if self._specials > BUDGET:
            return False
        weight = self._weight + self._grown
        limit = MIDDLING if "\n" in new else 0 if self._open.is_code else LIGHT
        fraction = FRACTION if weight < HEAVY else HEAVY_FRACTION
        fraction = CODE_FRACTION if self._open.is_code else fraction
        return weight < limit or self._grown * fraction > weight or self._open.is_over

    def _render(self, text: str) -> None:
        text = self._close(text) if "\n" in text else text
        visible = opening.visible(text)
        found = parse_blocks(text[:visible], self._references)
        marks = self._marks_until(visible)
        html = Markup().join(render_blocks(found, text[:visible], marks, ended=False))
        self._reopen(text, opening.Opening.of(found.blocks, text, visible, html))

    def _reopen(self, text: str, opened: opening.Opening) -> None:
        looked = self._open.head, self._open.foot, self._shown
        self._opened += looked != (opened.head, opened.foot, 0)
        self._weight, self._grown = specials(text) + len(text) / 16, 0.0
        self._rendered = text[: opened.visible]
        self._fresh = StringIO(text[opened.visible :])
        self._shown = 0
        self._open = opened

    def _close(self, text: str) -> str:
        """Render the blocks that are closed now, and return what is left open."""
        complete = text.rfind("\n") + 1
        found = parse_blocks(text[:complete], self._references)
        end = opening.closed_until(found.blocks, text, complete)
        if end.line == 0:
            return text
        closed = Blocks(found.blocks[: end.blocks], found.defined, found.references)
        marks = self._marks_until(end.offset) if end.blocks else []
        self.closed += render_blocks(closed, text[: end.offset], marks)
        del self._marks[: len(marks)]
        for label, reference in found.defined.items():
            if reference["map"][1] <= end.line:
                self._references[label] = reference
        self._spent += specials(text[: end.offset])
        self._offset += end.offset
        return text[end.offset :]

    def _marks_until(self, length: int) -> list[Mark]:
        """Return the marks in the first characters of what is not closed, counted from there."""
        reached = self._offset + length
        return [
            Mark(mark.offset - self._offset, mark.html)
            for mark in self._marks
            if mark.offset <= reached
        ]
