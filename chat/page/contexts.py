"""Everything the page's templates may read, prepared so that they need not compute.

Only light modules are imported here: the start page is answered before the others are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

if TYPE_CHECKING:
    from chat.page.dates import Moment

NOTHING = Markup()
ANSWER = Markup("<!-- the answer -->")

TurnState = Literal["idle", "running", "done", "stopped", "failed", "interrupted"]


@dataclass(frozen=True)
class Composer:
    """The form that a message is written in.

    Attributes:
        action: where the message is posted to.
        stop: where Stop is posted to; empty where nothing runs that may be stopped.
        running: whether an answer is being written, so that nothing can be sent.
        waiting: whether a question of the assistant has to be answered or skipped first.
        closed: why nothing more can be written here; empty where it can.
        accepts: the file types that may be attached, as ``accept`` of a file field.
    """

    action: str
    stop: str = ""
    running: bool = False
    waiting: bool = False
    closed: str = ""
    accepts: str = ""


@dataclass(frozen=True)
class StartPage:
    """``start.html``: nothing has been said yet.

    Attributes:
        prompts: what a newcomer may say with one click.
    """

    composer: Composer
    prompts: tuple[str, ...]
    title: str = "New chat"


@dataclass(frozen=True)
class NoticeView:
    """Something the server wants to be seen beside its answer.

    Attributes:
        said: the level in a word.
        icon: the level's icon.
        key: what names the notice when it is dismissed.
        dismiss: where that is posted to.
    """

    level: Literal["info", "warning", "danger"]
    said: str
    icon: Markup
    title: str
    message: Markup
    key: str
    dismiss: str


@dataclass(frozen=True)
class TurnView:
    """How the latest turn of a thread stands: what ``parts/turn.html`` shows.

    Attributes:
        state: ``idle`` where there has been no turn.
        progress: what is being done now.
        icon: the progress line's icon, or nothing.
        notices: shown until the next turn.
        note: how the turn ended, where that needs saying.
        error: why it failed.
        retry: where Retry is posted to; empty where there is nothing to retry.
    """

    state: TurnState = "idle"
    progress: str = ""
    icon: Markup = NOTHING
    notices: tuple[NoticeView, ...] = ()
    note: str = ""
    error: str = ""
    retry: str = ""


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
        return f"{self.query} – History" if self.query else "History"

    @property
    def count(self) -> str:
        """How many threads were found, as it is announced."""
        if not self.query or not self.rows:
            return ""
        more = "More than " if self.older else ""
        number = len(self.rows)
        return f"{more}{number} thread{'' if number == 1 else 's'} found"


@dataclass(frozen=True)
class ErrorPage:
    """``error.html``: why a request was refused, and the way on.

    Attributes:
        action: where the message was posted to, so that it can be sent again.
        text: what had been written.
        back: the address of the page it came from.
    """

    message: str
    back: str = "/"
    action: str = ""
    text: str = ""
    title: str = field(default="That did not work")
