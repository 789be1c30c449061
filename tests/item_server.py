"""A ChatKit server that shows what `tests.item_fixtures` holds, one event after another.

show NAME         the finished item of that name
show all          all of them
play NAME         a script of events, see `SCRIPTS`
step NAME         the same, each event only when the test lets it pass: `STEPS.release()`
hostile VALUE     items whose every text is a value of ``HOSTILE``, by its number
notices           notices of the three levels
lock REASON, close REASON
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from chatkit.store import Store
from chatkit.types import (
    ClosedStatus,
    LockedStatus,
    NoticeEvent,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStreamEvent,
)
from pydantic import TypeAdapter

from tests import item_fixtures as fixtures
from tests.item_fixtures import Json
from tests.servers import ScriptedServer, counter

_ITEM: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)
_EVENT: TypeAdapter[ThreadStreamEvent] = TypeAdapter(ThreadStreamEvent)


class Steps:
    """Lets one event of a ``step`` script pass at each release, in whichever event loop."""

    def __init__(self) -> None:
        self._released = 0

    def release(self) -> None:
        """Let one more event pass."""
        self._released += 1

    async def acquire(self) -> None:
        """Wait until an event may pass."""
        while not self._released:  # noqa: ASYNC110 - a primitive of asyncio knows but one loop
            await asyncio.sleep(0.005)
        self._released -= 1


STEPS = Steps()


def _message(text: str, annotations: list[Json] | None = None) -> Json:
    return {"type": "output_text", "text": text, "annotations": annotations or []}


def _texts() -> list[Json]:
    pieces = [fixtures.TEXT[at : at + 20] for at in range(0, len(fixtures.TEXT), 20)]
    part = "assistant_message.content_part"
    return [
        {"added": {"type": "assistant_message", "content": []}},
        {"type": f"{part}.added", "content_index": 0, "content": _message("")},
        *[{"type": f"{part}.text_delta", "content_index": 0, "delta": delta} for delta in pieces],
        *[
            {
                "type": f"{part}.annotation_added",
                "content_index": 0,
                "annotation_index": number,
                "annotation": annotation,
            }
            for number, annotation in enumerate(fixtures.ANNOTATIONS)
        ],
        {"type": f"{part}.added", "content_index": 1, "content": _message("And then")},
        {
            "type": f"{part}.done",
            "content_index": 0,
            "content": _message(fixtures.TEXT, fixtures.ANNOTATIONS),
        },
        {
            "type": f"{part}.done",
            "content_index": 1,
            "content": _message(
                "And then **more**.", [fixtures.cites(fixtures.FILE, 8)]
            ),
        },
        {"done": {}},
        {
            "replaced": {
                "content": [_message("Another *answer*.", [fixtures.cites(fixtures.URL, 7)])]
            }
        },
    ]  # fmt: skip


def _widgets() -> list[Json]:
    badge = {"type": "Badge", "id": "changes", "label": "bought", "color": "success"}
    grows = {"type": "widget.streaming_text.value_delta", "component_id": "grows"}
    return [
        {"added": {"type": "widget", "widget": fixtures.WIDGET, "copy_text": "milk"}},
        grows | {"delta": " of", "done": False},
        grows | {"delta": " milk", "done": True},
        {"type": "widget.component.updated", "component_id": "changes", "component": badge},
        {"type": "widget.root.updated", "widget": counter(7).model_dump()},
        {"done": {}},
    ]


def _workflows() -> list[Json]:
    tasks = fixtures.TASKS
    loading = [task | {"status_indicator": "loading"} for task in tasks]
    return [
        {"added": {"type": "workflow", "workflow": {"type": "custom", "tasks": []}}},
        *[
            event
            for number in range(len(tasks))
            for event in (
                {"type": "workflow.task.added", "task_index": number, "task": loading[number]},
                {"type": "workflow.task.updated", "task_index": number, "task": tasks[number]},
            )
        ],
        {
            "done": {
                "workflow": {"type": "custom", "tasks": tasks, "summary": {"title": "Went round"}}
            }
        },
    ]


def _images() -> list[Json]:
    image = {"id": "img_1", "url": fixtures.PIXEL}
    updated = {"type": "generated_image.updated", "image": image}
    return [
        {"added": {"type": "generated_image"}},
        updated | {"progress": 0.25},
        updated | {"progress": 0.75},
        updated,
        {"done": {}},
    ]


def _others() -> list[Json]:
    answer = {"type": "assistant_message", "content": [_message("never mind")]}
    return [
        {"event": {"type": "progress_update", "text": "Looking around", "icon": "search"}},
        {"added": answer},
        {"removed": {}},
        {"event": {"type": "stream_options", "stream_options": {"allow_cancel": False}}},
        {"event": {"type": "notice", **fixtures.NOTICES[0]}},
        {"event": {"type": "client_effect", "name": "confetti", "data": {"colour": "gold"}}},
        {"done": {"type": "hidden_context_item", "content": "hidden words"}},
        {"done": {"type": "sdk_hidden_context", "content": "hidden words"}},
        {"done": {"type": "task", "task": fixtures.TASKS[1]}},
        {"event": {"type": "notice", **fixtures.NOTICES[2]}},
        {"done": {"type": "end_of_turn"}},
        {"event": {"type": "error", "message": "That was too much.", "allow_retry": True}},
    ]


SCRIPTS = {
    "texts": _texts(),
    "widgets": _widgets(),
    "workflows": _workflows(),
    "images": _images(),
    "others": _others(),
}
"""Events, of an item that the script makes unless an entry brings another: what is added, done,
replaced or removed, updates by their type, and under ``event`` any other event."""


class ItemServer(ScriptedServer):
    """Shows items; see the module."""

    def _item(self, type: str, fields: Json, thread: ThreadMetadata, context: Any) -> ThreadItem:
        return _ITEM.validate_python(
            self._new("message", thread, context) | {"type": type} | fields
        )

    async def _show(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        for name in fixtures.ITEMS if rest == "all" else [rest]:
            type, fields = fixtures.ITEMS[name]
            yield ThreadItemDoneEvent(item=self._item(type, fields, thread, context))

    async def _play(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        base: Json = {}
        for entry in SCRIPTS[rest]:
            if "event" in entry:
                yield _EVENT.validate_python(entry["event"])
                continue
            if "type" not in entry and "removed" not in entry:
                ((what, fields),) = entry.items()
                new = self._new("message", thread, context)
                base = (base if "type" not in fields else new) | fields
                yield _EVENT.validate_python({"type": f"thread.item.{what}", "item": base})
            elif "removed" in entry:
                removed = {"type": "thread.item.removed", "item_id": base["id"]}
                yield _EVENT.validate_python(removed)
            else:
                base = base | _after(entry, base)
                updated = {"type": "thread.item.updated", "item_id": base["id"], "update": entry}
                yield _EVENT.validate_python(updated)

    async def _step(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        async for event in self._play(thread, context, rest):
            await STEPS.acquire()
            yield event

    async def _hostile(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        value = fixtures.HOSTILE[int(rest)]
        for type, fields in fixtures.ITEMS.values():
            item = {"type": type} | _poisoned(fields, value)
            made = self._new("message", thread, context) | item
            yield ThreadItemDoneEvent(item=_ITEM.validate_python(made))
        for level in ("info", "warning", "danger"):
            yield NoticeEvent.model_validate({"level": level, "message": value, "title": value})

    async def _notices(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Take note."))
        for notice in fixtures.NOTICES:
            yield NoticeEvent.model_validate(notice)

    async def _lock(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        thread.status = LockedStatus(reason=rest if rest != "lock" else None)
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Locked."))

    async def _close(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        thread.status = ClosedStatus(reason=rest if rest != "close" else None)
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Closed."))


def _after(update: Json, item: Json) -> Json:
    """Return what of an item an update changes, as far as the finished item must say it."""
    match update["type"].rpartition(".")[0]:
        case "generated_image":
            return {"image": update["image"]}
        case "widget.root":
            return {"widget": update["widget"]}
        case "assistant_message.content_part" if update["type"].endswith(".done"):
            parts = [*item["content"], {}, {}][: update["content_index"] + 1]
            parts[update["content_index"]] = update["content"]
            return {"content": [part for part in parts if part]}
    return {}


KEPT = {"type", "icon", "status", "status_indicator", "level", "id", "call_id", "size"}
KEPT |= {"preview_url"}  # which has to be an address


def _poisoned(value: Any, poison: str) -> Any:
    """Return fixtures whose every free text is another one."""
    if isinstance(value, dict):
        return {
            name: inner if name in KEPT else _poisoned(inner, poison)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_poisoned(inner, poison) for inner in value]
    return poison if isinstance(value, str) else value


def items(store: Store[Any], attachment_store: Any) -> ItemServer:
    """Make the server on the host's stores."""
    return ItemServer(store, attachment_store)
