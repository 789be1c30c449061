"""One host's assistant uses the tools of another host, and both end cleanly."""

from pathlib import Path

import msgspec
import pytest

from chat.settings import Settings
from tests.client import ChatKitClient, text_of
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


async def test_a_host_whose_tools_are_down_answers_and_says_so(settings: Settings) -> None:
    alone = msgspec.structs.replace(settings, mcp_servers="http://127.0.0.1:9/mcp")
    async with running(alone) as served:
        alices = Browser(served.client("alice"))
        page = await alices.settle(await alices.hear("add milk"))
        assert "I go on without them" in page.text
        assert "Milk" in page.text
