"""The bar at the top of every page, and how the whole page looks."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


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
