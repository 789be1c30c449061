"""A Todo assistant on the OpenAI Agents SDK: the model calls tools that keep the tasks.

Run it with ``OPENAI_API_KEY=… CHATKIT_SERVER=examples.agents_sdk:TaskAssistant make run``.
"""

import os
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

from agents import Agent, RunContextWrapper, Runner, function_tool
from chatkit.agents import AgentContext, simple_to_agent_input, stream_agent_response
from chatkit.server import ChatKitServer
from chatkit.types import ThreadMetadata, ThreadStreamEvent, UserMessageItem

Context = dict[str, Any]
Run = RunContextWrapper[AgentContext[Context]]

HISTORY = 20

tasks: dict[str, list[dict[str, Any]]] = defaultdict(list)
"""The tasks of each user; a real assistant has a database for them."""


def _tasks(run: Run) -> list[dict[str, Any]]:
    return tasks[run.context.request_context["user_id"]]


@function_tool
def get_tasks(run: Run) -> list[dict[str, Any]]:
    """Return all tasks of the user."""
    return _tasks(run)


@function_tool
def add_task(run: Run, title: str) -> dict[str, Any]:
    """Add a task to the user's list."""
    task = {"id": len(_tasks(run)) + 1, "title": title, "done": False}
    _tasks(run).append(task)
    return task


@function_tool
def complete_task(run: Run, task_id: int) -> str:
    """Mark a task of the user as done."""
    for task in _tasks(run):
        if task["id"] == task_id:
            task["done"] = True
            return f"{task['title']} is done."
    return f"There is no task {task_id}."


assistant = Agent[AgentContext[Context]](
    name="Tasks",
    instructions="Keep the user's tasks with the tools, and say briefly what you did.",
    model=os.environ.get("CHATKIT_MODEL"),
    tools=[get_tasks, add_task, complete_task],
)


class TaskAssistant(ChatKitServer[Context]):
    """Lets the agent answer, and streams what it says."""

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: Context,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Run the agent over the newest items of the thread."""
        newest = await self.store.load_thread_items(
            thread.id, after=None, limit=HISTORY, order="desc", context=context
        )
        history = await simple_to_agent_input(newest.data[::-1])
        agent_context = AgentContext(thread=thread, store=self.store, request_context=context)
        result = Runner.run_streamed(assistant, history, context=agent_context)
        async for event in stream_agent_response(agent_context, result):
            yield event
