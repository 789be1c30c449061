"""Refusals as people read them: an alert beside what they do, or a page with the way back.

Only light modules are imported here: something may fail before the others are loaded.
"""

from __future__ import annotations

import contextlib
from urllib.parse import quote, urlsplit

from quart import Response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from chat.addresses import address
from chat.errors import ChatError
from chat.page.contexts.errors import ErrorPage
from chat.page.render import partial, partials, render, wants_block

CHOSEN = ("quoted_text", "tool", "model")
"""Fields of a message that are sent again with its text."""


async def render_error(error: ChatError) -> Response:
    """Show why a request was refused; nothing that was typed is lost.

    Args:
        error: its message is shown, its status becomes the answer's.
    """
    if wants_block():
        alert = await render_template("parts/alert.html", message=error.message)
        return await partials(partial("#alerts", "innerHTML", alert), status=error.status)
    form = await _posted()
    page = ErrorPage(
        message=error.message,
        back=_back(),
        action=address(quote(request.path)),
        text=form.get("text", ""),
        chosen=tuple((name, form[name]) for name in CHOSEN if form.get(name)),
    )
    return await render("error.html", page, error.status)


async def _posted() -> MultiDict[str, str]:
    """Return what the refused form held."""
    if request.method == "POST":
        with contextlib.suppress(HTTPException):  # the form itself was refused, by its size say
            return await request.form
    return MultiDict()


def _back() -> str:
    """Return the address of our own page that the request came from, else the start page."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    own = came_from.netloc == request.host and came_from.path.startswith(address("/"))
    if not own or came_from.path == address(quote(request.path)):
        return address("/")
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
