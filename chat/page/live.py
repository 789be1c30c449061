"""``GET /threads/<thread_id>/live``: the answer while it is written, for a browser without scripts.

The page is a thread's page that does not end before the answer does. Then it sends the
browser on to the thread's complete page.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator

from markupsafe import Markup
from quart import Response, render_template
from quart.typing import ResponseReturnValue

from chat.current_options import current_options
from chat.live import LiveItem
from chat.page.articles import article
from chat.page.contexts.thread import ItemsView, LivePage
from chat.page.fragments import render_fragment
from chat.page.frames import Frames
from chat.page.item_offers import ItemOffers
from chat.page.items import item_view
from chat.page.pages import Page, load_newest
from chat.page.recent import recent_view
from chat.page.render import frame, see
from chat.page.standing import head_view, running_standing, running_turn
from chat.page.visit import Visit, visit
from chat.sse import Pace, with_heartbeat

PACE = 1 / 4
"""Seconds between two frames at least: each one repeats what is still open."""
SILENCE = "<!-- still here -->\n"
NOTHING = Markup()


async def live_page(thread_id: str) -> ResponseReturnValue:
    """Stream a thread's page until nothing is being written; if nothing is, go to it.

    Raises:
        NotFound: the thread is unknown or another owner's.
    """
    seen = await visit(thread_id)
    if not seen.live.running:
        return see(f"{seen.url}#latest")
    recent = await recent_view(seen)
    page = await load_newest(seen.store, seen.live, seen.context)
    offers = ItemOffers.of(current_options())
    stored, settled = _settled(page, offers)
    shown = LivePage(
        head=head_view(thread_id, seen.live.title),
        recent=recent,
        items=ItemsView(stored),
        composer=running_standing(seen).composer,
    )
    html = await render_template("live.html", page=shown, **frame())
    start, _, end = html.partition(shown.answer)
    response = Response(
        _stream(seen, start, Frames(settled, offers), end),
        content_type="text/html; charset=utf-8",
        headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"},
    )
    response.timeout = None  # Quart would cut the page off after a minute
    return response


def _settled(page: Page, offers: ItemOffers) -> tuple[tuple[Markup, ...], set[str]]:
    """Return the items before the first unfinished one, rendered, and all ids not to be sent."""
    rendered: list[Markup] = []
    settled: set[str] = set()
    for entry in page.items:
        if isinstance(entry, LiveItem) and not entry.finished:
            break
        rendered.append(article(entry, page.feedback, offers))
        settled.add(entry.item.id if isinstance(entry, LiveItem) else entry.id)
    return tuple(rendered), settled


async def _stream(seen: Visit, start: str, frames: Frames, end: str) -> AsyncGenerator[str, None]:
    live = seen.live
    yield start
    pace = Pace(PACE)
    heartbeat = seen.host.settings.heartbeat
    async for news in with_heartbeat(lambda: live.changed(frames.seen), heartbeat):
        if not news:
            yield SILENCE
            continue
        await pace.wait()
        frames.seen = live.version
        unsettled = await _unsettled(seen, frames)
        yield frames.show(unsettled, _progress(seen))
        if not live.running or live.deleted or live.closing:
            break
    yield str(frames.end()) + end


def _progress(seen: Visit) -> Markup:
    """Return the line that says what is being done now; nothing where nothing is."""
    if not seen.live.running:
        return NOTHING
    return render_fragment("parts/progress.html", turn=running_turn(seen)).strip()


async def _unsettled(seen: Visit, frames: Frames) -> dict[str, LiveItem]:
    """Return the live items that belong after what the page shows.

    A finished item that was not seen unfinished may be an old one that changed; that is
    shown when the answer is complete.
    """
    unknown = {
        item_id
        for item_id, item in seen.live.items.items()
        if item.finished and item_id not in frames.settled and item_id not in frames.known
    }
    if unknown:
        page = await load_newest(seen.store, seen.live, seen.context)
        frames.settled |= unknown - {item.id for item in page.finished}
    return {
        item_id: item
        for item_id, item in seen.live.items.items()
        if item_id not in frames.settled and item_view(item.item) is not None
    }
