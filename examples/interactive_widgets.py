"""A card whose buttons and form are answered by the server.

Run it with ``CHATKIT_SERVER=examples.interactive_widgets:TaskManager make run``.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from chatkit.actions import Action
from chatkit.server import ChatKitServer
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    WidgetItem,
    WidgetRootUpdated,
)
from chatkit.widgets import DynamicWidgetRoot, WidgetTemplate

Context = dict[str, Any]

CARD = WidgetTemplate.from_file("task_manager.widget")


class TaskManager(ChatKitServer[Context]):
    """Shows the tasks of a thread as a card, and changes them as it is used."""

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: Context,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Answer every message with the card."""
        yield ThreadItemDoneEvent(
            item=WidgetItem(**self._new(thread, context), widget=_card(thread, form=False))
        )

    async def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Context,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Do what was pressed, and show the card anew in its place.

        Args:
            thread: the thread that the card is in.
            action: its type says what was pressed; fields of the form are in its payload.
            sender: the card.
            context: whose request it is.
        """
        tasks = thread.metadata.setdefault("tasks", [])
        if action.type == "create_task":
            tasks.append({"title": action.payload["title"], "done": False})
        elif action.type == "complete_task":
            tasks[action.payload["index"]]["done"] = True
        await self.store.save_thread(thread, context)
        if sender:
            card = _card(thread, form=action.type == "show_add_form")
            yield ThreadItemUpdatedEvent(item_id=sender.id, update=WidgetRootUpdated(widget=card))
        if action.type == "create_task":
            said = f"“{action.payload['title']}” is on the list."
            yield ThreadItemDoneEvent(
                item=AssistantMessageItem(
                    **self._new(thread, context), content=[AssistantMessageContent(text=said)]
                )
            )

    def _new(self, thread: ThreadMetadata, context: Context) -> dict[str, Any]:
        return {
            "id": self.store.generate_item_id("message", thread, context),
            "thread_id": thread.id,
            "created_at": datetime.now(),
        }


def _card(thread: ThreadMetadata, *, form: bool) -> DynamicWidgetRoot:
    return CARD.build({"tasks": thread.metadata.get("tasks", []), "form": form})
