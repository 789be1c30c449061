"""File names that people chose: kept as data, shown, and offered again for a download."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 200
"""How many characters of a name are kept."""

# What is no part of a name: controls, half characters, line ends, and marks that reverse
# the order of letters, so that a program's name can look like a picture's.
_REMOVED = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_NOT_IN_TITLES = re.compile(r'[/\\:*?"<>|]+')


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


def name_of_title(title: str | None, ending: str) -> str:
    """Return a name for a file that holds what has this title.

    Args:
        title: any text, or None.
        ending: such as ``.json``.
    """
    name = " ".join(_NOT_IN_TITLES.sub(" ", title or "").split())
    return clean_name(name[:80].strip(". ") or "thread") + ending


def disposition(kind: str, name: str) -> str:
    """Return a ``Content-Disposition`` value (RFC 6266) that any name is safe in.

    Args:
        kind: ``attachment`` or ``inline``.
        name: the file's name; characters beyond ASCII go into ``filename*`` (RFC 8187).
    """
    name = clean_name(name)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^ \w.()+,;=@~-]", "_", plain).strip() or "file"
    value = f'{kind}; filename="{plain}"'
    return value if plain == name else f"{value}; filename*=UTF-8''{quote(name, safe='')}"
