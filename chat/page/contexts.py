"""Everything the page's templates may read, prepared so that they need not compute.

Only light modules are imported here: the start page is answered before the others are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from chat.words import gettext, ngettext

if TYPE_CHECKING:
    from chat.page.dates import Moment

NOTHING = Markup()
ANSWER = Markup("<!-- the answer -->")

TurnState = Literal["idle", "running", "done", "stopped", "failed", "interrupted"]


@dataclass(frozen=True)
class HeaderLink:
    """A button of the operator's own in the bar.

    Attributes:
        href: where it leads; empty where the page that embeds the chat does what it does.
    """

    icon: Markup
    href: str
    label: str


@dataclass(frozen=True)
class Header:
    """The bar at the top of every page.

    Attributes:
        enabled: whether there is one.
        titled: whether the title is seen; it is always there for those who cannot see.
        text: what is shown in place of a thread's title; empty for the title itself.
        history: whether the history is offered.
        rename: whether threads can be renamed.
        delete: whether threads can be deleted.
        beside: whether there is what a page of its own has beside a thread: the newest
            threads, and exports.
    """

    enabled: bool = True
    titled: bool = True
    text: str = ""
    left: HeaderLink | None = None
    right: HeaderLink | None = None
    history: bool = True
    rename: bool = True
    delete: bool = True
    beside: bool = True


@dataclass(frozen=True)
class Look:
    """How the whole page looks.

    Attributes:
        style_sheet: the address of the theme's style sheet; empty where there is none.
        schemes: the colour schemes that the page has, for ``<meta name="color-scheme">``.
        flags: attributes of the root element, for style sheets and scripts.
    """

    style_sheet: str
    schemes: str
    flags: dict[str, str]

    @property
    def attributes(self) -> Markup:
        """The flags as they stand in the root element."""
        pairs = (Markup(' {}="{}"').format(*flag) for flag in self.flags.items())
        return Markup("").join(pairs)


@dataclass(frozen=True)
class Attaching:
    """What files a message may bring.

    Attributes:
        accept: types and extensions, as ``accept`` of a file field; empty for all.
        count: how many files at most.
        sizes: bytes, and those in words, by type, the rest under ``*``, as JSON.
        limits: all of that in words.
    """

    accept: str
    count: int
    sizes: str
    limits: str


@dataclass(frozen=True)
class ToolView:
    """A tool to choose.

    Attributes:
        short: what the button says when it is chosen.
        placeholder: what the empty field says when it is chosen.
        pinned: whether it stands beside the menu and not in it.
        persistent: whether it stays chosen after a message.
    """

    id: str
    label: str
    icon: Markup
    short: str
    placeholder: str
    pinned: bool
    persistent: bool


@dataclass(frozen=True)
class ModelView:
    """A model to choose."""

    id: str
    label: str
    description: str
    disabled: bool


@dataclass(frozen=True)
class Offers:
    """What the composer offers besides its text.

    Attributes:
        placeholder: what the empty field says.
        attaching: which files may be attached, or None.
        tools: the tools to choose from.
        models: the models to choose from.
        model: the id of the one that is chosen where nobody chooses.
        mentions: whether there are entities to mention.
        mention_button: whether a button begins a mention.
        dictation: whether speech can be written down.
        disclaimer: what is said below the composer; empty for nothing.
        contrast: whether that is to be seen well.
    """

    placeholder: str = ""
    attaching: Attaching | None = None
    tools: tuple[ToolView, ...] = ()
    models: tuple[ModelView, ...] = ()
    model: str = ""
    mentions: bool = False
    mention_button: bool = False
    dictation: bool = False
    disclaimer: Markup = NOTHING
    contrast: bool = False


@dataclass(frozen=True)
class Composer:
    """The form that a message is written in.

    Attributes:
        action: where the message is posted to.
        offers: what it offers besides the text.
        tool: the id of the tool that is chosen already; empty for none.
        model: the id of the model that is chosen already; empty where there are none.
        stop: where Stop is posted to; empty where nothing runs that may be stopped.
        running: whether an answer is being written, so that nothing can be sent.
        waiting: whether a question of the assistant has to be answered or skipped first.
        closed: why nothing more can be written here; empty where it can.
    """

    action: str
    offers: Offers
    tool: str = ""
    model: str = ""
    stop: str = ""
    running: bool = False
    waiting: bool = False
    closed: str = ""


@dataclass(frozen=True)
class PromptView:
    """Something that may be said first.

    Attributes:
        label: what its button says.
        field: the name of the form's field.
        value: the field's value: the text itself, or which prompt of the options it is.
    """

    label: str
    icon: Markup
    field: str
    value: str


@dataclass(frozen=True)
class StartPage:
    """``start.html``: nothing has been said yet.

    Attributes:
        prompts: what may be said with one click.
        loading: whether the composer may offer more when the server is loaded.
    """

    composer: Composer
    greeting: str
    prompts: tuple[PromptView, ...]
    loading: bool = False

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("New chat")


@dataclass(frozen=True)
class ServerLink:
    """A server of this process, and where it is."""

    url: str
    name: str


@dataclass(frozen=True)
class ServersPage:
    """``servers.html``: the servers of this process."""

    servers: tuple[ServerLink, ...]

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("Chats")


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
        id: the turn's own id; empty where it is not known.
    """

    state: TurnState = "idle"
    progress: str = ""
    icon: Markup = NOTHING
    notices: tuple[NoticeView, ...] = ()
    note: str = ""
    error: str = ""
    retry: str = ""
    id: str = ""


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
class FramePage:
    """``frame.html``: the frame of the element, before it is told what to show.

    Attributes:
        origins: the other origins whose pages may show it.
    """

    title: str
    origins: str


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


@dataclass(frozen=True)
class ErrorPage:
    """``error.html``: why a request was refused, and the way on.

    Attributes:
        action: where the message was posted to, so that it can be sent again.
        text: what had been written.
        chosen: what else had been chosen with it, as names and values of fields.
        back: the address of the page it came from.
    """

    message: str
    back: str
    action: str = ""
    text: str = ""
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("That did not work")


@dataclass(frozen=True)
class ClaimPage:
    """``claim.html``: whether a browser is to show threads that were moved in.

    Attributes:
        action: where the answer is posted to.
    """

    action: str

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("Your imported threads")


@dataclass(frozen=True)
class EntityView:
    """An entity in the list of those that may be mentioned.

    Attributes:
        preview: the address of its preview; empty where it has none.
    """

    id: str
    title: str
    icon: Markup
    preview: str


@dataclass(frozen=True)
class EntityGroup:
    """Entities under one heading; the heading may be empty."""

    name: str
    entities: tuple[EntityView, ...]


@dataclass(frozen=True)
class EntitiesPage:
    """``entities.html``: what may be mentioned, for a browser without scripts."""

    query: str
    groups: tuple[EntityGroup, ...]

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("Mention")


@dataclass(frozen=True)
class PreviewPage:
    """``preview.html``: what there is to know about an entity."""

    title: str
    widget: Markup
