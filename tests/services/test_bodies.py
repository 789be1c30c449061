import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest
from quart import Quart, request
from quart.typing import ResponseReturnValue

from chat.bodies import FRAMING
from chat.settings import Settings
from tests.services.serving import serving, small_app


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    small = msgspec.structs.replace(settings, max_request_bytes=1000, max_attachment_bytes=5000)
    async with serving(with_uploads(small_app(small))) as client:
        yield client


def with_uploads(app: Quart) -> Quart:
    @app.post("/attachments")
    async def upload() -> ResponseReturnValue:
        return {"bytes": sum([len(chunk) async for chunk in request.body])}

    return app


async def test_a_body_up_to_the_limit_is_taken(client: httpx.AsyncClient) -> None:
    response = await client.post("/size", content=b"x" * 1000)
    assert response.json()["bytes"] == 1000


@pytest.mark.parametrize("size", [1001, 20_000_000])
async def test_a_larger_one_is_refused_and_its_sender_can_read_why(
    client: httpx.AsyncClient, size: int
) -> None:
    assert (await client.post("/size", content=b"x" * size)).status_code == 413


async def test_a_body_without_a_length_is_refused_when_it_grows_too_large(
    client: httpx.AsyncClient,
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1000):
            yield b"x" * 1000

    assert (await client.post("/size", content=endless())).status_code == 413


async def test_uploads_have_a_limit_of_their_own(client: httpx.AsyncClient) -> None:
    allowed = await client.post("/attachments", content=b"x" * (5000 + FRAMING))
    assert allowed.json() == {"bytes": 5000 + FRAMING}
    refused = await client.post("/attachments", content=b"x" * (5001 + FRAMING))
    assert refused.status_code == 413


async def test_static_files_are_sent_whole_in_part_or_not_again(alice: httpx.AsyncClient) -> None:
    content = (Path(__file__).parents[2] / "static" / "page.css").read_bytes()
    whole = await alice.get("/static/page.css")
    assert whole.content == content
    assert whole.headers["Content-Length"] == str(len(content))
    part = await alice.get("/static/page.css", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, content[10:20])
    again = await alice.get("/static/page.css", headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await alice.get("/static/../app.py")).status_code == 404
    assert (await alice.get("/static/%2e%2e/app.py")).status_code == 404


async def test_a_refused_client_that_sends_no_more_is_answered_all_the_same(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.bodies.PATIENCE", 0.05)
    reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
    writer.write(b"POST /size HTTP/1.1\r\nHost: here\r\nContent-Length: 99999\r\n\r\nhalf a bo")
    assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()
