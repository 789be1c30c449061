"""A running answer as HTML that only ever grows, for browsers that run no script.

A browser shows a page as it arrives, but nothing that was sent can be changed. So whatever
changes is sent again as the next *frame*: of the frames in one ``class="frames"`` element,
a row, the stylesheet shows only the last. Markdown blocks that are closed are sent once;
the open block is a row of its own; any other change makes a new frame of all items that
are not finished yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from chatkit.types import AssistantMessageItem
from markupsafe import Markup

from chat.live import LiveItem
from chat.page.articles import article
from chat.page.growing import START, Append, Cursor, GrowingMarkdown
from chat.page.growing_parts import growing_parts
from chat.page.item_offers import EVERYTHING, ItemOffers
from chat.page.items import item_view, render_item

HOLE = Markup("<!-- the rest follows -->")
ROW, FRAME, END = Markup('<div class="frames">'), Markup('<div class="frame">'), Markup("</div>")
BLANK = FRAME + END
NOTHING = Markup()


class _Hole(GrowingMarkdown):
    """Stands where a part of an answer will be written."""

    def render(self) -> Markup:
        return HOLE


@dataclass
class _Writing:
    """The answer that is being written at the end of the page.

    Attributes:
        parts: the Markdown of its parts, of which the last one grows.
        end: the HTML that closes the article.
        cursor: how much of the last part the page has.
    """

    item_id: str
    parts: list[GrowingMarkdown]
    end: Markup
    cursor: Cursor = START


class Frames:
    """What one page has been sent of a running answer."""

    def __init__(self, settled: set[str], offers: ItemOffers = EVERYTHING) -> None:
        """Take what items offer, and the ids of those that the page shows already.

        Those will not be sent again.
        """
        self._offers = offers
        self.settled = settled
        self.seen = 0  # the live thread's version that the page shows
        self._sent: dict[str, int] = {}  # the items of the present frame, with their versions
        self._in_frame = False
        self._in_row = False  # inside the frame, of an open block or of progress lines
        self._writing: _Writing | None = None
        self._line = NOTHING

    @property
    def known(self) -> set[str]:
        """The ids of the items that may still change on the page."""
        return set(self._sent)

    def show(self, items: dict[str, LiveItem], line: Markup) -> Markup:
        """Return the HTML that brings the page to a state.

        Args:
            items: the live items that are not settled, in order.
            line: says what is being done now, as HTML; empty for nothing.
        """
        out = NOTHING
        if self._in_frame and not self._may_go_on(items):
            out += self._end_item() + END + FRAME
            self._sent.clear()
        for item_id, item in items.items():
            if item_id not in self._sent:
                out += self._add(item_id, item)
        if self._writing:
            out += self._write(self._writing, items[self._writing.item_id])
        if self._in_frame and all(item.finished for item in items.values()):
            self.settled |= self._sent.keys()
            out += self.end()
        return out if self._writing else out + self._say(line)

    def end(self) -> Markup:
        """Return the HTML that closes what is open."""
        out = self._end_item()
        if self._in_frame:
            out += END + END
        self._in_frame = False
        self._sent.clear()
        return out

    def _may_go_on(self, items: dict[str, LiveItem]) -> bool:
        """Return whether what was sent is still right, so that only more has to follow."""
        if list(items)[: len(self._sent)] != list(self._sent):
            return False
        writing = self._writing
        return all(
            growing_parts(items[item_id]) == writing.parts
            if writing and item_id == writing.item_id
            else items[item_id].version == version
            for item_id, version in self._sent.items()
        )

    def _add(self, item_id: str, item: LiveItem) -> Markup:
        out = self._end_item()
        if not self._in_frame:
            out += ROW + FRAME
            self._in_frame = True
        self._sent[item_id] = item.version
        if item.finished or not isinstance(item.item, AssistantMessageItem) or not item.texts:
            return out + article(item, {}, self._offers)
        parts = growing_parts(item)
        view = item_view(item.item, finished=False, growing=[*parts[:-1], _Hole("", "")])
        start, _, end = render_item(view).strip().partition(HOLE)
        self._writing = _Writing(item_id, parts, Markup(end))  # noqa: S704  # our own HTML, cut
        return out + Markup(start)  # noqa: S704

    def _write(self, writing: _Writing, item: LiveItem) -> Markup:
        part = writing.parts[-1]
        operations, writing.cursor = part.changes(writing.cursor)
        out = NOTHING
        for operation in operations:
            if isinstance(operation, Append):
                out += self._end_row(BLANK) + operation.html
        if operations:
            out += (NOTHING if self._in_row else ROW) + FRAME + part.open_html + END
            self._in_row = True
        if item.finished:
            self._sent[writing.item_id] = item.version
            out += self._end_item()
        return out

    def _say(self, line: Markup) -> Markup:
        if line == self._line:
            return NOTHING
        self._line = line
        out = NOTHING if self._in_row else ROW
        self._in_row = True
        return out + FRAME + line + END

    def _end_item(self) -> Markup:
        """Close the answer that is being written, or take the progress line away."""
        writing, self._writing = self._writing, None
        if writing:
            return self._end_row() + writing.end
        return self._end_row(BLANK if self._line else NOTHING)

    def _end_row(self, last: Markup = NOTHING) -> Markup:
        if not self._in_row:
            return NOTHING
        self._in_row, self._line = False, NOTHING
        return last + END
