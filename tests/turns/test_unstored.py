"""What a turn has shown is stored, whatever became of the turn, the store or the listener."""

import asyncio
from typing import Any

import pytest
from chatkit.types import (
    AssistantMessageItem,
    ItemFeedbackParams,
    ItemsFeedbackReq,
    StreamingReq,
    ThreadItem,
    ThreadsUpdateReq,
    ThreadUpdateParams,
    WorkflowItem,
)

from chat import turns as turns_module
from chat import unstored
from chat.errors import Conflict
from chat.live import LiveItem
from chat.page.pages import load_newest
from chat.turn import Turn
from tests.running import Running
from tests.turns.conftest import ALICE, Start, begin, stored, text_of


async def until_shown(turn: Turn, text: str) -> AssistantMessageItem:
    """Watch a turn until one of its messages is a text, and return that message."""
    version = 0
    while True:
        for shown in list(turn.live.items.values()):
            if isinstance(shown.item, AssistantMessageItem) and text_of(shown.item) == text:
                return shown.item
        version = await turn.live.changed(version)


async def texts(served: Running, turn: Turn) -> list[str]:
    items = await stored(served, turn.thread_id)
    return [text_of(item) for item in items if isinstance(item, AssistantMessageItem)]


async def test_an_update_of_a_stored_item_is_stored_while_the_model_is_silent(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unstored, "KEEP_EVERY", 0.05)
    turn = await start("late and more")
    await until_shown(turn, "early and more")
    await asyncio.sleep(0.3)
    assert await texts(served, turn) == ["early and more"]


