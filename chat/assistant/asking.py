"""Asking the user which task is meant, and what is done once it is answered.

The question is a structured input item, so the run ends with it. A note that only the model
sees says what was wanted; the answer starts a new run, in which the model carries it out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chatkit.types import (
    HiddenContextItem,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    ThreadItem,
    ThreadItemDoneEvent,
    UserMessageItem,
    UserMessageTagContent,
)

from chat.assistant.context import TodoContext
from chat.assistant.notices import Wanted
from chat.assistant.references import find, labels, quoted
from store.base import Todo

QUESTION = "Which of these do you mean?"
NOTE = (
    "Once the user has answered the question that follows, do what was wanted with the "
    "tasks they chose. If they skip it, change nothing."
)


@dataclass
class Meant:
    """What some references of the user turned out to mean.

    Attributes:
        found: tasks that are meant beyond doubt, each once.
        unclear: references that fit several tasks equally well, with those.
        unknown: references that fit nothing.
    """

    found: list[Todo] = field(default_factory=list)
    unclear: list[tuple[str, list[Todo]]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def apology(self) -> str:
        """A sentence about what could not be found; empty where everything was."""
        numbers = [f"no task {reference}" for reference in self.unknown if reference.isdigit()]
        names = [reference for reference in self.unknown if not reference.isdigit()]
        said = []
        if names:
            kind = "a task" if len(names) == 1 else "tasks"
            said.append(f"I could not find {kind} called {quoted(names)}.")
        if numbers:
            said.append(f"There is {' and '.join(numbers)} on the list that you saw.")
        return " ".join(said)


async def understand(
    context: TodoContext, references: Sequence[str], preferred: Callable[[Todo], bool]
) -> Meant:
    """Find out which tasks the user means; see `chat.assistant.references.find`."""
    known = await context.known()
    meant = Meant()
    for reference in references:
        match find(reference, known, preferred):
            case []:
                meant.unknown.append(reference)
            case [todo]:
                if todo not in meant.found:
                    meant.found.append(todo)
            case several:
                meant.unclear.append((reference, several))
    return meant


async def ask_which(
    context: TodoContext,
    unclear: Sequence[tuple[str, list[Todo]]],
    wanted: Wanted,
    details: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Ask which tasks are meant, and end the run.

    Args:
        context: the run's context.
        unclear: each reference with the tasks it fits.
        wanted: what is to be done with the chosen ones.
        details: what else is needed to do it.

    Returns:
        What the tool answers to the model: the question, its options, and what was wanted.
    """
    choices: dict[str, str] = {}
    inputs = []
    for place, (reference, todos) in enumerate(unclear, start=1):
        offered = labels(todos, context.today)
        choices.update(offered)
        inputs.append(
            StructuredInputMultipleChoice(
                id=f"task_{place}",
                question=QUESTION if len(unclear) == 1 else f"{QUESTION} (“{reference}”)",
                options=[StructuredInputMultipleChoiceOption(value=label) for label in offered],
                multiple=wanted != "update",
            )
        )
    await context.tell_model(
        {"note": NOTE, "wanted": wanted, **(details or {}), "choices": choices}
    )
    await context.stream(
        ThreadItemDoneEvent(
            item=StructuredInputItem(
                id=context.generate_id("message"),
                thread_id=context.thread.id,
                created_at=datetime.now(UTC),
                inputs=list(inputs),
            )
        )
    )
    context.waiting = True
    return {"question": QUESTION, "options": list(choices), "wanted": wanted}


def offered_choices(items: Sequence[ThreadItem]) -> dict[str, str]:
    """Return what the question that is open offered, and what the newest message mentions.

    A message after a question ends it: from then on the same words may mean another task.

    Args:
        items: a thread's items, the newest first.

    Returns:
        Labels and titles, and the ids they stand for.
    """
    offered: dict[str, str] = {}
    for item in items:
        if isinstance(item, UserMessageItem):
            return _mentioned(item) | offered
        if isinstance(item, HiddenContextItem) and isinstance(item.content, dict):
            choices = item.content.get("choices")
            if isinstance(choices, dict) and not offered:
                offered = {str(label): str(todo_id) for label, todo_id in choices.items()}
    return offered


def _mentioned(message: UserMessageItem) -> dict[str, str]:
    """Return what a message mentions with ``@``: titles and the ids they stand for."""
    tags = [part for part in message.content if isinstance(part, UserMessageTagContent)]
    return {tag.text: tag.id for tag in tags}
