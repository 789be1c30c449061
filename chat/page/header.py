"""What the options make of the frame around every page: its bar and its look."""

from __future__ import annotations

from chat.options import ChatKitOptions, EmbeddedOptions, HeaderAction
from chat.page.contexts.header import Header, HeaderLink, Look
from chat.page.header_icons import HEADER_ICONS
from chat.page.icons import icon
from chat.page.theme import theme_url


def header_of(options: ChatKitOptions) -> Header:
    """Return what the bar at the top of a page offers."""
    header, history = options.header, options.history
    return Header(
        enabled=header.enabled,
        titled=header.title.enabled,
        text=header.title.text or "",
        left=_link(header.left_action),
        right=_link(header.right_action),
        history=history.enabled,
        rename=history.show_rename,
        delete=history.show_delete,
        beside=not isinstance(options, EmbeddedOptions),
    )


def look_of(options: ChatKitOptions) -> Look:
    """Return how the page looks, and whether it follows an answer."""
    theme = options.look
    scheme = theme.color_scheme
    flags = {
        "data-theme": scheme if scheme != "system" else None,
        "data-without-following": None if options.thread.auto_scroll else "",
    }
    return Look(
        style_sheet=theme_url(theme),
        schemes="light dark" if scheme == "system" else scheme,
        flags={name: value for name, value in flags.items() if value is not None},
    )


def _link(action: HeaderAction | None) -> HeaderLink | None:
    if action is None:
        return None
    label = action.label or action.icon.replace("-", " ").capitalize()
    return HeaderLink(icon(HEADER_ICONS[action.icon]), action.href or "", label)
