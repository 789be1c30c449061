from typing import Any

from chatkit.types import UserMessageItem, WidgetItem

from store.records import parse_item

COMMON = {"id": "i", "thread_id": "t", "created_at": "2026-01-05T09:30:00Z"}


def test_a_described_widget_keeps_what_the_strict_classes_would_drop() -> None:
    widget: dict[str, Any] = {
        "type": "Card",
        "border": {"size": 2},
        "children": [{"type": "Button", "label": "Go", "ariaLabel": "Go on"}],
    }
    item = parse_item(COMMON | {"type": "widget", "widget": widget})
    assert isinstance(item, WidgetItem)
    assert item.widget.model_dump(exclude_none=True) == widget


def test_any_other_item_is_read_as_what_it_is() -> None:
    said = {"type": "user_message", "content": [], "inference_options": {}}
    assert isinstance(parse_item(COMMON | said), UserMessageItem)
