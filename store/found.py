"""What a search shows of a thread: its title and a passage, with what was looked for marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from chatkit.types import Page, ThreadItem, ThreadMetadata

from store.base import FoundThread, Piece
from store.texts import text_of
from store.words import Span, Term, spans_of

BEFORE, LENGTH = 48, 200
"""Characters of a passage before what was found, and of all of it."""

_PAGE = Page[FoundThread]


def found_thread(
    thread: ThreadMetadata, item: ThreadItem | None, terms: Sequence[Term]
) -> FoundThread:
    """Return what to show of a thread.

    Args:
        thread: the thread.
        item: the item that a passage is taken of, where one has what was looked for.
        terms: what was looked for.
    """
    title = thread.title or ""
    passage = _passage(text_of(item), terms) if item else ()
    return FoundThread(thread=thread, title=_marked(title, spans_of(terms, title)), passage=passage)


def page_of_found(found: list[FoundThread], *, has_more: bool) -> Page[FoundThread]:
    """Return a page of what was found."""
    after = found[-1].thread.id if has_more else None
    return _PAGE.model_construct(data=found, has_more=has_more, after=after)


def best_item(newest: Iterable[int]) -> int | None:
    """Choose the item to show of a thread.

    Args:
        newest: for each term that items of the thread contain, the place of the newest.

    Returns:
        The place that most terms have in common, else the newest; None without any.
    """
    return max(Counter(newest).items(), key=lambda entry: (entry[1], entry[0]), default=(None,))[0]


def _passage(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    spans = spans_of(terms, text)
    if not spans:
        return ()
    start = _cut_before(text, max(0, spans[0].start - BEFORE))
    end = max(start + LENGTH, spans[0].end)
    end = end if end >= len(text) else max(text.rfind(" ", spans[0].end, end), spans[0].end)
    inside = [Span(at - start, to - start) for at, to in spans if to <= end]
    pieces = _marked(text[start:end], inside)
    before, after = Piece("… "), Piece(" …")
    return (
        *((before,) if start else ()),
        *pieces,
        *((after,) if end < len(text) else ()),
    )


def _cut_before(text: str, start: int) -> int:
    """Return where the word begins that a cut would go through, if that is not far."""
    space = text.rfind(" ", max(0, start - BEFORE), start) if start else -1
    return space + 1 if space >= 0 else start


def _marked(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        pieces += [Piece(text[done:start]), Piece(text[start:end], matched=True)]
        done = end
    pieces.append(Piece(text[done:]))
    return tuple(piece for piece in pieces if piece.text)
