"""The checks that a browser makes before it sends a form, made again: ``check(props, sent)``.

A pattern comes from whoever made the widget, and may be written so that it takes ages to try.
Hence it is tried by an engine that takes time in proportion to the text; what that does not
understand, such as looking around, only the browser checks.
"""

import math
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import SchemaError

from chat.errors import InvalidRequest
from chat.page.widgets.fields import field_name
from chat.page.widgets.props import Props
from chat.page.widgets.texts import spoken

INPUTS = ("Input", "TextInput", "number")
LONGEST_PATTERN = 500

_MAIL = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*",
    re.ASCII | re.IGNORECASE,
)
_URL = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check(props: Props, sent: Sequence[str]) -> None:
    """Refuse what a browser would not have sent for a field.

    Args:
        props: the field's component.
        sent: the values that were posted for it, in order.

    Raises:
        InvalidRequest: a sentence that names the field.
    """
    value = sent[-1] if sent else ""
    options = Props(props.mapping("editable")) if props.type == "Text" else props
    if not value:
        if options.flag("required"):
            raise InvalidRequest("“%(name)s” is still missing.", name=name_of_field(props))
        return
    if props.type in INPUTS:
        _check_kind(props, value)
    if props.type == "DatePicker":
        _check_day(props, value)
    pattern = options.text("pattern")
    if pattern and props.type in (*INPUTS, "Textarea", "Text") and not _fits(pattern, value):
        raise InvalidRequest(
            "“%(name)s” does not have the form that is asked for.", name=name_of_field(props)
        )


def name_of_field(props: Props) -> str:
    """Return what a field is called where it is spoken of."""
    options = Props(props.mapping("editable")) if props.type == "Text" else props
    return options.text("label", "ariaLabel", "placeholder") or spoken(field_name(props))


def _check_kind(props: Props, value: str) -> None:
    name = name_of_field(props)
    match "number" if props.type == "number" else props.get("inputType"):
        case "email" if not _MAIL.fullmatch(value):
            raise InvalidRequest("“%(name)s” must be an e-mail address.", name=name)
        case "url" if not _URL.fullmatch(value):
            raise InvalidRequest("“%(name)s” must be a web address, with https:// say.", name=name)
        case "number":
            _check_number(props, value, name)


def _check_number(props: Props, value: str, name: str) -> None:
    amount = float(value) if _NUMBER.fullmatch(value) else math.nan
    if not math.isfinite(amount):
        raise InvalidRequest("“%(name)s” must be a number.", name=name)
    least, most = props.number("min"), props.number("max")
    if least is not None and amount < least:
        raise InvalidRequest("“%(name)s” must be %(least)s or more.", name=name, least=f"{least:g}")
    if most is not None and amount > most:
        raise InvalidRequest("“%(name)s” must be %(most)s or less.", name=name, most=f"{most:g}")


def _check_day(props: Props, value: str) -> None:
    name = name_of_field(props)
    least, most = day_of(props.text("min", "minDate")), day_of(props.text("max", "maxDate"))
    if least and value < least:
        raise InvalidRequest("“%(name)s” must be %(least)s or later.", name=name, least=least)
    if most and value > most:
        raise InvalidRequest("“%(name)s” must be %(most)s or earlier.", name=name, most=most)


def day_of(value: str) -> str:
    """Return the day of an ISO date or time; empty where it has none."""
    found = _DAY.match(value)
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""


def _fits(pattern: str, value: str) -> bool:
    engine = _engine(pattern) if len(pattern) <= LONGEST_PATTERN else None
    if engine is None:
        return True
    try:
        engine.validate_python(value.replace("\r\n", "\n"))
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=128)
def _engine(pattern: str) -> TypeAdapter[str] | None:
    """Return what tries a pattern, in the way of the ``pattern`` attribute: on all of a text."""
    constraint = StringConstraints(pattern=rf"\A(?:{pattern})\z")
    try:
        return TypeAdapter(Annotated[str, constraint])
    except SchemaError:
        return None
