"""Saying things in plain English and Markdown: titles, counts and days."""

import re
from collections.abc import Sequence
from datetime import date

_MARKUP = re.compile(r"([\\`*_\[\]<~&])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<~&])")


def bold(title: str) -> str:
    """Return a title in bold; whatever it contains is shown as it is."""
    return f"**{escaped(title)}**"


def escaped(text: str) -> str:
    """Return a text in which nothing counts as Markdown or HTML."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def unescaped(text: str) -> str:
    """Return the text that `escaped` made this of."""
    return _ESCAPED.sub(r"\1", text)


def tasks(count: int) -> str:
    """Return a number of tasks in words: "1 task", "3 tasks", "no tasks"."""
    return f"{count or 'no'} task{'' if count == 1 else 's'}"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as a list in a sentence: "a, b and c"."""
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def points(lines: Sequence[str]) -> str:
    """Return lines as a list in Markdown."""
    return "\n".join(f"- {line}" for line in lines)


def day(when: date, today: date) -> str:
    """Return a day as people say it: "tomorrow", "Friday, 27 November"."""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((when - today).days)
    year = "" if when.year == today.year else f" {when.year}"
    return near or f"{when:%A}, {when.day} {when:%B}{year}"


def on_day(when: date, today: date) -> str:
    """Return a day after a verb: "tomorrow", "on Friday, 27 November"."""
    said = day(when, today)
    return f"on {said}" if "," in said else said
