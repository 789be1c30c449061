"""What the conversation so far lets "it", "yes" and "undo" mean."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Did = Literal["added", "completed", "reopened", "deleted", "renamed", "moved"]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that an answer said was done.

    Attributes:
        did: what.
        titles: the titles of the tasks, as they are now.
        dues: the days the tasks have, or for deleted tasks had; for a moved one the day before.
        before: the title before a renaming.
    """

    did: Did
    titles: tuple[str, ...]
    dues: tuple[date | None, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was said before the message that is to be answered.

    Attributes:
        mentioned: titles that the last answer named, in order.
        deeds: what the last answer said was done.
        asked: what the last answer asked: which task to add, whether to add what the message
            before it named, or nothing.
        before: the text of the message before this one.
        quoted: what the user quoted with this message.
        attached: texts that came with this message.
        other_files: whether files came that are not text.
    """

    mentioned: tuple[str, ...] = ()
    deeds: tuple[Deed, ...] = ()
    asked: Literal["", "what_task", "offer"] = ""
    before: str = ""
    quoted: str = ""
    attached: tuple[str, ...] = ()
    other_files: bool = False
