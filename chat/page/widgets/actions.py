"""What a component does when it is used: its actions, and the buttons that send them.

A button never carries an action's type or payload, only where the action stands in the
stored widget: ``path:event:check``. The check is a digest of the action, so that a page
that shows an old widget cannot set off what stands in the same place now.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from chatkit.actions import ActionConfig
from markupsafe import Markup, escape

from chat.page.widgets.tree import Node

FIELD = "_action"
PATH_FIELD, EVENT_FIELD = "_path", "_event"
EVENTS = ("onClickAction", "onSubmitAction", "onChangeAction", "confirm", "cancel")
# What ``auto`` means: what is pressed shows that it is at work, and a form does as a whole.
LOADING_BY_EVENT = {
    "onClickAction": "self",
    "onSubmitAction": "container",
    "onChangeAction": "none",
    "confirm": "container",
    "cancel": "container",
}

NOTHING = Markup()
_HANDLERS = {"client", "server"}
_LOADING = {"auto", "none", "self", "container"}


def action_of(node: Node, event: str) -> ActionConfig | None:
    """Return a component's action for an event, or None where it has none that can be sent.

    Args:
        node: a component in plain form.
        event: one of `EVENTS`; ``confirm`` and ``cancel`` are a card's.
    """
    given = node.get(event)
    if event in ("confirm", "cancel"):
        given = given.get("action") if isinstance(given, Mapping) else None
    if isinstance(given, str) and given:
        return ActionConfig(type=given)
    if not isinstance(given, Mapping) or not isinstance(given.get("type"), str):
        return None
    handler, loading = given.get("handler"), given.get("loadingBehavior")
    return ActionConfig(
        type=given["type"],
        payload=given.get("payload"),
        handler=handler if handler in _HANDLERS else "server",
        loadingBehavior=loading if loading in _LOADING else "auto",
        streaming=given.get("streaming") is not False,
    )


def check_of(action: ActionConfig) -> str:
    """Return an action's digest: 16 hex digits."""
    seen = json.dumps([action.type, action.payload], sort_keys=True, default=str)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def sending(
    action: ActionConfig, path: str, event: str, form: str, validate: bool, values: str = ""
) -> Markup:
    """Return the attributes of a button that sends an action, or dispatches it in the browser.

    Args:
        action: what is sent.
        path: where the component stands in the stored widget.
        event: the event that the action belongs to.
        form: the id of the form element whose fields go along.
        validate: whether the browser checks the fields first.
        values: whose values a script puts into the payload of an action for the browser:
            those of the ``form``, the control's ``own``, or nobody's.
    """
    place = f"{path}:{event}:{check_of(action)}"
    sent = Markup('type="submit" form="{}" name="{}" value="{}"').format(form, FIELD, place)
    sent += NOTHING if validate else Markup(" formnovalidate")
    if action.handler == "client":
        described = json.dumps({"type": action.type, "payload": action.payload}, default=str)
        # One that submits a form is what Enter presses, so it must be a submit button.
        kind = sent if validate else Markup('type="button" form="{}"').format(form)
        return kind + attribute("data-client-action", described) + attribute("data-values", values)
    loading = (
        LOADING_BY_EVENT[event] if action.loadingBehavior == "auto" else action.loadingBehavior
    )
    sent += attribute("data-loading", "" if loading == "none" else loading)
    return sent + (NOTHING if action.streaming else Markup(" data-sync"))


def attribute(name: str, value: Any) -> Markup:
    """Return an HTML attribute with a blank before it; nothing for an empty value."""
    return Markup(f' {name}="{escape(value)}"') if value else NOTHING  # noqa: S704 - escaped
