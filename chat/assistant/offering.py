"""The assistant's tools for other programs: those of its model that need no page to show anything.

Each tool is defined once, as the model gets it; here it is only called in another way.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from agents import FunctionTool
from agents.tool_context import ToolContext
from chatkit.store import Store
from chatkit.types import ThreadMetadata, ThreadStreamEvent
from pydantic import PrivateAttr

from chat.assistant.changing import (
    add_todos,
    complete_todos,
    delete_todos,
    reopen_todos,
    update_todo,
)
from chat.assistant.context import TodoContext
from chat.assistant.todos import Todos, in_order
from chat.assistant.tools import list_todos, plan_day
from chat.tools import Tool, ToolResult, UnknownTool

INSTRUCTIONS = """\
The user's list of tasks. Refer to a task by its id, or by exactly the number or the words that
the user said; numbers count the open tasks as list_todos lists them. Dates are ISO dates. Where
a tool answers with a `question`, ask the user, then call again with the ids of their choices.
"""

OFFERED = {
    tool.name: tool
    for tool in (
        list_todos,
        add_todos,
        complete_todos,
        reopen_todos,
        update_todo,
        delete_todos,
        plan_day,
    )
}
READING = {list_todos.name, plan_day.name}
DELETING = {delete_todos.name}


class UnwatchedContext(TodoContext):
    """What tools share where nobody watches: what they show is dropped.

    Attributes:
        noted: what a tool wanted only a model to know, which is who calls here.
    """

    _noted: dict[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def noted(self) -> dict[str, Any]:
        """What was noted so far."""
        return self._noted

    async def stream(self, event: ThreadStreamEvent) -> None:
        """Show nothing."""

    async def tell_model(self, content: dict[str, Any]) -> None:
        """Keep the note for the caller."""
        self._noted |= content


class TodoTools:
    """The tools that other programs may use; a `chat.tools.Tools`."""

    instructions = INSTRUCTIONS
    offered = tuple(
        Tool(
            name=tool.name,
            description=tool.description,
            parameters=tool.params_json_schema,
            reads_only=tool.name in READING,
            deletes=tool.name in DELETING,
        )
        for tool in OFFERED.values()
    )

    def __init__(self, todos: Todos, store: Store[Any]) -> None:
        """Take the tasks, and the store that they belong to."""
        self._todos = todos
        self._store = store

    async def call(self, name: str, arguments: Mapping[str, Any], context: Any) -> ToolResult:
        """Call a tool; see `chat.tools.Tools.call`.

        Raises:
            UnknownTool: there is none of that name.
        """
        try:
            tool = OFFERED[name]
        except KeyError:
            raise UnknownTool(name) from None
        todos = in_order(await self._todos.load(context), "open")
        unwatched = UnwatchedContext(
            thread=ThreadMetadata(id="thr_unwatched", created_at=datetime.now(UTC)),
            store=self._store,
            request_context=context,
            todos=self._todos,
            shown=[todo.id for todo in todos],
        )
        answer = await _call(tool, json.dumps(arguments), unwatched) | unwatched.noted
        return ToolResult(answer, failed=answer.keys() <= {"error", "open"} and "error" in answer)


async def _call(tool: FunctionTool, arguments: str, context: TodoContext) -> dict[str, Any]:
    run = ToolContext(context, tool_name=tool.name, tool_call_id="", tool_arguments=arguments)
    answer: dict[str, Any] = json.loads(await tool.on_invoke_tool(run, arguments))
    return answer
