"""What the tools of one run share: the thread to write to, the owner's tasks, and what is meant."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from chatkit.agents import AgentContext
from chatkit.types import (
    HiddenContextItem,
    ProgressUpdateEvent,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadStreamEvent,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot
from pydantic import Field, PrivateAttr, SkipValidation

from chat.assistant.references import Known
from chat.assistant.todos import Todos, Which, in_order
from chat.assistant.widgets import Notice, card_text, task_card
from store.base import Todo


class TodoContext(AgentContext[Any]):
    """The Agents SDK's run context of the Todo assistant.

    Attributes:
        todos: everything that can be done to tasks.
        shown: ids of tasks as the user last saw them numbered in this thread.
        choices: what the latest question offered and the newest message mentions, with the
            ids they stand for.
        message_length: how long the message is that is answered, in characters.
        longest_message: how long it may be, in characters.
        pause: seconds for which each step of a plan is shown, so that people see it.
        remote: names of the tools that are other programs'.
        waiting: whether the run has asked the user or the browser, and so has to end.
    """

    todos: SkipValidation[Todos]
    shown: Sequence[str] = ()
    choices: Mapping[str, str] = Field(default_factory=dict)
    message_length: int = 0
    longest_message: int = 100_000
    pause: float = 0.0
    remote: Sequence[str] = ()
    waiting: bool = False
    _card: WidgetItem | None = PrivateAttr(default=None)
    _undelivered: dict[int, asyncio.Event] = PrivateAttr(default_factory=dict)
    _unheard: int = PrivateAttr(default=0)
    _all_heard: asyncio.Event = PrivateAttr(default_factory=asyncio.Event)

    @property
    def today(self) -> date:
        """The day that "today" means."""
        return self.todos.today

    async def load(self) -> list[Todo]:
        """Return all of the owner's tasks."""
        return await self.todos.load(self.request_context)

    async def known(self) -> Known:
        """Return what the user may refer to."""
        return Known(await self.load(), self.shown, self.choices)

    async def stream(self, event: ThreadStreamEvent) -> None:
        """Send an event into the thread, and return when it has arrived there.

        The model's events and the tools' travel on two ways. Without waiting at both ends,
        what a tool shows could overtake the words said before it, arrive after those said
        about it, or hold changes that are announced only later.
        """
        await self._all_heard.wait()
        arrived = self._undelivered[id(event)] = asyncio.Event()
        await super().stream(event)
        await arrived.wait()

    def model_begins(self) -> None:
        """Note that the model is asked: what tools show has to wait for its answer."""
        self._unheard += 1
        self._all_heard.clear()

    def model_heard(self) -> None:
        """Note that one whole answer of the model has arrived in the thread."""
        self._unheard -= 1
        if self._unheard == 0:
            self._all_heard.set()

    def delivered(self, event: ThreadStreamEvent) -> None:
        """Let whoever sent an event go on: the thread has it."""
        if arrived := self._undelivered.pop(id(event), None):
            arrived.set()

    def let_go(self) -> None:
        """End the SDK's wait for the next event of a tool; the run is over."""
        self._events.put_nowait(ProgressUpdateEvent(text=""))

    async def show_card(self, which: Which, notice: Notice | None = None) -> None:
        """Show the task card; a second time in the same run, in the place of the first."""
        todos = await self.load()
        text = card_text(todos, which, self.today)
        shown = await self.show_widget(
            task_card(todos, which, self.today, notice), text, self._card
        )
        self._card = shown

    async def show_widget(
        self, widget: DynamicWidgetRoot, copy_text: str, instead: WidgetItem | None = None
    ) -> WidgetItem:
        """Show a widget as a new item, or in place of one."""
        if instead:
            item = instead.model_copy(update={"widget": widget, "copy_text": copy_text})
            await self.stream(ThreadItemReplacedEvent(item=item))
            return item
        item = WidgetItem(
            id=self.generate_id("message"),
            thread_id=self.thread.id,
            created_at=datetime.now(UTC),
            widget=widget,
            copy_text=copy_text,
        )
        await self.stream(ThreadItemDoneEvent(item=item))
        return item

    async def tell_model(self, content: dict[str, Any]) -> None:
        """Leave a note in the thread that only the model sees, in later runs."""
        item = HiddenContextItem(
            id=self.generate_id("sdk_hidden_context"),
            thread_id=self.thread.id,
            created_at=datetime.now(UTC),
            content=content,
        )
        await self.stream(ThreadItemDoneEvent(item=item))

    def numbers(self, todos: Sequence[Todo]) -> dict[str, int]:
        """Return the number of each open task, as the card shows it now."""
        return {todo.id: place for place, todo in enumerate(in_order(todos, "open"), start=1)}
