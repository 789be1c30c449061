"""Widgets rendered as the page does, and read as a browser does."""

from typing import Any

from chatkit.widgets import DynamicWidgetRoot
from werkzeug.datastructures import MultiDict

from chat.page.widgets.render import render_widget
from tests.page.dom import Element, parse

Tree = dict[str, Any]
FORM = "item-1-action"


def root(*children: Tree, **props: Any) -> Tree:
    """Return a card with components in it."""
    return {"type": "Card", "children": list(children), **props}


def html(widget: Tree) -> str:
    """Return a widget's HTML, as it is after its way through the SDK's type."""
    return render_widget(DynamicWidgetRoot.model_validate(widget), "item-1", "/act", FORM)


def shown(*children: Tree, **props: Any) -> Element:
    """Return a card with components in it, rendered."""
    return parse(html(root(*children, **props)))


def component(tree: Tree) -> Element:
    """Return the one element of a component that stands alone in a card."""
    return shown(tree).one(data_widget=tree["type"])


def style(tree: Tree) -> dict[str, str]:
    """Return the declarations of a component's style attribute."""
    declared = component(tree).attributes.get("style", "")
    return dict(part.split(":", 1) for part in declared.split(";") if part)


def classes(tree: Tree) -> set[str]:
    """Return the class names of a component."""
    return set(component(tree)["class"].split())


def form(*fields: tuple[str, str]) -> "MultiDict[str, str]":
    """Return a posted form."""
    return MultiDict(fields)
