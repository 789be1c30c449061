"""The page that says why a request was refused."""

from __future__ import annotations

from dataclasses import dataclass

from chat.words import gettext


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
