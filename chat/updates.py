"""The ten kinds of ``thread.item.updated``: what each one changes in its item.

Protocol: `ThreadItemUpdate` in ``chatkit.types``. The SDK applies five of them, and only
to items that a stream has not finished yet; a page and a store need all ten.
"""

from collections.abc import Iterator
from typing import Any, assert_never

from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    GeneratedImageItem,
    GeneratedImageUpdated,
    ThreadItem,
    ThreadItemUpdate,
    WidgetComponentUpdated,
    WidgetItem,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)
from chatkit.widgets import WidgetComponentBase

AssistantUpdate = (
    AssistantMessageContentPartAdded
    | AssistantMessageContentPartTextDelta
    | AssistantMessageContentPartAnnotationAdded
    | AssistantMessageContentPartDone
)
WidgetUpdate = WidgetStreamingTextValueDelta | WidgetComponentUpdated | WidgetRootUpdated
WorkflowUpdate = WorkflowTaskAdded | WorkflowTaskUpdated


class UpdateMismatch(ValueError):
    """An update does not fit its item: another item type, or a part that is not there."""


def apply_update(item: ThreadItem, update: ThreadItemUpdate) -> None:
    """Change an item in place as an update says.

    Args:
        item: the item, which must be the caller's own copy.
        update: any of the ten kinds; its parts are copied, never shared with the item.

    Raises:
        UpdateMismatch: the update does not fit the item; the item is unchanged.
    """
    update = update.model_copy(deep=True)
    if isinstance(item, AssistantMessageItem) and isinstance(update, AssistantUpdate):
        _update_message(item, update)
    elif isinstance(item, WidgetItem) and isinstance(update, WidgetUpdate):
        _update_widget(item, update)
    elif isinstance(item, WorkflowItem) and isinstance(update, WorkflowUpdate):
        _update_workflow(item, update)
    elif isinstance(item, GeneratedImageItem) and isinstance(update, GeneratedImageUpdated):
        item.image = update.image
    else:
        raise UpdateMismatch(f"{update.type} does not fit an item of type {item.type}.")


def _update_message(item: AssistantMessageItem, update: AssistantUpdate) -> None:
    if update.content_index < 0:
        raise UpdateMismatch("A content index cannot be negative.")
    while len(item.content) <= update.content_index:
        item.content.append(AssistantMessageContent(text="", annotations=[]))
    part = item.content[update.content_index]
    match update:
        case AssistantMessageContentPartAdded() | AssistantMessageContentPartDone():
            item.content[update.content_index] = update.content
        case AssistantMessageContentPartTextDelta():
            part.text += update.delta
        case AssistantMessageContentPartAnnotationAdded():
            part.annotations.insert(max(update.annotation_index, 0), update.annotation)
        case _:
            assert_never(update)


def _update_widget(item: WidgetItem, update: WidgetUpdate) -> None:
    match update:
        case WidgetRootUpdated():
            item.widget = update.widget
        case WidgetComponentUpdated():
            if item.widget.id == update.component_id:
                item.widget = update.component  # type: ignore[assignment]  # a root by its id
            elif not _replace(item.widget, update.component_id, update.component):
                raise UpdateMismatch(f"The widget has no component {update.component_id!r}.")
        case WidgetStreamingTextValueDelta():
            for component in _components(item.widget):
                if component.id == update.component_id:
                    value = getattr(component, "value", None) or ""
                    component.value = value + update.delta  # type: ignore[attr-defined]
                    component.streaming = not update.done  # type: ignore[attr-defined]
                    return
            raise UpdateMismatch(f"The widget has no component {update.component_id!r}.")
        case _:
            assert_never(update)


def _update_workflow(item: WorkflowItem, update: WorkflowUpdate) -> None:
    tasks = item.workflow.tasks
    match update:
        case WorkflowTaskAdded():
            tasks.insert(max(update.task_index, 0), update.task)
        case WorkflowTaskUpdated():
            if not 0 <= update.task_index < len(tasks):
                raise UpdateMismatch(f"The workflow has no task {update.task_index}.")
            tasks[update.task_index] = update.task
        case _:
            assert_never(update)


def _children(component: WidgetComponentBase) -> list[WidgetComponentBase]:
    children: Any = getattr(component, "children", None)
    listed = children if isinstance(children, list) else [children]
    return [child for child in listed if isinstance(child, WidgetComponentBase)]


def _components(root: WidgetComponentBase) -> Iterator[WidgetComponentBase]:
    waiting = [root]
    while waiting:
        component = waiting.pop()
        yield component
        waiting.extend(_children(component))


def _replace(root: WidgetComponentBase, component_id: str, new: WidgetComponentBase) -> bool:
    for parent in _components(root):
        children: Any = getattr(parent, "children", None)
        if isinstance(children, WidgetComponentBase) and children.id == component_id:
            parent.children = new  # type: ignore[attr-defined]
            return True
        for index, child in enumerate(children if isinstance(children, list) else ()):
            if isinstance(child, WidgetComponentBase) and child.id == component_id:
                children[index] = new
                return True
    return False
