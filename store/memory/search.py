"""Searching threads in memory."""

from __future__ import annotations

from typing import Any

from chatkit.types import Page

from store.base import FoundThread, not_found, owner_of
from store.found import best_item, found_thread, page_of_found
from store.memory.base import KeptThread, Memory
from store.records import UNLIMITED, load_item, load_thread, page_size, words_of_thread
from store.words import Term, terms_of


class MemorySearch(Memory):
    """The operation of `SearchesThreads`, which describes it: everything is looked at."""

    async def search_threads(
        self, query: str, limit: int, after: str | None, context: Any
    ) -> Page[FoundThread]:
        """Return a page of the owner's threads in which all of some words occur."""
        size, terms = page_size(limit), terms_of(query)
        try:
            threads = self._threads[owner_of(context)].page(
                after, UNLIMITED, "desc", lambda thread: True
            )
        except KeyError:
            raise not_found("Thread", str(after)) from None
        found = [found for thread in threads if terms and (found := _found(thread, terms))]
        return page_of_found(found[:limit], has_more=len(found) >= size)


def _found(kept: KeptThread, terms: list[Term]) -> FoundThread | None:
    thread, items = load_thread(kept.data), list(kept.items)
    title = words_of_thread(thread)
    places: list[int] = []
    for term in terms:
        having = [place for place, item in enumerate(items) if term.is_in(item.words)]
        if not having and not term.is_in(title):
            return None
        places += having[-1:]
    best = best_item(places)
    return found_thread(thread, None if best is None else load_item(items[best].record), terms)
