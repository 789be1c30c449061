"""The caller's threads: their list, searching it, and renaming and deleting one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chatkit.store import NotFoundError, Store
from chatkit.types import (
    ThreadDeleteParams,
    ThreadMetadata,
    ThreadsDeleteReq,
    ThreadsUpdateReq,
    ThreadUpdateParams,
)
from quart import request
from quart.typing import ResponseReturnValue

from chat.errors import InvalidRequest, NotFound
from chat.host import current_host
from chat.page.addresses import history_url, thread_url
from chat.page.contexts.history import HistoryPage, ThreadRow
from chat.page.dates import day, moment
from chat.page.render import render, see
from chat.page.standing import head_view
from chat.stored import load_threads
from chat.words import gettext, ngettext
from store.base import FoundThread, Piece, SearchesThreads

ROWS = 30
LONGEST_TITLE = 200
LONGEST_QUERY = 200
SEARCH_FIELD = "input#history-search"
"""What htmx calls the field that searches while one types."""


async def threads() -> ResponseReturnValue:
    """Show the caller's threads, newest first.

    ``?q=<words>`` shows those that are found by these, ``?after=<thread id>`` goes on after a
    thread, and ``?current=<thread id>`` tells which one the caller came from.

    Raises:
        NotFound: the thread to go on after is unknown or another owner's.
    """
    host = current_host()
    context = await host.context(request)
    store = await host.store()
    searches = isinstance(store, SearchesThreads)
    query = " ".join(request.args.get("q", "").split())[:LONGEST_QUERY] if searches else ""
    after, current = request.args.get("after", ""), request.args.get("current", "")
    here = history_url(query, after, current)
    try:
        found, more = await _found(store, query, after, context)
    except NotFoundError:
        raise NotFound("This part of the history is not there any more.") from None
    now = datetime.now().astimezone()
    last = found[-1].thread.id if found else ""
    page = HistoryPage(
        rows=tuple(_row(one, now, current, here) for one in found),
        newest=history_url(query, "", current) if after else "",
        older=history_url(query, last, current) if more else "",
        searches=searches,
        query=query,
        current=current,
    )
    typing = request.headers.get("HX-Source") == SEARCH_FIELD
    return await render("threads.html", page, new_address=not typing)


async def rename(thread_id: str) -> ResponseReturnValue:
    """Give a thread the title of the form's field ``title``.

    Raises:
        NotFound: the thread is unknown or another owner's.
        InvalidRequest: the title is empty or too long.
    """
    form = await request.form
    title = " ".join(form.get("title", "").split())
    if not title:
        raise InvalidRequest("A thread's title cannot be empty.")
    if len(title) > LONGEST_TITLE:
        raise InvalidRequest(
            "A thread's title has at most %(most)s characters.", most=LONGEST_TITLE
        )
    host = current_host()
    params = ThreadUpdateParams(thread_id=thread_id, title=title)
    await host.answer(ThreadsUpdateReq(params=params), await host.context(request))
    return see(_back(form.get("back", "")) or thread_url(thread_id))


async def delete(thread_id: str) -> ResponseReturnValue:
    """Delete a thread with everything in it.

    Raises:
        NotFound: the thread is unknown or another owner's.
    """
    form = await request.form
    host = current_host()
    params = ThreadDeleteParams(thread_id=thread_id)
    await host.answer(ThreadsDeleteReq(params=params), await host.context(request))
    return see(_back(form.get("back", "")) or history_url())


async def _found(
    store: Store[Any], query: str, after: str, context: Any
) -> tuple[list[FoundThread], bool]:
    """Return a page of threads, and whether there are more."""
    if query and isinstance(store, SearchesThreads):
        found = await store.search_threads(query, ROWS, after or None, context)
        return found.data, found.has_more
    page = await load_threads(store, context, after=after or None, limit=ROWS)
    return [_unsearched(thread) for thread in page.data], page.has_more


def _unsearched(thread: ThreadMetadata) -> FoundThread:
    return FoundThread(thread=thread, title=_pieces(thread.title))


def _pieces(title: str | None) -> tuple[Piece, ...]:
    return (Piece(title),) if title else ()


def _row(found: FoundThread, now: datetime, current: str, here: str) -> ThreadRow:
    thread = found.thread
    created = thread.created_at.astimezone()
    head = head_view(thread.id, thread.title, back=here)
    return ThreadRow(
        head=head,
        title=_runs(found.title or _pieces(head.title)),
        passage=_runs(found.passage),
        when=ago(created, now),
        moment=moment(created),
        current=thread.id == current,
    )


def _runs(pieces: Iterable[Piece]) -> tuple[tuple[str, bool], ...]:
    return tuple((piece.text, piece.matched) for piece in pieces)


def _back(address: str) -> str:
    """Return the part of the history that a form came from; empty where it came from elsewhere."""
    parts = urlsplit(address)
    if (parts.scheme, parts.netloc, parts.path) != ("", "", history_url()):
        return ""
    fields = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return history_url(fields.get("q", ""), fields.get("after", ""), fields.get("current", ""))


def ago(then: datetime, now: datetime) -> str:
    """Return how long ago something was, in the words one would use for it.

    Args:
        then: a point in time with a zone.
        now: the present, with the zone whose days count.
    """
    seconds = (now - then).total_seconds()
    days = (now.date() - then.astimezone(now.tzinfo).date()).days
    match days:
        case _ if seconds < 60:
            return gettext("just now")
        case _ if seconds < 3600:
            minutes = int(seconds // 60)
            said = ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes)
            return said % {"num": minutes}
        case 0:
            hours = int(seconds // 3600)
            return ngettext("%(num)s hour ago", "%(num)s hours ago", hours) % {"num": hours}
        case 1:
            return gettext("yesterday")
        case _ if days < 7:
            return ngettext("%(num)s day ago", "%(num)s days ago", days) % {"num": days}
        case _ if then.year == now.year:
            return day(then, with_year=False)
        case _:
            return day(then)
