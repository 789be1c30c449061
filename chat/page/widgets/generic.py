"""Components that have no view of their own: nothing of them is lost.

With a template ``templates/widgets/<Type>.html`` a component is shown by it, without any
code; without one, its words and its children are shown one below the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from chat.page.widgets.component import Component, View
from chat.page.widgets.props import text
from chat.page.widgets.style import Style
from chat.page.widgets.tree import SLOTS, Node, is_component, walk

# Properties of a component that say something to the program, not to the reader; in lists
# and objects of its own, all but keys may be data.
SILENT = frozenset({
    "type", "key", "id", "color", "background", "size", "variant", "align", "justify",
    "direction", "theme", "icon", "src", "href", "url", "condition", "dir", "lang",
})  # fmt: skip
MOST_WORDS = 2_000
DEEPEST = 6


@dataclass(frozen=True)
class GenericView(View):
    """Any component without a view of its own.

    Attributes:
        props: its properties that are text, numbers or booleans, by name; to be escaped.
        words: everything in it that may be meant for reading, in order.
    """

    props: Mapping[str, str | int | float | bool]
    words: tuple[str, ...]


def generic_view(component: Component) -> GenericView:
    """Prepare a component that nobody prepared."""
    node = component.props.node
    scalars = {
        name: value for name, value in node.items() if isinstance(value, str | int | float | bool)
    }
    element = component.element("w-other", Style().flex_container(component.props))
    return GenericView(element, component.children(), scalars, _own_words(node))


def words_of(root: Node) -> list[str]:
    """Return the words of a component and of all in it, in order."""
    return [word for _, node in walk(root) for word in _own_words(node)]


def _own_words(node: Node) -> tuple[str, ...]:
    silent = SILENT | {"name"} if "label" in node else SILENT  # then it is a field's name
    own = {name: value for name, value in node.items() if name not in silent}
    found = (word for name, value in own.items() for word in _words(name, value, 0))
    return tuple(islice(found, MOST_WORDS))


def _words(name: str, value: Any, depth: int) -> Iterator[str]:
    if name == "key" or depth > DEEPEST or (name in SLOTS and _holds_components(value)):
        return
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _words(str(inner), each, depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _words("", each, depth + 1)
    elif not isinstance(value, bool) and (said := text(value).strip()):
        yield said


def _holds_components(value: Any) -> bool:
    several = isinstance(value, Sequence) and not isinstance(value, str)
    return is_component(value) or (several and any(is_component(each) for each in value))
