"""A gardener for the React example: it needs no model, and does what is asked in so many words.

``CHATKIT_SERVER=examples.react.server:create make run`` serves it.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from chatkit.actions import Action
from chatkit.server import ChatKitServer
from chatkit.store import AttachmentStore, Store
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ClientEffectEvent,
    ClientToolCallItem,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTagContent,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot


class Gardener(ChatKitServer[Any]):
    """Shows plants, switches the theme, celebrates, and repeats what else it is told."""

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Answer a message, or go on after the client tool that it called."""
        if input_user_message is None:
            yield self._message(thread, context, await self._tool_result(thread, context))
            return
        text = "".join(part.text for part in input_user_message.content).casefold()
        if "dark" in text or "light" in text:
            scheme = "dark" if "dark" in text else "light"
            yield ThreadItemDoneEvent(
                item=ClientToolCallItem(
                    **self._new("tool_call", thread, context),
                    call_id=f"call_{secrets.token_hex(8)}",
                    name="switch_theme",
                    arguments={"scheme": scheme},
                )
            )
        elif "celebrate" in text:
            yield ClientEffectEvent(name="celebrate", data={"with": "Tulips"})
            yield self._message(thread, context, "There you go!")
        elif "show" in text:
            new = self._new("message", thread, context)
            yield ThreadItemDoneEvent(item=WidgetItem(**new, widget=_card("Lavender")))
        else:
            yield self._message(thread, context, _repeated(input_user_message))

    async def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Confirm what the page has put into its basket."""
        yield self._message(thread, context, f"{action.payload['plant']} is in your basket.")

    async def _tool_result(self, thread: ThreadMetadata, context: Any) -> str:
        newest = await self.store.load_thread_items(thread.id, None, 1, "desc", context)
        match newest.data[0]:
            case ClientToolCallItem(output={"scheme": scheme}):
                return f"It is {scheme} now."
            case _:
                return "That did not work."

    def _new(self, kind: Any, thread: ThreadMetadata, context: Any) -> dict[str, Any]:
        return {
            "id": self.store.generate_item_id(kind, thread, context),
            "thread_id": thread.id,
            "created_at": datetime.now(UTC),
        }

    def _message(self, thread: ThreadMetadata, context: Any, text: str) -> ThreadStreamEvent:
        content = [AssistantMessageContent(text=text)]
        new = self._new("message", thread, context)
        return ThreadItemDoneEvent(item=AssistantMessageItem(**new, content=content))


def _card(plant: str) -> DynamicWidgetRoot:
    """A plant with a button whose action is the page's own business."""
    add = {"type": "basket.add", "payload": {"plant": plant}, "handler": "client"}
    children = [
        {"type": "Title", "value": plant},
        {"type": "Text", "value": "Likes the sun, and bees like it."},
        {"type": "Button", "label": "Add to basket", "onClickAction": add},
    ]
    return DynamicWidgetRoot.model_validate({"type": "Card", "size": "sm", "children": children})


def _repeated(message: UserMessageItem) -> str:
    chosen = message.inference_options
    mentioned = [part.text for part in message.content if isinstance(part, UserMessageTagContent)]
    facts = {
        "Plants": ", ".join(mentioned),
        "Files": ", ".join(each.name for each in message.attachments),
        "Tool": chosen.tool_choice.id if chosen.tool_choice else "",
        "Model": chosen.model or "",
    }
    lines = [f"- {name}: {value}" for name, value in facts.items() if value]
    return "\n".join(["I have got this:", "", *lines])


def create(store: Store[Any], attachment_store: AttachmentStore[Any]) -> Gardener:
    """Make the gardener on the host's stores."""
    return Gardener(store, attachment_store)
