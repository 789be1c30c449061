"""A piece of what was typed: its words both as typed and as the patterns read them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from chat.assistant.offline.spelling import read_word
from chat.assistant.offline.word_sets import word_set

# Character for character, so that places in both texts agree.
_STRAIGHT = str.maketrans(
    "\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019`\u00b4\u2013\u2014\u00a0\t\r",
    '"' * 5 + "'" * 4 + "--   ",
)

_TOKEN = re.compile(
    r"""
      "[^"\n]*"                                # quoted words stay one
    | (?<![^\s(:])'[^'\n]+'(?=[\s.,;:!?)]|$)
    | https?://\S+
    | \d+(?:[:.,/-]\d+)+(?:\.(?=\s|$))?[a-z]{0,2}(?![^\s.,;:!?)])   # a date, a time, 1,3,4
    | (?:[^\W\d_]+:)(?=\S)                     # todo:milk
    | [^\s,;:!?()\[\]{}"]+
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DOTTED = word_set(
    """
    dr mr mrs ms st no nr a.m p.m e.g i.e etc vs prof approx jr sr jan feb mar apr jun jul aug sep
    sept oct nov dec
    """
)
MOST_CORRECTED = 300


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark, with its place in the source and how the patterns read it."""

    start: int
    end: int
    plain: str


@dataclass(frozen=True)
class Phrase:
    """Words of one source text, in order; some between them may have been taken out.

    Patterns are matched against `plain`; `within` leads from a match back to the words.
    """

    source: str
    words: tuple[Word, ...]

    @classmethod
    def of(cls, source: str) -> "Phrase":
        """Read a text."""
        straight = source.translate(_STRAIGHT)
        words: list[Word] = []
        for found in _TOKEN.finditer(straight):
            words.extend(_words(found, correct=len(words) < MOST_CORRECTED))
        return cls(source, tuple(words))

    @cached_property
    def plain(self) -> str:
        """The words as the patterns read them, separated by single spaces."""
        return " ".join(word.plain for word in self.words)

    @cached_property
    def text(self) -> str:
        """The words as they were typed."""
        pieces: list[str] = []
        for before, word in zip((None, *self.words), self.words, strict=False):
            gap = "" if before is None else self.source[before.end : word.start]
            pieces.append(gap if gap.isspace() or not gap else " ")
            pieces.append(self.source[word.start : word.end])
        return " ".join("".join(pieces).split())

    @cached_property
    def _places(self) -> list[int]:
        places, place = [], 0
        for word in self.words:
            places.append(place)
            place += len(word.plain) + 1
        return places

    @cached_property
    def _ends(self) -> list[int]:
        return [a + len(word.plain) for a, word in zip(self._places, self.words, strict=True)]

    def __bool__(self) -> bool:
        return bool(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, part: slice) -> "Phrase":
        return Phrase(self.source, self.words[part])

    def indexes(self, start: int, end: int) -> tuple[int, int]:
        """Return which words a stretch of `plain` covers, as a half-open range."""
        first = bisect_left(self._places, start)
        last = bisect_right(self._ends, end)
        return (first, last) if first < last else (0, 0)

    def within(self, start: int, end: int) -> "Phrase":
        """Return the words that a stretch of `plain` covers."""
        first, last = self.indexes(start, end)
        return self[first:last]

    def group(self, match: re.Match[str], name: str) -> "Phrase":
        """Return the words of a named group of a match in `plain`; none if it is unset."""
        return self.within(*match.span(name)) if match.group(name) else self[0:0]

    def without(self, first: int, last: int) -> "Phrase":
        """Return the words but those of a half-open range."""
        return Phrase(self.source, self.words[:first] + self.words[last:])

    def split(self, places: Sequence[int]) -> list["Phrase"]:
        """Cut in front of each of the given words; empty pieces are left out."""
        edges = [0, *places, len(self.words)]
        cut = (self[a:b] for a, b in pairwise(edges))
        return [piece for piece in cut if piece]


def _words(found: re.Match[str], *, correct: bool) -> list[Word]:
    """Return one token as words: full stops at its end stand for themselves."""
    token, start = found.group().lower(), found.start()
    if token[0] in "\"'" and len(token) > 1 and token[-1] == token[0]:
        return [Word(start, found.end(), token.replace(" ", "_"))]
    if token.endswith(":") and len(token) > 1:
        word = token[:-1]
        return [
            *_spelled(word, start, found.end() - 1, correct),
            Word(found.end() - 1, found.end(), ":"),
        ]
    body = token.rstrip(".…")
    if not body or body == token:
        return _spelled(token, start, found.end(), correct)
    if body in _DOTTED or re.fullmatch(r"\d{1,2}\.\d{1,2}", body):
        return [Word(start, found.end(), body)]
    end = start + len(body)
    return [*_spelled(body, start, end, correct), Word(end, found.end(), ".")]


def _spelled(token: str, start: int, end: int, correct: bool) -> list[Word]:
    """Return a token as the word or words it stands for: "it's" as "it" and "is"."""
    plains = read_word(token).split() if correct else [token]
    apostrophe = token.find("'")
    edge = start + apostrophe if len(plains) > 1 and token.startswith(plains[0] + "'") else end
    return [
        Word(start if i == 0 else edge, edge if i == 0 else end, plain)
        for i, plain in enumerate(plains)
    ]
