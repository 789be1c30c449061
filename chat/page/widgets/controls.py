"""Input, Textarea, DatePicker, Label; and what all form controls have in common."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from chat.page.widgets.actions import attribute
from chat.page.widgets.component import Component, View
from chat.page.widgets.fields import field_name
from chat.page.widgets.style import Style
from chat.page.widgets.texts import (
    TEXT_SIZES,
    manners,
    spoken,
    text_value,
    typographic_classes,
    typography,
)

VARIANTS = ("solid", "soft", "outline", "ghost")
SIZES = ("3xs", "2xs", "xs", "sm", "md", "lg", "xl", "2xl", "3xl")
GUTTERS = ("2xs", "xs", "sm", "md", "lg", "xl")
INPUT_TYPES = ("number", "email", "text", "password", "tel", "url")
MOST_ROWS = 30

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class ControlView(View):
    """Any of the controls, as far as they are alike.

    Attributes:
        id: the DOM id of the control.
        field: the attributes of the input, textarea, select, or of each radio button.
        label: a label of the control's own; empty without one.
        apply: the attributes of the button that sends a change where no script does;
            empty where a change sends nothing.
        value: what a textarea holds.
    """

    id: str
    field: Markup
    label: str
    apply: Markup
    value: str = ""


@dataclass(frozen=True)
class LabelView(View):
    """Label.

    Attributes:
        value: what it says.
        target: the DOM id of the field it describes; empty without one.
    """

    value: str
    target: str


def input_view(component: Component) -> ControlView:
    """Prepare Input."""
    props = component.props
    kind = props.choice("inputType", INPUT_TYPES, "number" if props.type == "number" else "text")
    words = {
        "type": kind,
        "value": "" if kind == "password" else props.text("defaultValue", "value"),
        "min": props.text("min") if kind == "number" else "",
        "max": props.text("max") if kind == "number" else "",
    }
    return ControlView(
        component.element(control_classes(component, "w-input")),
        component.children(),
        control_id(component),
        field(component, words),
        props.text("label"),
        component.button("onChangeAction"),
    )


def textarea_view(component: Component) -> ControlView:
    """Prepare Textarea."""
    props = component.props
    grows = " grows" if props.flag("autoResize") else ""
    most = props.count("maxRows", MOST_ROWS) if grows else None
    style = Style().add("--rows", str(most) if most else None)
    return ControlView(
        component.element(control_classes(component, "w-textarea") + grows, style),
        component.children(),
        control_id(component),
        field(component, {"rows": str(props.count("rows", MOST_ROWS) or 3)}),
        props.text("label"),
        component.button("onChangeAction"),
        props.text("defaultValue", "value"),
    )


def date_picker_view(component: Component) -> ControlView:
    """Prepare DatePicker: the browser's own, which decides itself where its calendar opens.

    It shows no placeholder, so that stands above it where no Label does.
    """
    props = component.props
    above = "" if field_name(props) in component.scope.labelled else props.text("placeholder")
    words = {
        "type": "date",
        "value": _day(props.text("defaultValue", "value")),
        "min": _day(props.text("min", "minDate")),
        "max": _day(props.text("max", "maxDate")),
    }
    label = props.text("label") or above
    return ControlView(
        component.element(control_classes(component, "w-date")),
        component.children(),
        control_id(component),
        field(component, words, named=bool(label), hints=False),
        label,
        component.button("onChangeAction"),
    )


def label_view(component: Component) -> LabelView:
    """Prepare Label."""
    name = component.props.text("fieldName", "htmlFor")
    element = component.element(
        typographic_classes(component, "w-label", TEXT_SIZES), typography(component)
    )
    target = component.scope.field_id(name) if name else ""
    if name in component.scope.groups:
        element += attribute("id", f"{target}-label")
    return LabelView(element, component.children(), text_value(component), target)


def control_id(component: Component) -> str:
    """Return the DOM id of a control, by which a Label finds it."""
    return component.scope.field_id(field_name(component.props) or component.scope.path)


def control_classes(component: Component, base: str) -> str:
    """Return the class names that a control's looks ask for."""
    props = component.props
    css = f"{base} {props.choice('variant', VARIANTS, 'outline')}"
    css += f" control-{props.choice('size', SIZES, 'md')}"
    if gutter := props.choice("gutterSize", GUTTERS):
        css += f" gutter-{gutter}"
    return css + "".join(f" {name}" for name in ("pill", "block") if props.flag(name))


def field(
    component: Component, words: Mapping[str, str], named: bool = False, hints: bool = True
) -> Markup:
    """Return a control's attributes: its own words, and those that all controls have."""
    props, scope = component.props, component.scope
    name = field_name(props)
    labelled = named or name in scope.labelled or bool(props.text("label"))
    hint = props.text("placeholder") if hints else ""
    shared = {
        "form": scope.form,
        "name": name,
        "id": control_id(component),
        "placeholder": hint,
        "pattern": props.text("pattern") if hints else "",
        "aria-label": "" if labelled else props.text("ariaLabel") or hint or spoken(name),
    }
    html = Markup().join(attribute(key, word) for key, word in {**words, **shared}.items())
    html += manners(props, "off")
    for flag in ("required", "disabled"):
        html += Markup(f" {flag}") if props.flag(flag) else Markup()  # noqa: S704 - ours
    return html + (
        Markup(" data-submit-on-change") if component.button("onChangeAction") else Markup()
    )


def _day(value: str) -> str:
    return value[:10] if _DATE.match(value) else ""
