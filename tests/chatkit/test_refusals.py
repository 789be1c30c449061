"""What goes wrong before the first byte: its status, and one JSON sentence."""

from typing import Any

import httpx
import pytest
from chatkit.errors import CustomStreamError
from chatkit.types import HiddenContextItem, ItemFeedbackParams, ItemsFeedbackReq
from msgspec.structs import replace

from chat.errors import NotFound
from chat.settings import Settings
from tests.client import ChatKitClient, message
from tests.running import Running, running
from tests.servers import ScriptedServer
from tests.turns.conftest import ALICE, begin, stored


def refused(response: httpx.Response, status: int) -> str:
    """Check the shape of a refusal, and return its sentence."""
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    sentence: str = body["error"]["message"]
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'{"type": "nonsense"}', b"\xff"])
async def test_nonsense_is_a_400(alice: httpx.AsyncClient, body: bytes) -> None:
    refused(await alice.post("/chatkit", content=body), 400)


async def test_a_missing_parameter_is_named(alice: httpx.AsyncClient) -> None:
    response = await alice.post("/chatkit", json={"type": "threads.delete", "params": {}})
    assert "thread_id" in refused(response, 400)


async def test_a_negative_page_is_a_400(client: ChatKitClient) -> None:
    refused(await client.post("threads.list", limit=-1), 400)


async def test_another_method_is_a_405(alice: httpx.AsyncClient) -> None:
    refused(await alice.get("/chatkit"), 405)


async def test_an_unknown_address_is_a_404(alice: httpx.AsyncClient) -> None:
    refused(await alice.get("/chatkit/more"), 404)


UNKNOWN: list[tuple[str, dict[str, Any]]] = [
    ("threads.get_by_id", {}),
    ("threads.update", {"title": "x"}),
    ("threads.delete", {}),
    ("items.list", {}),
    ("items.feedback", {"item_ids": ["msg_1"], "kind": "negative"}),
    ("threads.add_user_message", {"input": message("hi")}),
    ("threads.add_client_tool_output", {"result": 1}),
    ("threads.add_structured_input", {"item_id": "msg_1", "input": {}}),
    ("threads.retry_after_item", {"item_id": "msg_1"}),
    ("threads.custom_action", {"action": {"type": "x"}}),
    ("threads.custom_action", {"item_id": "msg_1", "action": {"type": "x"}}),
    ("threads.sync_custom_action", {"action": {"type": "x"}}),
]


@pytest.mark.parametrize(("type_", "params"), UNKNOWN)
async def test_an_unknown_thread_is_a_404(client: ChatKitClient, type_: str, params: Any) -> None:
    refused(await client.post(type_, thread_id="thr_nothing", **params), 404)


@pytest.mark.parametrize(("type_", "params"), UNKNOWN)
async def test_a_foreign_thread_is_the_same_404(
    client: ChatKitClient, stranger: ChatKitClient, type_: str, params: Any
) -> None:
    thread_id, events = await client.create("widget")
    if "item_id" in params:
        params = params | {"item_id": events[-1].item.id}
    foreign = refused(await stranger.post(type_, thread_id=thread_id, **params), 404)
    unknown = refused(await stranger.post(type_, thread_id="thr_nothing", **params), 404)
    assert foreign == unknown
    assert len(await client.items(thread_id)) == 2


async def test_a_foreign_running_thread_does_not_show_that_it_runs(
    client: ChatKitClient, stranger: ChatKitClient
) -> None:
    begun = await client.begin("stream 100")
    response = await stranger.post(
        "threads.add_user_message", thread_id=begun.thread_id, input=message("hi")
    )
    refused(response, 404)
    await begun.close()


async def test_an_unknown_attachment_is_a_404_and_leaves_no_empty_thread(
    client: ChatKitClient,
) -> None:
    response = await client.post("threads.create", input=message("say Hi.", ["atc_nothing"]))
    refused(response, 404)
    assert (await client.ask("threads.list"))["data"] == []


async def test_an_unknown_item_to_retry_is_a_404(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("say One.")
    response = await client.post(
        "threads.retry_after_item", thread_id=thread_id, item_id="msg_nothing"
    )
    refused(response, 404)


async def test_retrying_an_answer_is_a_400(client: ChatKitClient) -> None:
    thread_id, events = await client.create("say One.")
    response = await client.post(
        "threads.retry_after_item", thread_id=thread_id, item_id=events[-1].item.id
    )
    refused(response, 400)


async def test_feedback_on_a_hidden_item_is_the_404_of_an_unknown_one(served: Running) -> None:
    await served.host.store()
    turn = await served.host.turns.start(begin("everything"), ALICE)
    await turn.ended(5)
    items = await stored(served, turn.thread_id)
    (hidden, *_) = [item.id for item in items if isinstance(item, HiddenContextItem)]
    params = ItemFeedbackParams(thread_id=turn.live.thread_id, item_ids=[hidden], kind="positive")
    with pytest.raises(NotFound):
        await served.host.answer(ItemsFeedbackReq(params=params), ALICE)


async def raise_count(client: ChatKitClient) -> httpx.Response:
    """Send an action that answers at once, from a widget."""
    thread_id, events = await client.create("widget")
    return await client.post(
        "threads.sync_custom_action",
        thread_id=thread_id,
        item_id=events[-1].item.id,
        action={"type": "count.raise", "payload": {"by": 10}},
    )


async def test_a_servers_own_value_error_is_a_500_that_does_not_leak(
    client: ChatKitClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> None:
        raise ValueError("secret internal detail")

    monkeypatch.setattr(ScriptedServer, "sync_action", broken)
    assert "secret" not in refused(await raise_count(client), 500)


async def test_what_the_server_refuses_is_a_400_with_its_own_sentence(
    client: ChatKitClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: Any) -> None:
        raise CustomStreamError("This cannot be raised any further.", allow_retry=False)

    monkeypatch.setattr(ScriptedServer, "sync_action", refuse)
    assert refused(await raise_count(client), 400) == "This cannot be raised any further."


async def test_a_second_turn_in_a_thread_is_a_409(client: ChatKitClient) -> None:
    begun = await client.begin("stream 100")
    response = await client.post(
        "threads.add_user_message", thread_id=begun.thread_id, input=message("say Now.")
    )
    assert "still being written" in refused(response, 409)
    await begun.close()


async def test_a_tool_output_nobody_waits_for_is_a_409(client: ChatKitClient) -> None:
    thread_id, _ = await client.create("say One.")
    response = await client.post("threads.add_client_tool_output", thread_id=thread_id, result=1)
    refused(response, 409)


async def test_a_too_large_request_is_a_413(settings: Settings) -> None:
    async with running(replace(settings, max_request_bytes=2000)) as served:
        client = ChatKitClient(served.client())
        response = await client.post("threads.create", input=message("x" * 3000))
        refused(response, 413)


@pytest.mark.parametrize(
    ("type_", "params"),
    [
        ("input.transcribe", {"audio_base64": "", "mime_type": "audio/webm"}),
        ("attachments.create", {"name": "a.txt", "size": 1, "mime_type": "text/plain"}),
        ("threads.custom_action", {"action": {"type": "x"}}),
        ("threads.sync_custom_action", {"action": {"type": "x"}}),
    ],
)
async def test_what_the_server_does_not_do_is_a_501(
    settings: Settings, type_: str, params: Any
) -> None:
    async with running(replace(settings, server="tests.servers:bare")) as served:
        client = ChatKitClient(served.client())
        if "action" in params:
            params = params | {"thread_id": (await client.create("hi"))[0]}
        refused(await client.post(type_, **params), 501)
