"""A ChatKit client for tests: it knows the protocol and nothing of this project."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import httpx
from chatkit.types import ThreadStreamEvent
from pydantic import TypeAdapter

events: TypeAdapter[Any] = TypeAdapter(ThreadStreamEvent)


def message(text: str, attachments: list[str] | None = None) -> dict[str, Any]:
    """Return the input of a user message."""
    return {
        "content": [{"type": "input_text", "text": text}],
        "attachments": attachments or [],
        "inference_options": {},
    }


class ChatKitClient:
    """Sends requests to ``POST /chatkit`` and validates every event that comes back."""

    def __init__(self, http: httpx.AsyncClient, below: str = "") -> None:
        self.http = http
        self.address = f"{below}/chatkit"

    async def ask(self, type_: str, **params: Any) -> Any:
        """Send a request that is answered at once, and return its JSON."""
        response = await self.post(type_, **params)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == "application/json"
        return response.json()

    async def post(self, type_: str, **params: Any) -> httpx.Response:
        """Send a request and return the whole response, whatever its status."""
        return await self.http.post(self.address, json={"type": type_, "params": params})

    async def stream(self, type_: str, **params: Any) -> AsyncIterator[Any]:
        """Send a streaming request and yield its events as they come."""
        body = {"type": type_, "params": params}
        async with self.http.stream("POST", self.address, json=body) as response:
            assert response.status_code == 200, (response.status_code, await response.aread())
            assert response.headers["content-type"].startswith("text/event-stream")
            async for line in response.aiter_lines():
                if line.startswith("data: "):
                    yield events.validate_json(line.removeprefix("data: "))

    async def all(self, type_: str, **params: Any) -> list[Any]:
        """Send a streaming request and return all of its events."""
        return [event async for event in self.stream(type_, **params)]

    async def create(self, text: str) -> tuple[str, list[Any]]:
        """Begin a thread; return its id and the events of its first answer."""
        received = await self.all("threads.create", input=message(text))
        return received[0].thread.id, received

    async def begin(self, text: str, seen: str = "thread.item.updated") -> "Begun":
        """Begin a thread and return while its answer still comes, at an event of a type."""
        begun = Begun(self.stream("threads.create", input=message(text)))
        await begun.until(seen)
        return begun

    async def items(self, thread_id: str) -> list[dict[str, Any]]:
        """Return all visible items of a thread, oldest first."""
        page = await self.ask("items.list", thread_id=thread_id, order="asc", limit=1000)
        data: list[dict[str, Any]] = page["data"]
        return data


class Begun:
    """An answer that is still coming."""

    def __init__(self, stream: AsyncIterator[Any]) -> None:
        self._stream = stream
        self.events: list[Any] = []

    @property
    def thread_id(self) -> str:
        """The id of the thread it creates."""
        thread_id: str = self.events[0].thread.id
        return thread_id

    async def until(self, type_: str) -> None:
        """Read on to an event of a type."""
        async for event in self._stream:
            self.events.append(event)
            if event.type == type_:
                return

    async def rest(self) -> list[Any]:
        """Read to the end, and return all events."""
        self.events += [event async for event in self._stream]
        return self.events

    async def close(self) -> None:
        """Close the connection, as a client does for Stop."""
        async with aclosing(self._stream):  # type: ignore[type-var]  # an async generator
            pass


def text_of(item: dict[str, Any]) -> str:
    """Return the text of a message item."""
    return "".join(part["text"] for part in item["content"])


def parse_lines(body: str) -> list[Any]:
    """Return the JSON of every ``data:`` line."""
    return [json.loads(line[6:]) for line in body.splitlines() if line.startswith("data: ")]
