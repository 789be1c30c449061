"""The form that a message is written in, and what it offers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

NOTHING = Markup()


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
