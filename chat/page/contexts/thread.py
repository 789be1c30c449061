"""The pages of a thread, and the parts that they have in common."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.contexts.composer import Composer
from chat.page.contexts.turn import TurnView

ANSWER = Markup("<!-- the answer -->")


@dataclass(frozen=True)
class HeadView:
    """The thread's title and what can be done with the whole thread.

    Attributes:
        title: what is shown, also where the thread has no title.
        field: the title that can be changed.
        back: the part of the history that the forms lead back to; empty on the thread's page.
        history: the address of the history, in which this thread is marked.
    """

    title: str
    url: str
    field: str = ""
    back: str = ""
    history: str = ""


@dataclass(frozen=True)
class ItemsView:
    """A run of rendered items, oldest first.

    Attributes:
        items: the rendered articles.
        earlier: the address of the items before these; empty where there are none.
    """

    items: tuple[Markup, ...]
    earlier: str = ""


@dataclass(frozen=True)
class RecentThread:
    """A thread beside the one that is open, or that one itself."""

    title: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class RecentView:
    """``parts/recent.html``: the newest threads, on screens that have the room.

    Attributes:
        history: the address of all of them.
    """

    threads: tuple[RecentThread, ...]
    history: str


@dataclass(frozen=True)
class ThreadPage:
    """``thread.html``: a thread with its newest items.

    Attributes:
        events: the address of the thread's live changes.
        events_id: the connecting element's id; each state of the page has its own, so that
            a page never mixes the changes that follow two of them.
        live: the address to go to where no script runs; empty where nothing is being written.
    """

    head: HeadView
    recent: RecentView
    items: ItemsView
    turn: TurnView
    composer: Composer
    events: str
    events_id: str
    live: str = ""

    @property
    def title(self) -> str:
        """The document's title."""
        return self.head.title


@dataclass(frozen=True)
class LivePage:
    """``live.html``: a thread while it is answered, for a browser without scripts.

    Attributes:
        items: those that are finished.
        composer: says where Stop is posted to.
        answer: stands where the answer will be written.
    """

    head: HeadView
    recent: RecentView
    items: ItemsView
    composer: Composer
    answer: Markup = ANSWER

    @property
    def title(self) -> str:
        """The document's title."""
        return self.head.title


@dataclass(frozen=True)
class EarlierPage:
    """``earlier.html``: older items of a thread, for a browser without scripts."""

    head: HeadView
    recent: RecentView
    items: ItemsView

    @property
    def title(self) -> str:
        """The document's title."""
        return self.head.title
