"""Scripts whose items wait for a person: a tool, a question, a widget with buttons."""

from collections.abc import AsyncIterator
from typing import Any

from chatkit.actions import Action, ActionConfig
from chatkit.types import (
    AudioInput,
    ClientToolCallItem,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    SyncCustomActionResponse,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    TranscriptionResult,
    WidgetItem,
    WidgetRootUpdated,
)
from chatkit.widgets import DynamicWidgetRoot

from tests.servers.scripts import Scripts


def counter(count: int) -> DynamicWidgetRoot:
    """A card that shows a number and a button that raises it."""
    raise_it = ActionConfig(type="count.raise", payload={"by": 1}).model_dump()
    at_once = ActionConfig(type="count.raise", payload={"by": 10}, streaming=False).model_dump()
    return DynamicWidgetRoot.model_validate(
        {
            "type": "Card",
            "children": [
                {"type": "Title", "value": f"Count {count}"},
                {"type": "Button", "label": "Raise", "onClickAction": raise_it},
                {"type": "Button", "label": "Raise by ten", "onClickAction": at_once},
            ],
        }
    )


class Asking(Scripts):
    """What is answered by a click, a form or the browser, and speech."""

    async def _tool(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemDoneEvent(
            item=ClientToolCallItem(
                **self._new("tool_call", thread, context),
                call_id="call_1",
                name="get_selected_text",
                arguments={},
            )
        )

    async def _ask(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemDoneEvent(item=self._question(thread, context))

    def _question(self, thread: ThreadMetadata, context: Any) -> StructuredInputItem:
        options = [StructuredInputMultipleChoiceOption(value=value) for value in ("Tea", "Coffee")]
        return StructuredInputItem(
            **self._new("message", thread, context),
            inputs=[
                StructuredInputMultipleChoice(
                    id="drink", question="What would you like?", options=options
                ),
                StructuredInputFreeform(id="name", question="For whom?"),
            ],
        )

    async def _widget(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = WidgetItem(**self._new("message", thread, context), widget=counter(0))
        yield ThreadItemDoneEvent(item=item)

    def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Raise the counter of the sending widget by an update of a stored item."""
        return self._raise(sender, action)

    async def _raise(
        self, sender: WidgetItem | None, action: Action[str, Any]
    ) -> AsyncIterator[ThreadStreamEvent]:
        if sender:
            widget = counter(_count(sender) + action.payload["by"])
            yield ThreadItemUpdatedEvent(item_id=sender.id, update=WidgetRootUpdated(widget=widget))

    async def sync_action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> SyncCustomActionResponse:
        """Raise the counter of the sending widget at once."""
        if sender is None:
            return SyncCustomActionResponse()
        widget = counter(_count(sender) + action.payload["by"])
        return SyncCustomActionResponse(updated_item=sender.model_copy(update={"widget": widget}))

    async def transcribe(self, audio_input: AudioInput, context: Any) -> TranscriptionResult:
        """Say how long the audio was."""
        return TranscriptionResult(
            text=f"{len(audio_input.data)} bytes of {audio_input.media_type}"
        )


def _count(sender: WidgetItem) -> int:
    title = sender.widget.model_dump()["children"][0]["value"]
    return int(title.removeprefix("Count "))
