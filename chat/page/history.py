"""The caller's threads: their list, and renaming and deleting one of them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from chatkit.store import NotFoundError
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
from chat.page.contexts import HistoryPage, ThreadRow
from chat.page.dates import moment
from chat.page.render import render, see
from chat.page.standing import head_view
from chat.page.visit import thread_url

ROWS = 30
LONGEST_TITLE = 200


async def threads() -> ResponseReturnValue:
    """Show the caller's threads, newest first; ``?after=<thread id>`` shows older ones.

    Raises:
        NotFound: the thread to go on after is unknown or another owner's.
    """
    host = current_host()
    context = await host.context(request)
    store = await host.store()
    after = request.args.get("after")
    try:
        page = await store.load_threads(ROWS, after, "desc", context)
    except NotFoundError:
        raise NotFound("This part of the history is not there any more.") from None
    now = datetime.now().astimezone()
    older = f"/threads?after={quote(page.after)}" if page.has_more and page.after else ""
    rows = tuple(_row(thread, now) for thread in page.data)
    return await render("threads.html", HistoryPage(rows, first=not after, older=older))


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
        raise InvalidRequest(f"A thread's title has at most {LONGEST_TITLE} characters.")
    host = current_host()
    params = ThreadUpdateParams(thread_id=thread_id, title=title)
    await host.answer(ThreadsUpdateReq(params=params), await host.context(request))
    return see("/threads" if form.get("back") == "history" else thread_url(thread_id))


async def delete(thread_id: str) -> ResponseReturnValue:
    """Delete a thread with everything in it.

    Raises:
        NotFound: the thread is unknown or another owner's.
    """
    host = current_host()
    params = ThreadDeleteParams(thread_id=thread_id)
    await host.answer(ThreadsDeleteReq(params=params), await host.context(request))
    return see("/threads")


def _row(thread: ThreadMetadata, now: datetime) -> ThreadRow:
    created = thread.created_at.astimezone()
    head = head_view(thread.id, thread.title, back="history")
    return ThreadRow(head, ago(created, now), moment(created))


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
            return "just now"
        case _ if seconds < 3600:
            return _count(int(seconds // 60), "minute")
        case 0:
            return _count(int(seconds // 3600), "hour")
        case 1:
            return "yesterday"
        case _ if days < 7:
            return _count(days, "day")
        case _ if then.year == now.year:
            return f"{then.day} {then:%B}"
        case _:
            return f"{then.day} {then:%B %Y}"


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'} ago"
