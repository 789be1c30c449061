"""Searching threads in a SQLite database, with its full-text index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chatkit.types import Page

from store.base import FoundThread, not_found, owner_of
from store.found import best_item, found_thread, page_of_found
from store.queries import SQL, load_queries
from store.records import ItemRecord, load_item, load_thread, page_size
from store.sql.base import Execute, SQLOperations
from store.words import Term, terms_of

SEARCH_SQL = load_queries(Path(__file__).with_name("search.sql"))


class SQLiteSearch(SQLOperations):
    """The operation of `SearchesThreads`, which describes it."""

    async def search_threads(
        self, query: str, limit: int, after: str | None, context: Any
    ) -> Page[FoundThread]:
        """Return a page of the owner's threads in which all of some words occur.

        Raises:
            NotFoundError: ``after`` never was a thread of this owner.
            ValueError: ``limit`` is less than 1.
        """
        owner, size, terms = owner_of(context), page_size(limit), terms_of(query)

        def search(execute: Execute) -> Page[FoundThread]:
            places = _places(execute, terms, owner)
            threads = sorted(places, reverse=True)
            if after is not None:
                before = _place_of(execute, after, owner)
                threads = [thread for thread in threads if thread < before]
            threads = threads[:size]
            shown = (
                _found(execute, thread, best_item(places[thread]), terms, owner)
                for thread in threads[:limit]
            )
            found = [one for one in shown if one]
            return page_of_found(found, has_more=bool(found) and len(threads) > limit)

        return await self._database.read(search)


def _places(execute: Execute, terms: list[Term], owner: str) -> dict[int, list[int]]:
    """Return the threads that have every term, each with the newest items that have one."""
    found: dict[int, list[int]] = {}
    for number, term in enumerate(terms):
        rows = execute(SEARCH_SQL["find_threads"], term=_match(term), owner=owner)
        having: dict[int, list[int]] = {}
        for thread, item in rows:
            if number == 0 or thread in found:
                items = having.setdefault(thread, found.get(thread, []))
                items += [item] if item else []
        found = having
    return found


def _match(term: Term) -> str:
    """Return a term as FTS5 wants it; words have no quotation marks in them."""
    return f'"{" ".join(term.words)}"{"*" if term.is_open else ""}'


def _place_of(execute: Execute, thread_id: str, owner: str) -> int:
    rows = execute(SQL["find_thread_place"], after=thread_id, owner=owner)
    if not rows:
        raise not_found("Thread", thread_id)
    return int(rows[0][0])


def _found(
    execute: Execute, thread: int, item: int | None, terms: list[Term], owner: str
) -> FoundThread | None:
    """Load a thread, or nothing where it was deleted a moment ago."""
    threads = execute(SQL["load_found_thread"], thread=thread, owner=owner)
    items = execute(SQL["load_found_item"], item=item, owner=owner) if item else []
    shown = load_item(ItemRecord(*items[0])) if items else None
    return found_thread(load_thread(threads[0][0]), shown, terms) if threads else None
