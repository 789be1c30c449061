"""What each of the ten kinds of update changes in its item."""

from datetime import datetime
from typing import Any

import pytest
from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    CustomTask,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    Task,
    URLSource,
    WidgetComponentUpdated,
    WidgetItem,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)
from chatkit.widgets import DynamicWidgetComponent, DynamicWidgetRoot

from chat.live import LiveItem
from chat.updates import UpdateMismatch, apply_update

BASE: dict[str, Any] = {"id": "x_1", "thread_id": "thr_1", "created_at": datetime(2026, 1, 1)}


def a_message(*texts: str) -> AssistantMessageItem:
    content = [AssistantMessageContent(text=text) for text in texts]
    return AssistantMessageItem(**BASE, content=content)


def a_widget(**text: Any) -> WidgetItem:
    inner = {"type": "Text", "id": "inner", "value": "Once", **text}
    row = {"type": "Row", "children": [inner]}
    lone = {"type": "Transition", "children": {"type": "Text", "id": "lone", "value": "a"}}
    card = {"type": "Card", "id": "root", "children": [row, lone]}
    return WidgetItem(**BASE, widget=DynamicWidgetRoot.model_validate(card))


def a_workflow(*titles: str) -> WorkflowItem:
    tasks: list[Task] = [CustomTask(title=title) for title in titles]
    return WorkflowItem(**BASE, workflow=Workflow(type="custom", tasks=tasks))


def texts(item: Any) -> list[str]:
    return [part.text for part in item.content]


def test_a_content_part_is_added() -> None:
    item = a_message()
    content = AssistantMessageContent(text="Hi")
    apply_update(item, AssistantMessageContentPartAdded(content_index=0, content=content))
    assert texts(item) == ["Hi"]


def test_a_part_may_arrive_before_the_parts_in_front_of_it() -> None:
    item = a_message()
    apply_update(item, AssistantMessageContentPartTextDelta(content_index=2, delta="third"))
    assert texts(item) == ["", "", "third"]


def test_a_text_delta_grows_its_part() -> None:
    item = a_message("one", "two")
    apply_update(item, AssistantMessageContentPartTextDelta(content_index=1, delta="!"))
    assert texts(item) == ["one", "two!"]


def test_an_annotation_is_added_at_its_place() -> None:
    item = a_message("text")
    for index, title in ((0, "b"), (0, "a"), (9, "c")):
        annotation = Annotation(source=URLSource(title=title, url="https://example.org"))
        apply_update(
            item,
            AssistantMessageContentPartAnnotationAdded(
                content_index=0, annotation_index=index, annotation=annotation
            ),
        )
    assert [found.source.title for found in item.content[0].annotations] == ["a", "b", "c"]


def test_a_part_that_is_done_replaces_what_was_streamed() -> None:
    item = a_message("draft")
    content = AssistantMessageContent(text="final")
    apply_update(item, AssistantMessageContentPartDone(content_index=0, content=content))
    assert texts(item) == ["final"]


@pytest.mark.parametrize("component_id", ["inner", "lone"])
def test_a_widgets_text_grows(component_id: str) -> None:
    item = a_widget()
    for delta, done in ((" upon", False), (" a time", True)):
        apply_update(
            item,
            WidgetStreamingTextValueDelta(component_id=component_id, delta=delta, done=done),
        )
    assert " upon a time" in item.widget.model_dump_json()
    assert '"streaming":false' in item.widget.model_dump_json()


@pytest.mark.parametrize("component_id", ["inner", "lone", "root"])
def test_a_component_is_replaced(component_id: str) -> None:
    item = a_widget()
    component = DynamicWidgetComponent.model_validate(
        {"type": "Card", "id": component_id, "title": "new"}
    )
    apply_update(item, WidgetComponentUpdated(component_id=component_id, component=component))
    assert '"new"' in item.widget.model_dump_json()


def test_the_whole_widget_is_replaced() -> None:
    item = a_widget()
    widget = DynamicWidgetRoot.model_validate({"type": "ListView", "children": []})
    apply_update(item, WidgetRootUpdated(widget=widget))
    assert item.widget.type == "ListView"


def test_a_task_is_added_and_changed() -> None:
    item = a_workflow("read")
    apply_update(item, WorkflowTaskAdded(task_index=1, task=CustomTask(title="write")))
    apply_update(item, WorkflowTaskUpdated(task_index=0, task=CustomTask(title="reread")))
    assert [task.title for task in item.workflow.tasks] == ["reread", "write"]


def test_a_picture_is_updated() -> None:
    item = GeneratedImageItem(**BASE)
    image = GeneratedImage(id="img_1", url="https://example.org/x.png")
    apply_update(item, GeneratedImageUpdated(image=image, progress=0.5))
    assert item.image == image


@pytest.mark.parametrize(
    ("item", "update"),
    [
        (a_workflow(), AssistantMessageContentPartTextDelta(content_index=0, delta="x")),
        (a_message(), AssistantMessageContentPartTextDelta(content_index=-1, delta="x")),
        (a_workflow(), WorkflowTaskUpdated(task_index=0, task=CustomTask(title="x"))),
        (a_widget(), WidgetStreamingTextValueDelta(component_id="no", delta="x", done=True)),
        (
            a_widget(),
            WidgetComponentUpdated(
                component_id="no", component=DynamicWidgetComponent.model_validate({"type": "X"})
            ),
        ),
    ],
)
def test_an_update_that_does_not_fit_changes_nothing(item: Any, update: Any) -> None:
    before = item.model_copy(deep=True)
    with pytest.raises(UpdateMismatch):
        apply_update(item, update)
    assert item == before


def test_a_live_message_joins_its_text_when_it_is_read() -> None:
    live = LiveItem(a_message("a"), finished=False)
    for delta in "bcd":
        live.update(AssistantMessageContentPartTextDelta(content_index=0, delta=delta))
    assert live.texts[0].text == "abcd"
    assert texts(live.item) == ["abcd"]
    assert live.texts[0].resets == 0


def test_a_live_message_tells_growing_from_changing() -> None:
    live = LiveItem(a_message("Hello"), finished=False)
    live.become(a_message("Hello, you"), finished=False)
    assert live.texts[0].resets == 0
    live.become(a_message("Good day"), finished=True)
    assert live.texts[0].resets == 1


def test_a_live_item_does_not_see_what_its_sender_changes_later() -> None:
    item = a_workflow("read")
    live = LiveItem(item, finished=False)
    item.workflow.tasks.append(CustomTask(title="sneaked in"))
    assert isinstance(live.item, WorkflowItem)
    assert len(live.item.workflow.tasks) == 1
