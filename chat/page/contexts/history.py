"""The page of all threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chat.page.contexts.thread import HeadView
from chat.words import gettext, ngettext

if TYPE_CHECKING:
    from chat.page.dates import Moment


@dataclass(frozen=True)
class ThreadRow:
    """One thread in the history.

    Attributes:
        title: its title in runs of text, each with whether it is what was searched for.
        passage: some of what is written in it, likewise.
        current: whether it is the one that the reader comes from.
    """

    head: HeadView
    title: tuple[tuple[str, bool], ...]
    passage: tuple[tuple[str, bool], ...]
    when: str
    moment: Moment
    current: bool = False


@dataclass(frozen=True)
class HistoryPage:
    """``threads.html``: the caller's threads, newest first.

    Attributes:
        newest: the address of the first page; empty where this is it.
        older: the address of the next page; empty at the end.
        searches: whether threads can be searched for.
        query: what is searched for.
        current: the id of the thread that the reader comes from.
    """

    rows: tuple[ThreadRow, ...]
    newest: str = ""
    older: str = ""
    searches: bool = False
    query: str = ""
    current: str = ""

    @property
    def title(self) -> str:
        """The document's title."""
        return f"{self.query} – {gettext('History')}" if self.query else gettext("History")

    @property
    def count(self) -> str:
        """How many threads were found, as it is announced."""
        if not self.query or not self.rows:
            return ""
        number = len(self.rows)
        if self.older:
            said = ngettext(
                "More than %(num)s thread found", "More than %(num)s threads found", number
            )
        else:
            said = ngettext("%(num)s thread found", "%(num)s threads found", number)
        return said % {"num": number}
