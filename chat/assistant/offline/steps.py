"""The steps of carrying out a message: calls to make, and what is known while they are made.

A step is a generator: it yields the calls to make, is sent their results, and returns what is
to be said. The model keeps nothing between two calls of it, so at each one the steps start
anew and are given what the tools have answered so far.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chat.assistant.offline.conversation import Outputs
from chat.assistant.offline.intents import Which
from chat.assistant.offline.memory import Memory
from chat.assistant.offline.results import Result, Todo, error_of, todos_of

NOT_HERE = "I have no tool for that here."


@dataclass(frozen=True, slots=True)
class Call:
    """A tool to call, with its arguments."""

    name: str
    arguments: dict[str, Any]


Steps = Generator[list[Call], list[Result], str]
Step = Generator[list[Call], list[Result], Result]


@dataclass
class Progress:
    """What is known while a message is carried out.

    Attributes:
        today: the day that "today" means.
        memory: what was said before the message.
        mentioned: ids of the tasks that this message has named or changed so far.
        changed: whether the list was changed, and so shown, by now.
    """

    today: date
    memory: Memory
    mentioned: list[str] = field(default_factory=list)
    changed: bool = False

    def note(self, todos: Iterable[Todo]) -> None:
        """Remember that tasks were changed: "it" means them from now on."""
        self.mentioned = [todo.id for todo in todos] or self.mentioned
        self.changed = True


def call(name: str, **arguments: Any) -> Step:
    """Make one call and return its result."""
    results = yield [Call(name, arguments)]
    return results[0]


def read_list(which: Which) -> Generator[list[Call], list[Result], tuple[list[Todo], str]]:
    """Read the list without showing it; return its tasks, and an error or nothing."""
    result = yield from call("list_todos", which=which)
    return todos_of(result, "todos"), error_of(result)


def advance(steps: Steps, outputs: Outputs, tools: set[str]) -> list[Call] | str:
    """Run steps as far as the tools have answered.

    Args:
        steps: the steps of a message, from their start.
        outputs: what tools answered since the message.
        tools: the names of those that can be called.

    Returns:
        The calls to make next, or what to say where all is done.
    """
    try:
        calls = next(steps)
        while True:
            known = [outputs.take(each.name) for each in calls]
            missing = [each for each, result in zip(calls, known, strict=True) if result is None]
            if any(each.name in tools for each in missing):
                return [each for each in missing if each.name in tools]
            calls = steps.send([result or {"error": NOT_HERE} for result in known])
    except StopIteration as end:
        return str(end.value)
