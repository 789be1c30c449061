"""Ids of items that come from a model, made into ids of this store.

A model's ids cannot be trusted to be unique: the Agents SDK gives every message of a Chat
Completions model the same placeholder, and compatible servers count from zero in every
answer. So each message and each client tool call gets a fresh id here, the same one in all
the events that belong to it.
"""

from collections import defaultdict
from collections.abc import Callable

from chatkit.store import StoreItemType
from chatkit.types import (
    AssistantMessageItem,
    ClientToolCallItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
)


class ItemIds:
    """Maps the ids of one run; an id that the model uses again means a new item."""

    def __init__(self, fresh_id: Callable[[StoreItemType], str]) -> None:
        """Take what makes new ids of the store."""
        self._fresh_id = fresh_id
        self._unfinished: dict[str, str] = {}
        self._finished: defaultdict[str, list[str]] = defaultdict(list)

    def map(self, event: ThreadStreamEvent) -> list[ThreadStreamEvent]:
        """Return an event with the store's ids, as none, one or more events.

        A removal names an id of the model, which may stand for several messages by now, or
        for what never was an item. Only messages are removed: what tools have shown is true
        whatever becomes of the words around it.
        """
        match event:
            case ThreadItemAddedEvent(item=AssistantMessageItem() as item):
                new = self._unfinished[item.id] = self._fresh_id("message")
                return [ThreadItemAddedEvent(item=item.model_copy(update={"id": new}))]
            case ThreadItemUpdatedEvent(item_id=item_id) if item_id in self._unfinished:
                new = self._unfinished[item_id]
                return [ThreadItemUpdatedEvent(item_id=new, update=event.update)]
            case ThreadItemDoneEvent(item=AssistantMessageItem() as item):
                new = self._unfinished.pop(item.id, "") or self._fresh_id("message")
                self._finished[item.id].append(new)
                return [ThreadItemDoneEvent(item=item.model_copy(update={"id": new}))]
            case ThreadItemDoneEvent(item=ClientToolCallItem() as item):
                new = self._fresh_id("tool_call")
                return [ThreadItemDoneEvent(item=item.model_copy(update={"id": new}))]
            case ThreadItemRemovedEvent(item_id=item_id):
                gone = self._finished.pop(item_id, [])
                return [ThreadItemRemovedEvent(item_id=new) for new in gone]
            case _:
                return [event]
