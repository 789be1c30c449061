"""A page of a thread's items as HTML, against the same items as JSON."""

from __future__ import annotations

import time
from itertools import cycle, islice
from statistics import median

from chatkit.types import ThreadItem
from pydantic import TypeAdapter

from app import create_app
from chat.gallery.examples import own_groups
from chat.page.articles import items_view
from chat.page.item_offers import EVERYTHING
from chat.page.pages import Page
from chat.settings import Settings
from tests.benchmarks.figures import Figure

ROUNDS = 200
LENGTH = 50
ITEMS: TypeAdapter[list[ThreadItem]] = TypeAdapter(list[ThreadItem])


async def run() -> list[Figure]:
    """Measure a page of every kind of item in turn."""
    app = create_app(Settings(database="memory:"))
    async with app.test_request_context("/"):
        items = mixed_items()
        page = Page([*items], None, {})
        html, dumped = [], []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            items_view(page, "thr_1", EVERYTHING)
            rendered = time.perf_counter()
            ITEMS.dump_json(items)
            html.append(rendered - began)
            dumped.append(time.perf_counter() - rendered)
    ours, least = median(html), median(dumped)
    note = f"{ours * 1e6:.0f} µs : {least * 1e6:.0f} µs"
    return [Figure("render 50 mixed items : dump them as JSON", ours / least, 6, note)]


def mixed_items() -> list[ThreadItem]:
    """Return fifty of the gallery's items: all of its types in turn, each in all its variants."""
    groups = next(group for group in own_groups() if group.id == "items")
    types = [
        cycle([example.item for example in entry.examples if example.item])
        for entry in groups.entries
    ]
    return list(islice((next(variants) for variants in cycle(types)), LENGTH))
