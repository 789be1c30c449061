"""What a server wants to be seen beside its answer, until the reader dismisses it."""

from __future__ import annotations

import hashlib

from chatkit.types import NoticeEvent

from chat.page.contexts.turn import NoticeView
from chat.page.icons import icon
from chat.page.markdown import render_markdown
from chat.words import gettext, marked

LEVELS = {
    "info": (marked("Note"), "info"),
    "warning": (marked("Warning"), "lucide:triangle-alert"),
    "danger": (marked("Important"), "lucide:octagon-alert"),
}
"""What each level is called, and its icon."""


def notice_views(notices: list[NoticeEvent], url: str) -> tuple[NoticeView, ...]:
    """Prepare notices for the page; ``url`` is the address of their thread's page."""
    return tuple(_view(notice, url) for notice in notices)


def _view(notice: NoticeEvent, url: str) -> NoticeView:
    said, drawn = LEVELS[notice.level]
    return NoticeView(
        level=notice.level,
        said=gettext(said),
        icon=icon(drawn),
        title=notice.title or "",
        message=render_markdown(notice.message),
        key=key_of(notice),
        dismiss=f"{url}/notices",
    )


def key_of(notice: NoticeEvent) -> str:
    """Return what a notice is dismissed by; two that say the same have the same key."""
    return hashlib.sha256(notice.model_dump_json().encode()).hexdigest()[:16]
