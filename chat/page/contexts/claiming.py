"""The page that asks whether a browser is to show threads that were moved in."""

from __future__ import annotations

from dataclasses import dataclass

from chat.words import gettext


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
