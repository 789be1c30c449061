"""Refusals as people read them: an alert beside what they do, or a page with the way back.

Only light modules are imported here: something may fail before the others are loaded.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from quart import Response, render_template, request
from werkzeug.exceptions import HTTPException

from chat.errors import ChatError
from chat.page.contexts import ErrorPage
from chat.page.render import partial, partials, render, wants_block


async def render_error(error: ChatError) -> Response:
    """Show why a request was refused; nothing that was typed is lost.

    Args:
        error: its message is shown, its status becomes the answer's.
    """
    if wants_block():
        alert = await render_template("parts/alert.html", message=error.message)
        return await partials(partial("#alerts", "innerHTML", alert), status=error.status)
    page = ErrorPage(
        message=error.message,
        back=_back(),
        action=request.path,
        text=await _typed(),
    )
    return await render("error.html", page, error.status)


async def _typed() -> str:
    """Return the message that the refused form held."""
    if request.method != "POST":
        return ""
    try:
        form = await request.form
    except HTTPException:  # the form itself was refused, by its size say
        return ""
    return str(form.get("text", ""))


def _back() -> str:
    """Return the address of our own page that the request came from, else the start page."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.host or came_from.path == request.path:
        return "/"
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")
