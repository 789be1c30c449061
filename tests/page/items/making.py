"""Items to show, and the one article that they become."""

from datetime import UTC, datetime
from typing import Any

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ThreadItem,
)
from pydantic import TypeAdapter

from chat.page.items import item_view, render_item
from tests.page.dom import Element, parse

MADE = datetime(2026, 3, 5, 14, 5, tzinfo=UTC)

_ITEM: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)


def item(type: str, id: str = "itm_1", thread_id: str = "thr_1", **fields: Any) -> Any:
    """Return an item of a type, as a store or a turn would hold it."""
    base = {"type": type, "id": id, "thread_id": thread_id, "created_at": MADE}
    return _ITEM.validate_python(base | fields)


def said(*content: str | dict[str, Any], **fields: Any) -> Any:
    """Return a user message of texts and tags."""
    parts = [
        {"type": "input_text", "text": part} if isinstance(part, str) else part for part in content
    ]
    return item("user_message", content=parts, inference_options={}, **fields)


def answer(*texts: str, id: str = "msg_1") -> AssistantMessageItem:
    """Return an answer with a content part for each text."""
    content = [AssistantMessageContent(text=text) for text in texts]
    return AssistantMessageItem(id=id, thread_id="thr_1", created_at=MADE, content=content)


def article(shown: ThreadItem, **options: Any) -> Element:
    """Return the article that an item is rendered as."""
    return parse(render_item(item_view(shown, **options)).strip()).one("article")
