import asyncio
import gzip
from collections.abc import AsyncIterator

import httpx
import pytest
from quart import Quart, Response, jsonify, request
from quart.typing import ResponseReturnValue

from chat import compression
from tests.services.serving import serving

TEXT = "words that come again " * 1000


def an_app() -> Quart:
    app = Quart(__name__, static_folder=None)
    compression.install(app)

    @app.get("/html/<int:size>")
    async def html(size: int) -> str:
        return "x" * size

    @app.get("/json")
    async def json() -> ResponseReturnValue:
        return jsonify({"text": TEXT, "asked": request.args})

    @app.get("/type")
    async def type_() -> ResponseReturnValue:
        return Response(TEXT, content_type=request.args["type"])

    @app.get("/packed")
    async def packed() -> ResponseReturnValue:
        return Response(gzip.compress(TEXT.encode()), headers={"Content-Encoding": "gzip"})

    @app.get("/streamed")
    async def streamed() -> ResponseReturnValue:
        async def words() -> AsyncIterator[bytes]:
            yield TEXT.encode()
            await asyncio.Event().wait()

        return Response(words(), content_type="text/html")

    return app


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with serving(an_app()) as client:
        yield client


def is_packed(response: httpx.Response) -> bool:
    return bool(response.headers.get("Content-Encoding") == "gzip")


@pytest.mark.parametrize("size", [1024, 5000, 100_000])
async def test_a_page_is_compressed_for_who_takes_it(client: httpx.AsyncClient, size: int) -> None:
    packed = await client.get(f"/html/{size}")
    plain = await client.get(f"/html/{size}", headers={"Accept-Encoding": "br"})
    assert is_packed(packed)
    assert not is_packed(plain)
    assert packed.text == plain.text == "x" * size
    assert int(packed.headers["Content-Length"]) < 1024
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


async def test_json_is_compressed(client: httpx.AsyncClient) -> None:
    response = await client.get("/json")
    assert is_packed(response)
    assert response.json()["text"] == TEXT


async def test_what_is_small_is_left_as_it_is(client: httpx.AsyncClient) -> None:
    assert not is_packed(await client.get("/html/1023"))


@pytest.mark.parametrize("type_", ["image/png", "text/event-stream", "application/pdf"])
async def test_other_types_are_left_as_they_are(client: httpx.AsyncClient, type_: str) -> None:
    response = await client.get("/type", params={"type": type_})
    assert not is_packed(response)
    assert "Vary" not in response.headers


async def test_what_is_compressed_already_is_not_compressed_again(
    client: httpx.AsyncClient,
) -> None:
    assert (await client.get("/packed")).text == TEXT


async def test_what_streams_is_not_held_back(client: httpx.AsyncClient) -> None:
    async with client.stream("GET", "/streamed") as response:
        assert not is_packed(response)
        assert (await anext(response.aiter_bytes())).startswith(b"words")


@pytest.mark.parametrize(
    ("site", "packed"),
    [("none", True), ("same-origin", True), ("same-site", False), ("cross-site", False)],
)
async def test_other_sites_learn_nothing_from_the_length_of_what_they_ask_for(
    client: httpx.AsyncClient, site: str, packed: bool
) -> None:
    assert is_packed(await client.get("/json", headers={"Sec-Fetch-Site": site})) is packed


async def test_an_answer_without_a_body_tells_the_length_of_the_one_it_stands_for(
    client: httpx.AsyncClient,
) -> None:
    whole, head = await client.get("/json"), await client.head("/json")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    assert head.content == b""
