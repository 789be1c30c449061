from typing import Any

import pytest
from chatkit.types import WorkflowItem

from tests.page.items.making import article, item

TASKS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "custom": (
        {"type": "custom", "title": "Read <tasks>", "icon": "calendar", "content": "**3** open"},
        ["Read <tasks>", "3 open"],
    ),
    "web_search": (
        {
            "type": "web_search",
            "title_query": "bakery hours",
            "queries": ["bakery", "hours & days"],
            "sources": [{"type": "url", "title": "Bakery", "url": "https://b.example"}],
        },
        ["bakery hours", "bakery", "hours & days", "Bakery", "b.example"],
    ),
    "thought": ({"type": "thought", "title": "Hm", "content": "- one"}, ["Hm", "one"]),
    "file": (
        {"type": "file", "sources": [{"type": "file", "title": "Notes", "filename": "n.md"}]},
        ["Read files", "Notes", "n.md"],
    ),
    "image": ({"type": "image"}, ["Made an image"]),
}


def workflow(**fields: Any) -> WorkflowItem:
    made = item("workflow", workflow={"type": "custom", "tasks": []} | fields)
    assert isinstance(made, WorkflowItem)
    return made


@pytest.mark.parametrize("kind", TASKS)
def test_every_kind_of_task_shows_all_it_says(kind: str) -> None:
    task, words = TASKS[kind]
    shown = article(item("task", task=task))
    assert all(word in shown.text for word in words), shown.text


def test_a_workflow_shows_its_tasks_and_how_far_they_are() -> None:
    tasks = [
        {"type": "custom", "title": "One", "status_indicator": "complete"},
        {"type": "custom", "title": "Two", "status_indicator": "loading"},
    ]
    shown = article(workflow(tasks=tasks))
    one = shown.one("div", _class="item-task complete")
    two = shown.one("div", _class="item-task loading")
    assert one.one("span", _class="visually-hidden").children == ["(Done)"]
    assert two.one("span", _class="visually-hidden").children == ["(In progress)"]


@pytest.mark.parametrize(
    ("fields", "finished", "title"),
    [
        ({"summary": {"title": "Your <day>", "icon": "calendar"}}, True, "Your <day>"),
        ({"summary": {"duration": 65}}, True, "Worked for 1 min 5 s"),
        ({"summary": {"duration": 120}, "type": "reasoning"}, True, "Thought for 2 min"),
        ({"summary": {"duration": 0}}, True, "Worked for 0 s"),
        ({"type": "reasoning"}, True, "Thought about it"),
        ({"type": "reasoning"}, False, "Thinking"),
        ({}, False, "Working"),
        ({}, True, "Done"),
    ],
)  # fmt: skip
def test_a_workflow_is_summed_up(fields: dict[str, Any], finished: bool, title: str) -> None:
    assert article(workflow(**fields), finished=finished).one("summary").text == title


def test_a_workflow_is_open_while_it_runs_or_where_it_asks_to_be() -> None:
    assert "open" not in article(workflow()).one("details").attributes
    assert "open" in article(workflow(), finished=False).one("details").attributes
    assert "open" in article(workflow(expanded=True)).one("details").attributes
