"""Items that a turn showed but never finished: what is worth keeping, and in which state."""

from typing import assert_never

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


def is_empty(item: ThreadItem) -> bool:
    """Return whether an unfinished item has nothing yet that a person could have seen."""
    match item:
        case AssistantMessageItem():
            return not any(part.text.strip() for part in item.content)
        case WorkflowItem():
            return not item.workflow.tasks and item.workflow.summary is None
        case GeneratedImageItem():
            return item.image is None
        case (
            UserMessageItem()
            | ClientToolCallItem()
            | WidgetItem()
            | StructuredInputItem()
            | TaskItem()
            | EndOfTurnItem()
            | HiddenContextItem()
            | SDKHiddenContextItem()
        ):
            return False
        case _:
            assert_never(item)


def settled(item: ThreadItem) -> ThreadItem:
    """Return a copy of an item in which no task claims to be still going on."""
    item = item.model_copy(deep=True)
    match item:
        case WorkflowItem():
            tasks = item.workflow.tasks
        case TaskItem():
            tasks = [item.task]
        case _:
            tasks = []
    for task in tasks:
        if task.status_indicator == "loading":
            task.status_indicator = "none"
    return item
