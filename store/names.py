"""File names that people chose: kept as data and shown, never a path."""

import re

LONGEST = 200
"""How many characters of a name are kept."""

# What is no part of a name: controls, half characters, line ends, and marks that reverse
# the order of letters, so that a program's name can look like a picture's.
_REMOVED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def clean_name(name: str, default: str = "file") -> str:
    """Return a sent file's name without a path, controls and excess length.

    Args:
        name: the name as sent; its ending survives being cut.
        default: the name of a file that has none.
    """
    name = _REMOVED.sub("", re.split(r"[/\\]", name)[-1]).strip()
    if name.strip(".") == "":
        return default
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST and stem and len(ending) <= 20:
        return stem[: LONGEST - len(dot + ending)] + dot + ending
    return name[:LONGEST]
