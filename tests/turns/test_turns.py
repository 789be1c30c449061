"""A turn outlives its connection, runs alone in its thread, and ends when it is told to."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from chatkit.types import AssistantMessageItem

from chat import turns as turns_module
from chat import unstored
from chat.errors import Conflict, NotFound, ShuttingDown, TurnRunning
from chat.live import KEPT_ITEMS, LiveThread
from tests.running import Running
from tests.turns.conftest import ALICE, CHARLIE, Start, stored, text_of


async def until_text(live: LiveThread, part: str) -> str:
    """Watch a thread until its newest message contains something."""
    version = 0
    while True:
        version = await live.changed(version)
        for shown in live.items.values():
            if isinstance(shown.item, AssistantMessageItem) and part in text_of(shown.item):
                return text_of(shown.item)


async def test_a_turn_that_nobody_watches_runs_to_its_end(served: Running, start: Start) -> None:
    turn = await start("stream 20 0.01")
    await turn.ended(10)
    assert text_of((await stored(served, turn.thread_id))[-1]).endswith("word19 ")
    assert turn.live.status == "done"


async def test_a_watcher_sees_the_text_grow_and_never_shrink(start: Start) -> None:
    turn = await start("stream 40 0.005")
    seen, version = [""], 0
    while not turn.over:
        version = await turn.live.changed(version)
        texts = [text_of(live.item) for live in turn.live.items.values() if live.texts]
        seen += texts[-1:]
    assert all(later.startswith(earlier) for earlier, later in pairwise(seen))
    assert seen[-1].endswith("word39 ")


async def test_who_joins_late_sees_what_is_there(start: Start) -> None:
    turn = await start("stream 100 0.01")
    await until_text(turn.live, "word10")
    (shown,) = [live for live in turn.live.items.values() if live.texts]
    assert text_of(shown.item).startswith("word0 word1 ")
    turn.cancel()
    await turn.ended(5)


async def test_a_second_turn_in_the_thread_is_refused(start: Start) -> None:
    turn = await start("stream 100")
    with pytest.raises(TurnRunning):
        await start("say Hi.", turn.thread_id)
    turn.cancel()
    await turn.ended(5)
    again = await start("say Hi.", turn.thread_id)
    await again.ended(5)
    assert again.live.status == "done"


async def test_of_many_turns_begun_at_once_in_a_thread_one_runs(start: Start) -> None:
    first = await start("say Hi.")
    await first.ended(5)
    tries = [start("stream 20", first.thread_id) for _ in range(10)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    refused = [result for result in results if isinstance(result, TurnRunning)]
    assert len(refused) == 9


async def test_stop_keeps_what_was_shown(served: Running, start: Start) -> None:
    turn = await start("stream 500 0.01")
    await until_text(turn.live, "word5")
    assert turn.thread_id
    await served.host.turns.stop(turn.thread_id, ALICE)
    assert turn.live.status == "stopped"
    items = await stored(served, turn.thread_id)
    assert text_of(items[1]).startswith("word0 ")
    assert items[-1].type == "sdk_hidden_context"
    length = len(text_of(items[1]))
    await asyncio.sleep(0.1)
    assert len(text_of((await stored(served, turn.thread_id))[1])) == length


async def test_stop_is_for_the_owner_only(served: Running, start: Start) -> None:
    turn = await start("stream 100")
    with pytest.raises(NotFound):
        await served.host.turns.stop(turn.live.thread_id, CHARLIE)
    assert turn.live.running


async def test_stop_is_refused_where_the_server_forbids_it(served: Running, start: Start) -> None:
    first = await start("locked-stop")
    await first.ended(5)
    turn = await start("stream 50", first.thread_id)
    with pytest.raises(Conflict):
        await served.host.turns.stop(turn.live.thread_id, ALICE)


async def test_stop_where_nothing_runs_does_nothing(served: Running, start: Start) -> None:
    turn = await start("say Hi.")
    await turn.ended(5)
    await served.host.turns.stop(turn.live.thread_id, ALICE)
    assert turn.live.status == "done"


async def test_a_server_that_goes_on_after_stop_is_cut_off(served: Running, start: Start) -> None:
    turn = await start("stubborn")
    await until_text(turn.live, "before")
    await served.host.turns.stop(turn.live.thread_id, ALICE)
    assert turn.over
    shown = text_of((await stored(served, turn.thread_id))[1])
    assert "after" not in shown
    await asyncio.sleep(0.2)
    assert text_of((await stored(served, turn.thread_id))[1]) == shown


async def test_a_server_that_does_not_let_go_is_left_alone(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns_module, "STOP_TIME", 0.2)
    turn = await start("deaf")
    await until_text(turn.live, "Hm.")
    await asyncio.sleep(0.1)  # now its server waits, and will not hear
    await served.host.turns.stop(turn.live.thread_id, ALICE)
    assert turn.live.status == "stopped"
    again = await start("say Hi.", turn.thread_id)
    await again.ended(5)
    assert text_of((await stored(served, turn.thread_id))[-1]) == "Hi."


async def test_a_failed_turn_keeps_what_was_shown_and_says_so(
    served: Running, start: Start
) -> None:
    turn = await start("fail")
    await turn.ended(5)
    assert turn.live.status == "failed"
    assert turn.live.error
    assert turn.live.error.allow_retry
    assert turn.live.error.message is None
    assert text_of((await stored(served, turn.thread_id))[-1]) == "half an"


async def test_how_a_turn_ended_is_known_after_its_live_state_is_gone(
    served: Running, start: Start
) -> None:
    turn = await start("refuse")
    await turn.ended(5)
    thread_id = turn.live.thread_id
    del turn
    live = await served.host.turns.watch(thread_id, ALICE)
    assert live.status == "failed"
    assert live.error
    assert live.error.message == "The model is busy. Try again in a minute."


async def test_items_keep_their_order_however_late_they_are_finished(
    served: Running, start: Start
) -> None:
    turn = await start("interleaved")
    await turn.ended(5)
    live = list(turn.live.items)
    assert [item.id for item in await stored(served, turn.thread_id)][1:] == live[1:]
    assert [text_of(item) for item in await stored(served, turn.thread_id)][1:] == [
        "first",
        "second",
    ]


async def test_a_server_that_never_waits_leaves_time_for_others(start: Start) -> None:
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(0.001)
            longest = max(longest, loop.time() - before)

    ticking = asyncio.create_task(tick())
    turn = await start("burst 20000")
    await turn.ended(30)
    ticking.cancel()
    assert text_of(next(live.item for live in turn.live.items.values() if live.texts)).endswith(
        "word19999 "
    )
    assert longest < 1  # it would be the whole burst


async def test_live_state_stays_bounded(start: Start) -> None:
    turn = await start("many 500")
    await turn.ended(30)
    assert len(turn.live.items) <= KEPT_ITEMS
    assert turn.live.reloaded > 0


async def test_unfinished_text_is_written_while_the_model_is_silent(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unstored, "KEEP_EVERY", 0.05)
    turn = await start("hang")
    store: Any = await served.host.store()
    await asyncio.sleep(0.3)
    assert await store.interrupt_turns() == 1
    assert text_of((await stored(served, turn.thread_id))[-1]) == "word0 "


async def test_closing_waits_for_turns_and_refuses_new_ones(served: Running, start: Start) -> None:
    turn = await start("stream 10 0.02")
    closing = asyncio.create_task(served.host.turns.close(grace=10))
    await asyncio.sleep(0.01)
    with pytest.raises(ShuttingDown):
        await start("say Hi.")
    await closing
    assert turn.live.status == "done"


async def test_closing_stores_what_a_longer_turn_has(served: Running, start: Start) -> None:
    turn = await start("stream 1000 0.01")
    await until_text(turn.live, "word3")
    await served.host.turns.close(grace=0.05)
    assert turn.live.status == "interrupted"
    assert text_of((await stored(served, turn.thread_id))[1]).startswith("word0 ")
    assert turn.live.closing


async def test_a_stop_before_anything_was_said_leaves_no_empty_item(
    served: Running, start: Start
) -> None:
    turn = await start("silent")
    await asyncio.sleep(0.05)
    await served.host.turns.stop(turn.live.thread_id, ALICE)
    visible = [i for i in await stored(served, turn.thread_id) if "hidden" not in i.type]
    assert [item.type for item in visible] == ["user_message"]


async def test_a_stop_that_cannot_be_stored_frees_the_thread_all_the_same(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = await start("hang")
    server = await served.host.server()

    async def full_disk(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(server, "handle_stream_cancelled", full_disk)
    await served.host.turns.stop(turn.live.thread_id, ALICE)
    assert turn.live.status == "stopped"
    again = await start("say Hi.", turn.thread_id)
    await again.ended(5)
    assert again.live.status == "done"


async def test_a_turn_whose_end_could_not_be_stored_does_not_count_as_running(
    served: Running, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Any = await served.host.store()

    async def full_disk(*_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(store, "end_turn", full_disk)
    turn = await start("say Hi.")
    await turn.ended(5)
    forgetful = turns_module.Turns(store, served.host.server)
    live = await forgetful.watch(turn.live.thread_id, ALICE)
    assert live.status == "interrupted"
