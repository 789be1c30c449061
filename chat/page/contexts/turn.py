"""How the latest turn of a thread stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

NOTHING = Markup()

TurnState = Literal["idle", "running", "done", "stopped", "failed", "interrupted"]


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
