"""``GET /threads/<thread_id>``: a thread, complete as it is now."""

from __future__ import annotations

from urllib.parse import quote

from quart import Response, request
from quart.typing import ResponseReturnValue

from chat.current_options import HEADER, current_options
from chat.page.addresses import events_url
from chat.page.articles import items_view
from chat.page.contexts.thread import EarlierPage, ThreadPage
from chat.page.events import token_of
from chat.page.fragments import render_fragment
from chat.page.item_offers import ItemOffers
from chat.page.pages import load_before, load_newest
from chat.page.recent import recent_view
from chat.page.render import partial, partials, render, wants_block
from chat.page.standing import head_view, standing_of
from chat.page.visit import Visit, visit


async def thread(thread_id: str) -> ResponseReturnValue:
    """Show a thread's newest items, or with ``?before=<item id>`` those before an item.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
    """
    seen = await visit(thread_id)
    await seen.host.server()  # until it is loaded, what the composer offers is not known
    if before := request.args.get("before"):
        return await _earlier(seen, before)
    return await show_thread(seen)


async def show_thread(seen: Visit, heard: int | None = None) -> Response:
    """Answer with a thread as it is now, under its own address.

    Args:
        seen: the thread.
        heard: the version up to which its effects are known; without, the present one.

    Raises:
        NotFound: the thread was deleted in the meantime.
    """
    # What changes while the store is read may be missed here: the stream tells it again.
    version = seen.live.version
    token = token_of(version, version if heard is None else heard)
    stored = await seen.thread()
    recent = await recent_view(seen)
    page = await load_newest(seen.store, seen.live, seen.context)
    # From here on nothing may wait, so that all of the page shows one version.
    now = standing_of(seen, stored, page)
    shown = ThreadPage(
        head=head_view(seen.thread_id, seen.live.title),
        recent=recent,
        items=items_view(page, seen.thread_id, ItemOffers.of(current_options())),
        turn=now.turn,
        composer=now.composer,
        events=f"{events_url(seen.thread_id)}?since={quote(token)}",
        events_id="-".join(["events", *token.split("."), *_options()]),
        live=f"{seen.url}/live#latest" if seen.live.running else "",
    )
    return await render("thread.html", shown, at=seen.url)


def _options() -> list[str]:
    """Return what names the options of an embedding page, so that new ones are followed anew."""
    digest = request.headers.get(HEADER, "")
    return [digest] if digest.isalnum() else []


async def _earlier(seen: Visit, before: str) -> ResponseReturnValue:
    page = await load_before(seen.store, seen.thread_id, before, seen.context)
    items = items_view(page, seen.thread_id, ItemOffers.of(current_options()))
    if not wants_block():
        head = head_view(seen.thread_id, seen.live.title)
        return await render("earlier.html", EarlierPage(head, await recent_view(seen), items))
    link = render_fragment("parts/earlier.html", items=items)
    return await partials(
        partial("#earlier", "afterend", "".join(items.items)),
        partial("#earlier", "outerHTML", link),
    )
