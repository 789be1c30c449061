"""What the gallery shows: ``own_groups()`` of this package, ``folder_group(path)`` of a user's.

An *example* is one thread item. The package's own are written down as JSON, a file for each
item type and each component. A file has a ``title``, a sentence ``about`` it, and ``variants``,
each with a ``name`` and one of these:

- ``item``: a thread item without what all of them have (``finished: false`` beside it for one
  that is still being made, ``feedback`` for an opinion);
- ``widget``: the root of a widget;
- ``components``: components, in a card;
- ``component``, ``property`` and ``values``: the component once for each value of the property,
  in a row; ``label`` names the property that says the value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from chatkit.types import FeedbackKind, ThreadItem, WidgetItem
from chatkit.widgets import DynamicWidgetRoot
from pydantic import TypeAdapter

from chat.page.widgets.fields import CONTROLS
from chat.words import marked

THREAD_ID = "~gallery"
"""The thread that examples are said to be in; none that is stored has such an id."""

_FOLDER = Path(__file__).parent
_MADE = "2026-01-05T09:30:00Z"
_ITEM: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)


@dataclass(frozen=True)
class Example:
    """One variant: a thread item, and how it stands.

    Attributes:
        name: what is special about it.
        item: what is shown; None where that cannot be, and the problem says why.
        finished: whether nothing more will be added to it.
        feedback: the opinion on it.
        problem: why there is nothing to show.
    """

    name: str
    item: ThreadItem | None
    finished: bool = True
    feedback: FeedbackKind | None = None
    problem: str = ""


@dataclass(frozen=True)
class Entry:
    """Everything about one item type, one component, or one file of a user's."""

    id: str
    title: str
    about: str
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Group:
    """Some entries under one heading."""

    id: str
    title: str
    entries: tuple[Entry, ...]


@cache
def own_groups() -> tuple[Group, ...]:
    """Return the examples of this package: items first, then components."""
    return (
        Group("items", marked("Items"), tuple(_entries("items"))),
        Group("components", marked("Components"), tuple(_entries("widgets"))),
    )


def widget_item(item_id: str, widget: DynamicWidgetRoot) -> WidgetItem:
    """Return a widget as an item of the gallery; every field of it is kept."""
    made: Any = {"id": item_id, "thread_id": THREAD_ID, "created_at": _MADE}
    empty = WidgetItem(**made, widget=DynamicWidgetRoot(type="Card"))
    return empty.model_copy(update={"widget": widget})


def _entries(folder: str) -> Iterator[Entry]:
    for path in sorted((_FOLDER / folder).glob("*.json"), key=_order):
        given = json.loads(path.read_text(encoding="utf-8"))
        entry_id = f"{folder}-{path.stem.replace('.', '-')}"
        examples = tuple(
            _example(f"{entry_id}-{number}", variant)
            for number, variant in enumerate(given["variants"], start=1)
        )
        yield Entry(entry_id, given.get("title", path.stem), given["about"], examples)


def _order(path: Path) -> tuple[bool, str]:
    return path.stem not in {"user_message", "assistant_message"}, path.stem.lower()


def _example(item_id: str, given: Mapping[str, Any]) -> Example:
    if "item" in given:
        common = {"id": item_id, "thread_id": THREAD_ID, "created_at": _MADE}
        item = _ITEM.validate_python(common | given["item"])
        finished, feedback = given.get("finished", True), given.get("feedback")
        return Example(given["name"], item, finished, feedback)
    widget = DynamicWidgetRoot.model_validate(_root(given))
    return Example(given["name"], widget_item(item_id, widget))


def _root(given: Mapping[str, Any]) -> Mapping[str, Any]:
    if "widget" in given:
        root: Mapping[str, Any] = given["widget"]
        return root
    children = given.get("components") or [_row(given)]
    return {"type": "Card", "size": "full", "children": children}


def _row(given: Mapping[str, Any]) -> Mapping[str, Any]:
    component, name, values = given["component"], given["property"], given["values"]
    return {
        "type": "Row",
        "wrap": "wrap",
        "gap": 3,
        "children": [
            {**component, **_named(component, index), name: value, **_said(given, value)}
            for index, value in enumerate(values)
        ],
    }


def _named(component: Mapping[str, Any], index: int) -> Mapping[str, Any]:
    """Give each of several fields a name of its own."""
    is_field = component["type"] in CONTROLS
    return {"name": f"{component['name']}{index}"} if is_field else {}


def _said(given: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    if "label" not in given:
        return {}
    known = isinstance(value, str | int | float) and not isinstance(value, bool)
    return {given["label"]: str(value) if known else json.dumps(value)}


def find_item(groups: Sequence[Group], item_id: str) -> ThreadItem | None:
    """Return the example with an item id, or None where there is none."""
    for group in groups:
        for entry in group.entries:
            for example in entry.examples:
                if example.item is not None and example.item.id == item_id:
                    return example.item
    return None


def alone(groups: Sequence[Group], entry_id: str) -> tuple[Group, ...]:
    """Return one entry as the only one of its group; nothing where there is no such entry."""
    return tuple(
        replace(group, entries=(entry,))
        for group in groups
        for entry in group.entries
        if entry.id == entry_id
    )
