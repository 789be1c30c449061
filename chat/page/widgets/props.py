"""Reading a component's properties, whatever a model or an author put there.

Nothing here raises: a value of the wrong kind counts as not given.
"""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from chat.page.widgets.tree import Node

_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})", re.ASCII)
LARGEST = 100_000.0


def number(value: object, largest: float = LARGEST) -> float | None:
    """Return a number given as such or as text; None for anything else, and for larger ones."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and abs(value) <= largest else None


def text(value: object) -> str:
    """Return a scalar as text; empty for none and for what is no scalar."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) <= LARGEST:
            return str(int(value))
        case int() | float():
            return str(value)
        case _:
            return ""


class Props:
    """The properties of one component."""

    def __init__(self, node: Node) -> None:
        """Take a component in plain form."""
        self.node = node

    @property
    def type(self) -> str:
        """The component's type, as the protocol names it."""
        return str(self.node.get("type", ""))

    def get(self, name: str) -> Any:
        """Return a property as it is; None where it is missing."""
        return self.node.get(name)

    def text(self, *names: str) -> str:
        """Return the first of some properties that holds any text."""
        for name in names:
            if found := text(self.node.get(name)):
                return found
        return ""

    def flag(self, name: str) -> bool:
        """Return whether a property is true, as a boolean or as the word."""
        value = self.node.get(name)
        return value is True or (isinstance(value, str) and value.lower() == "true")

    def number(self, name: str) -> float | None:
        """Return a number, also one given as text."""
        return number(self.node.get(name))

    def count(self, name: str, largest: int) -> int | None:
        """Return a whole number from 1 to a largest one, which also stands for all above."""
        value = self.number(name)
        return min(largest, int(value)) if value is not None and value >= 1 else None

    def choice(self, name: str, allowed: Collection[str], default: str = "") -> str:
        """Return one of the allowed words, or the default."""
        value = self.node.get(name)
        return value if isinstance(value, str) and value in allowed else default

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Return an object; an empty one where there is none."""
        value = self.node.get(name)
        return value if isinstance(value, Mapping) else {}

    def objects(self, name: str) -> list[Mapping[str, Any]]:
        """Return the objects of a list; what else is in it is left out."""
        value = self.node.get(name)
        if not isinstance(value, Sequence) or isinstance(value, str):
            return []
        return [each for each in value if isinstance(each, Mapping)]
