"""SQLiteStore against the bare least that its work takes."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    InferenceOptions,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot
from pydantic import TypeAdapter

from store import SQLiteStore
from tests.benchmarks.figures import Figure

REPETITIONS = 1000
ITEMS: TypeAdapter[list[ThreadItem]] = TypeAdapter(list[ThreadItem])
ANSWER = "Milk, eggs and **bread** are on the list for tomorrow. Anything else?\n" * 6


@dataclass(frozen=True)
class Owner:
    """The context of every call."""

    user_id: str = "alice"


ALICE = Owner()
Step = Callable[[int], Awaitable[object]]


async def run() -> list[Figure]:
    """Measure appending, loading a page, and what the length of a thread does to that."""
    with tempfile.TemporaryDirectory() as folder:
        store = SQLiteStore(Path(folder) / "store.db")
        try:
            return [
                await appending(store, Path(folder) / "bare.db"),
                await loading(store, "items, a third of them widgets", widgets=True),
                await loading(store, "messages", widgets=False),
                await growing(store),
            ]
        finally:
            await store.close()


async def appending(store: SQLiteStore, bare: Path) -> Figure:
    """Compare appending an item with inserting and committing the same bytes."""
    await new_thread(store, "appending")
    db = sqlite3.connect(bare)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE items (id TEXT PRIMARY KEY, thread_id TEXT, data TEXT)")
    items = [message("appending", number) for number in range(REPETITIONS)]
    rows = [(item.id, item.thread_id, item.model_dump_json()) for item in items]

    async def insert(number: int) -> None:
        db.execute("INSERT INTO items VALUES (?, ?, ?)", rows[number])
        db.commit()

    async def append(number: int) -> None:
        await store.add_thread_item("appending", items[number], ALICE)

    ours, least = await side_by_side(append, insert)
    db.close()
    return compared("append an item : bare sqlite3 insert and commit", ours, least, 3)


async def loading(store: SQLiteStore, what: str, *, widgets: bool) -> Figure:
    """Compare loading a page of 50 items with parsing the same JSON."""
    await new_thread(store, what, 50)
    for number in range(2, 50, 3) if widgets else ():
        await store.save_item(what, card(what, number), ALICE)
    page = await store.load_thread_items(what, None, 50, "desc", ALICE)
    data = ITEMS.dump_json(page.data)

    async def parse(number: int) -> None:
        ITEMS.validate_json(data)

    async def load(number: int) -> None:
        await store.load_thread_items(what, None, 50, "desc", ALICE)

    ours, least = await side_by_side(load, parse)
    return compared(f"load 50 {what} : parse the same JSON with pydantic", ours, least, 2)


async def growing(store: SQLiteStore) -> Figure:
    """Compare the newest page of a long thread with that of a short one."""
    await new_thread(store, "short", 100)
    await new_thread(store, "long", 100_000)

    async def load_short(number: int) -> None:
        await store.load_thread_items("short", None, 50, "desc", ALICE)

    async def load_long(number: int) -> None:
        await store.load_thread_items("long", None, 50, "desc", ALICE)

    long, short = await side_by_side(load_long, load_short)
    return compared("newest page of 100,000 items : of 100", long, short, 1.2)


async def side_by_side(one: Step, other: Step) -> tuple[float, float]:
    """Return the median seconds of two steps that take turns."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(REPETITIONS):
        for step, taken in zip((one, other), seconds, strict=True):
            began = time.perf_counter()
            await step(number)
            taken.append(time.perf_counter() - began)
    return median(seconds[0]), median(seconds[1])


def compared(name: str, ours: float, least: float, aim: float) -> Figure:
    """Return the ratio of two medians, in seconds."""
    return Figure(name, ours / least, aim, f"{ours * 1e6:.0f} µs : {least * 1e6:.0f} µs")


async def new_thread(store: SQLiteStore, thread_id: str, length: int = 0) -> None:
    """Make a thread of messages, many at a time."""
    await store.save_thread(ThreadMetadata(id=thread_id, created_at=datetime.now()), ALICE)
    for start in range(0, length, 1000):
        await asyncio.gather(
            *(
                store.add_thread_item(thread_id, message(thread_id, number), ALICE)
                for number in range(start, min(start + 1000, length))
            )
        )


def message(thread_id: str, number: int) -> ThreadItem:
    """Return a user's message or an assistant's answer, in turns."""
    item_id, now = f"msg_{number:032x}", datetime.now()
    if number % 2:
        content = [AssistantMessageContent(text=ANSWER)]
        return AssistantMessageItem(
            id=item_id, thread_id=thread_id, created_at=now, content=content
        )
    return UserMessageItem(
        id=item_id,
        thread_id=thread_id,
        created_at=now,
        content=[UserMessageTextContent(text="add milk, eggs and bread for tomorrow")],
        inference_options=InferenceOptions(),
    )


def card(thread_id: str, number: int) -> WidgetItem:
    """Return a card of tasks as a widget template makes it, in place of a message."""
    tasks = [
        {
            "type": "Row",
            "children": [{"type": "Checkbox", "name": task}, {"type": "Text", "value": task}],
        }
        for task in ("Buy milk", "Buy eggs", "Buy bread")
    ]
    widget = DynamicWidgetRoot.model_validate({"type": "Card", "size": "md", "children": tasks})
    item_id, now = f"msg_{number:032x}", datetime.now()
    return WidgetItem(id=item_id, thread_id=thread_id, created_at=now, widget=widget)
