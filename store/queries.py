"""The named statements of ``queries.sql``."""

import re
from pathlib import Path

_HEADING = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_COMMENT = re.compile(r"^--.*\n", re.MULTILINE)


def load_queries(path: Path) -> dict[str, str]:
    """Read a file of statements, each under ``-- name: …`` and a comment that explains it.

    Args:
        path: the file.

    Returns:
        The statements by name, without their comments.

    Raises:
        ValueError: a name occurs twice, or a statement has no comment or no end.
    """
    _, *parts = _HEADING.split(path.read_text(encoding="utf-8"))
    queries: dict[str, str] = {}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        statement = _COMMENT.sub("", text).strip()
        if name in queries or not text.startswith("-- ") or not statement.endswith(";"):
            raise ValueError(f"{path.name}: {name} is no single, explained, ended statement.")
        queries[name] = statement.removesuffix(";")
    return queries


SQL = load_queries(Path(__file__).with_name("queries.sql"))
