"""One component on its way to HTML: what a view function is given, and what it returns."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from chat.page.widgets.actions import NOTHING, action_of, attribute, sending
from chat.page.widgets.fields import CONTROLS
from chat.page.widgets.props import Props
from chat.page.widgets.style import Style
from chat.page.widgets.tree import Node

_LANGUAGE_LENGTH = 35


@dataclass(frozen=True)
class Scope:
    """Where in a widget a component stands.

    Attributes:
        render: renders a component in a scope.
        dom_id: the DOM id of the item; other ids of the widget start with it.
        url: the address that the item's actions are posted to.
        path: the component's place in the stored widget.
        parent: the type of the component around it; empty for the root.
        depth: how many components are around it.
        form: the id of the form element that controls and buttons here belong to.
        in_form: whether that is a Form's or a Card's own, not the item's empty one.
        submit: the attributes of a button that submits that form; empty where nothing is sent.
        labelled: the names of the fields that a Label of the widget describes.
        groups: the names of the widget's radio groups, which a label is named to by its id.
    """

    render: Callable[[Node, "Scope"], Markup]
    dom_id: str
    url: str
    form: str
    path: str = ""
    parent: str = ""
    depth: int = 0
    in_form: bool = False
    submit: Markup = field(default_factory=Markup)
    labelled: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    @property
    def own_form_id(self) -> str:
        """The DOM id of the form element that the component at this place brings."""
        return f"{self.dom_id}-form-{self.path.replace('.', '-')}".rstrip("-")

    def field_id(self, name: str) -> str:
        """Return the DOM id of the control with a name, in the form at this place."""
        return f"{self.form}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


@dataclass(frozen=True)
class View:
    """What every component's template may read.

    Attributes:
        element: the attributes of the component's one element, ``data-widget`` among them.
        children: the HTML of the components inside.
    """

    element: Markup
    children: Markup


@dataclass(frozen=True)
class Component:
    """A component in its scope."""

    props: Props
    scope: Scope
    inside: tuple[tuple[str, Node], ...] = ()

    def children(self, **changes: object) -> Markup:
        """Render the components inside, with changes to their scope."""
        return Markup().join(html for _, html in self.rendered(**changes))

    def rendered(self, **changes: object) -> list[tuple[Node, Markup]]:
        """Render the components inside one by one, each with its plain form."""
        changed = {"parent": self.props.type, "depth": self.scope.depth + 1, **changes}
        return [
            (node, self.scope.render(node, replace(self.scope, path=path, **changed)))  # type: ignore[arg-type]  # fields of Scope, by name
            for path, node in self.inside
        ]

    def element(self, css: str, style: Style | None = None, extra: Markup = NOTHING) -> Markup:
        """Return the attributes of the component's element.

        Args:
            css: class names, made of our own and of words that were chosen from a list.
            style: validated declarations.
            extra: further attributes.
        """
        node, parts = self.props.node, [f' data-widget="{escape(self.props.type)}" class="{css}"']
        if style and (declared := str(style)):
            parts.append(attribute("style", declared))
        if "dir" in node:
            parts.append(attribute("dir", self.props.choice("dir", ("ltr", "rtl", "auto"))))
        if "lang" in node:
            parts.append(attribute("lang", self.props.text("lang")[:_LANGUAGE_LENGTH]))
        return Markup("".join([*parts, extra]))  # noqa: S704 - escaped, and ours

    def button(self, event: str, validate: bool = False, form: str = "") -> Markup:
        """Return the attributes of a button that sends one of the component's actions.

        Args:
            event: the event the action belongs to.
            validate: whether the browser checks the form's fields first.
            form: the form to send, where that is not the one at this place.

        Returns:
            The attributes; nothing where the component has no such action.
        """
        action = action_of(self.props.node, event)
        if action is None:
            return Markup()
        own = "own" if self.props.type in CONTROLS else ""
        values = "form" if self.scope.in_form or form not in ("", self.scope.form) else own
        return sending(action, self.scope.path, event, form or self.scope.form, validate, values)
