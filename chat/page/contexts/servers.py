"""The page that lists the servers of this process."""

from __future__ import annotations

from dataclasses import dataclass

from chat.words import gettext


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
