"""A small to-do list with tools of the same names and parameters as the assistant's."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from agents import (
    FunctionTool,
    RunContextWrapper,
    function_tool,
)
from pydantic import BaseModel

Which = Literal["open", "done", "all"]
INSTRUCTIONS = "You keep a list.\nToday is Sunday, 22 November 2026 (2026-11-22).\n"


@dataclass
class Todo:
    id: str
    title: str
    due: str | None = None
    done: bool = False
    completed: str | None = None


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
            "completed": todo.completed,
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
