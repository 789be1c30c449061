"""Every request type, against a server that is not the Todo assistant."""

import asyncio
import base64
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any, get_args

import httpx
import pytest
from chatkit.types import Thread, ThreadItemUpdate
from quart import Response

from chat import endpoint
from chat.settings import Settings
from tests.client import ChatKitClient, message, text_of
from tests.running import Running, running


async def test_create_streams_the_thread_the_message_and_the_answer(client: ChatKitClient) -> None:
    thread_id, events = await client.create("say Good morning.")
    assert [event.type for event in events] == [
        "thread.created",
        "thread.item.done",
        "stream_options",
        "thread.item.done",
    ]
    assert thread_id.startswith("thr_")
    assert len(thread_id) == 36
    assert [text_of(item) for item in await client.items(thread_id)] == [
        "say Good morning.",
        "Good morning.",
    ]


async def test_every_kind_of_event_and_update_arrives_and_validates(client: ChatKitClient) -> None:
    _, events = await client.create("everything")
    assert {event.type for event in events} == {
        "thread.created",
        "thread.updated",
        "thread.item.added",
        "thread.item.updated",
        "thread.item.done",
        "thread.item.removed",
        "thread.item.replaced",
        "stream_options",
        "progress_update",
        "client_effect",
        "notice",
    }
    updates = {event.update.type for event in events if event.type == "thread.item.updated"}
    assert updates == {kind.model_fields["type"].default for kind in get_args(ThreadItemUpdate)}


async def test_hidden_items_never_reach_the_client(client: ChatKitClient) -> None:
    thread_id, events = await client.create("everything")
    assert "hidden" not in str(events)
    thread = await client.ask("threads.get_by_id", thread_id=thread_id)
    assert "hidden" not in str(thread)
    assert "hidden" not in str(await client.items(thread_id))


async def test_a_burst_of_text_travels_in_few_events_and_loses_nothing(
    client: ChatKitClient,
) -> None:
    _, events = await client.create("burst 2000")
    deltas = [
        event.update.delta
        for event in events
        if event.type == "thread.item.updated" and hasattr(event.update, "delta")
    ]
    assert "".join(deltas) == "".join(f"word{number} " for number in range(2000))
    assert len(deltas) < 200


