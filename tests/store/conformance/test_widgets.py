import warnings
from typing import Any

import pytest
from chatkit.types import WidgetItem
from chatkit.widgets import (
    BasicRoot,
    Card,
    DynamicWidgetComponent,
    DynamicWidgetRoot,
    Text,
    WidgetRoot,
)

from tests.store.making import NOW, AnyStore, Person, add

pytestmark = pytest.mark.filterwarnings("ignore:Direct usage of named widget")

TABLE: dict[str, Any] = {
    "type": "Card",
    "border": {"size": 1},
    "children": [
        {"type": "Table", "rows": [["a", 1]]},
        {"type": "Text", "value": "hi", "custom": [True]},
    ],
}


def widgets() -> list[WidgetRoot]:
    with warnings.catch_warnings(action="ignore"):
        strict = Card(size="sm", children=[Text(value="Hello", weight="bold")])
        mixed = Card(children=[DynamicWidgetComponent.model_validate(TABLE)])
    return [
        DynamicWidgetRoot.model_validate(TABLE),
        DynamicWidgetRoot.model_validate({"type": "ListView", "children": []}),
        BasicRoot(children=[DynamicWidgetComponent.model_validate(TABLE)]),
        strict,
        mixed,
    ]


async def test_widgets_keep_their_class_and_every_field(
    store: AnyStore, alice: Person, thread: str
) -> None:
    items = [
        WidgetItem(
            id=f"wid_{number}", thread_id=thread, created_at=NOW, widget=widget, copy_text="copy"
        )
        for number, widget in enumerate(widgets())
    ]
    await add(store, alice, *items)
    page = await store.load_thread_items(thread, None, 10, "asc", alice)
    for item, loaded in zip(items, page.data, strict=True):
        assert type(loaded) is WidgetItem
        assert type(loaded.widget) is type(item.widget)
        assert loaded.model_dump_json() == item.model_dump_json()
        assert await store.load_item(thread, item.id, alice) == loaded == item


async def test_a_strict_widget_with_fields_of_its_own_keeps_them(
    store: AnyStore, alice: Person, thread: str
) -> None:
    child = DynamicWidgetComponent.model_validate(TABLE["children"][1])
    widget = Card(children=[child])
    await add(store, alice, WidgetItem(id="w", thread_id=thread, created_at=NOW, widget=widget))
    loaded = await store.load_item(thread, "w", alice)
    assert isinstance(loaded, WidgetItem)
    assert loaded.widget.model_dump() == widget.model_dump()
