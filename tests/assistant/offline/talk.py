"""Talking with the embedded model about a small to-do list, through the real runner."""

import json
from typing import Any

from agents import (
    Agent,
    FunctionToolResult,
    RunConfig,
    Runner,
    StopAtTools,
    ToolsToFinalOutputResult,
    TResponseInputItem,
)

from chat.assistant.offline.model import OfflineModel
from tests.assistant.offline.todo_list import INSTRUCTIONS, TOOLS, Run, TodoList


def stop_while_waiting(run: Run, results: list[FunctionToolResult]) -> ToolsToFinalOutputResult:
    """End a run that waits for the browser or the user."""
    client = StopAtTools(stop_at_tool_names=["get_selected_text"])["stop_at_tool_names"]
    stops = run.context.waiting or any(result.tool.name in client for result in results)
    return ToolsToFinalOutputResult(is_final_output=stops, final_output="" if stops else None)


class Talk:
    """A conversation with the model about a list, through the real runner.

    What is kept between two messages is what a ChatKit thread keeps: what was said, but not
    which tools were called.
    """

    def __init__(self, mine: TodoList | None = None, tools: list[Any] | None = None) -> None:
        self.mine = mine or TodoList()
        self.history: list[TResponseInputItem] = []
        self.agent = Agent[TodoList](
            name="Assistant",
            instructions=INSTRUCTIONS,
            model=OfflineModel(pause=0),
            tools=list(TOOLS) if tools is None else tools,
            tool_use_behavior=stop_while_waiting,
        )

    async def say(self, text: str) -> str:
        """Send a message and return the answer."""
        self.history.append({"role": "user", "type": "message", "content": text})
        return await self.go_on()

    async def quote(self, text: str, quoted: str) -> str:
        """Send a message that quotes something."""
        self.history.append({"role": "user", "type": "message", "content": text})
        frame = f"The user is referring to this in particular: \n{quoted}"
        self.history.append({"role": "user", "type": "message", "content": frame})
        return await self.go_on()

    async def go_on(self) -> str:
        """Run the agent on what was said, and return what it answers."""
        self.mine.waiting = False
        result = Runner.run_streamed(
            self.agent,
            list(self.history),
            context=self.mine,
            run_config=RunConfig(tracing_disabled=True),
        )
        async for _ in result.stream_events():
            pass
        answer = str(result.final_output)
        if answer:
            self.history.append({"role": "assistant", "type": "message", "content": answer})
        return answer

    async def choose(self, *titles: str, status: str = "answered") -> str:
        """Answer the question that a tool asked; no titles where it is skipped."""
        said = ", ".join(titles) or "skipped"
        self.hidden(json.dumps(self.mine.note))
        self.history.append(
            {
                "role": "user",
                "type": "message",
                "content": "A structured input request was displayed to the user with the "
                f"following status: {status}\n<StructuredInput>\n"
                f"- Which of these do you mean?: {said}\n</StructuredInput>",
            }
        )
        return await self.go_on()

    async def select(self, output: dict[str, Any]) -> str:
        """Give the browser's answer to a client tool call that waits for it."""
        call_id = f"call_{len(self.history)}"
        self.history.append(
            {
                "type": "function_call",
                "call_id": call_id,
                "name": "get_selected_text",
                "arguments": "{}",
            }
        )
        self.history.append(
            {"type": "function_call_output", "call_id": call_id, "output": json.dumps(output)}
        )
        return await self.go_on()

    def hidden(self, text: str) -> None:
        """Leave a note that only the model sees."""
        self.history.append(
            {
                "role": "user",
                "type": "message",
                "content": "Hidden context for the agent (not shown to the user):\n"
                f"<HiddenContext>\n{text}\n</HiddenContext>",
            }
        )
