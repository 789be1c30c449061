"""Items as HTML, stored or still being made: the one way there is, live and after a reload."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from chatkit.types import FeedbackKind, ThreadItem
from markupsafe import Markup

from chat.live import LiveItem
from chat.page.addresses import thread_url
from chat.page.contexts import ItemsView
from chat.page.growing_parts import growing_parts
from chat.page.item_offers import ItemOffers
from chat.page.items import item_view, render_item
from chat.page.pages import Page

Opinions = Mapping[str, FeedbackKind]


def article(entry: ThreadItem | LiveItem, opinions: Opinions, offers: ItemOffers) -> Markup:
    """Render an item as it is now.

    Args:
        entry: a stored item, or a live one.
        opinions: what the owner thinks of the thread's items, by id.
        offers: what the items of the page offer.

    Returns:
        One ``article`` element; nothing for items that are never shown.
    """
    if isinstance(entry, LiveItem) and not entry.finished:
        growing = growing_parts(entry)
        view = item_view(
            entry.item, finished=False, growing=growing, progress=entry.progress, offers=offers
        )
    else:
        item = entry.item if isinstance(entry, LiveItem) else entry
        view = item_view(item, feedback=opinions.get(item.id), offers=offers)
    return Markup(render_item(view).strip())  # noqa: S704  # still what the renderer made


def items_view(page: Page, thread_id: str, offers: ItemOffers) -> ItemsView:
    """Render a page of a thread's items; see `article`."""
    earlier = f"{thread_url(thread_id)}?before={quote(page.earlier)}" if page.earlier else ""
    return ItemsView(tuple(article(entry, page.feedback, offers) for entry in page.items), earlier)
