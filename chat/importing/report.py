"""What an import did and what it left out, in sentences."""

from collections import Counter
from enum import Enum


class LeftOut(Enum):
    """What is not taken over, as one and as several are called, and why."""

    SYSTEM = (
        "system message",
        "system messages",
        "this server has instructions of its own",
    )
    HIDDEN = ("hidden item", "hidden items", "they would instruct the model unseen")
    REASONING = ("piece of reasoning", "pieces of reasoning", "only its model can read it")
    IMAGE = ("image", "images", "its text says where it was")
    FILE = ("file", "files", "the file's bytes are not here; its text says its name")
    AUDIO = ("recording", "recordings", "what was said is kept where it is written down")
    EMPTY = ("empty message", "empty messages", "there is nothing to show")
    NOTE = ("source of an answer", "sources of answers", "only the text is taken over")
    CUT = ("end of a long tool output", "ends of long tool outputs", "the beginning is enough")
    MESSAGE = ("message", "messages", "their form is not known here")
    ITEM = ("item", "items", "their form is not known here")
    ENTRY = ("entry", "entries", "they are no conversations")

    def said(self, count: int) -> str:
        """Return so many of them, and why they are left out."""
        one, several, reason = self.value
        return f"{count} {one if count == 1 else several} ({reason})"


class Report:
    """Counts what an import does.

    Attributes:
        new_threads: threads that were not there before.
        longer_threads: threads that were there and got more items.
        known_threads: threads that were there with all their items.
        items: items that are new.
        left_out: what was not taken over.
    """

    def __init__(self) -> None:
        self.new_threads = 0
        self.longer_threads = 0
        self.known_threads = 0
        self.items = 0
        self.left_out: Counter[LeftOut] = Counter()

    @property
    def understood(self) -> bool:
        """Whether there was any conversation."""
        return bool(self.new_threads or self.longer_threads or self.known_threads)

    def sentences(self) -> list[str]:
        """Return what happened, a sentence each."""
        items = _counted(self.items, "item")
        said = []
        if self.new_threads:
            said.append(f"{_counted(self.new_threads, 'new thread')}.")
        if self.longer_threads:
            said.append(f"{_counted(self.longer_threads, 'thread')} got more items.")
        if self.known_threads:
            were = "was" if self.known_threads == 1 else "were"
            said.append(
                f"{_counted(self.known_threads, 'thread')} {were} there already, unchanged."
            )
        said.append(f"{items} added." if self.items else "Nothing had to be added.")
        if self.left_out:
            parts = [kind.said(count) for kind, count in self.left_out.items()]
            said.append(f"Left out: {', '.join(parts)}.")
        return said


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
