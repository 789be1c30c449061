"""The Todo assistant as a `ChatKitServer`: the default of the setting ``CHATKIT_SERVER``."""

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from agents import Agent, RunConfig, Runner, TResponseInputItem
from chatkit.actions import Action
from chatkit.server import ChatKitServer
from chatkit.store import AttachmentStore, Store
from chatkit.types import (
    NoticeEvent,
    SyncCustomActionResponse,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    WidgetItem,
)

from chat.assistant.actions import Actions, Outcome
from chat.assistant.agent import MOST_STEPS, build_agent, run_config, with_tools
from chat.assistant.clicks import record_click
from chat.assistant.context import TodoContext
from chat.assistant.history import read_history
from chat.assistant.memory_todos import MemoryTodos
from chat.assistant.mentions import TaskEntities
from chat.assistant.model import choose_model
from chat.assistant.offering import TodoTools
from chat.assistant.remote import RemoteTools
from chat.assistant.streaming import InOrder, stream_run
from chat.assistant.titles import make_title, text_of
from chat.assistant.todos import Clock, Todos, in_order, local_now
from chat.assistant.usage import count
from chat.assistant.widgets import is_ours
from chat.mcp_servers import load_mcp_servers
from chat.settings import Settings
from store.base import KeepsTodos
from store.files import AttachmentFiles

log = logging.getLogger(__name__)

STEP_SECONDS = 0.8
"""How long each step of a plan is shown."""


def create_server(
    store: Store[Any], attachment_store: AttachmentStore[Any] | None, settings: Settings
) -> "TodoServer":
    """Return the Todo assistant on a store, with the model that the settings name."""
    return TodoServer(store, attachment_store, settings)


class TodoServer(ChatKitServer[Any]):
    """Keeps its users' tasks, in conversation and by clicks.

    Args:
        store: keeps threads, and tasks where it can; otherwise those are in memory only.
        attachment_store: keeps attachments; their text and images are given to the model
            where it offers its `AttachmentFiles` as ``files``.
        settings: which model, and how much of a thread it is given.
        step_seconds: how long each step of a plan is shown.
        clock: tells the time, with a zone.

    Attributes:
        entities: what can be mentioned with ``@``: everyone's own tasks.
    """

    def __init__(
        self,
        store: Store[Any],
        attachment_store: AttachmentStore[Any] | None,
        settings: Settings,
        *,
        step_seconds: float = STEP_SECONDS,
        clock: Clock = local_now,
    ) -> None:
        super().__init__(store, attachment_store)
        self._settings = settings
        self._step_seconds = step_seconds
        files = getattr(attachment_store, "files", None)
        self._files = files if isinstance(files, AttachmentFiles) else None
        self._chosen = choose_model(settings)
        self._agent = build_agent(self._chosen)
        self._remote = RemoteTools(
            load_mcp_servers(settings),
            settings.history_characters,
            {tool.name for tool in self._agent.tools},
        )
        self._todos = Todos(_kept_by(store), clock)
        self._actions = Actions(self._todos)
        self.entities = TaskEntities(self._todos)
        self.tools = TodoTools(self._todos, store)

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Answer a message, or go on after a client tool or a question was answered.

        Protocol: `ChatKitServer.respond`.

        Raises:
            CustomStreamError: the answer failed; the message is for the user.
        """
        history = await read_history(self.store, thread, context, self._settings, self._files)
        todos = in_order(await self._todos.load(context), "open")
        async with self._remote.reach() as remote:
            for apology in remote.apologies:
                yield NoticeEvent(level="warning", message=apology)
            run_context = TodoContext(
                thread=thread,
                store=self.store,
                request_context=context,
                todos=self._todos,
                shown=history.shown or [todo.id for todo in todos],
                choices=history.choices,
                message_length=len(text_of(input_user_message)) if input_user_message else 0,
                longest_message=self._settings.history_characters,
                pause=self._step_seconds,
                remote=[tool.name for tool in remote.tools],
            )
            agent = with_tools(self._agent, remote.tools)
            config = run_config(self._settings, self._chosen, agent, thread, input_user_message)
            async for event in self._answer(agent, history.input, run_context, config):
                yield event
        if input_user_message and not thread.title:
            await self._give_title(thread, input_user_message, context)

    async def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Do what a click asks for, and show the task card in place of what was clicked.

        Protocol: `ChatKitServer.action`.

        Raises:
            CustomStreamError: the action is unknown or not valid; the message is for the user.
        """
        outcome = await self._actions.perform(action, sender, context)
        await self._remember(outcome, thread, context)
        if sender is not None and is_ours(sender):
            yield ThreadItemReplacedEvent(item=_updated(sender, outcome))
            return
        item = WidgetItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id,
            created_at=datetime.now(UTC),
            widget=outcome.widget,
            copy_text=outcome.copy_text,
        )
        yield ThreadItemDoneEvent(item=item)

    async def sync_action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> SyncCustomActionResponse:
        """Do what a click asks for, and return the task card in place of what was clicked.

        Protocol: `ChatKitServer.sync_action`.

        Raises:
            CustomStreamError: the action is unknown or not valid; the message is for the user.
        """
        outcome = await self._actions.perform(action, sender, context)
        await self._remember(outcome, thread, context)
        if sender is None or not is_ours(sender):
            return SyncCustomActionResponse()
        return SyncCustomActionResponse(updated_item=_updated(sender, outcome))

    async def close(self) -> None:
        """Close the connections to the model."""
        await self._chosen.model.close()

    async def _answer(
        self,
        agent: Agent[TodoContext],
        history: list[TResponseInputItem],
        run_context: TodoContext,
        config: RunConfig,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Run the agent, and count what it took."""
        result = Runner.run_streamed(
            agent,
            history,
            context=run_context,
            max_turns=MOST_STEPS,
            hooks=InOrder(),
            run_config=config,
        )
        try:
            async for event in stream_run(run_context, result):
                yield event
        finally:
            count(result.context_wrapper.usage, self._chosen.name, "answer")

    async def _remember(self, outcome: Outcome, thread: ThreadMetadata, context: Any) -> None:
        async with self._todos.changing(context):
            await record_click(self.store, thread, outcome.click, context)

    async def _give_title(
        self, thread: ThreadMetadata, message: UserMessageItem, context: Any
    ) -> None:
        """Give a thread a title, unless its owner did while it was answered."""
        title = await make_title(message, self._chosen)
        thread.title = (await self.store.load_thread(thread.id, context)).title or title


def _updated(sender: WidgetItem, outcome: Outcome) -> WidgetItem:
    changes = {"widget": outcome.widget, "copy_text": outcome.copy_text}
    return sender.model_copy(update=changes)


def _kept_by(store: Store[Any]) -> KeepsTodos:
    if isinstance(store, KeepsTodos):
        return store
    log.warning("tasks are kept in memory only: this store cannot keep them")
    return MemoryTodos()
