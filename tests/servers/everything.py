"""The script that shows every kind of item, of update and of event."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    ClientEffectEvent,
    CustomSummary,
    CustomTask,
    EndOfTurnItem,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    HiddenContextItem,
    NoticeEvent,
    ProgressUpdateEvent,
    SearchTask,
    TaskItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
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

from tests.servers.asking import Asking, counter

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)


class Everything(Asking):
    """Everything that there is, in one turn; and a workflow that goes on."""

    async def _everything(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        for part in (self._texts, self._widgets, self._workflows, self._others):
            async for event in part(thread, context):
                yield event

    async def _texts(
        self, thread: ThreadMetadata, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "")
        yield ThreadItemAddedEvent(item=item)
        for update in (
            AssistantMessageContentPartAdded(
                content_index=0, content=AssistantMessageContent(text="")
            ),
            AssistantMessageContentPartTextDelta(content_index=0, delta="**Bold"),
            AssistantMessageContentPartTextDelta(content_index=0, delta=" words**"),
            AssistantMessageContentPartAnnotationAdded(
                content_index=0,
                annotation_index=0,
                annotation=Annotation(
                    source=URLSource(title="A page", url="https://example.org"), index=4
                ),
            ),
        ):
            yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
        content = AssistantMessageContent(
            text="**Bold words**",
            annotations=[
                Annotation(source=URLSource(title="A page", url="https://example.org"), index=4)
            ],
        )
        yield ThreadItemUpdatedEvent(
            item_id=item.id,
            update=AssistantMessageContentPartDone(content_index=0, content=content),
        )
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))

    async def _widgets(
        self, thread: ThreadMetadata, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        widget = DynamicWidgetRoot.model_validate(
            {
                "type": "Card",
                "children": [
                    {"type": "Text", "id": "grows", "value": "Once", "streaming": True},
                    {"type": "Badge", "id": "changes", "label": "old"},
                ],
            }
        )
        item = WidgetItem(**self._new("message", thread, context), widget=widget)
        yield ThreadItemAddedEvent(item=item)
        badge = DynamicWidgetComponent.model_validate(
            {"type": "Badge", "id": "changes", "label": "new"}
        )
        for update in (
            WidgetStreamingTextValueDelta(component_id="grows", delta=" upon", done=False),
            WidgetStreamingTextValueDelta(component_id="grows", delta=" a time", done=True),
            WidgetComponentUpdated(component_id="changes", component=badge),
            WidgetRootUpdated(widget=counter(7)),
        ):
            yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
        yield ThreadItemDoneEvent(item=item.model_copy(update={"widget": counter(7)}))

    async def _workflows(
        self, thread: ThreadMetadata, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        first = CustomTask(title="Read", status_indicator="loading")
        item = WorkflowItem(
            **self._new("workflow", thread, context),
            workflow=Workflow(type="custom", tasks=[first]),
        )
        yield ThreadItemAddedEvent(item=item)
        search = SearchTask(title="Search", queries=["milk"], status_indicator="loading")
        done = first.model_copy(update={"status_indicator": "complete"})
        yield ThreadItemUpdatedEvent(
            item_id=item.id, update=WorkflowTaskAdded(task_index=1, task=search)
        )
        yield ThreadItemUpdatedEvent(
            item_id=item.id, update=WorkflowTaskUpdated(task_index=0, task=done)
        )
        workflow = Workflow(
            type="custom",
            tasks=[done, search.model_copy(update={"status_indicator": "complete"})],
            summary=CustomSummary(title="Looked around"),
        )
        yield ThreadItemDoneEvent(item=item.model_copy(update={"workflow": workflow}))

    async def _others(
        self, thread: ThreadMetadata, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ProgressUpdateEvent(text="Painting", icon="sparkle")
        picture = GeneratedImageItem(**self._new("message", thread, context))
        image = GeneratedImage(id="img_1", url=PIXEL)
        yield ThreadItemAddedEvent(item=picture)
        yield ThreadItemUpdatedEvent(
            item_id=picture.id, update=GeneratedImageUpdated(image=image, progress=0.5)
        )
        yield ThreadItemDoneEvent(item=picture.model_copy(update={"image": image}))
        yield ThreadItemDoneEvent(
            item=TaskItem(**self._new("task", thread, context), task=CustomTask(title="Filed"))
        )
        yield ThreadItemDoneEvent(
            item=HiddenContextItem(**self._new("message", thread, context), content="hidden words")
        )
        secret = HiddenContextItem(**self._new("message", thread, context), content="hidden too")
        yield ThreadItemAddedEvent(item=secret)
        yield ThreadItemDoneEvent(item=secret)
        gone = self._message(thread, context, "never mind")
        yield ThreadItemAddedEvent(item=gone)
        yield ThreadItemRemovedEvent(item_id=gone.id)
        early = self._message(thread, context, "early")
        yield ThreadItemDoneEvent(item=early)
        late = early.model_copy(update={"content": [AssistantMessageContent(text="late")]})
        yield ThreadItemReplacedEvent(item=late)
        yield NoticeEvent(level="info", message="You have **three** messages left.", title="Note")
        yield ClientEffectEvent(name="confetti", data={"colour": "gold"})
        thread.title = "Everything"
        yield ThreadItemDoneEvent(item=self._question(thread, context))
        yield ThreadItemDoneEvent(item=EndOfTurnItem(**self._new("message", thread, context)))

    async def _continued(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        tasks = [CustomTask(title="Read", status_indicator="complete")]
        item = WorkflowItem(
            **self._new("workflow", thread, context),
            workflow=Workflow(type="custom", tasks=[*tasks]),
        )
        yield ThreadItemDoneEvent(item=item)
        yield ThreadItemAddedEvent(item=item)
        task = CustomTask(title="Write", status_indicator="loading")
        yield ThreadItemUpdatedEvent(
            item_id=item.id, update=WorkflowTaskAdded(task_index=1, task=task)
        )
        await asyncio.Event().wait()
