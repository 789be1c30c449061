"""Tasks and workflows: what the assistant does, or did, before it answers."""

from dataclasses import dataclass
from typing import assert_never

from chatkit.types import (
    CustomSummary,
    CustomTask,
    DurationSummary,
    FileTask,
    ImageTask,
    SearchTask,
    Task,
    TaskItem,
    ThoughtTask,
    Workflow,
    WorkflowItem,
)
from markupsafe import Markup

from chat.page.icons import icon
from chat.page.item_views import ItemView
from chat.page.markdown import render_markdown
from chat.page.sources import SourceView, source_view
from chat.words import gettext, marked


@dataclass(frozen=True)
class TaskView:
    """One task.

    Attributes:
        status: ``none``, ``loading`` or ``complete``.
        said: the status in words; empty for none.
        title: what is done.
        content: what is said about it.
        queries: what was searched for.
        sources: what was found or read.
    """

    status: str
    said: str
    icon: Markup
    title: str
    content: Markup
    queries: tuple[str, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class TaskItemView(ItemView):
    """A task that stands by itself."""

    task: TaskView


@dataclass(frozen=True)
class WorkflowView(ItemView):
    """A workflow.

    Attributes:
        title: what its summary says.
        icon: the summary's icon; nothing without one.
        expanded: whether its tasks are shown at first.
        running: whether more may follow.
    """

    title: str
    icon: Markup
    expanded: bool
    running: bool
    tasks: tuple[TaskView, ...]


def task_view(item: TaskItem) -> TaskItemView:
    """Prepare a task that stands by itself."""
    return TaskItemView.of(item, task=_task(item.task))


def workflow_view(item: WorkflowItem, finished: bool = True) -> WorkflowView:
    """Prepare a workflow."""
    workflow = item.workflow
    given = workflow.summary.icon if isinstance(workflow.summary, CustomSummary) else None
    default = "lightbulb" if workflow.type == "reasoning" else None
    return WorkflowView.of(
        item,
        title=_summary(workflow, finished),
        icon=icon(given) or icon(default),
        expanded=workflow.expanded or not finished,
        running=not finished,
        tasks=tuple(_task(task) for task in workflow.tasks),
    )


def _summary(workflow: Workflow, finished: bool) -> str:
    reasoning = workflow.type == "reasoning"
    match workflow.summary:
        case CustomSummary(title=title):
            return title
        case DurationSummary(duration=seconds):
            said = gettext("Thought for %(time)s") if reasoning else gettext("Worked for %(time)s")
            return said % {"time": _duration(seconds)}
        case None if finished:
            return gettext("Thought about it") if reasoning else gettext("Done")
        case None:
            return gettext("Thinking") if reasoning else gettext("Working")
        case _:
            assert_never(workflow.summary)


def _duration(seconds: int) -> str:
    minutes, rest = divmod(max(0, seconds), 60)
    parts = [gettext("%(num)s min") % {"num": minutes}] if minutes else []
    if rest or not minutes:
        parts.append(gettext("%(num)s s") % {"num": rest})
    return " ".join(parts)


_STATUS = {"none": "", "loading": marked("In progress"), "complete": marked("Done")}


def _task(task: Task) -> TaskView:
    status = task.status_indicator
    drawn, title, content = "", task.title or "", ""
    queries: tuple[str, ...] = ()
    sources: tuple[SourceView, ...] = ()
    match task:
        case CustomTask():
            drawn, content = task.icon or "", task.content or ""
        case SearchTask():
            drawn, title = "search", task.title or task.title_query or gettext("Searched the web")
            asked = [task.title_query or "", *task.queries]
            queries = tuple(query for query in dict.fromkeys(asked) if query and query != title)
            sources = tuple(source_view(each, n) for n, each in enumerate(task.sources, start=1))
        case ThoughtTask():
            drawn, content = "lightbulb", task.content
        case FileTask():
            drawn, title = "document", task.title or gettext("Read files")
            sources = tuple(source_view(each, n) for n, each in enumerate(task.sources, start=1))
        case ImageTask():
            drawn, title = "square-image", task.title or gettext("Made an image")
        case _:
            assert_never(task)
    html = render_markdown(content)
    said = gettext(_STATUS[status]) if _STATUS[status] else ""
    return TaskView(status, said, icon(drawn), title, html, queries, sources)
