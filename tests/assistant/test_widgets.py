"""The widgets and their `.widget` files."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chatkit.types import WidgetItem
from chatkit.widgets import DynamicWidgetRoot, StrictWidgetRoot, WidgetTemplate
from pydantic import TypeAdapter

import chat.assistant
from chat.assistant.widgets import Notice, Undo, add_form, done_chart, shown_ids, task_card
from store.base import Todo
from tests.assistant.talking import NOW, components

FILES = sorted(Path(chat.assistant.__file__).parent.glob("*.widget"))
TODAY = NOW.date()

HOSTILE = [
    '"}]}, {"type": "Button", "label": "own',
    "{{ 7 * 7 }}{% raw %}",
    "</script><img src=x onerror=alert(1)>",
    "back\\slash \\u0022 and 'quotes'",
    "line\u2028separator",
    "é 👩‍👩‍👧 ﷽",
]


def todo(title: str, due: date | None = None, done: bool = False, number: int = 1) -> Todo:
    return Todo(
        id=f"todo_{number:032x}",
        title=title,
        due=due,
        created_at=NOW,
        completed_at=NOW if done else None,
    )


def test_there_is_a_file_for_each_widget() -> None:
    assert [file.name for file in FILES] == [
        "add_form.widget",
        "chart.widget",
        "task.widget",
        "todo_card.widget",
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_what_the_widget_builder_writes(file: Path) -> None:
    definition = json.loads(file.read_text())
    assert list(definition) == ["version", "name", "template", "jsonSchema", "outputJsonPreview"]
    assert definition["version"] == "1.0"
    assert WidgetTemplate.from_file(str(file)).name == definition["name"]
    TypeAdapter(StrictWidgetRoot).validate_python(definition["outputJsonPreview"])


def built() -> dict[str, DynamicWidgetRoot]:
    todos = [todo("Milk", date(2025, 11, 20)), todo("Eggs", number=2), todo("x", done=True)]
    notice = Notice("Added: “Milk”", Undo("todos.delete", {"id": todos[0].id, "which": "open"}))
    return {
        "card": task_card(todos, "open", TODAY, notice),
        "done": task_card(todos, "done", TODAY),
        "all": task_card(todos, "all", TODAY),
        "empty": task_card([], "open", TODAY),
        "form": add_form("open"),
        "bad form": add_form("open", "Milk", error="A task needs a title."),
        "chart": done_chart(todos, 7, TODAY)[0],
    }


@pytest.mark.parametrize("name", built())
def test_every_widget_is_one_that_chatkit_knows(name: str) -> None:
    widget = built()[name].model_dump(mode="json", exclude_none=True)
    strict = TypeAdapter(StrictWidgetRoot).validate_python(widget)
    assert strict.model_dump(mode="json", exclude_none=True) == widget


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_a_title(title: str) -> None:
    harmless = task_card([todo("Milk")], "open", TODAY, Notice("Done"))
    card = task_card([todo(title)], "open", TODAY, Notice(title))
    assert [part.type for part in components(card)] == [p.type for p in components(harmless)]
    assert [part.value for part in components(card) if part.type == "Text"] == [title, title]
    form = add_form("open", title=title, error=title)
    [field] = [part for part in components(form) if part.type == "Input"]
    assert field.defaultValue == title


def test_deleted_titles_survive_in_the_undo_button() -> None:
    gone = [todo(title).model_dump(mode="json") for title in HOSTILE]
    card = task_card([], "open", TODAY, Notice("Deleted", Undo("todos.undo", {"todos": gone})))
    [undo] = [part for part in components(card) if getattr(part, "label", "") == "Undo"]
    assert undo.onClickAction["payload"]["todos"] == gone


def test_the_captions_of_a_card_tell_what_is_late() -> None:
    late, now, later = date(2025, 11, 20), date(2025, 11, 22), date(2026, 1, 5)
    todos = [todo("a", late), todo("b", now), todo("c", later), todo("d", done=True)]
    captions = [
        (part.value, part.color)
        for part in components(task_card(todos, "all", TODAY))
        if part.type == "Caption" and len(part.value) > 1
    ]
    assert captions == [
        ("Overdue · Thu 20 Nov", "danger"),
        ("Today · Sat 22 Nov", "warning"),
        ("Mon 5 Jan 2026", "secondary"),
        ("Done Sat 22 Nov", "secondary"),
    ]


def test_a_card_says_which_tasks_it_shows_in_their_order() -> None:
    todos = [todo("a", number=1), todo("b", date(2025, 11, 25), number=2)]
    item = WidgetItem(
        id="msg_1", thread_id="thr_1", created_at=NOW, widget=task_card(todos, "open", TODAY)
    )
    stored = WidgetItem.model_validate_json(item.model_dump_json())
    assert shown_ids(stored) == [todos[1].id, todos[0].id]


def test_a_long_list_is_cut_and_says_so() -> None:
    card = task_card([todo("a", number=n) for n in range(60)], "open", TODAY)
    rows = [part for part in components(card) if (part.key or "").startswith("todo_")]
    assert len(rows) == 50
    assert [part.value for part in components(card) if part.key == "more"] == ["and 10 more"]


def test_every_button_of_a_card_but_the_form_works_while_an_answer_runs() -> None:
    for name, widget in built().items():
        for part in components(widget):
            action: Any = getattr(part, "onClickAction", None) or {"streaming": False}
            assert action["streaming"] is False, name
            if part.type == "Form":
                assert part.onSubmitAction["streaming"] is True
