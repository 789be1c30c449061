"""Reading from the assistant's own last answer what it did, for "it" and "undo"."""

import re
from datetime import date

from chat.assistant.offline.dates import only_date
from chat.assistant.offline.memory import Deed, Did
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.wording import unescaped

_TITLE = r"\*\*((?:\\.|[^*\\\n])+)\*\*"
_BOLD = re.compile(_TITLE)
_ITEM = re.compile(rf"{_TITLE}(?: \(([^()\n]*)\))?")
_BEGINNINGS: tuple[tuple[str, Did], ...] = (
    ("Added ", "added"),
    ("Ticked off ", "completed"),
    ("Reopened ", "reopened"),
    ("Deleted ", "deleted"),
)
_RENAMED = re.compile(rf"Renamed {_TITLE} to {_TITLE}\.")
_MOVED = re.compile(rf"Moved {_TITLE} from (.+?) to [^.]+\.|Moved {_TITLE} to [^.;]+; it had no")
_UNDATED = re.compile(rf"Took the date off {_TITLE}; it was due (?:on )?([^.\n]+)\.")
_MOVED_MANY = re.compile(r"(?:Moved|Took the date off) \d+ tasks")
_QUOTED = re.compile(r"“([^”\n]+)”")
_CLICKED: tuple[tuple[str, Did], ...] = (
    ("completed ", "completed"),
    ("reopened ", "reopened"),
    ("deleted ", "deleted"),
    ("added ", "added"),
)


def titles_in(answer: str) -> tuple[str, ...]:
    """Return the titles that an answer names, in order."""
    return tuple(unescaped(found) for found in _BOLD.findall(answer))


def deeds_in(answer: str, today: date) -> tuple[Deed, ...]:
    """Return what an answer says was done, in order."""
    deeds: list[Deed] = []
    paragraphs = re.split(r"\n\n(?!- )", answer)
    for paragraph in paragraphs:
        if deed := _list_deed(paragraph, today):
            deeds.append(deed)
        else:
            deeds.extend(_changes(paragraph, today))
    return tuple(deeds)


def _list_deed(paragraph: str, today: date) -> Deed | None:
    for beginning, did in _BEGINNINGS:
        if paragraph.startswith(beginning):
            items = _ITEM.findall(paragraph)
            titles = tuple(unescaped(title) for title, _ in items)
            if not titles:
                return None  # it was stopped before it said more
            return Deed(did, titles, tuple(_day(said, today) for _, said in items))
    if _MOVED_MANY.match(paragraph):
        items = _ITEM.findall(paragraph)
        before = tuple(_day(said.removeprefix("was "), today) for _, said in items)
        return Deed("moved", tuple(unescaped(title) for title, _ in items), before)
    return None


def _changes(paragraph: str, today: date) -> list[Deed]:
    deeds = [
        Deed("renamed", (unescaped(found[2]),), before=unescaped(found[1]))
        for found in _RENAMED.finditer(paragraph)
    ]
    deeds += [
        Deed("moved", (unescaped(found[1] or found[3]),), (_day(found[2] or "", today),))
        for found in _MOVED.finditer(paragraph)
    ]
    deeds += [
        Deed("moved", (unescaped(found[1]),), (_day(found[2], today),))
        for found in _UNDATED.finditer(paragraph)
    ]
    return deeds


def _day(said: str, today: date) -> date | None:
    return only_date(Phrase.of(said), today) if said else None


def clicks_in(note: str) -> tuple[tuple[str, ...], tuple[Deed, ...]]:
    """Return the titles that a note about clicks names, and what the last click did."""
    lines = [line.removeprefix("- ") for line in note.splitlines() if line.startswith("- ")]
    last = lines[-1] if lines else ""
    titles = tuple(_QUOTED.findall(last))
    for beginning, did in _CLICKED:
        if last.startswith(beginning) and titles:
            return titles, (Deed(did, titles, (None,) * len(titles)),)
    return titles, ()
