"""Reading a server's store, whatever that makes of order, cursors and what is not there.

The SDK's `Store` says little of them, and many stores are written for one client: they sort or
go on in their own way, keep an item twice, or have exceptions of their own. They are asked with
the SDK's own keywords, and read here so that the page and the export get what they ask for.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from itertools import chain
from typing import Any, Literal, TypeVar

from chatkit.store import NotFoundError, Store
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata

log = logging.getLogger(__name__)

WHOLE = 10_000
"""How many entries are asked for at once where a store cannot go on from one."""
PAGE_SIZE = 100
REMEMBERED = 1000
"""How many entries are remembered, to go on from one that is still there."""

Order = Literal["asc", "desc"]
Entry = TypeVar("Entry", ThreadMetadata, ThreadItem)
Found = TypeVar("Found")
Load = Callable[[str | None, int, Order], Awaitable["Page[Entry]"]]
LoadNext = Callable[[str | None, int], Awaitable["Page[Entry]"]]


async def load_thread(store: Store[Any], thread_id: str, context: Any) -> ThreadMetadata:
    """Return a thread.

    Raises:
        NotFoundError: there is none, however the store says so.
    """
    return await _there(store.load_thread(thread_id, context))


async def load_item(store: Store[Any], thread_id: str, item_id: str, context: Any) -> ThreadItem:
    """Return an item of a thread; a store that finds none by its id is read through.

    Raises:
        NotFoundError: there is none, however the store says so.
    """
    try:
        return await _there(store.load_item(thread_id, item_id, context))
    except NotImplementedError:
        async for page in item_pages(store, thread_id, context):
            for item in page:
                if item.id == item_id:
                    return item
        raise NotFoundError(item_id) from None


async def load_attachment(store: Store[Any], attachment_id: str, context: Any) -> Attachment:
    """Return what is known of an attachment.

    Raises:
        NotFoundError: there is none, however the store says so.
    """
    return await _there(store.load_attachment(attachment_id, context))


def says_nothing_is_there(error: Exception) -> bool:
    """Return whether a store that was asked for one thing means by an error that it has it not.

    A `ValueError` of a class of its own says that what is there cannot be read.
    """
    return isinstance(error, LookupError | PermissionError) or type(error) is ValueError


async def _there(loading: Awaitable[Found | None]) -> Found:
    try:
        found = await loading
    except NotFoundError:
        raise
    except Exception as error:
        if says_nothing_is_there(error):
            log.info("not found by the store", exc_info=error)
            raise NotFoundError(str(error)) from error
        raise
    if found is None:
        raise NotFoundError
    return found


async def load_items(
    store: Store[Any],
    thread_id: str,
    context: Any,
    *,
    after: str | None = None,
    limit: int,
    order: Order = "desc",
) -> Page[ThreadItem]:
    """Return a page of a thread's items, each of them once.

    Raises:
        NotFoundError: the store says that there is no such thread or cursor.
    """
    return await _page(_items(store, thread_id, context), after, limit, order)


async def load_threads(
    store: Store[Any], context: Any, *, after: str | None = None, limit: int, order: Order = "desc"
) -> Page[ThreadMetadata]:
    """Return a page of the caller's threads, each of them once.

    Raises:
        NotFoundError: the store says that there is no such cursor.
    """

    async def load(after: str | None, limit: int, order: Order) -> Page[ThreadMetadata]:
        return await store.load_threads(limit=limit, after=after, order=order, context=context)

    return await _page(load, after, limit, order)


async def newest_first(
    store: Store[Any], thread_id: str, context: Any, after: str | None = None
) -> AsyncIterator[ThreadItem]:
    """Yield all items of a thread, the newest first, or all before one.

    Raises:
        NotFoundError: the store says that there is no such thread or cursor.
    """
    seen: set[str] = set()
    while True:
        page = await load_items(store, thread_id, context, after=after, limit=PAGE_SIZE)
        new = [item for item in page.data if item.id not in seen]
        for item in new:
            yield item
        if not page.has_more or not new:
            return
        seen.update(item.id for item in new)
        after = page.after


def item_pages(store: Store[Any], thread_id: str, context: Any) -> AsyncIterator[list[ThreadItem]]:
    """Yield all items of a thread, page after page, the oldest first; none of one that is gone."""

    async def load(after: str | None, limit: int) -> Page[ThreadItem]:
        return await load_items(store, thread_id, context, after=after, limit=limit, order="asc")

    return _pages(load)


def thread_pages(store: Store[Any], context: Any) -> AsyncIterator[list[ThreadMetadata]]:
    """Yield all threads of the caller, page after page, the oldest first."""

    async def load(after: str | None, limit: int) -> Page[ThreadMetadata]:
        return await load_threads(store, context, after=after, limit=limit, order="asc")

    return _pages(load)


async def _pages(load: LoadNext[Entry]) -> AsyncIterator[list[Entry]]:
    """Yield page after page, also when entries are deleted meanwhile.

    A store that does not go on after an entry begins anew; then it is asked for everything.

    Args:
        load: reads the page after a cursor, of a size, the oldest first.
    """
    seen: deque[str] = deque(maxlen=REMEMBERED)
    page = await _first_found(load, [None])
    while new := _unseen(page, seen):
        yield new
        seen.extend(entry.id for entry in new)
        if not page.has_more:
            return
        page = await _first_found(load, chain([page.after or seen[-1]], reversed(seen)))
    if page.has_more and (rest := _unseen(await load(None, WHOLE), seen)):
        yield rest


def _unseen(page: Page[Entry], seen: Iterable[str]) -> list[Entry]:
    known = set(seen)
    return [entry for entry in page.data if entry.id not in known]


async def _first_found(load: LoadNext[Entry], cursors: Iterable[str | None]) -> Page[Entry]:
    """Read the page after the first cursor that still names something, else an empty one."""
    for cursor in cursors:
        with suppress(NotFoundError):
            return await load(cursor, PAGE_SIZE)
    return Page()


def _items(store: Store[Any], thread_id: str, context: Any) -> Load[ThreadItem]:
    async def load(after: str | None, limit: int, order: Order) -> Page[ThreadItem]:
        return await store.load_thread_items(
            thread_id, after=after, limit=limit, order=order, context=context
        )

    return load


async def _page(load: Load[Entry], after: str | None, limit: int, order: Order) -> Page[Entry]:
    page = await load(after, limit, order)
    if order == "desc" and _ascends(page.data):
        ascending = await load(after, limit, "asc")
        if [each.id for each in ascending.data] == [each.id for each in page.data]:
            return _part((await _whole(load, "asc"))[::-1], after, limit)
    if order == "desc" and after and any(each.id == after for each in page.data):
        return _part(await _whole(load, "desc"), after, limit)  # it began anew
    cursor = page.after or (page.data[-1].id if page.data else None)
    return Page(
        data=_each_once(page.data, order),
        has_more=page.has_more and bool(page.data),
        after=cursor if page.has_more else None,
    )


def _ascends(found: list[Entry]) -> bool:
    """Return whether entries seem to be sorted the other way round than the newest first."""
    return bool(found) and found[0].created_at.timestamp() < found[-1].created_at.timestamp()


def _each_once(found: list[Entry], order: Order) -> list[Entry]:
    """Return every entry in the place where it was first stored, in the state stored last."""
    oldest_first = found if order == "asc" else found[::-1]
    once = list({each.id: each for each in oldest_first}.values())
    return once if order == "asc" else once[::-1]


async def _whole(load: Load[Entry], order: Order) -> list[Entry]:
    """Return everything that a store has, read in the largest pages."""
    found: list[Entry] = []
    known: set[str] = set()
    after = None
    while True:
        page = await load(after, WHOLE, order)
        new = [each for each in page.data if each.id not in known]
        found += page.data
        known.update(each.id for each in new)
        if not page.has_more or not new:
            return _each_once(found, order)
        after = page.after or page.data[-1].id


def _part(whole: list[Entry], after: str | None, limit: int) -> Page[Entry]:
    ids = [each.id for each in whole]
    start = ids.index(after) + 1 if after in ids else 0
    data = whole[start : start + limit]
    more = start + limit < len(whole)
    return Page(data=data, has_more=more, after=data[-1].id if more else None)
