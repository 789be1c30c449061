"""One host's assistant uses the tools of another host, and both end cleanly."""

from pathlib import Path

import msgspec
import pytest

from chat.identity import RequestContext
from chat.settings import Settings
from store.base import KeepsTodos
from tests.client import ChatKitClient, text_of
from tests.mcp_server import Weather
from tests.page.browsing import Browser
from tests.running import running


async def test_two_hosts_work_together(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(settings) as offering:
        using = msgspec.structs.replace(
            settings,
            database=f"sqlite:///{tmp_path}/other.db",
            mcp_servers=f"{offering.url}/mcp",
        )
        async with running(using) as served:
            alice = ChatKitClient(served.client("alice"))
            thread_id, _ = await alice.create(
                'use 127_0_0_1_add_todos {"todos": [{"title": "Milk", "due": null}]}'
            )
            answer = (await alice.items(thread_id))[-1]
            assert '"title": "Milk"' in text_of(answer)
    assert not caplog.records, "a connection was not closed in time"


async def test_two_hosts_work_together_by_a_token(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALICES_TOKEN", "alices-token")
    known = msgspec.structs.replace(settings, context="tests.mcp.test_offering:by_token")
    async with running(known) as offering:
        file = tmp_path / "mcp.toml"
        file.write_text(
            f"""
            [[servers]]
            url = "{offering.url}/mcp"
            name = "alice"
            headers = {{ Authorization = "Bearer ${{ALICES_TOKEN}}" }}
            tools = ["add_todos"]
            """
        )
        using = msgspec.structs.replace(
            settings, database=f"sqlite:///{tmp_path}/other.db", mcp_servers=str(file)
        )
        async with running(using) as served:
            bob = ChatKitClient(served.client("bob"))
            await bob.create('use alice_add_todos {"todos": [{"title": "Milk", "due": null}]}')
        store = await offering.host.store()
        assert isinstance(store, KeepsTodos)
        alice = RequestContext("alice", "en", None)
        assert [todo.title for todo in await store.load_todos(alice)] == ["Milk"]


async def test_a_host_that_is_refused_answers_and_says_so(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Weather().serve() as weather:
        weather.token = "the-right-secret-of-the-weather"
        file = tmp_path / "mcp.toml"
        wrong = "a-wrong-secret-of-the-weather"
        file.write_text(
            f'servers = [{{ url = "{weather.url}", headers = {{ Authorization = "{wrong}" }} }}]'
        )
        using = msgspec.structs.replace(settings, mcp_servers=str(file))
        async with running(using) as served:
            alices = Browser(served.client("alice"))
            page = await alices.settle(await alices.hear("add milk"))
            assert "are not available, because access to them was refused" in page.text
            assert "Milk" in page.text
            assert wrong not in page.text
    assert wrong not in caplog.text


async def test_a_host_whose_tools_are_down_answers_and_says_so(settings: Settings) -> None:
    alone = msgspec.structs.replace(settings, mcp_servers="http://127.0.0.1:9/mcp")
    async with running(alone) as served:
        alices = Browser(served.client("alice"))
        page = await alices.settle(await alices.hear("add milk"))
        assert "I go on without them" in page.text
        assert "Milk" in page.text
