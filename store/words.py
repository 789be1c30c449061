"""Text as it is searched: as words without case and accents.

Scripts that are written without spaces between words have each of their letters as a word; a
run of them in a query is then found wherever it stands, as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

LONGEST_TEXT = 200_000
"""Characters of one text that can be found."""
LONGEST_WORD = 64
"""Characters of one word that count."""
MOST_TERMS = 32
"""Terms of a query that count."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"  # Kana and Han
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


class Term(NamedTuple):
    """Words that must follow each other.

    Attributes:
        words: the words, at least one.
        is_open: whether the last of them may go on, as one that is still being typed does.
    """

    words: tuple[str, ...]
    is_open: bool = False

    def is_in(self, words: str) -> bool:
        """Return whether a text contains it, given the text's `words_of`."""
        return f" {' '.join(self.words)}{'' if self.is_open else ' '}" in f" {words} "


class Span(NamedTuple):
    """Where something is in a text: from its first character to before its end."""

    start: int
    end: int


class _Word(NamedTuple):
    text: str
    span: Span


def words_of(text: str) -> str:
    """Return the words of a text as they are searched, with one space between them."""
    folded = _folded(text[:LONGEST_TEXT])
    return " ".join([word[:LONGEST_WORD] for word in _WORD.findall(folded)])


def terms_of(query: str) -> list[Term]:
    """Return what a text must contain to be found, in whatever order.

    Args:
        query: what a person has typed so far; nothing in it has a meaning of its own.

    Returns:
        A term for each piece between spaces; none where there is nothing to search for.
    """
    found = [tuple(words.split()) for piece in query.split() if (words := words_of(piece))]
    found = found[:MOST_TERMS]
    last = found.pop() if found else ()
    terms = [Term(words) for words in dict.fromkeys(found)]
    return [*terms, Term(last, is_open=True)] if last else []


def spans_of(terms: Sequence[Term], text: str) -> list[Span]:
    """Return where a text contains terms, in order and without overlaps."""
    words = list(_words_in(text[:LONGEST_TEXT]))
    spans: list[Span] = []
    for at, word in enumerate(words):
        length = max((len(term.words) for term in terms if _begins(term, words, at)), default=0)
        if length and (not spans or word.span.start >= spans[-1].end):
            spans.append(Span(word.span.start, words[at + length - 1].span.end))
    return spans


def _begins(term: Term, words: Sequence[_Word], at: int) -> bool:
    *others, last = term.words
    if at + len(others) >= len(words):
        return False
    end = words[at + len(others)].text
    return (end.startswith(last) if term.is_open else end == last) and all(
        words[at + offset].text == wanted for offset, wanted in enumerate(others)
    )


def _words_in(text: str) -> Iterator[_Word]:
    """Yield the words of a text with their places; `_folded` does the same letter by letter."""
    if text.isascii():
        folded, origins = text.lower(), range(len(text))
    else:
        letters = [_folded_letter(letter) for letter in text]
        folded = "".join(letters)
        origins = [at for at, letter in enumerate(letters) for _ in letter]  # type: ignore[assignment]
    for match in _WORD.finditer(folded):
        span = Span(origins[match.start()], origins[match.end() - 1] + 1)
        yield _Word(match[0][:LONGEST_WORD], span)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFKD", plain).translate(_marks())


@cache
def _folded_letter(letter: str) -> str:
    return _folded(letter)


@cache
def _marks() -> dict[int, None]:
    """Return what accents and the like are replaced by: nothing."""
    return {
        code: None for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"
    }
