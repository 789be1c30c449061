"""Files that settings name, as JSON or, where their name ends in ``.toml``, TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from chat.settings import InvalidSettings

Shape = TypeVar("Shape")


def read_file(setting: str, path: Path, shape: type[Shape]) -> Shape:
    """Return what a file holds.

    Args:
        setting: the environment variable that names the file.
        path: the file.
        shape: the type of what it has to hold.

    Raises:
        InvalidSettings: it cannot be read, or holds something else.
    """
    try:
        return msgspec.convert(_decoded(path), shape)
    except OSError as error:
        raise refused(setting, path, error.strerror or str(error)) from None
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$")
        raise refused(setting, path, reason, where.strip("`.")) from None
    except (ValueError, RecursionError) as error:
        raise refused(setting, path, str(error)) from None


def refused(setting: str, path: Path, reason: str, where: str = "") -> InvalidSettings:
    """Return the one line that says what is wrong, and at which path in the file."""
    said = " ".join(f"{where}: {reason}".split()) if where else " ".join(reason.split())
    return InvalidSettings(f"{setting}: {path}: {said.rstrip('.')}.")


def _decoded(path: Path) -> Any:
    if path.suffix.lower() == ".toml":
        return tomllib.loads(path.read_text(encoding="utf-8"))
    return msgspec.json.decode(path.read_bytes())
