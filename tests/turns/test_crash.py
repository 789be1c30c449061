"""The plug is pulled in mid-answer: what the next start shows."""

import asyncio
from pathlib import Path

import httpx
import pytest

from tests.client import ChatKitClient, message, text_of
from tests.running import process


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "CHATKIT_DATABASE": f"sqlite:///{tmp_path}/chat.db",
        "CHATKIT_SERVER": "tests.servers:scripted",
        "CHATKIT_LOG_LEVEL": "error",
    }


async def test_a_killed_server_loses_about_a_second_at_most(environment: dict[str, str]) -> None:
    async with httpx.AsyncClient(timeout=30) as http:
        async with process(environment) as server:
            http.base_url = httpx.URL(server.url)
            begun = await ChatKitClient(http).begin("stream 1000 0.02")
            shown = 0
            while shown < 120:
                await begun.until("thread.item.updated")
                texts = [getattr(event.update, "delta", "") for event in begun.events[5:]]
                shown = "".join(texts).count("word")
            await server.kill()
            await begun.close()
        async with process(environment) as server:
            http.base_url = httpx.URL(server.url)
            client = ChatKitClient(http)
            items = await client.items(begun.thread_id)
            kept = text_of(items[1]).count("word")
            assert kept >= shown - 60  # fifty words a second
            page = await http.get(f"/threads/{begun.thread_id}")
            assert 'data-turn="running"' not in page.text
            assert "Retry" in page.text
            assert "interrupted" in page.text.lower()
            answered = await client.all(
                "threads.add_user_message", thread_id=begun.thread_id, input=message("say Fine.")
            )
            assert answered[-1].item.content[0].text == "Fine."


async def test_nothing_acknowledged_is_lost(environment: dict[str, str]) -> None:
    async with httpx.AsyncClient(timeout=30) as http:
        async with process(environment) as server:
            http.base_url = httpx.URL(server.url)
            thread_id, _ = await ChatKitClient(http).create("say One.")
            await server.kill()
        async with process(environment) as server:
            http.base_url = httpx.URL(server.url)
            items = await ChatKitClient(http).items(thread_id)
    assert [text_of(item) for item in items] == ["say One.", "One."]


async def test_a_server_that_is_asked_to_stop_lets_the_answer_finish(
    environment: dict[str, str],
) -> None:
    patient = environment | {"CHATKIT_SHUTDOWN_GRACE": "20"}
    async with httpx.AsyncClient(timeout=30) as http, process(patient) as server:
        http.base_url = httpx.URL(server.url)
        begun = await ChatKitClient(http).begin("stream 60 0.02")
        ending = asyncio.create_task(server.terminate())
        events = await begun.rest()
        assert events[-1].type == "thread.item.done"
        assert await ending == 0


async def test_a_server_that_has_to_stop_stores_what_it_has(environment: dict[str, str]) -> None:
    async with httpx.AsyncClient(timeout=30) as http:
        async with process(environment | {"CHATKIT_SHUTDOWN_GRACE": "0.2"}) as server:
            http.base_url = httpx.URL(server.url)
            begun = await ChatKitClient(http).begin("stream 2000 0.02")
            assert await server.terminate() == 0
            await begun.rest()
        async with process(environment) as server:
            http.base_url = httpx.URL(server.url)
            items = await ChatKitClient(http).items(begun.thread_id)
            page = await http.get(f"/threads/{begun.thread_id}")
    assert text_of(items[1]).startswith("word0 ")
    assert "Retry" in page.text
