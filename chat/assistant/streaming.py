"""A run of the agent as ChatKit events: the SDK's conversion, made safe to break off.

The SDK merges the model's events and the tools' events with two tasks that it leaves waiting
when a run fails or is cancelled. Here both are let go, the model is stopped at once, ids are
made unique, and every failure becomes one sentence.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, cast

from agents import Agent, RunContextWrapper, RunHooks, RunResultStreaming, Tool, TResponseInputItem
from agents.stream_events import AgentUpdatedStreamEvent, RawResponsesStreamEvent, StreamEvent
from chatkit.agents import stream_agent_response
from chatkit.errors import CustomStreamError, StreamError
from chatkit.types import (
    ProgressUpdateEvent,
    ThreadItemAddedEvent,
    ThreadStreamEvent,
    WorkflowItem,
)

from chat.assistant.context import TodoContext
from chat.assistant.failures import kind_error
from chat.assistant.ids import ItemIds


class RunEvents:
    """The events of a run, which may be dropped while somebody still waits for the next one."""

    def __init__(self, result: RunResultStreaming, context: TodoContext) -> None:
        """Take a run that has just been started, and its context."""
        self._result = result
        self._context = context
        self._events = result.stream_events()
        self._dropped = False
        self._complete = False

    def stream_events(self) -> "RunEvents":
        """Return the events, as `RunResultStreaming` does."""
        return self

    def __aiter__(self) -> AsyncIterator[StreamEvent]:
        return self

    async def __anext__(self) -> StreamEvent:
        if self._complete:  # whoever asks for the next event is done with the last one
            self._complete = False
            self._context.model_heard()
        try:
            event = await anext(self._events)
            self._complete = _completes(event)
            return event
        except BaseException:
            if not self._dropped:
                raise
            # Nobody reads this any more, but an exception would be logged as never retrieved.
            return AgentUpdatedStreamEvent(new_agent=self._result.current_agent)

    def drop(self) -> None:
        """Stop the run, and with it the model, at once."""
        self._dropped = True
        self._result.cancel()


async def stream_run(
    context: TodoContext, result: RunResultStreaming
) -> AsyncIterator[ThreadStreamEvent]:
    """Yield what a run shows in its thread.

    Args:
        context: the context that the run was started with.
        result: the run; it is stopped when this generator ends, however it ends.

    Raises:
        CustomStreamError: the run failed; the message is for the user.
    """
    ids = ItemIds(context.generate_id)
    run = RunEvents(result, context)
    events = cast(Any, stream_agent_response(context, cast(RunResultStreaming, run)))
    try:
        async with aclosing(events):
            async for event in events:
                for mapped in ids.map(_detached(event)):
                    yield mapped
                context.delivered(event)
    except (CustomStreamError, StreamError):
        raise
    except Exception as error:
        raise kind_error(error) from None
    finally:
        run.drop()
        context.let_go()


class InOrder(RunHooks[TodoContext]):
    """Lets what tools show wait for the words that the model said before it called them."""

    async def on_llm_start(
        self,
        context: RunContextWrapper[TodoContext],
        agent: Agent[TodoContext],
        system_prompt: str | None,
        input_items: list[TResponseInputItem],
    ) -> None:
        """Note that the model is asked."""
        context.context.model_begins()

    async def on_tool_start(
        self,
        context: RunContextWrapper[TodoContext],
        agent: Agent[TodoContext],
        tool: Tool,
    ) -> None:
        """Say which tool of another program is used; our own show what they do."""
        if tool.name in context.context.remote:
            using = ProgressUpdateEvent(icon="globe", text=f"Using {tool.name}")
            await context.context.stream(using)


def _completes(event: StreamEvent) -> bool:
    return isinstance(event, RawResponsesStreamEvent) and event.data.type == "response.completed"


def _detached(event: ThreadStreamEvent) -> ThreadStreamEvent:
    """Return an event whose workflow does not change when the tool goes on working at it."""
    if isinstance(event, ThreadItemAddedEvent) and isinstance(event.item, WorkflowItem):
        return event.model_copy(deep=True)
    return event
