"""From what a browser posted back to an action of the stored widget.

    place = place_in_form(await request.form)
    action = action_at(item.widget, place, await request.form)

The browser names a place only; type and payload come from the stored widget, and the values
of the form around that place are put into the payload. The result says by ``handler`` and
``streaming`` how it is to be run.
"""

import re
from dataclasses import dataclass

from chatkit.actions import ActionConfig
from pydantic import BaseModel

from chat.errors import Conflict, InvalidRequest
from chat.page.widgets.actions import (
    EVENT_FIELD,
    EVENTS,
    FIELD,
    PATH_FIELD,
    action_of,
    check_of,
)
from chat.page.widgets.fields import (
    CONTROLS,
    Form,
    field_name,
    fields_of,
    is_form,
    merged,
    values_of,
)
from chat.page.widgets.tree import SLOTS, Node, is_component, plain
from chat.page.widgets.validity import check
from chat.words import marked

LONGEST_PATH = 2_000
CHECKED = ("onSubmitAction", "confirm")  # before these, the fields must be right
_INDEX = re.compile(r"[0-9]{1,6}")
GONE = marked("This is not there any more. Reload to see how it is now.")


@dataclass(frozen=True)
class Place:
    """A component of a widget, and what happened to it.

    Attributes:
        path: the component's place, such as ``children.0.children.2``; empty for the root.
        event: the name of the event, such as ``onClickAction``.
        check: the digest of the action that the page showed; empty where it is not known.
    """

    path: str
    event: str
    check: str = ""


def place_in_form(form: Form) -> Place:
    """Return the place that a form names: by the pressed button, or in two fields.

    Raises:
        InvalidRequest: it names none.
    """
    if FIELD in form:
        path, _, rest = form.getlist(FIELD)[-1].partition(":")
        event, _, check = rest.partition(":")
    else:
        path, event, check = "", "", ""
        if PATH_FIELD in form and EVENT_FIELD in form:
            path, event = form.getlist(PATH_FIELD)[-1], form.getlist(EVENT_FIELD)[-1]
    if event not in EVENTS or len(path) > LONGEST_PATH:
        raise InvalidRequest("The form does not say what was done in the widget.")
    return Place(path, event, check)


def find_component(widget: BaseModel | Node, path: str) -> Node:
    """Return a component of a widget, in plain form.

    Raises:
        Conflict: there is none at that place any more.
    """
    return _trail(plain(widget), path)[-1]


def action_at(widget: BaseModel | Node, place: Place, form: Form) -> ActionConfig:
    """Return the action at a place, its payload merged with the values of the form around it.

    Args:
        widget: the root, as it is stored.
        place: what the browser named.
        form: what the browser posted.

    Raises:
        Conflict: the place is gone, or holds another action than the page showed.
        InvalidRequest: a field has a value that it cannot have.
    """
    trail = _trail(plain(widget), place.path)
    action = action_of(trail[-1], place.event)
    if action is None or place.check not in ("", check_of(action)):
        raise Conflict(GONE)
    source = _values_around(trail)
    if source is None:
        return action
    if source is trail[-1] and place.event in CHECKED:
        for props in fields_of(source):
            if not props.flag("disabled"):
                check(props, form.getlist(field_name(props)))
    payload = merged(action.payload, values_of(source, form))
    return action.model_copy(update={"payload": payload})


def _trail(root: Node, path: str) -> list[Node]:
    """Return the components from the root to a place."""
    trail = [root]
    steps = path.split(".") if path else []
    while steps:
        slot = steps.pop(0)
        found = trail[-1].get(slot) if slot in SLOTS else None
        if isinstance(found, list) and steps:
            index = steps.pop(0)
            found = (
                found[int(index)] if _INDEX.fullmatch(index) and int(index) < len(found) else None
            )
        if not is_component(found):
            raise Conflict(GONE)
        trail.append(found)
    return trail


def _values_around(trail: list[Node]) -> Node | None:
    """Return the form whose values belong to the last component: the nearest, or itself."""
    forms: list[Node] = []
    for node in trail:
        if is_form(node, inside=bool(forms)):
            forms.append(node)
    if forms:
        return forms[-1]
    return trail[-1] if trail[-1]["type"] in CONTROLS else None
