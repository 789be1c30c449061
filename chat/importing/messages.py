"""Messages as OpenAI's APIs have them, as items of a thread.

What a person and the assistant said becomes their messages. What a tool was asked and answered
becomes one finished task. Instructions and reasoning are left out, and so is what a message
brings besides text; its text says what was there.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    CustomTask,
    InferenceOptions,
    TaskItem,
    ThreadItem,
    UserMessageItem,
    UserMessageTextContent,
)

from chat.importing.inline_images import InlineImage, inline_image
from chat.importing.reading import Conversation, digest
from chat.importing.report import LeftOut, Report

LONGEST_OUTPUT = 4_000
"""Characters of what a tool was asked, and of what it answered."""

LONGEST_TITLE = 80
TIMES = ("created_at", "create_time", "timestamp", "time", "date")
TITLES = ("title", "name")

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Imported:
    """One item, and the images that it brings along.

    Attributes:
        images: not kept yet; they become attachments of the message.
    """

    item: ThreadItem
    images: tuple[InlineImage, ...] = ()


def clean(text: str) -> str:
    """Return a text that any store can keep: without halves of characters and zeros."""
    return _SURROGATES.sub("\ufffd", text).replace("\0", "")


def time_of(about: Mapping[str, Any]) -> datetime | None:
    """Return when something was made: an ISO time or Unix seconds under any usual name."""
    for name in TIMES:
        told = about.get(name)
        try:
            if isinstance(told, str):
                time = datetime.fromisoformat(told)
                return time if time.tzinfo else time.replace(tzinfo=UTC)
            if isinstance(told, int | float) and not isinstance(told, bool):
                return datetime.fromtimestamp(told, UTC)
        except (ValueError, OverflowError, OSError):
            continue
    return None


def title_of(conversation: Conversation) -> str | None:
    """Return the title a conversation has, or else the beginning of what the user said first."""
    for name in TITLES:
        told = conversation.about.get(name)
        if isinstance(told, str) and told.strip():
            return _line(told)
    for message in conversation.messages:
        if isinstance(message, dict) and message.get("role") == "user":
            text = Content.of(message.get("content"), Report()).text
            if first := next((line for line in text.splitlines() if line.strip()), ""):
                return _line(first)
    return None


def _line(text: str) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"


@dataclass(frozen=True)
class Content:
    """What a message says, and the images that it holds."""

    text: str
    images: tuple[InlineImage, ...] = ()

    @classmethod
    def of(cls, content: Any, report: Report) -> "Content":
        """Read a message's content: a string, or a list of parts.

        Args:
            content: as it was written.
            report: counts what is left out.
        """
        parts = content if isinstance(content, list) else [content]
        texts: list[str] = []
        images: list[InlineImage] = []
        for part in parts:
            match part:
                case None | "":
                    pass
                case str():
                    texts.append(part)
                case {"text": str(text)} | {"refusal": str(text)}:
                    texts.append(text)
                    if part.get("annotations"):
                        report.left_out[LeftOut.NOTE] += len(part["annotations"])
                case {"type": "image_url" | "input_image" | "image"}:
                    read = _image(part, report)
                    texts.append(read) if isinstance(read, str) else images.append(read)
                case {"type": "input_audio" | "audio"}:
                    report.left_out[LeftOut.AUDIO] += 1
                    spoken = part.get("transcript")
                    texts.append(spoken if isinstance(spoken, str) else "[Recording]")
                case {"type": "file" | "input_file"}:
                    report.left_out[LeftOut.FILE] += 1
                    texts.append(f"[File: {_file_name(part)}]")
                case _:
                    report.left_out[LeftOut.MESSAGE] += 1
        return cls(clean("\n\n".join(text for text in texts if text.strip())), tuple(images))


def _image(part: Mapping[str, Any], report: Report) -> InlineImage | str:
    """Return an image that is in the message, or the words that stand for one that is not."""
    told = part.get("image_url")
    url = told.get("url") if isinstance(told, Mapping) else told
    if isinstance(url, str) and (image := inline_image(url)):
        return image
    report.left_out[LeftOut.IMAGE] += 1
    if isinstance(url, str) and url.startswith(("https://", "http://")) and len(url) < 2000:
        return f"[Image: {url}]"
    return "[Image]"


def _file_name(part: Mapping[str, Any]) -> str:
    told = part.get("file")
    about = told if isinstance(told, Mapping) else part
    name = about.get("filename")
    return name[:200] if isinstance(name, str) and name else "without a name"


class Messages:
    """Turns the messages of one conversation, or of a part of it, into items.

    Args:
        conversation: what was read.
        thread_id: the thread that the items are for.
        report: counts what is left out.
    """

    def __init__(self, conversation: Conversation, thread_id: str, report: Report) -> None:
        self._conversation = conversation
        self._thread_id = thread_id
        self._report = report
        self._items: list[Imported] = []
        self._calls: dict[str, int] = {}
        self._began = time_of(conversation.about) or datetime.now(UTC)

    def items(self) -> list[Imported]:
        """Return the items, in the order in which things were said."""
        for place, message in enumerate(self._conversation.messages, self._conversation.start):
            if isinstance(message, dict):
                self._add(message, place)
            else:
                self._report.left_out[LeftOut.MESSAGE] += 1
        return self._items

    def _add(self, message: dict[str, Any], place: int) -> None:
        kind = message.get("type")
        role = message.get("role") if kind in (None, "message") else kind
        match role:
            case "user":
                self._say(message, place, by_user=True)
            case "assistant":
                self._say(message, place, by_user=False)
                for number, call in enumerate(_calls_of(message)):
                    self._call(*call, message, f"{place}.{number}")
            case "function_call":
                call_id, name = message.get("call_id"), message.get("name")
                self._call(call_id, name, message.get("arguments"), message, str(place))
            case "tool" | "function" | "function_call_output":
                self._output(message, str(place))
            case "system" | "developer":
                self._report.left_out[LeftOut.SYSTEM] += 1
            case "reasoning":
                self._report.left_out[LeftOut.REASONING] += 1
            case _:
                self._report.left_out[LeftOut.MESSAGE] += 1

    def _say(self, message: dict[str, Any], place: int, *, by_user: bool) -> None:
        content = Content.of(message.get("content"), self._report)
        text = content.text
        if not by_user:
            if isinstance(refusal := message.get("refusal"), str) and not text:
                text = clean(refusal)
            if content.images:
                self._report.left_out[LeftOut.IMAGE] += len(content.images)
                text = "\n\n".join([text, *["[Image]"] * len(content.images)]).strip()
        if not text and not (by_user and content.images):
            if not _calls_of(message):
                self._report.left_out[LeftOut.EMPTY] += 1
            return
        base = self._base("msg", message, str(place))
        if by_user:
            parts = [UserMessageTextContent(text=text)] if text else []
            item = UserMessageItem(**base, content=[*parts], inference_options=InferenceOptions())
            self._items.append(Imported(item, content.images))
        else:
            said = AssistantMessageContent(text=text)
            self._items.append(Imported(AssistantMessageItem(**base, content=[said])))

    def _call(
        self, call_id: Any, name: Any, arguments: Any, message: dict[str, Any], place: str
    ) -> None:
        tool = clean(name)[:100] if isinstance(name, str) and name else "a tool"
        asked = self._block(arguments, "json") if arguments not in (None, "", "{}", {}) else ""
        task = CustomTask(
            title=f"Used {tool}", content=asked or None, icon="bolt", status_indicator="complete"
        )
        self._items.append(Imported(TaskItem(**self._base("tsk", message, place), task=task)))
        if isinstance(call_id, str):
            self._calls[call_id] = len(self._items) - 1

    def _output(self, message: dict[str, Any], place: str) -> None:
        told = message.get("output", message.get("content"))
        text = Content.of(told, self._report).text if isinstance(told, str | list) else told
        answered = self._block(text)
        call_id = message.get("tool_call_id", message.get("call_id"))
        known = self._calls.pop(call_id, None) if isinstance(call_id, str) else None
        if known is None:
            self._call(None, message.get("name"), None, message, place)
            known = len(self._items) - 1
        item = self._items[known].item
        assert isinstance(item, TaskItem)  # noqa: S101
        assert isinstance(item.task, CustomTask)  # noqa: S101
        content = "\n\n".join(part for part in (item.task.content, answered) if part)
        task = item.task.model_copy(update={"content": content or None})
        self._items[known] = Imported(item.model_copy(update={"task": task}))

    def _block(self, value: Any, language: str = "") -> str:
        """Return what a tool was asked or answered as a block of code, which nothing ends early."""
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
        text = clean(text).strip()
        if len(text) > LONGEST_OUTPUT:
            self._report.left_out[LeftOut.CUT] += 1
            text = f"{text[:LONGEST_OUTPUT]}…"
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
        return f"{fence}{language}\n{text}\n{fence}" if text else ""

    def _base(self, prefix: str, message: dict[str, Any], place: str) -> dict[str, Any]:
        unique = digest([self._thread_id, place, prefix, message])
        # Without a time of their own, messages keep their order by a moment each.
        began = self._began + timedelta(milliseconds=self._conversation.start + len(self._items))
        return {
            "id": f"{prefix}_{unique}",
            "thread_id": self._thread_id,
            "created_at": time_of(message) or began,
        }


def _calls_of(message: Mapping[str, Any]) -> list[tuple[Any, Any, Any]]:
    """Return the id, name and arguments of each tool call of an assistant's message."""
    told = message.get("tool_calls")
    calls: Iterable[Any] = told if isinstance(told, list) else []
    found = []
    for call in calls:
        if isinstance(call, Mapping):
            function = call.get("function", call)
            about = function if isinstance(function, Mapping) else {}
            found.append((call.get("id"), about.get("name"), about.get("arguments")))
    if isinstance(old := message.get("function_call"), Mapping):
        found.append((None, old.get("name"), old.get("arguments")))
    return found
