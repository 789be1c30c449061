"""The least that a server is: it answers every message with one sentence.

Run it with ``CHATKIT_SERVER=examples.basic:BasicServer make run``.
"""

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
)


class BasicServer(ChatKitServer[dict[str, Any]]):
    """Greets whoever writes."""

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: dict[str, Any],
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Answer with a complete message; the SDK stores what is done."""
        greeting = "Hello! I am a basic ChatKit assistant. How can I help you?"
        yield ThreadItemDoneEvent(
            item=AssistantMessageItem(
                id=self.store.generate_item_id("message", thread, context),
                thread_id=thread.id,
                created_at=datetime.now(),
                content=[AssistantMessageContent(text=greeting)],
            )
        )
