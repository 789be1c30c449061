"""What a watcher tells where the thread changes while the watcher reads the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
import pytest
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    ClientEffectEvent,
    LockedStatus,
    Page,
    ThreadItem,
    ThreadMetadata,
)

from chat.host import Host
from chat.identity import RequestContext
from chat.live import LiveThread
from chat.page.changes import EFFECT, Watcher
from chat.page.visit import Visit
from chat.settings import Settings
from store import MemoryStore
from store.base import TurnRecord
from tests.page.browsing import texts
from tests.page.dom import parse

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ALICE = RequestContext(user_id="usr_alice", locale="en", request=None)


class SlowStore(MemoryStore):
    """Takes so long that something happens between what it read and its answer."""

    meanwhile: Callable[[], None] | None = None

    async def load_thread_items(self, *arguments: Any, **named: Any) -> Page[ThreadItem]:
        """Read, let time pass, and answer with what is old by then."""
        page = await super().load_thread_items(*arguments, **named)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        return page


class Watched:
    """A thread of Alice's and one who watches it."""

    def __init__(self) -> None:
        """Make an empty thread that nothing runs in."""
        self.store = SlowStore()
        self.live = LiveThread("thr_1", "Old")
        self.visit = Visit(Host(Settings()), self.store, ALICE, self.live)
        self.watcher = Watcher(self.visit, self.live.version, self.live.version)

    def answer(self, text: str, number: int = 1) -> AssistantMessageItem:
        content = [AssistantMessageContent(text=text)]
        return AssistantMessageItem(
            id=f"msg_{number}", thread_id="thr_1", created_at=NOW, content=content
        )

    def grow(self, text: str) -> None:
        delta = AssistantMessageContentPartTextDelta(content_index=0, delta=text)
        self.live.update(self.live.items["msg_1"], delta)

    def finish(self, text: str) -> None:
        self.live.put(self.answer(text), finished=True)

    def run(self, status: Literal["running", "done"]) -> None:
        record = TurnRecord(id="trn_1", thread_id="thr_1", started_at=NOW)
        self.live.record = record.model_copy(update={"status": status})
        self.live.show_status()

    async def look(self) -> tuple[str, list[str]]:
        """Return the HTML and the effects that one look tells."""
        messages = await self.watcher.look()
        html = "".join(message.data for message in messages if not message.event)
        return html, [message.data for message in messages if message.event == EFFECT]

    async def effects(self) -> list[str]:
        """Return the names of the effects of all looks until there is nothing new."""
        told: list[str] = []
        while self.watcher.seen < self.live.version:
            told += (await self.look())[1]
        return [msgspec.json.decode(data)["name"] for data in told]

    async def html(self) -> str:
        """Return the HTML of all looks until there is nothing new."""
        told = ""
        while self.watcher.seen < self.live.version:
            told += (await self.look())[0]
        return told


@pytest.fixture
async def watched() -> Watched:
    watched = Watched()
    thread = ThreadMetadata(id="thr_1", title="Old", created_at=NOW)
    await watched.store.save_thread(thread, ALICE)
    return watched


def effect(name: str) -> ClientEffectEvent:
    return ClientEffectEvent(name=name, data={})


async def test_effects_during_a_full_resync_arrive_once(watched: Watched) -> None:
    watched.live.show_effect(effect("before"))
    watched.live.reload()
    watched.store.meanwhile = lambda: watched.live.show_effect(effect("meanwhile"))
    assert await watched.effects() == ["before", "meanwhile"]


async def test_effects_while_news_are_read_arrive_once(watched: Watched) -> None:
    watched.live.put(watched.answer("Hello."), finished=True)
    watched.store.meanwhile = lambda: watched.live.show_effect(effect("meanwhile"))
    assert await watched.effects() == ["meanwhile"]


async def test_a_page_of_an_unknown_state_gets_only_new_effects(watched: Watched) -> None:
    watched.live.show_effect(effect("old"))
    watched.watcher = Watcher(watched.visit, 0, 0)
    watched.store.meanwhile = lambda: watched.live.show_effect(effect("new"))
    assert await watched.effects() == ["new"]


@pytest.mark.parametrize("whole", [True, False])
async def test_an_item_removed_meanwhile_goes(watched: Watched, whole: bool) -> None:
    gone = watched.answer("Never mind.")
    await watched.store.add_thread_item("thr_1", gone, ALICE)
    watched.live.put(gone, finished=True)
    if whole:
        watched.live.reload()
    watched.store.meanwhile = lambda: watched.live.remove("msg_1")
    *_, last = parse(await watched.html()).all("hx-partial")
    assert last["hx-swap"] == "delete"


async def test_a_resync_asked_for_meanwhile_is_done(watched: Watched) -> None:
    await watched.store.add_thread_item("thr_1", watched.answer("Old answer."), ALICE)
    watched.live.reload()
    watched.store.meanwhile = watched.live.reload
    first, _ = await watched.look()
    await watched.store.delete_thread_item("thr_1", "msg_1", ALICE)
    second, _ = await watched.look()
    assert "Old answer." in first
    assert "#items" in second
    assert "Old answer." not in second


@pytest.mark.parametrize("whole", [True, False])
async def test_a_turn_that_ends_meanwhile_is_told(watched: Watched, whole: bool) -> None:
    watched.run("running")
    watched.live.put(watched.answer("Hello."), finished=True)
    if whole:
        watched.live.reload()
    watched.store.meanwhile = lambda: watched.run("done")
    html = await watched.html()
    assert html.rindex('data-turn="done"') > html.find('data-turn="running"')


async def test_what_stands_beside_the_items_is_told_only_where_it_changed(
    watched: Watched,
) -> None:
    watched.run("running")
    first, _ = await watched.look()
    watched.run("running")
    second, _ = await watched.look()
    assert [part["hx-target"] for part in parse(first).all("hx-partial")] == [
        "#turn",
        "#composing",
    ]
    assert second == ""


async def test_a_title_given_meanwhile_is_told(watched: Watched) -> None:
    watched.live.put(watched.answer("Hello."), finished=True)
    watched.store.meanwhile = lambda: watched.live.rename("New")
    assert "<title>New</title>" in await watched.html()


async def test_a_thread_locked_meanwhile_is_shown_locked(watched: Watched) -> None:
    watched.run("running")
    watched.live.reload()
    watched.store.meanwhile = lambda: watched.run("done")
    await watched.look()
    status = LockedStatus(reason="Finished.")
    locked = ThreadMetadata(id="thr_1", title="Old", created_at=NOW, status=status)
    await watched.store.save_thread(locked, ALICE)
    assert "Finished." in await watched.html()


async def test_an_answer_finished_meanwhile_comes_whole_once_and_in_its_place(
    watched: Watched,
) -> None:
    watched.run("running")
    watched.live.put(watched.answer("Hel"), finished=False)
    watched.live.put(watched.answer("Another.", number=2), finished=True)
    watched.store.meanwhile = lambda: watched.finish("Hello.")
    assert [text.split()[-1] for text in texts(parse(await watched.html()))] == [
        "Hello.",
        "Another.",
    ]


async def test_what_an_answer_grows_by_meanwhile_comes_once(watched: Watched) -> None:
    watched.run("running")
    watched.live.put(watched.answer("Milk"), finished=False)
    watched.live.put(watched.answer("Another.", number=2), finished=True)
    watched.store.meanwhile = lambda: watched.grow(" eggs")
    html = await watched.html()
    watched.grow(" bread")
    html += await watched.html()
    assert [html.count(word) for word in ("Milk", " eggs", " bread")] == [1, 1, 1]
