"""A small OpenAI service on a real socket: both APIs, streamed and not, and all its failures.

It answers what it was told to answer, in order, and keeps the requests that it got. The true
client code runs against it, so what is sent has the form of the true service: every event of
a streamed response, ids, token counts, error bodies, headers.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.openai_events import (
    Answer,
    Call,
    Json,
    Refusal,
    completion,
    completion_chunks,
    is_word,
    response,
    response_events,
)

__all__ = ["Answer", "Call", "FakeOpenAI", "Refusal", "Request"]


@dataclass(frozen=True)
class Request:
    """What the service was asked."""

    path: str
    body: Json
    headers: dict[str, str]

    @property
    def is_chat(self) -> bool:
        """Whether it came over the Chat Completions API."""
        return self.path.endswith("/chat/completions")


class FakeOpenAI:
    """The service; `serve` starts it.

    Attributes:
        url: the base URL for clients.
        requests: what was asked so far.
        left: set when a client went away before its answer was complete.
    """

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[Request] = []
        self.left = asyncio.Event()
        self._answers: deque[Answer | Refusal] = deque()
        self._connections: set[asyncio.Task[None]] = set()

    def will(self, *answers: Answer | Refusal | str) -> None:
        """Say what comes next; a text stands for an answer of just these words."""
        self._answers.extend(Answer(one) if isinstance(one, str) else one for one in answers)

    @property
    def chats(self) -> list[Request]:
        """The streamed requests, which are those for answers; titles are not streamed."""
        return [request for request in self.requests if request.body.get("stream")]

    @asynccontextmanager
    async def serve(self) -> AsyncIterator["FakeOpenAI"]:
        """Answer on a free port of this machine."""
        server = await asyncio.start_server(self._accept, "127.0.0.1")
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        try:
            yield self
        finally:
            server.close()
            for connection in self._connections:
                connection.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)
            await server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._answer(reader, writer)
        except ConnectionError:
            self.left.set()
        finally:
            self._connections.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await _read(reader)
        self.requests.append(request)
        answer = self._answers.popleft() if self._answers else Refusal(500, "unexpected_request")
        if isinstance(answer, Refusal):
            await _send(writer, answer.status, answer.body, retry=answer.retry)
        elif request.body.get("stream"):
            await self._stream(request, answer, reader, writer)
        elif answer.then != "end":
            await self._hold(answer, reader, writer)
        else:
            whole = completion if request.is_chat else response
            await _send(writer, 200, whole(answer, request.body["model"]))

    async def _stream(
        self,
        request: Request,
        answer: Answer,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        writer.write(_head(200, "text/event-stream", "Transfer-Encoding: chunked"))
        events = _events(request, answer)
        said = [place for place, event in enumerate(events) if is_word(event)]
        middle = said[len(said) // 2] if said else len(events) // 2
        for place, event in enumerate(events):
            name = "" if request.is_chat else f"event: {event['type']}\n"
            await _chunk(writer, f"{name}data: {json.dumps(event)}\n\n")
            if answer.then != "end" and place == middle:
                await self._hold(answer, reader, writer)
                return
        if request.is_chat:
            await _chunk(writer, "data: [DONE]\n\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    async def _hold(
        self, answer: Answer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Break the connection, or say nothing more until the client leaves."""
        if answer.then == "break":
            writer.transport.abort()
            return
        leaving = asyncio.create_task(reader.read())
        try:
            while not leaving.done():
                await asyncio.wait({leaving}, timeout=0.02)
                if answer.then == "comments" and not leaving.done():
                    await _chunk(writer, ": still here\n\n")
        finally:
            leaving.cancel()
        self.left.set()


def _events(request: Request, answer: Answer) -> list[Json]:
    model = request.body["model"]
    if not request.is_chat:
        return list(response_events(answer, model))
    with_usage = request.body.get("stream_options", {}).get("include_usage", False)
    return list(completion_chunks(answer, model, with_usage))


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {
        name.lower(): value
        for name, separator, value in (line.partition(": ") for line in head[1:])
        if separator
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(head[0].split()[1], json.loads(body or b"{}"), headers)


def _head(status: int, content_type: str, *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Status", f"Content-Type: {content_type}", "Connection: close"]
    return "\r\n".join([*lines, "x-request-id: req_fake", *more, "", ""]).encode()


async def _send(
    writer: asyncio.StreamWriter, status: int, body: Json, *, retry: bool = False
) -> None:
    data = json.dumps(body).encode()
    again = f"x-should-retry: {'true' if retry else 'false'}"
    length = f"Content-Length: {len(data)}"
    writer.write(_head(status, "application/json", length, again, "retry-after-ms: 1") + data)
    await writer.drain()


async def _chunk(writer: asyncio.StreamWriter, text: str) -> None:
    data = text.encode()
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
    await writer.drain()
    await asyncio.sleep(0)
