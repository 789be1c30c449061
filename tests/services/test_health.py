import asyncio
from typing import Any

import httpx
import msgspec
import pytest

from chat.settings import Settings
from tests.client import ChatKitClient
from tests.running import Running, process, running


async def forever(*_: Any, **__: Any) -> Any:
    await asyncio.Event().wait()


async def fail(*_: Any, **__: Any) -> Any:
    raise OSError("no such file: /secret/place")


async def test_a_process_that_serves_says_so(alice: httpx.AsyncClient) -> None:
    response = await alice.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_it_is_ready_when_its_store_can_be_read(
    served: Running, alice: httpx.AsyncClient
) -> None:
    await served.host.store()
    response = await alice.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})


async def test_it_is_loading_until_the_store_is_open(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.health.HEAD_START", 0.01)
    monkeypatch.setattr(served.host, "store", forever)
    response = await alice.get("/readyz")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "loading"
    assert (await alice.get("/healthz")).status_code == 200


@pytest.mark.parametrize("broken", [forever, fail])
async def test_it_is_not_ready_when_the_store_does_not_answer(
    served: Running, alice: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, broken: Any
) -> None:
    monkeypatch.setattr("chat.health.PATIENCE", 0.01)
    store = await served.host.store()
    with monkeypatch.context() as patched:
        patched.setattr(store, "load_threads", broken)
        response = await alice.get("/readyz")
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "store.unavailable"
        assert "secret" not in response.text
        assert (await alice.get("/healthz")).status_code == 200
    monkeypatch.undo()
    assert (await alice.get("/readyz")).status_code == 200


@pytest.mark.parametrize("setting", ["server", "context"])
async def test_it_is_not_ready_where_a_setting_is_wrong(settings: Settings, setting: str) -> None:
    wrong = msgspec.structs.replace(settings, **{setting: "no.such.module:name"})
    async with running(wrong) as served:
        await served.host.failed.wait()
        response = await served.client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "host.failed"
    assert "no.such" not in response.text


async def test_a_host_that_knows_no_strangers_is_ready_all_the_same(settings: Settings) -> None:
    strict = msgspec.structs.replace(settings, context="tests.services.owners:refuse_strangers")
    async with running(strict) as served:
        await served.host.store()
        assert (await served.client().get("/readyz")).status_code == 200


async def test_what_happened_is_counted(alice: httpx.AsyncClient) -> None:
    await ChatKitClient(alice).create("say Hello.")
    await ChatKitClient(alice).post("threads.get_by_id", thread_id="thr_unknown")
    response = await alice.get("/metrics")
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    for line in (
        'chatkit_requests_total{status="200",type="threads.create"}',
        'chatkit_requests_total{status="404",type="threads.get_by_id"}',
        'chatkit_turns_total{outcome="done"}',
        'chatkit_events_total{type="thread.item.done"}',
        "chatkit_turn_seconds_count",
        "chatkit_turns_running 0.0",
    ):
        assert line in response.text, line


async def test_what_clients_make_up_is_no_label(alice: httpx.AsyncClient) -> None:
    await alice.post("/chatkit", json={"type": "made.up", "params": {}})
    assert "made.up" not in (await alice.get("/metrics")).text


async def test_a_connection_is_kept_longer_than_the_libraries_take_to_load(
    settings: Settings,
) -> None:
    async with process({"CHATKIT_DATABASE": settings.database}) as server:
        host, _, port = server.url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        await asyncio.sleep(6)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert await reader.readline() == b"HTTP/1.1 200 \r\n"
        writer.close()
