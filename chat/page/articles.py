"""Items as HTML, stored or still being made: the one way there is, live and after a reload."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from urllib.parse import quote
from weakref import WeakKeyDictionary

from chatkit.types import FeedbackKind, ThreadItem
from jinja2 import Environment
from markupsafe import Markup

from chat.addresses import address
from chat.live import LiveItem
from chat.page.addresses import thread_url
from chat.page.contexts.thread import ItemsView
from chat.page.fragments import environment
from chat.page.growing_parts import growing_parts
from chat.page.item_offers import ItemOffers
from chat.page.items import item_view, render_item
from chat.page.kept import Kept
from chat.page.pages import Page

Opinions = Mapping[str, FeedbackKind]

KEPT = 16_000_000
"""Characters of items' HTML that are kept."""

_kept: WeakKeyDictionary[Environment, Kept] = WeakKeyDictionary()


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
        return _stripped(render_item(view))
    item = entry.item if isinstance(entry, LiveItem) else entry
    return _finished(item, opinions.get(item.id), offers)


def _finished(item: ThreadItem, feedback: FeedbackKind | None, offers: ItemOffers) -> Markup:
    """Render an item that does not change any more: each who watches and each reload asks."""

    def render() -> Markup:
        return _stripped(render_item(item_view(item, feedback=feedback, offers=offers)))

    told = item.model_dump_json(warnings=False)
    made_of = "\0".join((address(""), offers.name, feedback or "", told))
    digest = blake2b(made_of.encode(), digest_size=16).hexdigest()
    kept = _kept.setdefault(environment(), Kept(KEPT))
    return kept.get(digest, render)


def _stripped(html: str) -> Markup:
    return Markup(html.strip())  # noqa: S704  # still what the renderer made


def items_view(page: Page, thread_id: str, offers: ItemOffers) -> ItemsView:
    """Render a page of a thread's items; see `article`."""
    earlier = f"{thread_url(thread_id)}?before={quote(page.earlier)}" if page.earlier else ""
    return ItemsView(tuple(article(entry, page.feedback, offers) for entry in page.items), earlier)
