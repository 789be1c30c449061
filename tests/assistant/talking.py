"""Talking to a ChatKit server as a client does: requests in, typed events out."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, TypeVar

from chatkit.actions import ActionConfig
from chatkit.server import NonStreamingResult, StreamingResult
from chatkit.types import (
    AssistantMessageItem,
    ErrorEvent,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadStreamEvent,
    WidgetItem,
)
from chatkit.widgets import WidgetComponentBase
from pydantic import TypeAdapter

from chat.assistant.server import TodoServer

NOW = datetime(2025, 11, 22, 10, 5).astimezone()  # a Saturday
Event = TypeVar("Event")
_events: TypeAdapter[ThreadStreamEvent] = TypeAdapter(ThreadStreamEvent)


def person(name: str) -> Any:
    """Return the context of one of the cast."""
    return SimpleNamespace(user_id=name, locale="en")


class Talk:
    """One person's thread on a server.

    Attributes:
        events: what the latest request streamed.
    """

    def __init__(self, server: TodoServer, name: str = "alice") -> None:
        self.server = server
        self.context = person(name)
        self.thread_id = ""
        self.events: list[ThreadStreamEvent] = []
        self._news = asyncio.Event()

    async def say(self, text: str, **more: Any) -> str:
        """Send a message, and return what the assistant said."""
        message = {
            "content": [{"type": "input_text", "text": text}],
            "attachments": [],
            "inference_options": {},
            **more,
        }
        if self.thread_id:
            return await self.stream("threads.add_user_message", input=message)
        await self.stream("threads.create", input=message)
        return self.said

    async def stream(self, kind: str, **params: Any) -> str:
        """Send a streaming request, and return what the assistant said."""
        async for _ in self.each(kind, **params):
            pass
        return self.said

    async def each(self, kind: str, **params: Any) -> AsyncIterator[ThreadStreamEvent]:
        """Send a streaming request, and yield its events as they come."""
        if self.thread_id:
            params["thread_id"] = self.thread_id
        result = await self.server.process(_request(kind, params), self.context)
        assert isinstance(result, StreamingResult)
        self.events = []
        async for chunk in result:
            event = _events.validate_json(chunk.removeprefix(b"data: "))
            self.events.append(event)
            if event.type == "thread.created":
                self.thread_id = event.thread.id
            self._news.set()
            yield event

    async def until(self, kind: str) -> None:
        """Return when the request that runs has streamed an event, or an update, of a type."""
        async with asyncio.timeout(5):
            while not any(kind in _kinds(event) for event in self.events):
                await self._news.wait()
                self._news.clear()

    async def ask(self, kind: str, **params: Any) -> dict[str, Any]:
        """Send a request that is answered at once."""
        params["thread_id"] = self.thread_id
        result = await self.server.process(_request(kind, params), self.context)
        assert isinstance(result, NonStreamingResult)
        answer: dict[str, Any] = json.loads(result.json)
        return answer

    async def click(
        self, action_type: str, payload: Any = None, sender: str | None = None
    ) -> WidgetItem | None:
        """Click on something that is answered at once; store its answer, as the host does."""
        action = {"type": action_type, "payload": payload}
        answer = await self.ask("threads.sync_custom_action", action=action, item_id=sender)
        if not answer.get("updated_item"):
            return None
        item = WidgetItem.model_validate(answer["updated_item"])
        await self.server.store.save_item(self.thread_id, item, self.context)
        return item

    async def submit(self, action_type: str, payload: Any, sender: str | None = None) -> None:
        """Click on something whose answer is streamed."""
        action = {"type": action_type, "payload": payload}
        await self.stream("threads.custom_action", action=action, item_id=sender)

    async def items(self) -> Sequence[ThreadItem]:
        """Return everything that is stored in the thread, the oldest first."""
        page = await self.server.store.load_thread_items(
            self.thread_id, None, 200, "asc", self.context
        )
        return page.data

    async def item(self, kind: str) -> Any:
        """Return the newest stored item of a type."""
        return [item for item in await self.items() if item.type == kind][-1]

    def got(self, kind: type[Event]) -> list[Event]:
        """Return those of the latest events that are of a type."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def said(self) -> str:
        """What the assistant said in answer to the latest request."""
        done = [event.item for event in self.got(ThreadItemDoneEvent)]
        messages = [item for item in done if isinstance(item, AssistantMessageItem)]
        return " ".join(part.text for message in messages for part in message.content)

    @property
    def error(self) -> ErrorEvent:
        """The error that the latest request ended with."""
        [error] = self.got(ErrorEvent)
        return error

    @property
    def card(self) -> WidgetItem:
        """The widget that the latest request showed last."""
        shown = [
            event.item
            for event in self.events
            if isinstance(event, ThreadItemDoneEvent | ThreadItemReplacedEvent)
        ]
        return [item for item in shown if isinstance(item, WidgetItem)][-1]


def components(root: WidgetComponentBase) -> list[Any]:
    """Return a widget's components from top to bottom."""
    children: Any = getattr(root, "children", None) or []
    listed = children if isinstance(children, list) else [children]
    return [root] + [part for child in listed for part in components(child)]


def words(item: WidgetItem) -> list[str]:
    """Return what a person reads on a widget, from top to bottom."""
    spoken = [
        getattr(part, "value", None) or getattr(part, "label", None)
        for part in components(item.widget)
    ]
    return [text for text in spoken if text]


def button(item: WidgetItem, label: str, nth: int = 0) -> ActionConfig:
    """Return the action of a button."""
    labelled = [part for part in components(item.widget) if getattr(part, "label", "") == label]
    return as_action(labelled[nth].onClickAction)


def as_action(action: Any) -> ActionConfig:
    """Return an action; a widget holds it as a dictionary or as an object."""
    return ActionConfig.model_validate(action, from_attributes=True)


def _kinds(event: ThreadStreamEvent) -> set[str]:
    return {event.type, event.update.type} if event.type == "thread.item.updated" else {event.type}


def _request(kind: str, params: dict[str, Any]) -> bytes:
    return json.dumps({"type": kind, "params": params, "metadata": {}}).encode()
