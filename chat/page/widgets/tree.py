"""A widget as plain JSON: `plain`, and the walk through its components.

Rendering and actions both work on this form, so that a place found on the page is the
same place in the stored widget, whichever of the SDK's classes it was validated with.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeGuard

from pydantic import BaseModel

Node = Mapping[str, Any]

# Where components are found in a component; all but the first are habits of some authors.
SLOTS = ("children", "items", "else")


def plain(value: Any) -> Any:
    """Return a widget, or any part of it, as dicts, lists and scalars."""
    match value:
        case BaseModel():
            extra = value.__pydantic_extra__ or {}
            return {key: plain(inner) for key, inner in {**value.__dict__, **extra}.items()}
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case _:
            return value


def is_component(value: object) -> TypeGuard[Node]:
    """Whether a value is a component: an object with a type."""
    return isinstance(value, Mapping) and isinstance(value.get("type"), str)


def children_of(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Yield the components inside a component, each with its path from the root.

    A list, a single object and nothing at all are accepted; what is no component is skipped.
    """
    prefix = f"{path}." if path else ""
    for slot in SLOTS:
        inside = node.get(slot)
        if is_component(inside):
            yield f"{prefix}{slot}", inside
        elif isinstance(inside, Sequence) and not isinstance(inside, str):
            for index, child in enumerate(inside):
                if is_component(child):
                    yield f"{prefix}{slot}.{index}", child


def walk(root: Node) -> Iterator[tuple[str, Node]]:
    """Yield every component of a widget with its path, the root first, in document order."""
    waiting: list[tuple[str, Node]] = [("", root)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        waiting.extend(reversed(list(children_of(node, path))))
