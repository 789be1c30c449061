"""The tools that change tasks. In a thread, every one of them shows the list as it is then."""

from collections.abc import Awaitable, Callable
from typing import Any

from agents import function_tool
from pydantic import BaseModel

from chat.assistant.asking import ask_which, understand
from chat.assistant.context import TodoContext
from chat.assistant.notices import Wanted, notice_of
from chat.assistant.references import quoted
from chat.assistant.todos import clean_title, read_day
from chat.assistant.toolbox import Run, answer, is_done, is_open, listed, open_count, tool_failed
from chat.errors import Refused
from store.base import Todo

Change = Callable[[list[str]], Awaitable[list[Todo]]]


class NewTodo(BaseModel):
    """A task to add: its title, and its due day as an ISO date or null."""

    title: str
    due: str | None = None


@function_tool(failure_error_function=tool_failed)
async def add_todos(run: Run, todos: list[NewTodo]) -> str:
    """Add tasks to the user's list. Add all tasks of a message in one call.

    Args:
        run: what the tools of a run share.
        todos: the tasks, each with a short title and its due day (YYYY-MM-DD) or null.
    """
    context = run.context
    added = await context.todos.add(
        [(todo.title, todo.due) for todo in todos], context.request_context
    )
    await context.show_card("open")
    return answer(added=await listed(context, added), open=await open_count(context))


@function_tool(failure_error_function=tool_failed)
async def complete_todos(run: Run, todos: list[str]) -> str:
    """Mark tasks as done.

    Args:
        run: what the tools of a run share.
        todos: which tasks: ids, or the numbers or words of titles that the user said.
    """
    context = run.context

    async def complete(ids: list[str]) -> list[Todo]:
        return await context.todos.complete(ids, context.request_context)

    return await _carry_out(context, todos, "complete", is_open, complete)


@function_tool(failure_error_function=tool_failed)
async def reopen_todos(run: Run, todos: list[str]) -> str:
    """Mark done tasks as open again.

    Args:
        run: what the tools of a run share.
        todos: which tasks: ids, or the numbers or words of titles that the user said.
    """
    context = run.context

    async def reopen(ids: list[str]) -> list[Todo]:
        return await context.todos.reopen(ids, context.request_context)

    return await _carry_out(context, todos, "reopen", is_done, reopen)


@function_tool(failure_error_function=tool_failed)
async def delete_todos(run: Run, todos: list[str]) -> str:
    """Delete tasks.

    Args:
        run: what the tools of a run share.
        todos: which tasks: ids, or the numbers or words of titles that the user said.
    """
    context = run.context

    async def delete(ids: list[str]) -> list[Todo]:
        return await context.todos.delete(ids, context.request_context)

    return await _carry_out(context, todos, "delete", is_open, delete)


async def _carry_out(
    context: TodoContext,
    references: list[str],
    wanted: Wanted,
    preferred: Callable[[Todo], bool],
    change: Change,
) -> str:
    """Change the tasks that are meant, show the card, and ask about those that are unclear."""
    meant = await understand(context, references, preferred)
    result: dict[str, Any] = {}
    if meant.found:
        changed = await change([todo.id for todo in meant.found])
        await context.show_card("open", notice_of(wanted, changed))
        result[f"{wanted}d" if wanted != "reopen" else "reopened"] = await listed(context, changed)
    if meant.unclear:
        result |= await ask_which(context, meant.unclear, wanted)
    elif not references:
        raise Refused("Tell me which task you mean.")
    if meant.apology:
        done = (
            f"Done with {quoted(todo.title for todo in meant.found)}, but " if meant.found else ""
        )
        result["error"] = done + _inside(meant.apology) if done else meant.apology
    return answer(**result, open=await open_count(context))


def _inside(sentence: str) -> str:
    """Return a sentence as it reads after a comma."""
    return sentence if sentence.startswith("I ") else sentence[0].lower() + sentence[1:]


@function_tool(failure_error_function=tool_failed)
async def update_todo(
    run: Run,
    todo: str,
    title: str | None = None,
    due: str | None = None,
    clear_due: bool = False,
) -> str:
    """Give one task a new title or due day, or take its due day away.

    Args:
        run: what the tools of a run share.
        todo: which task: an id, or the number or words of the title that the user said.
        title: the new title, or null to keep it.
        due: the new due day (YYYY-MM-DD), or null to keep it.
        clear_due: true to take the due day away.
    """
    context = run.context
    changes: dict[str, Any] = {}
    if title is not None:
        changes["title"] = clean_title(title)
    if due is not None or clear_due:
        changes["due"] = None if clear_due else read_day(due, context.today)
    if not changes:
        raise Refused("Tell me what to change: the title or the date.")
    meant = await understand(context, [todo], is_open)
    if meant.unclear:
        details = {"title": title, "due": due, "clear_due": clear_due}
        return answer(**await ask_which(context, meant.unclear, "update", details))
    if not meant.found:
        raise Refused(meant.apology)
    before = meant.found[0]
    updated = await context.todos.update(before.id, changes, context.request_context)
    await context.show_card("open", notice_of("update", [updated]))
    after, was = await listed(context, [updated, before])
    return answer(updated=after, before=was)
