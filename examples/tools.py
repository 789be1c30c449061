"""Tools: one of the server, with progress and a widget, and one that the browser carries out.

Run it with ``OPENAI_API_KEY=… CHATKIT_SERVER=examples.tools:WeatherServer make run``.
"""

import os
from collections.abc import AsyncIterator
from typing import Any

from agents import Agent, RunContextWrapper, Runner, StopAtTools, function_tool
from chatkit.agents import (
    AgentContext,
    ClientToolCall,
    simple_to_agent_input,
    stream_agent_response,
)
from chatkit.server import ChatKitServer
from chatkit.types import ProgressUpdateEvent, ThreadMetadata, ThreadStreamEvent, UserMessageItem
from chatkit.widgets import DynamicWidgetRoot

Context = dict[str, Any]
Run = RunContextWrapper[AgentContext[Context]]

HISTORY = 20


@function_tool
async def show_weather(run: Run, place: str) -> str:
    """Show the weather of a place as a card."""
    await run.context.stream(ProgressUpdateEvent(text=f"Looking out of the window in {place}"))
    card = DynamicWidgetRoot.model_validate(
        {
            "type": "Card",
            "children": [
                {"type": "Caption", "value": place},
                {"type": "Title", "value": "21 °C"},
                {"type": "Text", "value": "Sunny, a light wind from the west"},
            ],
        }
    )
    await run.context.stream_widget(card, copy_text=f"{place}: 21 °C, sunny")
    return f"The card with the weather of {place} is shown."


@function_tool
async def get_selected_text(run: Run) -> None:
    """Ask for the text that the user has selected in the page."""
    run.context.client_tool_call = ClientToolCall(name="get_selected_text", arguments={})


assistant = Agent[AgentContext[Context]](
    name="Weather",
    instructions="Show the weather with show_weather; a place may be what the user has selected.",
    model=os.environ.get("CHATKIT_MODEL"),
    tools=[show_weather, get_selected_text],
    # The browser's answer begins the next turn, so this one ends with the question.
    tool_use_behavior=StopAtTools(stop_at_tool_names=["get_selected_text"]),
)


class WeatherServer(ChatKitServer[Context]):
    """Lets the agent answer, and streams what it and its tools show."""

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: Context,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Run the agent; without a message, go on after a tool of the browser."""
        newest = await self.store.load_thread_items(
            thread.id, after=None, limit=HISTORY, order="desc", context=context
        )
        history = await simple_to_agent_input(newest.data[::-1])
        agent_context = AgentContext(thread=thread, store=self.store, request_context=context)
        result = Runner.run_streamed(assistant, history, context=agent_context)
        async for event in stream_agent_response(agent_context, result):
            yield event
