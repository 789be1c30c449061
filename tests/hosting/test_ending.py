"""A process of several servers, from its start to its end."""

from pathlib import Path

import httpx

from chat.settings import Settings
from tests.client import ChatKitClient
from tests.hosting.test_servers import SERVERS, hosting
from tests.running import process


def environment(settings: Settings, *servers: dict[str, str]) -> dict[str, str]:
    return {
        "CHATKIT_SERVERS": hosting(settings, *servers).servers,
        "CHATKIT_DATABASE": settings.database,
        "CHATKIT_SHUTDOWN_GRACE": "0.1",
    }


async def test_what_runs_in_any_server_is_stored_when_the_process_ends(settings: Settings) -> None:
    chosen = environment(settings, *SERVERS)
    async with (
        process(chosen) as first,
        httpx.AsyncClient(base_url=first.url, timeout=60) as http,
    ):
        begun = await ChatKitClient(http, "/news").begin("hang", seen="thread.item.added")
        assert await first.terminate() == 0
    async with process(chosen) as second:
        http = httpx.AsyncClient(base_url=second.url, timeout=60, cookies=http.cookies)
        kinds = [each["type"] for each in await ChatKitClient(http, "/news").items(begun.thread_id)]
        await begun.close()
        await http.aclose()
    assert kinds == ["user_message", "assistant_message"]


async def test_a_server_that_cannot_be_loaded_ends_the_process(
    settings: Settings, tmp_path: Path
) -> None:
    broken = {"prefix": "/broken", "server": "nowhere.at_all:server"}
    log = tmp_path / "log"
    async with process(environment(settings, *SERVERS, broken), log=log) as started:
        assert await started.wait() == 1
    assert "There is no module 'nowhere.at_all'." in log.read_text()
    assert "prefix=/broken" in log.read_text()
