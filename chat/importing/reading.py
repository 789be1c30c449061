"""What a file holds: threads of an export, and conversations as lists of messages.

One pass reads any of the forms, told apart by what is in them: this project's export of one
thread or of all, a list of messages, a list of such lists, objects with ``messages``, and JSON
Lines of conversations or of messages.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from chat.importing.json_text import JSONText, UnreadableFile

VERSION = 1
"""The version of the export's format that is understood; see `chat.export`."""

LISTS = ("threads", "conversations")
"""The names under which an object may list what it holds."""

MESSAGES = ("messages", "items", "conversation")
"""The names under which a conversation may list its messages."""

GROUPS = ("conversation_id", "thread_id", "session_id", "chat_id")
"""The names under which a message may say to which conversation it belongs."""

ITEM_TYPES = {"message", "function_call", "function_call_output", "reasoning"}

MOST_TOGETHER = 500
"""Messages of a named conversation that are held in memory."""


@dataclass(frozen=True)
class ExportedThread:
    """A thread of this project's export, as it was written."""

    data: dict[str, Any]


@dataclass(frozen=True)
class Conversation:
    """A conversation, or one part of it that follows another.

    Attributes:
        key: what tells it from every other one, the same each time the file is read.
        messages: its messages, as they were written.
        start: how many messages came in earlier parts.
        about: what else was written about it.
    """

    key: str
    messages: list[Any]
    start: int
    about: Mapping[str, Any]


@dataclass(frozen=True)
class Unknown:
    """Something in the file that is no conversation."""


Entry = ExportedThread | Conversation | Unknown


def read(file: BinaryIO) -> Iterator[Entry]:
    """Read a file from its beginning.

    Raises:
        UnreadableFile: it is not JSON, or of a version that is not known here.
    """
    grouping = _Grouping()
    for value, scope in _values(JSONText(file)):
        match value:
            case {"items": {"data": list()}}:
                yield ExportedThread(value)
            case _ if isinstance(value, dict) and _is_message(value):
                yield from grouping.add(value, scope)
                continue
            case list():
                yield grouping.whole(value, {})
            case dict():
                listed = next((value[n] for n in MESSAGES if isinstance(value.get(n), list)), None)
                about = {name: told for name, told in value.items() if name not in MESSAGES}
                yield Unknown() if listed is None else grouping.whole(listed, about)
            case _:
                yield Unknown()
    yield from grouping.end()


def _values(text: JSONText) -> Iterator[tuple[Any, int]]:
    """Read what a file lists, each with the number of the list; lines of objects are list 0."""
    if not text.peek():
        raise UnreadableFile("it is empty.")
    lists = 0
    while opening := text.peek():
        if opening == "[":
            lists += 1
            for value in text.elements():
                yield value, lists
        elif opening == "{":
            for value in _object(text):
                yield value, 0
        else:
            text.refuse()


def _object(text: JSONText) -> Iterator[Any]:
    """Read an object, and of one that lists threads or conversations what it lists."""
    told: dict[str, Any] = {}
    listed = False
    for name in text.names():
        text.colon()
        if name in LISTS and text.peek() == "[":
            listed = True
            _check_version(told)
            yield from text.elements()
        else:
            told[name] = text.value()
    match told.get("thread"):
        case {"items": {"data": list()}} as thread:
            _check_version(told)
            yield thread
        case _ if not listed:
            yield told


def _check_version(told: Mapping[str, Any]) -> None:
    version = told.get("version", VERSION)
    if isinstance(version, int) and version > VERSION:
        raise UnreadableFile(f"it is an export of version {version}, which is not known here.")


def _is_message(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("role"), str) or value.get("type") in ITEM_TYPES


class _Grouping:
    """Puts messages together to conversations, and gives each of these a key."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._begun: dict[str, tuple[str, int]] = {}
        self._now: tuple[str | None, int] | None = None
        self._messages: list[Any] = []

    def add(self, message: dict[str, Any], scope: int) -> Iterator[Conversation]:
        """Take one message; return the conversation before it, if that is over.

        Args:
            message: it names its conversation, or belongs to the list it is in.
            scope: the number of that list.
        """
        named = next((str(message[name]) for name in GROUPS if message.get(name)), None)
        group = (named, scope)
        if group != self._now or (named and len(self._messages) >= MOST_TOGETHER):
            yield from self.end()
            self._now = group
        self._messages.append(message)

    def end(self) -> Iterator[Conversation]:
        """Return the conversation that was being put together."""
        messages, self._messages = self._messages, []
        if not messages or self._now is None:
            return
        named, scope = self._now
        if named is None:
            yield self.whole(messages, {})
            return
        group = f"{scope}\0{named}"
        key, start = self._begun.get(group, ("", 0))
        key = key or digest(["named", named, messages[0]])
        self._begun[group] = (key, start + len(messages))
        yield Conversation(key, messages, start, {})

    def whole(self, messages: list[Any], about: Mapping[str, Any]) -> Conversation:
        """Return a conversation that was written in one piece."""
        named = next((about[name] for name in ("id", *GROUPS) if about.get(name)), None)
        if named is not None:
            key = digest(["named", str(named), messages[0] if messages else None])
            return Conversation(key, messages, 0, about)
        # The same words may have been said twice.
        content = digest(["content", messages])
        self._seen[content] = self._seen.get(content, 0) + 1
        return Conversation(f"{content}{self._seen[content]}", messages, 0, about)


def digest(value: Any) -> str:
    """Return 32 hex digits that are the same for the same JSON."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
