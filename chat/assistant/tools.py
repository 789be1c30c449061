"""What the model can do: the tools that read and show tasks, and the list of all tools."""

import json

from agents import FunctionTool, function_tool
from chatkit.agents import ClientToolCall

from chat.assistant.changing import (
    add_todos,
    complete_todos,
    delete_todos,
    reopen_todos,
    update_todo,
)
from chat.assistant.planning import plan
from chat.assistant.todos import Which, in_order, read_day
from chat.assistant.toolbox import Run, answer, listed, tool_failed
from chat.assistant.widgets import LONGEST_CHART, done_chart, done_per_day
from chat.errors import Refused

CLIENT_TOOL = "get_selected_text"


@function_tool(failure_error_function=tool_failed)
async def list_todos(run: Run, which: Which) -> str:
    """Read the user's tasks without showing them. Use it before you say anything about them.

    Args:
        run: what the tools of a run share.
        which: open, done or all tasks.
    """
    todos = await run.context.load()
    opened = len(in_order(todos, "open"))
    shown = await listed(run.context, in_order(todos, which))
    return answer(todos=shown, open=opened, done=len(todos) - opened)


@function_tool(failure_error_function=tool_failed)
async def show_todos(run: Run, which: Which) -> str:
    """Show the user their tasks as a card with buttons. Do not repeat its content in words.

    Args:
        run: what the tools of a run share.
        which: open, done or all tasks.
    """
    todos = await run.context.load()
    opened = len(in_order(todos, "open"))
    await run.context.show_card(which)
    return answer(shown=len(in_order(todos, which)), open=opened, done=len(todos) - opened)


@function_tool(failure_error_function=tool_failed)
async def plan_day(run: Run, day: str) -> str:
    """Plan a day with the open tasks. Then tell the plan in words.

    Args:
        run: what the tools of a run share.
        day: the day to plan (YYYY-MM-DD).
    """
    context = run.context
    planned = read_day(day, context.today) or context.today
    if planned < context.today:
        raise Refused("That day is over; I can plan today or a later one.")
    steps, left = await plan(context, planned)
    return answer(day=planned.isoformat(), steps=steps, left=left)


@function_tool(failure_error_function=tool_failed)
async def show_chart(run: Run, days: int) -> str:
    """Show a chart of how many tasks were done on each of the last days.

    Args:
        run: what the tools of a run share.
        days: how many days, today included; 7 if the user does not say.
    """
    context = run.context
    days = min(max(days, 1), LONGEST_CHART)
    todos = await context.load()
    widget, summary = done_chart(todos, days, context.today)
    await context.show_widget(widget, summary)
    counts = done_per_day(todos, days, context.today)
    best = max(counts, key=lambda day: counts[day])
    total = sum(counts.values())
    most = {"day": best.isoformat(), "done": counts[best]} if total else None
    return json.dumps({"days": days, "done": total, "best": most})


@function_tool(name_override=CLIENT_TOOL, failure_error_function=tool_failed)
async def get_selected_text(run: Run) -> str:
    """Get the text that the user has selected in the page: "this", "the selection"."""
    run.context.client_tool_call = ClientToolCall(name=CLIENT_TOOL, arguments={})
    run.context.waiting = True
    return answer(waiting=True)


TOOLS: tuple[FunctionTool, ...] = (
    add_todos,
    list_todos,
    show_todos,
    complete_todos,
    reopen_todos,
    update_todo,
    delete_todos,
    plan_day,
    show_chart,
    get_selected_text,
)
