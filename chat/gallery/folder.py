"""A user's widgets in the gallery: ``folder_group(path)`` of ``.json`` and ``.widget`` files.

A ``.json`` file holds a widget's root, or an object with it as ``widget``. A ``.widget`` file is
what the ChatKit studio exports: its preview is shown, or else its template with the sample
data that came with it. A file that cannot be shown says why; it never stops the others.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from chatkit.widgets import DynamicWidgetRoot, WidgetTemplate

from chat.gallery.examples import Entry, Example, Group, widget_item
from chat.words import marked

LARGEST = 2 * 1024 * 1024
MOST_FILES = 500
ROOTS = ("Card", "ListView", "Basic")


class CannotBeShown(ValueError):
    """The file holds no widget; the message says why."""


def folder_group(folder: Path) -> Group:
    """Return the widgets of a folder, in the order of their names."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".json", ".widget"))
    return Group(
        "yours", marked("Your widgets"), tuple(_entry(path) for path in paths[:MOST_FILES])
    )


def entry_id(name: str) -> str:
    """Return the id of the entry of a file."""
    return f"yours-{sha256(name.encode(errors='surrogateescape')).hexdigest()[:12]}"


def _entry(path: Path) -> Entry:
    id_ = entry_id(path.name)
    try:
        example = Example("", widget_item(id_, _widget(path)))
    except (OSError, ValueError, RecursionError) as error:
        example = Example("", None, problem=_reason(error))
    name = path.name.encode(errors="replace").decode()
    return Entry(id_, name, "", (example,))


def _reason(error: Exception) -> str:
    if isinstance(error, CannotBeShown):
        return str(error)
    if isinstance(error, OSError):
        return marked("This file cannot be read.")
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return marked("This file is not JSON.")
    return marked("This file holds no widget that ChatKit knows.")


def _widget(path: Path) -> DynamicWidgetRoot:
    if path.stat().st_size > LARGEST:
        raise CannotBeShown(f"This file is larger than {LARGEST} bytes.")
    given = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(given, Mapping):
        raise CannotBeShown(marked("This file holds no widget."))
    root = _built(given) if path.suffix == ".widget" else given.get("widget", given)
    if not isinstance(root, Mapping) or not isinstance(root.get("type"), str):
        raise CannotBeShown(marked("This file holds no widget."))
    if root["type"] not in ROOTS:
        root = {"type": "Basic", "children": [root]}
    return DynamicWidgetRoot.model_validate(root)


def _built(given: Mapping[str, Any]) -> Any:
    """Return the widget of a ``.widget`` file as plain JSON."""
    preview = given.get("outputJsonPreview")
    if isinstance(preview, str):
        preview = json.loads(preview)
    if preview:
        return preview
    try:
        return WidgetTemplate(dict(given)).build(_sample(given)).model_dump(exclude_none=True)
    except Exception as error:  # whatever Jinja makes of a template that somebody wrote
        raise CannotBeShown(f"Its template needs data that it does not bring: {error}") from error


def _sample(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data a template was designed with; its examples and defaults by the schema."""
    encoded = given.get("encodedWidget")
    if isinstance(encoded, str):
        padded = encoded + "=" * (-len(encoded) % 4)
        state = json.loads(base64.urlsafe_b64decode(padded)).get("defaultState")
        if isinstance(state, dict):
            return state
    schema = given.get("jsonSchema")
    properties = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
    return {name: _default(each) for name, each in properties.items()}


def _default(schema: Any) -> Any:
    given = schema if isinstance(schema, Mapping) else {}
    if "default" in given:
        return given["default"]
    if examples := given.get("examples"):
        return examples[0]
    kinds = {"array": [], "object": {}, "integer": 0, "number": 0, "boolean": False, "null": None}
    return kinds.get(str(given.get("type")), "")
