"""What a person can read in an item, as plain text: what a search looks through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, assert_never

from chatkit.types import (
    AssistantMessageItem,
    ClientToolCallItem,
    EndOfTurnItem,
    GeneratedImageItem,
    HiddenContextItem,
    SDKHiddenContextItem,
    StructuredInputItem,
    TaskItem,
    ThreadItem,
    UserMessageItem,
    WidgetItem,
    WorkflowItem,
)

_LINK = re.compile(r"!?\[([^\[\]]{0,2000})\]\([^()\s]{0,2000}\)")
_MARKUP = re.compile(r"[*`]+|^[ \t]*(?:#{1,6}|>+|[-+]|\d{1,9}[.)])[ \t]+", re.MULTILINE)
_SHOWN = frozenset({"label", "title", "text", "caption", "alt", "description"})
"""Fields of widgets that are shown wherever they are; ``value`` is only as a component's own."""


def text_of(item: ThreadItem) -> str:
    """Return an item's text in one line; empty where there is none, or where it is hidden."""
    return " ".join(" ".join(_texts(item)).split())


def _texts(item: ThreadItem) -> Iterator[str]:
    match item:
        case UserMessageItem():
            yield from (part.text for part in item.content)
            yield item.quoted_text or ""
            yield from (attachment.name for attachment in item.attachments)
        case AssistantMessageItem():
            yield from (_without_markup(part.text) for part in item.content)
        case WidgetItem():
            yield from _of_component(item.widget.model_dump())
        case StructuredInputItem():
            for asked in item.inputs:
                yield asked.question
                yield from asked.answer.values if asked.answer else ()
        case (
            ClientToolCallItem()
            | GeneratedImageItem()
            | TaskItem()
            | WorkflowItem()
            | EndOfTurnItem()
            | HiddenContextItem()
            | SDKHiddenContextItem()
        ):
            return
        case _:
            assert_never(item)


def _without_markup(markdown: str) -> str:
    return _MARKUP.sub("", _LINK.sub(r"\1", markdown))


def _of_component(node: Any) -> Iterator[str]:
    """Yield the texts of a component and of what is in it; what its actions send is not shown."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case dict() as fields:
                shown = _SHOWN | {"value"} if "type" in fields else _SHOWN
                for name, value in fields.items():
                    if isinstance(value, str) and name in shown:
                        yield value
                waiting += [
                    value
                    for name, value in reversed(fields.items())
                    if not name.endswith(("Action", "action")) and isinstance(value, dict | list)
                ]
            case list() as nodes:
                waiting += reversed(nodes)
