"""The caller's newest threads, beside the one that is open."""

from __future__ import annotations

from chatkit.types import Page

from chat.page.addresses import history_url, thread_url
from chat.page.contexts.thread import RecentThread, RecentView
from chat.page.standing import UNTITLED
from chat.page.visit import Visit
from chat.stored import load_threads
from chat.words import gettext

MOST = 30


async def recent_view(visit: Visit) -> RecentView:
    """Read the newest threads, among which the open one may be; none of a store that lists none."""
    try:
        page = await load_threads(visit.store, visit.context, limit=MOST)
    except NotImplementedError:
        page = Page()
    threads = tuple(
        RecentThread(
            title=thread.title or gettext(UNTITLED),
            url=thread_url(thread.id),
            current=thread.id == visit.thread_id,
        )
        for thread in page.data
    )
    return RecentView(threads, history_url(current=visit.thread_id))