async def test_add_user_message_answers_in_the_same_thread(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("say One.")
    events = await client.all(
        "threads.add_user_message", thread_id=thread_id, input=message("say Two.")
    )
    assert events[-1].item.content[0].text == "Two."
    assert len(await client.items(thread_id)) == 4


async def test_get_by_id_answers_with_a_valid_thread(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("everything")
    thread = Thread.model_validate(await client.ask("threads.get_by_id", thread_id=thread_id))
    assert thread.title == "Everything"
    assert thread.items.data


async def test_list_pages_through_threads_newest_first(client: ChatKitClient) -> None:
    made = [(await client.create(f"say {number}"))[0] for number in range(5)]
    first = await client.ask("threads.list", limit=3)
    rest = await client.ask("threads.list", limit=3, after=first["after"])
    listed = [thread["id"] for thread in first["data"] + rest["data"]]
    assert listed == made[::-1]
    assert first["has_more"]
    assert not rest["has_more"]


async def test_items_list_pages_in_both_directions(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("say One.")
    await client.all("threads.add_user_message", thread_id=thread_id, input=message("say Two."))
    ids = [item["id"] for item in await client.items(thread_id)]
    newest = await client.ask("items.list", thread_id=thread_id, limit=3)
    oldest = await client.ask("items.list", thread_id=thread_id, limit=3, after=newest["after"])
    assert [item["id"] for item in newest["data"] + oldest["data"]] == ids[::-1]


async def test_update_renames_the_thread(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("say One.")
    renamed = await client.ask("threads.update", thread_id=thread_id, title="Breakfast")
    assert renamed["title"] == "Breakfast"
    listed = await client.ask("threads.list")
    assert listed["data"][0]["title"] == "Breakfast"


async def test_delete_removes_the_thread(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("say One.")
    assert await client.ask("threads.delete", thread_id=thread_id) == {}
    response = await client.post("threads.get_by_id", thread_id=thread_id)
    assert response.status_code == 404


async def test_deleting_a_thread_stops_its_turn(client: ChatKitClient) -> None:
    begun = await client.begin("stream 500")
    await client.ask("threads.delete", thread_id=begun.thread_id)
    assert len(await begun.rest()) < 400
    response = await client.post("threads.get_by_id", thread_id=begun.thread_id)
    assert response.status_code == 404


async def test_retry_replaces_everything_after_the_message(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("say One.")
    before = await client.items(thread_id)
    await client.all("threads.add_user_message", thread_id=thread_id, input=message("say Two."))
    await client.all("threads.retry_after_item", thread_id=thread_id, item_id=before[0]["id"])
    after = await client.items(thread_id)
    assert [text_of(item) for item in after] == ["say One.", "One."]
    assert after[1]["id"] != before[1]["id"]


async def test_client_tool_output_continues_the_turn(client: ChatKitClient) -> None:
    thread_id, events = await client.create("tool")
    assert events[-1].item.status == "pending"
    await client.all("threads.add_client_tool_output", thread_id=thread_id, result={"text": "x"})
    tool, answer = (await client.items(thread_id))[1:]
    assert tool["status"] == "completed"
    assert tool["output"] == {"text": "x"}
    assert text_of(answer) == "Thank you."


async def test_a_pending_client_tool_does_not_block_the_thread(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("tool")
    await client.all("threads.add_user_message", thread_id=thread_id, input=message("say Go on."))
    response = await client.post("threads.add_client_tool_output", thread_id=thread_id, result=1)
    assert response.status_code == 409
    assert text_of((await client.items(thread_id))[-1]) == "Go on."


async def test_structured_input_is_answered_and_continues_the_turn(client: ChatKitClient) -> None:
    thread_id, events = await client.create("ask")
    question = events[-1].item
    answers = {"drink": {"values": ["Tea"]}, "name": {"skipped": True}}
    continued = await client.all(
        "threads.add_structured_input",
        thread_id=thread_id,
        item_id=question.id,
        input={"status": "answered", "answers": answers},
    )
    assert "thread.item.replaced" in [event.type for event in continued]
    stored = (await client.items(thread_id))[1]
    assert stored["status"] == "answered"
    assert stored["inputs"][0]["answer"]["values"] == ["Tea"]
    again = await client.post(
        "threads.add_structured_input", thread_id=thread_id, item_id=question.id, input={}
    )
    assert again.status_code == 409


async def test_an_action_that_updates_a_stored_widget_changes_what_is_stored(
    client: ChatKitClient,
) -> None:
    thread_id, events = await client.create("widget")
    widget_id = events[-1].item.id
    action = {"type": "count.raise", "payload": {"by": 2}}
    updates = await client.all(
        "threads.custom_action", thread_id=thread_id, item_id=widget_id, action=action
    )
    assert updates[-1].update.widget.children[0].value == "Count 2"
    assert "Count 2" in str(await client.items(thread_id))


async def test_a_sync_action_answers_with_the_item_and_stores_it(client: ChatKitClient) -> None:
    thread_id, events = await client.create("widget")
    action = {"type": "count.raise", "payload": {"by": 10}}
    answer = await client.ask(
        "threads.sync_custom_action",
        thread_id=thread_id,
        item_id=events[-1].item.id,
        action=action,
    )
    assert answer["updated_item"]["widget"]["children"][0]["value"] == "Count 10"
    assert "Count 10" in str(await client.items(thread_id))


async def test_a_sync_action_is_allowed_while_a_turn_runs(client: ChatKitClient) -> None:
    thread_id, events = await client.create("widget")
    streaming = client.stream(
        "threads.add_user_message", thread_id=thread_id, input=message("stream 100")
    )
    await anext(aiter(streaming))
    action = {"type": "count.raise", "payload": {"by": 10}}
    answer = await client.post(
        "threads.sync_custom_action",
        thread_id=thread_id,
        item_id=events[-1].item.id,
        action=action,
    )
    assert answer.status_code == 200
    assert [event async for event in streaming][-1].type == "thread.item.done"


async def test_feedback_is_accepted_for_items_of_the_thread(client: ChatKitClient) -> None:
    thread_id, events = await client.create("say One.")
    item_id = events[-1].item.id
    params = {"thread_id": thread_id, "kind": "positive"}
    assert await client.ask("items.feedback", item_ids=[item_id], **params) == {}
    response = await client.post("items.feedback", item_ids=["msg_nothing"], **params)
    assert response.status_code == 404


async def test_attachments_are_created_and_deleted(client: ChatKitClient) -> None:
    made = await client.ask("attachments.create", name="a.txt", size=3, mime_type="text/plain")
    assert made["upload_descriptor"]["url"].endswith(f"/attachments/{made['id']}")
    assert await client.ask("attachments.delete", attachment_id=made["id"]) == {}
    gone = await client.post("attachments.delete", attachment_id=made["id"])
    assert gone.status_code == 404


async def test_transcribe_answers_with_text(client: ChatKitClient) -> None:
    audio = base64.b64encode(b"12345").decode()
    answer = await client.ask(
        "input.transcribe", audio_base64=audio, mime_type="audio/webm;codecs=opus"
    )
    assert answer == {"text": "5 bytes of audio/webm"}


async def test_the_stream_has_the_headers_that_keep_proxies_from_holding_it(
    alice: httpx.AsyncClient,
) -> None:
    body = {"type": "threads.create", "params": {"input": message("say Hi.")}}
    response = await alice.post("/chatkit", json=body)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache, no-transform"
    assert response.headers["x-accel-buffering"] == "no"


async def test_silence_is_broken_by_a_comment(settings: Settings) -> None:
    from msgspec.structs import replace

    async with running(replace(settings, heartbeat=0.1)) as served:
        body = {"type": "threads.create", "params": {"input": message("stream 1 0.5")}}
        response = await served.client().post("/chatkit", json=body)
    assert ": still here\n\n" in response.text


async def test_a_closed_connection_stops_the_turn_and_keeps_its_text(client: ChatKitClient) -> None:
    begun = await client.begin("stream 500")
    await begun.until("thread.item.updated")  # the first one only begins an empty text
    await begun.close()
    for _ in range(100):
        items = await client.items(begun.thread_id)
        if len(items) == 2:
            break
        await asyncio.sleep(0.05)
    text = text_of(items[1])
    assert text.startswith("word0 ")
    assert "word499" not in text


@pytest.mark.parametrize("script", ["fail", "refuse"])
async def test_an_error_after_the_first_byte_is_an_event_and_a_clean_end(
    client: ChatKitClient, script: str
) -> None:
    _, events = await client.create(script)
    assert events[-1].type == "error"
    assert events[-1].allow_retry
    assert "secret internal detail" not in str(events)
    if script == "refuse":
        assert events[-1].message == "The model is busy. Try again in a minute."


async def test_a_client_that_leaves_before_the_first_byte_of_the_body_stops_the_turn(
    client: ChatKitClient, served: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def left(chunks: AsyncGenerator[bytes, None]) -> Response:
        task = asyncio.current_task()
        assert task
        task.cancel()
        return Response(chunks)

    await client.ask("threads.list")  # Alice has her cookie
    monkeypatch.setattr(endpoint, "event_stream", left)
    with suppress(httpx.TransportError):
        await client.post("threads.create", input=message("stream 1000 0.01"))
    for _ in range(500):
        if served.host.turns.count == 0:
            break
        await asyncio.sleep(0.01)
    assert served.host.turns.count == 0


async def test_what_a_request_changed_is_stored_though_its_client_has_left(
    client: ChatKitClient, served: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread_id, events = await client.create("widget")
    store = await served.host.store()
    save_item, reached, free = store.save_item, asyncio.Event(), asyncio.Event()

    async def slow_disk(*arguments: Any) -> None:
        reached.set()
        await free.wait()
        await save_item(*arguments)

    monkeypatch.setattr(store, "save_item", slow_disk)
    asking = asyncio.create_task(
        client.post(
            "threads.sync_custom_action",
            thread_id=thread_id,
            item_id=events[-1].item.id,
            action={"type": "count.raise", "payload": {"by": 10}},
        )
    )
    await reached.wait()
    asking.cancel()
    await asyncio.sleep(0.1)
    free.set()
    for _ in range(100):
        (*_, item) = await client.items(thread_id)
        if item["widget"]["children"][0]["value"] == "Count 10":
            return
        await asyncio.sleep(0.05)
    raise AssertionError(item)
