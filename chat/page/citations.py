"""Where marks belong in Markdown that says nothing of them: `place_marks`.

An annotation names a place in a message's source text by counting characters. Writing a mark
into the source would change what the Markdown means, so marks are put among the tokens that
the parser found: each piece of shown text is looked for in the source again, and a mark goes
where its place is, behind the emphasis or the link that ends there.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token
from markupsafe import Markup

CITATION = "citation"
"""The type of a mark's token; its ``meta`` holds the mark's ``html``."""

_REACH = 2_500  # characters: no link's address that matters is longer
_STEP = 40  # nor is an escaped character or an entity
_LINK_END = re.compile(r"\](?:\((?:[^()\\\n]|\\.|\([^()\n]*\))*\)|\[[^\]\n]*\])?")


@dataclass(frozen=True)
class Mark:
    """Something to show inside a text.

    Attributes:
        offset: how many characters of the source text are before it.
        html: what is shown; trusted.
    """

    offset: int
    html: Markup


@dataclass
class _Spot:
    """One piece of shown text: where it is in the source, and the marks to be put into it.

    Attributes:
        places: where each of its characters is, if it is not in the source as it is shown.
        marks: each with how many characters of the piece are before it.
    """

    start: int
    end: int
    places: list[int] = field(default_factory=list)
    marks: list[tuple[int, Mark]] = field(default_factory=list)

    def take(self, mark: Mark) -> None:
        cut = bisect_left(self.places, mark.offset) if self.places else mark.offset - self.start
        self.marks.append((cut, mark))


def share_out(marks: Sequence[Mark], starts: Sequence[int]) -> list[list[Mark]]:
    """Return the marks of each part of a text, counted from that part's start.

    Args:
        marks: in the order of their places.
        starts: where each part starts. A mark right before a part belongs to the last one,
            because it is about what was said.
    """
    shared: list[list[Mark]] = [[] for _ in starts]
    for mark in marks if shared else ():
        index = max(bisect_left(starts, mark.offset) - 1, 0)
        shared[index].append(Mark(max(mark.offset - starts[index], 0), mark.html))
    return shared


def place_marks(tokens: Sequence[Token], source: str, marks: Sequence[Mark]) -> list[Mark]:
    """Put marks among the inline tokens of a block.

    Args:
        tokens: the block's, with their children; these are changed.
        source: the block's source text.
        marks: in the order of their places.

    Returns:
        The marks that have no place, because the block has no running text.
    """
    found = _Spots(source)
    for token in tokens:
        found.look_for(token)
    if not found.spots:
        return list(marks)
    starts = [spot.start for spot in found.spots]
    for mark in marks:
        found.spots[max(bisect_left(starts, mark.offset) - 1, 0)].take(mark)
    for token in tokens:
        if token.children:
            token.children = _marked(token.children, found.by_token)
    return []


class _Spots:
    """Where the shown pieces of a block are in its source, found one after another."""

    def __init__(self, source: str) -> None:
        self.spots: list[_Spot] = []
        self.by_token: dict[int, _Spot] = {}
        self._source = source
        self._cursor = 0

    def look_for(self, token: Token) -> None:
        for child in token.children or ():
            if child.type == "link_close" and child.info != "auto":
                end = _LINK_END.search(self._source[self._cursor : self._cursor + _REACH])
                self._cursor += end.end() if end else 0
            elif child.content:
                spot = self._spot(child.content)
                self.spots.append(spot)
                self.by_token[id(child)] = spot

    def _spot(self, text: str) -> _Spot:
        at = self._source.find(text, self._cursor, self._cursor + len(text) + _REACH)
        spot = _Spot(at, at + len(text)) if at >= 0 else self._escaped(text)
        self._cursor = spot.end
        return spot

    def _escaped(self, text: str) -> _Spot:
        """Find a text that is not in the source as it is shown, character by character."""
        places: list[int] = []
        end = self._cursor
        for character in text:
            at = self._source.find(character, end, end + _STEP)
            places.append(at if at >= 0 else end)
            end = at + 1 if at >= 0 else end
        return _Spot(places[0], end, places)


def _marked(children: Sequence[Token], spots: dict[int, _Spot]) -> list[Token]:
    """Return the tokens with their marks, which wait for what is open there to close."""
    done: list[Token] = []
    waiting: list[Token] = []
    links = 0
    for child in children:
        if waiting and not links and child.nesting != -1:
            done += waiting
            waiting = []
        links += child.nesting * (child.type in {"link_open", "link_close"})
        spot = spots.get(id(child))
        pieces = _split(child, spot.marks) if spot and spot.marks else [child]
        shown = len(pieces)
        while shown and pieces[shown - 1].type == CITATION:
            shown -= 1
        for index, piece in enumerate(pieces):
            held = piece.type == CITATION and (links > 0 or index >= shown > 0)
            (waiting if held else done).append(piece)
    return done + waiting


def _split(token: Token, marks: Sequence[tuple[int, Mark]]) -> list[Token]:
    pieces: list[Token] = []
    text, taken = token.content, 0
    for offset, mark in marks:
        cut = min(max(offset, 0), len(text))
        if token.type == "text" and taken < cut < len(text):
            pieces.append(Token("text", "", 0, content=text[taken:cut], level=token.level))
            taken = cut
        elif 0 < cut > taken and taken < len(text):
            pieces.append(_rest(token, taken))
            taken = len(text)
        pieces.append(Token(CITATION, "", 0, level=token.level, meta={"html": mark.html}))
    if taken < len(text):
        pieces.append(_rest(token, taken))
    return pieces


def _rest(token: Token, taken: int) -> Token:
    if not taken:
        return token
    return Token("text", "", 0, content=token.content[taken:], level=token.level)
