"""Select, Checkbox, RadioGroup."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from chat.page.widgets.actions import attribute
from chat.page.widgets.component import Component
from chat.page.widgets.controls import ControlView, control_classes, control_id, field
from chat.page.widgets.fields import field_name, options_of
from chat.page.widgets.props import Props, text
from chat.page.widgets.texts import spoken
from chat.words import gettext

MANY = 15
"""Choices beyond which a Select is searchable where it does not say so."""


@dataclass(frozen=True)
class Option:
    """One choice of a Select or RadioGroup.

    Attributes:
        element: the attributes of its option or radio button.
        label: what it says.
        description: what explains it.
    """

    element: Markup
    label: str
    description: str


@dataclass(frozen=True)
class ChoiceView(ControlView):
    """Select and RadioGroup.

    Attributes:
        options: the choices.
        placeholder: what a Select says while nothing is chosen.
        searchable: whether a script may filter a Select's choices.
    """

    options: tuple[Option, ...] = ()
    placeholder: str = ""
    searchable: bool = False


def select_view(component: Component) -> ChoiceView:
    """Prepare Select."""
    props = component.props
    chosen = props.text("defaultValue", "value")
    several = props.flag("multiple")
    none = several or (chosen and not props.flag("clearable"))
    return ChoiceView(
        component.element(control_classes(component, "w-select")),
        component.children(),
        control_id(component),
        field(component, {"multiple": "multiple" if several else ""}, hints=False),
        props.text("label"),
        component.button("onChangeAction"),
        options=tuple(_option(each, chosen, "selected") for each in options_of(props)),
        placeholder="" if none else props.text("placeholder") or gettext("Choose…"),
        searchable=_is_searchable(props),
    )


def _is_searchable(props: Props) -> bool:
    if props.flag("disabled"):
        return False
    if props.get("searchable") is None:
        return len(options_of(props)) > MANY
    return props.flag("searchable")


def checkbox_view(component: Component) -> ControlView:
    """Prepare Checkbox."""
    props = component.props
    words = {
        "type": "checkbox",
        "value": "true",
        "checked": "checked" if props.flag("defaultChecked") else "",
    }
    return ControlView(
        component.element("w-checkbox"),
        component.children(),
        control_id(component),
        field(component, words, named=bool(props.text("label"))),
        props.text("label"),
        component.button("onChangeAction"),
    )


def radio_group_view(component: Component) -> ChoiceView:
    """Prepare RadioGroup."""
    props, scope = component.props, component.scope
    name = field_name(props)
    shared = attribute("form", scope.form) + attribute("name", name)
    shared += Markup(" required") if props.flag("required") else Markup()
    shared += Markup(" disabled") if props.flag("disabled") else Markup()
    if component.button("onChangeAction"):
        shared += Markup(" data-submit-on-change")
    css = f"w-radios w-{props.choice('direction', ('row', 'col'), 'row')}"
    extra = attribute("id", control_id(component))
    if name in scope.labelled:
        extra += attribute("aria-labelledby", f"{control_id(component)}-label")
    return ChoiceView(
        component.element(css, extra=extra),
        component.children(),
        control_id(component),
        shared,
        "" if name in scope.labelled else props.text("ariaLabel", "label") or spoken(name),
        component.button("onChangeAction"),
        options=tuple(
            _option(each, props.text("defaultValue"), "checked") for each in options_of(props)
        ),
    )


def _option(given: Mapping[str, Any], chosen: str, mark: str) -> Option:
    value = text(given.get("value"))
    element = Markup(' value="{}"').format(value)
    element += Markup(f" {mark}") if chosen and value == chosen else Markup()  # noqa: S704 - ours
    element += Markup(" disabled") if given.get("disabled") is True else Markup()
    return Option(element, text(given.get("label")) or value, text(given.get("description")))
