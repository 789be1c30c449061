"""A small to-do list with tools of the same names and parameters as the assistant's."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from agents import (
    Agent,
    FunctionTool,
    FunctionToolResult,
    RunConfig,
    RunContextWrapper,
    Runner,
    StopAtTools,
    ToolsToFinalOutputResult,
    TResponseInputItem,
    function_tool,
)
from pydantic import BaseModel

from chat.assistant.offline.model import OfflineModel

Which = Literal["open", "done", "all"]
INSTRUCTIONS = "You keep a list.\nToday is Sunday, 22 November 2026 (2026-11-22).\n"


@dataclass
class Todo:
    id: str
    title: str
    due: str | None = None
    done: bool = False


class NewTodo(BaseModel):
    title: str
    due: str | None


@dataclass
class TodoList:
    """One person's list, and what was done to it.

    Attributes:
        todos: all tasks, done ones included, in the order they were added.
        calls: the tools that were called, with their arguments.
        selected: what is selected in the browser.
        waiting: whether a tool asked the user something.
    """

    todos: list[Todo] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    note: dict[str, Any] = field(default_factory=dict)
    made: int = 0
    waiting: bool = False

    @classmethod
    def of(cls, *titles: str | tuple[str, str]) -> "TodoList":
        """Return a list of open tasks, given as titles or as titles with days."""
        made = cls()
        for each in titles:
            title, due = each if isinstance(each, tuple) else (each, None)
            made.add(title, due)
        return made

    def add(self, title: str, due: str | None = None) -> Todo:
        self.made += 1
        todo = Todo(f"todo_{self.made}", title, due)
        self.todos.append(todo)
        return todo

    @property
    def open(self) -> list[Todo]:
        """The open tasks as they are numbered: by day, those without one last."""
        return sorted(
            (todo for todo in self.todos if not todo.done), key=lambda todo: todo.due or "9"
        )

    @property
    def done(self) -> list[Todo]:
        return [todo for todo in self.todos if todo.done]

    @property
    def titles(self) -> list[str]:
        return [todo.title for todo in self.open]

    @property
    def called(self) -> list[str]:
        """The names of the tools that were called."""
        return [name for name, _ in self.calls]

    def find(self, reference: str, among: list[Todo]) -> list[Todo]:
        """Return the tasks that a number, an id or a part of a title means."""
        if reference.isdigit():
            return self.open[int(reference) - 1 : int(reference)]
        for todo in self.todos:
            if todo.id == reference:
                return [todo]
        exact = [todo for todo in among if todo.title.lower() == reference.lower()]
        return exact or [todo for todo in among if reference.lower() in todo.title.lower()]

    def told(self, todo: Todo) -> dict[str, Any]:
        number = self.open.index(todo) + 1 if todo in self.open else None
        return {
            "number": number,
            "id": todo.id,
            "title": todo.title,
            "due": todo.due,
            "done": todo.done,
        }

    def answer(self, **parts: Any) -> str:
        told = {
            name: [self.told(each) for each in value] if isinstance(value, list) else value
            for name, value in parts.items()
        }
        return json.dumps(told)


Run = RunContextWrapper[TodoList]


@function_tool
def add_todos(run: Run, todos: list[NewTodo]) -> str:
    mine = run.context
    mine.calls.append(("add_todos", {"todos": [todo.model_dump() for todo in todos]}))
    added = [mine.add(todo.title, todo.due) for todo in todos]
    return mine.answer(added=added, open=len(mine.open))


@function_tool
def list_todos(run: Run, which: Which) -> str:
    mine = run.context
    mine.calls.append(("list_todos", {"which": which}))
    todos = {"open": mine.open, "done": mine.done, "all": mine.open + mine.done}[which]
    return mine.answer(todos=todos, open=len(mine.open), done=len(mine.done))


@function_tool
def show_todos(run: Run, which: Which) -> str:
    mine = run.context
    mine.calls.append(("show_todos", {"which": which}))
    return mine.answer(shown=len(mine.open), open=len(mine.open), done=len(mine.done))


@function_tool
def complete_todos(run: Run, todos: list[str]) -> str:
    return _change(run.context, "complete", "completed", todos)


@function_tool
def reopen_todos(run: Run, todos: list[str]) -> str:
    return _change(run.context, "reopen", "reopened", todos)


@function_tool
def delete_todos(run: Run, todos: list[str]) -> str:
    return _change(run.context, "delete", "deleted", todos)


def _change(mine: TodoList, wanted: str, result: str, references: list[str]) -> str:
    mine.calls.append((f"{wanted}_todos", {"todos": references}))
    among = mine.done if wanted == "reopen" else mine.open
    found: list[Todo] = []
    for reference in references:
        match mine.find(reference, among):
            case []:
                return json.dumps({"error": f"I could not find a task called “{reference}”."})
            case [todo]:
                found.append(todo)
            case several:
                return _ask(mine, wanted, several)
    for todo in found:
        if wanted == "delete":
            mine.todos.remove(todo)
        else:
            todo.done = wanted == "complete"
    return mine.answer(**{result: found}, open=len(mine.open))


def _ask(mine: TodoList, wanted: str, several: list[Todo], **details: Any) -> str:
    mine.waiting = True
    mine.note = {"wanted": wanted, **details, "choices": {todo.title: todo.id for todo in several}}
    question = "Which of these do you mean?"
    options = [todo.title for todo in several]
    return json.dumps({"question": question, "options": options, "wanted": wanted})


@function_tool
def update_todo(run: Run, todo: str, title: str | None, due: str | None, clear_due: bool) -> str:
    mine = run.context
    changes = {"title": title, "due": due, "clear_due": clear_due}
    mine.calls.append(("update_todo", {"todo": todo, **changes}))
    match mine.find(todo, mine.open):
        case []:
            return json.dumps({"error": f"I could not find a task called “{todo}”."})
        case [found]:
            before = mine.told(found)
            found.title = title or found.title
            found.due = None if clear_due else due or found.due
            return json.dumps({"updated": mine.told(found), "before": before})
        case several:
            return _ask(mine, "update", several, **changes)


@function_tool
def plan_day(run: Run, day: str) -> str:
    mine = run.context
    mine.calls.append(("plan_day", {"day": day}))
    steps = [{"title": todo.title, "when": "09:00-09:45"} for todo in mine.open]
    return json.dumps({"day": day, "steps": steps})


@function_tool
def show_chart(run: Run, days: int) -> str:
    mine = run.context
    mine.calls.append(("show_chart", {"days": days}))
    best = {"day": "2026-11-21", "done": len(mine.done)} if mine.done else None
    return json.dumps({"days": days, "done": len(mine.done), "best": best})


@function_tool
def get_selected_text(run: Run) -> str:
    run.context.calls.append(("get_selected_text", {}))
    return json.dumps({"waiting": True})


TOOLS: list[FunctionTool] = [
    add_todos, list_todos, show_todos, complete_todos, reopen_todos, update_todo, delete_todos,
    plan_day, show_chart, get_selected_text,
]  # fmt: skip


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
