"""ChatKit servers for tests. They know nothing of this project but the SDK and what an entity is.

`ScriptedServer` does what a message's first word says, so a test reads as what it sends:

    say TEXT          one finished message
    stream N [PAUSE]  N words, one delta each, PAUSE seconds apart (0.02)
    burst N           N words without ever waiting
    markdown TEXT     streams TEXT character by character
    everything        every kind of item, every kind of update and every kind of event
    fail              two words, then an exception
    refuse            a `CustomStreamError` with Retry
    hang              one word, then silence
    stubborn          goes on sending after it was cancelled
    title TEXT        gives the thread a title
    lock              locks the thread
    tool              a pending client tool call
    ask               a pending structured input
    widget            a widget whose button counts
    locked-stop       from now on the thread's turns may not be stopped
    deaf              ignores that it was cancelled, for three seconds
    silent            an empty message, then silence
    interleaved       a second message that is finished before the first
    many N            N finished messages
    late TEXT         a finished message that grows by TEXT, then silence
    replaced          a finished message that grows, and after half a second is another
    continued         a finished workflow that is taken up again, then silence
    search TEXT       a progress line with an icon, then silence
    slow-title TEXT   gives the thread a title after a third of a second
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from chatkit.actions import Action, ActionConfig
from chatkit.errors import CustomStreamError
from chatkit.server import ChatKitServer
from chatkit.store import Store
from chatkit.types import (
    Annotation,
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    AudioInput,
    ClientEffectEvent,
    ClientToolCallItem,
    CustomSummary,
    CustomTask,
    EndOfTurnItem,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    HiddenContextItem,
    LockedStatus,
    NoticeEvent,
    ProgressUpdateEvent,
    SearchTask,
    StreamOptions,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputMultipleChoiceOption,
    SyncCustomActionResponse,
    TaskItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    TranscriptionResult,
    URLSource,
    UserMessageItem,
    UserMessageTextContent,
    WidgetComponentUpdated,
    WidgetItem,
    WidgetRootUpdated,
    WidgetStreamingTextValueDelta,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)
from chatkit.widgets import BasicRoot, DynamicWidgetComponent, DynamicWidgetRoot

from chat.entities import Entity

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)


def counter(count: int) -> DynamicWidgetRoot:
    """A card that shows a number and a button that raises it."""
    raise_it = ActionConfig(type="count.raise", payload={"by": 1}).model_dump()
    at_once = ActionConfig(type="count.raise", payload={"by": 10}, streaming=False).model_dump()
    return DynamicWidgetRoot.model_validate(
        {
            "type": "Card",
            "children": [
                {"type": "Title", "value": f"Count {count}"},
                {"type": "Button", "label": "Raise", "onClickAction": raise_it},
                {"type": "Button", "label": "Raise by ten", "onClickAction": at_once},
            ],
        }
    )


class Cast:
    """Entities: people and a book, one of whom has a namesake, and an imp of a name."""

    known = (
        Entity(id="per_1", title="Harry Potter", icon="user", group="People", interactive=True),
        Entity(id="per_2", title="Harriet", icon="user", group="People", data={"desk": "12"}),
        Entity(id="per_3", title="Ron", icon="user", group="People", data={"house": "red"}),
        Entity(id="per_4", title="Ron", icon="user", group="People", data={"house": "blue"}),
        Entity(id="bk/1", title="The <b>Atlas</b>", icon="book-open", group="Books"),
    )

    async def search(self, query: str, context: Any) -> list[Entity]:
        """Find by any part of the title."""
        return [each for each in self.known if query.casefold() in each.title.casefold()]

    async def preview(self, entity: Entity, context: Any) -> BasicRoot | None:
        """Tell about those who are interactive."""
        known = next((each for each in self.known if each.id == entity.id), None)
        if known is None or not known.interactive:
            return None
        children = [
            {"type": "Title", "value": known.title, "size": "sm"},
            {"type": "Text", "value": "Lives under the stairs."},
        ]
        return BasicRoot.model_validate({"type": "Basic", "gap": 2, "children": children})


class ScriptedServer(ChatKitServer[Any]):
    """Does what the message says; see the module."""

    entities = Cast()

    def _new(self, kind: Any, thread: ThreadMetadata, context: Any) -> dict[str, Any]:
        return {
            "id": self.store.generate_item_id(kind, thread, context),
            "thread_id": thread.id,
            "created_at": datetime.now(),
        }

    def _message(self, thread: ThreadMetadata, context: Any, text: str) -> AssistantMessageItem:
        content = [AssistantMessageContent(text=text)] if text else []
        return AssistantMessageItem(**self._new("message", thread, context), content=content)

    def get_stream_options(self, thread: ThreadMetadata, context: Any) -> StreamOptions:
        """Forbid Stop where the thread says so."""
        return StreamOptions(allow_cancel=not thread.metadata.get("no_stop"))

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Run the script that the message names."""
        text = "say Thank you."
        if input_user_message:
            parts = input_user_message.content
            text = "".join(part.text for part in parts if isinstance(part, UserMessageTextContent))
        word, _, rest = text.partition(" ")
        script = getattr(self, f"_{word.replace('-', '_')}", None) or self._say
        async for event in script(thread, context, rest or text):
            yield event

    async def _say(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemDoneEvent(item=self._message(thread, context, rest))

    async def _pieces(
        self, thread: ThreadMetadata, context: Any, pieces: list[str], pause: float
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "")
        yield ThreadItemAddedEvent(item=item)
        yield ThreadItemUpdatedEvent(
            item_id=item.id,
            update=AssistantMessageContentPartAdded(
                content_index=0, content=AssistantMessageContent(text="")
            ),
        )
        for piece in pieces:
            if pause:
                await asyncio.sleep(pause)
            yield ThreadItemUpdatedEvent(
                item_id=item.id,
                update=AssistantMessageContentPartTextDelta(content_index=0, delta=piece),
            )
        content = AssistantMessageContent(text="".join(pieces))
        yield ThreadItemUpdatedEvent(
            item_id=item.id,
            update=AssistantMessageContentPartDone(content_index=0, content=content),
        )
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))

    async def _stream(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        count, _, pause = rest.partition(" ")
        words = [f"word{number} " for number in range(int(count))]
        async for event in self._pieces(thread, context, words, float(pause or 0.02)):
            yield event

    async def _burst(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        words = [f"word{number} " for number in range(int(rest))]
        async for event in self._pieces(thread, context, words, 0):
            yield event

    async def _markdown(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        async for event in self._pieces(thread, context, list(rest), 0.002):
            yield event

    async def _fail(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "half an")
        yield ThreadItemAddedEvent(item=item)
        raise RuntimeError("secret internal detail")

    async def _refuse(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ProgressUpdateEvent(text="Trying")
        raise CustomStreamError("The model is busy. Try again in a minute.", allow_retry=True)

    async def _hang(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemAddedEvent(item=self._message(thread, context, "word0 "))
        await asyncio.Event().wait()

    async def _stubborn(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "before ")
        yield ThreadItemAddedEvent(item=item)
        for number in range(1000):
            try:
                await asyncio.sleep(0.05)
            except asyncio.CancelledError:
                yield ThreadItemUpdatedEvent(
                    item_id=item.id,
                    update=AssistantMessageContentPartTextDelta(content_index=0, delta="after "),
                )
            yield ThreadItemUpdatedEvent(
                item_id=item.id,
                update=AssistantMessageContentPartTextDelta(content_index=0, delta=f"{number} "),
            )

    async def _deaf(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "Hm.")
        yield ThreadItemAddedEvent(item=item)
        loop = asyncio.get_running_loop()
        end = loop.time() + 3
        while loop.time() < end:
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(0.1)
        yield ThreadItemDoneEvent(item=item)

    async def _silent(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemAddedEvent(item=self._message(thread, context, ""))
        await asyncio.Event().wait()

    async def _search(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ProgressUpdateEvent(text=f"Looking for {rest}", icon="search")
        await asyncio.Event().wait()

    async def _interleaved(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        first, second = (self._message(thread, context, text) for text in ("first", "second"))
        yield ThreadItemAddedEvent(item=first)
        yield ThreadItemDoneEvent(item=second)
        yield ThreadItemDoneEvent(item=first)

    async def _many(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        for number in range(int(rest)):
            yield ThreadItemDoneEvent(item=self._message(thread, context, f"Number {number}."))

    async def _late(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "early")
        yield ThreadItemDoneEvent(item=item)
        update = AssistantMessageContentPartTextDelta(content_index=0, delta=f" {rest}")
        yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
        await asyncio.Event().wait()

    async def _replaced(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = self._message(thread, context, "early")
        yield ThreadItemDoneEvent(item=item)
        update = AssistantMessageContentPartTextDelta(content_index=0, delta=" and late")
        yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
        await asyncio.sleep(0.5)
        content = [AssistantMessageContent(text="another")]
        yield ThreadItemReplacedEvent(item=item.model_copy(update={"content": content}))

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

    async def _slow_title(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ProgressUpdateEvent(text="Thinking of a title")
        await asyncio.sleep(0.3)
        thread.title = rest
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Titled."))

    async def _title(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        thread.title = rest
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Titled."))

    async def _lock(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        thread.status = LockedStatus(reason="This thread is finished.")
        yield ThreadItemDoneEvent(item=self._message(thread, context, "Locked."))

    async def _locked_stop(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        thread.metadata = {"no_stop": True}
        yield ThreadItemDoneEvent(item=self._message(thread, context, "From now on no Stop."))

    async def _tool(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemDoneEvent(
            item=ClientToolCallItem(
                **self._new("tool_call", thread, context),
                call_id="call_1",
                name="get_selected_text",
                arguments={},
            )
        )

    async def _ask(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        yield ThreadItemDoneEvent(item=self._question(thread, context))

    def _question(self, thread: ThreadMetadata, context: Any) -> StructuredInputItem:
        options = [StructuredInputMultipleChoiceOption(value=value) for value in ("Tea", "Coffee")]
        return StructuredInputItem(
            **self._new("message", thread, context),
            inputs=[
                StructuredInputMultipleChoice(
                    id="drink", question="What would you like?", options=options
                ),
                StructuredInputFreeform(id="name", question="For whom?"),
            ],
        )

    async def _widget(
        self, thread: ThreadMetadata, context: Any, rest: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        item = WidgetItem(**self._new("message", thread, context), widget=counter(0))
        yield ThreadItemDoneEvent(item=item)

    def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Raise the counter of the sending widget by an update of a stored item."""
        return self._raise(sender, action)

    async def _raise(
        self, sender: WidgetItem | None, action: Action[str, Any]
    ) -> AsyncIterator[ThreadStreamEvent]:
        if sender:
            widget = counter(_count(sender) + action.payload["by"])
            yield ThreadItemUpdatedEvent(item_id=sender.id, update=WidgetRootUpdated(widget=widget))

    async def sync_action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> SyncCustomActionResponse:
        """Raise the counter of the sending widget at once."""
        if sender is None:
            return SyncCustomActionResponse()
        widget = counter(_count(sender) + action.payload["by"])
        return SyncCustomActionResponse(updated_item=sender.model_copy(update={"widget": widget}))

    async def transcribe(self, audio_input: AudioInput, context: Any) -> TranscriptionResult:
        """Say how long the audio was."""
        return TranscriptionResult(
            text=f"{len(audio_input.data)} bytes of {audio_input.media_type}"
        )

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


def _count(sender: WidgetItem) -> int:
    title = sender.widget.model_dump()["children"][0]["value"]
    return int(title.removeprefix("Count "))


def scripted(store: Store[Any], attachment_store: Any) -> ScriptedServer:
    """Make a scripted server on the host's stores."""
    return ScriptedServer(store, attachment_store)


async def slow_to_load(store: Store[Any], attachment_store: Any) -> ScriptedServer:
    """Make a scripted server after a while, as one that imports much."""
    await asyncio.sleep(2)
    return ScriptedServer(store, attachment_store)


class BareServer(ChatKitServer[Any]):
    """Overrides nothing but what it must: no actions, no dictation, no attachments."""

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Say one word."""
        yield ThreadItemDoneEvent(
            item=AssistantMessageItem(
                id=self.store.generate_item_id("message", thread, context),
                thread_id=thread.id,
                created_at=datetime.now(),
                content=[AssistantMessageContent(text="Hello.")],
            )
        )


def bare(store: Store[Any]) -> BareServer:
    """Make a server that can do as little as possible."""
    return BareServer(store)
