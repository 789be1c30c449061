"""Asking the embedded model for its first step, without a runner."""

from datetime import date
from typing import Any

from chat.assistant.offline.conversation import read_conversation
from chat.assistant.offline.model import next_step
from chat.assistant.offline.steps import Call
from tests.assistant.offline.todo_list import INSTRUCTIONS, TOOLS

TODAY = date(2026, 11, 22)
NAMES = {tool.name for tool in TOOLS}


def first_step(text: str) -> list[Call] | str:
    """Return the calls that a message leads to, or what is said at once."""
    return next_step(read_conversation(INSTRUCTIONS, text), NAMES)


def first_call(text: str) -> tuple[str, dict[str, Any]]:
    """Return the one call that a message leads to first."""
    step = first_step(text)
    assert not isinstance(step, str), f"only says {step!r}"
    [call] = step
    return call.name, call.arguments


def added(text: str) -> list[str]:
    """Return the tasks that a message adds: titles, with their days where they have one."""
    name, arguments = first_call(text)
    assert name == "add_todos"
    return [
        f"{todo['title']} @ {todo['due']}" if todo["due"] else todo["title"]
        for todo in arguments["todos"]
    ]


def said(text: str) -> str:
    """Return what a message is answered with where it leads to no call."""
    step = first_step(text)
    assert isinstance(step, str), f"calls {step}"
    return step
