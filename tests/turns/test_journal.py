"""What a ChatKit client is told, however fast or slowly it reads."""

import asyncio
from typing import Any

from chatkit.types import (
    AssistantMessageContentPartTextDelta,
    CustomTask,
    NoticeEvent,
    ProgressUpdateEvent,
    ThreadItemUpdatedEvent,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
    WorkflowTaskUpdated,
)
from chatkit.widgets import DynamicWidgetRoot

from chat.journal import CROWDED, FULL, EventJournal
from tests.client import parse_lines


def delta(text: str, item_id: str = "msg_1", index: int = 0) -> ThreadItemUpdatedEvent:
    update = AssistantMessageContentPartTextDelta(content_index=index, delta=text)
    return ThreadItemUpdatedEvent(item_id=item_id, update=update)


def root(text: str, item_id: str = "wdg_1") -> ThreadItemUpdatedEvent:
    widget = {"type": "Card", "children": [{"type": "Text", "id": "text", "value": text}]}
    update = WidgetRootUpdated(widget=DynamicWidgetRoot.model_validate(widget))
    return ThreadItemUpdatedEvent(item_id=item_id, update=update)


def taken(journal: EventJournal) -> list[Any]:
    return parse_lines(journal.take().decode())


def test_text_that_is_ready_together_travels_as_one() -> None:
    journal = EventJournal()
    for text in ("one ", "two ", "three"):
        journal.append(delta(text))
    (event,) = taken(journal)
    assert event["update"]["delta"] == "one two three"


def test_text_of_different_parts_stays_apart_and_in_order() -> None:
    journal = EventJournal()
    for event in (delta("a"), delta("b", index=1), delta("c", "msg_2"), delta("d", "msg_2")):
        journal.append(event)
    assert [event["update"]["delta"] for event in taken(journal)] == ["a", "b", "cd"]


def test_text_does_not_overtake_other_events() -> None:
    journal = EventJournal()
    for event in (delta("a"), ProgressUpdateEvent(text="Reading"), delta("b")):
        journal.append(event)
    types = [event["type"] for event in taken(journal)]
    assert types == ["thread.item.updated", "progress_update", "thread.item.updated"]


def test_an_event_is_told_as_it_was_when_it_was_sent() -> None:
    journal = EventJournal()
    task = CustomTask(title="before")
    journal.append(
        ThreadItemUpdatedEvent(item_id="wf_1", update=WorkflowTaskUpdated(task=task, task_index=0))
    )
    task.title = "after"
    assert taken(journal)[0]["update"]["task"]["title"] == "before"


def test_a_reader_who_keeps_up_is_told_everything() -> None:
    journal = EventJournal()
    for number in range(5):
        journal.append(ProgressUpdateEvent(text=str(number)))
    assert [event["text"] for event in taken(journal)] == ["0", "1", "2", "3", "4"]


def test_a_stuck_reader_costs_no_more_than_the_newest_state() -> None:
    journal = EventJournal()
    journal.append(NoticeEvent(level="info", message="x" * CROWDED))
    for number in range(100_000):
        journal.append(ProgressUpdateEvent(text=str(number)))
    received = taken(journal)
    assert received[-1]["text"] == "99999"
    assert len(received) < 10


def test_states_that_take_turns_cost_a_stuck_reader_no_more() -> None:
    journal = EventJournal()
    journal.append(NoticeEvent(level="info", message="x" * CROWDED))
    for number in range(10_000):
        journal.append(root(f"one {number}", "wdg_1"))
        journal.append(root(f"two {number}", "wdg_2"))
        journal.append(ProgressUpdateEvent(text=str(number)))
    received = taken(journal)
    assert len(received) < 10
    shown = [event["update"]["widget"]["children"][0]["value"] for event in received[-3:-1]]
    assert shown == ["one 9999", "two 9999"]


def test_a_state_stays_where_a_later_event_builds_on_it() -> None:
    journal = EventJournal()
    journal.append(NoticeEvent(level="info", message="x" * CROWDED))
    journal.append(root("Once"))
    update = WidgetStreamingTextValueDelta(component_id="text", delta=" more", done=True)
    journal.append(ThreadItemUpdatedEvent(item_id="wdg_1", update=update))
    journal.append(root("Another"))
    types = [event["update"]["type"] for event in taken(journal)[1:]]
    root_updated = "widget.root.updated"
    assert types == [root_updated, "widget.streaming_text.value_delta", root_updated]


def test_a_reader_that_never_reads_is_told_to_load_the_thread_again() -> None:
    journal = EventJournal()
    for number in range(2 * FULL // 1_000_000):
        journal.append(delta("x" * 1_000_000, index=number))
    (event,) = taken(journal)
    assert event["type"] == "error"
    assert "Reload" in event["message"]
    assert journal.closed


async def test_the_stream_ends_when_the_journal_is_closed() -> None:
    journal = EventJournal()
    journal.append(delta("a"))

    async def read() -> list[bytes]:
        return [chunk async for chunk in journal.stream(heartbeat=10)]

    reading = asyncio.create_task(read())
    await asyncio.sleep(0.05)
    journal.append(delta("b"))
    journal.close()
    received = b"".join(await reading).decode()
    assert [event["update"]["delta"] for event in parse_lines(received)] == ["a", "b"]
