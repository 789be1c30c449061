"""What the scripts of all test servers have in common."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from chatkit.server import ChatKitServer
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTextContent,
)


class Scripts(ChatKitServer[Any]):
    """Runs the script that a message names: a method of that name with `_` before it."""

    def _new(self, kind: Any, thread: ThreadMetadata, context: Any) -> dict[str, Any]:
        return {
            "id": self.store.generate_item_id(kind, thread, context),
            "thread_id": thread.id,
            "created_at": datetime.now(),
        }

    def _message(self, thread: ThreadMetadata, context: Any, text: str) -> AssistantMessageItem:
        content = [AssistantMessageContent(text=text)] if text else []
        return AssistantMessageItem(**self._new("message", thread, context), content=content)

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Run the script that the message names."""
        text = "say Thank you."
        if input_user_message:
            parts = input_user_message.content
            text = "".join(part.text for part in parts if isinstance(part, UserMessageTextContent))
        word, _, rest = text.partition(" ")
        script = getattr(self, f"_{word.replace('-', '_')}", None) or self._say
        async for event in script(thread, context, rest or text):
            yield event

    async def _say(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemDoneEvent(item=self._message(thread, context, rest))