async def test_an_update_that_could_not_be_stored_at_first_is_stored_at_the_end(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unstored, "KEEP_EVERY", 0.05)
    store = await served.host.store()
    save_item = store.save_item

    async def full_disk(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(store, "save_item", full_disk)
    turn = await start("late and more")
    await until_shown(turn, "early and more")
    await asyncio.sleep(0.3)
    monkeypatch.setattr(store, "save_item", save_item)
    await served.host.turns.stop(turn.live.thread_id, ALICE)
    assert await texts(served, turn) == ["early and more"]


async def test_an_update_that_is_stored_late_does_not_undo_what_replaced_the_item(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unstored, "KEEP_EVERY", 0.05)
    store = await served.host.store()
    save_item = store.save_item
    replaced = asyncio.Event()

    async def reordered(thread_id: str, item: ThreadItem, context: Any) -> None:
        if text_of(item) == "early and late":
            await replaced.wait()
        await save_item(thread_id, item, context)
        replaced.set()

    monkeypatch.setattr(store, "save_item", reordered)
    turn = await start("replaced")
    await turn.ended(10)
    assert await texts(served, turn) == ["another"]


async def test_feedback_leaves_an_item_as_it_is_shown(served: Running, start: Start) -> None:
    turn = await start("late and more")
    item = await until_shown(turn, "early and more")
    params = ItemFeedbackParams(thread_id=turn.live.thread_id, item_ids=[item.id], kind="positive")
    await served.host.answer(ItemsFeedbackReq(params=params), ALICE)
    assert text_of(turn.live.items[item.id].item) == "early and more"
    await served.host.turns.stop(turn.live.thread_id, ALICE)
    assert await texts(served, turn) == ["early and more"]


async def test_a_workflow_that_was_taken_up_again_is_stored_as_it_was_shown_last(
    served: Running, start: Start
) -> None:
    turn = await start("continued")
    version = 0
    while not any(
        isinstance(live.item, WorkflowItem) and len(live.item.workflow.tasks) == 2
        for live in turn.live.items.values()
    ):
        version = await turn.live.changed(version)
    await served.host.turns.stop(turn.live.thread_id, ALICE)
    (workflow,) = [
        item for item in await stored(served, turn.thread_id) if isinstance(item, WorkflowItem)
    ]
    indicators = [task.status_indicator for task in workflow.workflow.tasks]
    assert indicators == ["complete", "none"]


async def test_what_a_failed_turn_leaves_is_on_the_page_while_it_is_being_stored(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await served.host.store()
    add_thread_item = store.add_thread_item
    asked, allowed = asyncio.Event(), asyncio.Event()

    async def slow_disk(thread_id: str, item: ThreadItem, context: Any) -> None:
        if text_of(item) == "half an":
            asked.set()
            await allowed.wait()
        await add_thread_item(thread_id, item, context)

    monkeypatch.setattr(store, "add_thread_item", slow_disk)
    turn = await start("fail")
    await asked.wait()
    page = await load_newest(store, turn.live, ALICE)
    allowed.set()
    await turn.ended(10)
    shown = [entry.item if isinstance(entry, LiveItem) else entry for entry in page.items]
    assert [text_of(item) for item in shown] == ["fail", "half an"]
    assert await texts(served, turn) == ["half an"]


async def test_the_users_title_wins_over_the_servers(served: Running, start: Start) -> None:
    turn = await start("slow-title The server's")
    params = ThreadUpdateParams(thread_id=turn.live.thread_id, title="The user's")
    await served.host.answer(ThreadsUpdateReq(params=params), ALICE)
    await turn.ended(5)
    assert turn.live.title == "The user's"
    store = await served.host.store()
    thread = await store.load_thread(turn.live.thread_id, ALICE)
    assert thread.title == "The user's"


async def test_a_stop_that_nobody_waits_for_any_more_frees_the_thread(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns_module, "STOP_TIME", 0.05)
    store: Any = await served.host.store()
    end_turn, reached, free = store.end_turn, asyncio.Event(), asyncio.Event()

    async def slow_disk(*arguments: Any) -> None:
        reached.set()
        await free.wait()
        await end_turn(*arguments)

    monkeypatch.setattr(store, "end_turn", slow_disk)
    turn = await start("deaf")
    await until_shown(turn, "Hm.")
    await asyncio.sleep(0.1)  # now its server waits, and will not hear
    stopping = asyncio.create_task(served.host.turns.stop(turn.live.thread_id, ALICE))
    await reached.wait()
    stopping.cancel()
    free.set()
    await turn.ended(5, abandon=False)
    assert (await store.load_turn(turn.thread_id, ALICE)).status == "stopped"
    again = await start("say Hi.", turn.thread_id)
    await again.ended(5)
    assert again.live.status == "done"


async def test_a_turn_that_is_stopped_before_its_first_step_is_refused_and_frees_the_thread(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await start("say Hi.")
    await first.ended(5)
    run = Turn.run

    def run_and_cancel(self: Turn, events: Any) -> None:
        run(self, events)
        self.cancel()

    monkeypatch.setattr(Turn, "run", run_and_cancel)
    with pytest.raises(Conflict):
        await asyncio.wait_for(start("say Hi.", first.thread_id), 5)
    monkeypatch.setattr(Turn, "run", run)
    again = await start("say Hi.", first.thread_id)
    await again.ended(5)
    assert again.live.status == "done"


async def test_a_turn_that_is_given_up_while_it_begins_does_not_count_as_running(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await start("say Hi.")
    await first.ended(5)
    store: Any = await served.host.store()
    start_turn, reached = store.start_turn, asyncio.Event()

    async def slow_disk(*arguments: Any) -> None:
        await start_turn(*arguments)
        reached.set()
        await asyncio.sleep(10)

    monkeypatch.setattr(store, "start_turn", slow_disk)
    request: StreamingReq = begin("say Hi.", first.thread_id)
    starting = asyncio.create_task(served.host.turns.start(request, ALICE))
    await reached.wait()
    await served.host.turns.stop(first.live.thread_id, ALICE)
    with pytest.raises(Conflict):
        await starting
    record = await store.load_turn(first.thread_id, ALICE)
    assert record.status == "stopped"
