"""The fields of a widget's forms: which there are, and what the browser sent for them.

A form's values are those of the controls in it, whatever else was posted; a name with dots
nests, as in ChatKit: ``task.title`` is ``{"task": {"title": …}}``.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from chat.errors import InvalidRequest
from chat.page.widgets.props import Props, text
from chat.page.widgets.tree import Node, children_of

# The last two are what some authors write for Input.
CONTROLS = frozenset({
    "Input", "Textarea", "Select", "DatePicker", "Checkbox", "RadioGroup", "TextInput", "number",
})  # fmt: skip
DEEPEST_NAME = 16

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Form(Protocol):
    """What a browser posted; `quart.Request.form` is one."""

    def __contains__(self, name: object, /) -> bool: ...

    def getlist(self, name: str, /) -> list[str]:
        """Return all values of a field, in order."""


def field_name(props: Props) -> str:
    """Return the name of the field that a component is; empty where it is none."""
    if props.type in CONTROLS:
        return props.text("name")
    if props.type == "Text":
        return text(props.mapping("editable").get("name"))
    return ""


def is_form(node: Node, inside: bool = False) -> bool:
    """Whether a component gathers the values of the fields in it.

    Args:
        node: the component.
        inside: whether it stands in another form, where a card stays a plain card.
    """
    if node.get("type") == "Card":
        return not inside and Props(node).flag("asForm")
    return node.get("type") == "Form"


def options_of(props: Props) -> list[Mapping[str, Any]]:
    """Return the choices of a Select or RadioGroup."""
    return [each for each in props.objects("options") if text(each.get("label", each.get("value")))]


def fields_of(form: Node) -> Iterator[Props]:
    """Yield the fields of a form, without those of a form inside it."""
    waiting = [form]
    while waiting:
        node = waiting.pop()
        props = Props(node)
        if field_name(props):
            yield props
        waiting.extend(
            child for _, child in children_of(node) if node is form or not is_form(node, True)
        )


def merged(payload: Any, values: Mapping[str, Any]) -> Any:
    """Return an action's payload with form values put into it, nested by the dots in names.

    A payload that is no object stays as it is.
    """
    if not values:
        return payload
    if payload is not None and not isinstance(payload, dict):
        return payload
    result = dict(payload or {})
    for name, value in values.items():
        _put(result, name.split(".", DEEPEST_NAME), value)
    return result


def _put(into: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        inner = into.get(step)
        into[step] = into = dict(inner) if isinstance(inner, dict) else {}
    into[steps[-1]] = value


def values_of(form: Node, posted: Form) -> dict[str, Any]:
    """Return what was sent for the fields of a form, by name.

    Checkboxes are booleans, days are ISO dates or None, a choice that was not made is None;
    all else is text. A field that is disabled, or that the browser left out, is left out.

    Raises:
        InvalidRequest: a value is none that the field can have.
    """
    values: dict[str, Any] = {}
    for props in fields_of(form):
        if props.flag("disabled"):
            continue
        name = field_name(props)
        sent = posted.getlist(name)
        if props.type == "Checkbox":
            values[name] = bool(sent)
        elif sent or props.type == "RadioGroup":
            values[name] = _value(props, sent)
    return values


def _value(props: Props, sent: list[str]) -> Any:
    match props.type:
        case "Select" | "RadioGroup":
            return _choice(props, sent)
        case "DatePicker":
            return _day(sent[-1])
        case _:
            return sent[-1].replace("\r\n", "\n")


def _choice(props: Props, sent: list[str]) -> str | list[str] | None:
    allowed = {
        text(option.get("value"))
        for option in options_of(props)
        if option.get("disabled") is not True
    }
    chosen = [value for value in sent if value]
    if not allowed.issuperset(chosen):
        raise InvalidRequest("This choice is not offered here.")
    if props.flag("multiple"):
        return chosen
    return chosen[-1] if chosen else None


def _day(sent: str) -> str | None:
    if not sent:
        return None
    try:
        return date.fromisoformat(sent if _DAY.fullmatch(sent) else "").isoformat()
    except ValueError:
        raise InvalidRequest("A date must be written as year-month-day.") from None
