"""Thread items as the model reads them."""

import json
from collections.abc import Sequence
from typing import Any

from agents import TResponseInputItem
from chatkit.agents import ThreadItemConverter
from chatkit.types import (
    AssistantMessageItem,
    Attachment,
    ClientToolCallItem,
    HiddenContextItem,
    UserMessageItem,
    UserMessageTagContent,
    WidgetItem,
)
from chatkit.widgets import WidgetComponentBase
from openai.types.responses import EasyInputMessageParam, ResponseInputContentParam
from openai.types.responses.response_input_item_param import Message
from openai.types.responses.response_input_text_param import ResponseInputTextParam

from chat.assistant.attached import AttachedContent
from chat.assistant.widgets import is_ours

MOST_OF_A_WIDGET = 2_000
MOST_OF_A_TAG = 1_000
MOST_OF_AN_OUTPUT = 20_000

SPOKEN = ("value", "label", "title", "alt")
"""Properties of widget components that hold what a person reads."""


class TodoItemConverter(ThreadItemConverter):
    """Converts the items of one run; what the SDK leaves open is decided here."""

    def __init__(self, attached: AttachedContent, newest_card: str | None) -> None:
        """Take what reads attachments, and the id of the newest task card, if there is one."""
        self._attached = attached
        self._newest_card = newest_card

    async def attachment_to_message_content(
        self, attachment: Attachment
    ) -> ResponseInputContentParam:
        """Return the text of a text file, an image as data, or a note about another file."""
        return await self._attached.read(attachment)

    async def tag_to_message_content(self, tag: UserMessageTagContent) -> ResponseInputContentParam:
        """Return what an @-mention stands for."""
        about = {"id": tag.id, "group": tag.group, "data": tag.data}
        text = f"@{tag.text} is {_shortened(_json(about), MOST_OF_A_TAG)}"
        return ResponseInputTextParam(type="input_text", text=text)

    async def assistant_message_to_input(
        self, item: AssistantMessageItem
    ) -> TResponseInputItem | None:
        """Return what the assistant said as plain text, which both OpenAI APIs take."""
        text = "\n\n".join(part.text for part in item.content if part.text.strip())
        if not text:
            return None
        return EasyInputMessageParam(role="assistant", type="message", content=text)

    async def hidden_context_to_input(
        self, item: HiddenContextItem
    ) -> TResponseInputItem | list[TResponseInputItem] | None:
        """Return hidden context; what is not text, as JSON."""
        if isinstance(item.content, str):
            return await super().hidden_context_to_input(item)
        if isinstance(item.content, dict) and isinstance(item.content.get("clicks"), list):
            clicks = "\n".join(f"- {click}" for click in item.content["clicks"])
            content = f"In the task card, by clicking, the user has:\n{clicks}"
        else:
            content = _json(item.content)
        return await super().hidden_context_to_input(item.model_copy(update={"content": content}))

    async def client_tool_call_to_input(
        self, item: ClientToolCallItem
    ) -> TResponseInputItem | list[TResponseInputItem] | None:
        """Return a client tool's call and output; a call without an output is left out."""
        output = _json(item.output)
        if len(output) > MOST_OF_AN_OUTPUT:
            item = item.model_copy(update={"output": _shortened(output, MOST_OF_AN_OUTPUT)})
        return await super().client_tool_call_to_input(item)

    async def widget_to_input(self, item: WidgetItem) -> TResponseInputItem | None:
        """Return what a widget says, without its layout; of task cards only the newest."""
        if is_ours(item) and item.id != self._newest_card:
            return None
        said = _shortened("\n".join(_spoken(item.widget)), MOST_OF_A_WIDGET)
        text = f"This card is shown to the user:\n<Widget>\n{said}\n</Widget>"
        return Message(
            type="message",
            role="user",
            content=[ResponseInputTextParam(type="input_text", text=text)],
        )


async def quoted_once(
    converter: ThreadItemConverter, item: Any, newest: bool
) -> list[TResponseInputItem]:
    """Convert one item; what an older message quoted is not what is meant any more."""
    if isinstance(item, UserMessageItem) and not newest:
        item = item.model_copy(update={"quoted_text": None})
    return await converter.to_agent_input(item)


def _spoken(component: WidgetComponentBase) -> list[str]:
    """Return the texts of a widget from top to bottom; a row of them is one line."""
    own = [str(text) for name in SPOKEN if (text := getattr(component, name, None))]
    if component.type == "Button":
        own = []
    children: Any = getattr(component, "children", None) or []
    listed: Sequence[WidgetComponentBase] = children if isinstance(children, list) else [children]
    parts = [text for child in listed for text in _spoken(child)]
    if component.type == "Row" and parts:
        return [*own, " ".join(parts)]
    return own + parts


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} […]"
