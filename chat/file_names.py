"""The names of files that are offered for a download."""

import re
import unicodedata
from urllib.parse import quote

from store.names import clean_name

_NOT_IN_TITLES = re.compile(r'[/\\:*?"<>|]+')


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
