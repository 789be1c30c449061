"""Pages, and the block of one that htmx puts in place of the last."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup
from quart import Response, current_app, make_response, redirect, render_template, request
from quart.typing import ResponseReturnValue

from chat.addresses import address
from chat.current_options import current_options, embedded_options
from chat.options import ChatKitOptions, HistoryOption, ThemeOption
from chat.page.addresses import events_url
from chat.page.header import header_of, look_of
from chat.page.icons import icon

NO_SERVER = ChatKitOptions(
    theme=ThemeOption(color_scheme="system"), history=HistoryOption(enabled=False)
)
"""The options of pages that no server has, such as the list of servers."""


def wants_block() -> bool:
    """Return whether htmx asks: it needs the page's block, except to restore its history."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers


def watched(thread_id: str) -> bool:
    """Return whether the page that asks is told by a stream what changes in a thread."""
    stream = request.headers.get("Chat-Watching", "").partition("?")[0]
    return wants_block() and stream == events_url(thread_id)


async def render(
    template: str, page: Any, status: int = 200, *, at: str = "", new_address: bool = True
) -> Response:
    """Render a page, or for htmx only its block and title.

    Args:
        template: a template that extends ``layout`` and fills its block ``main``.
        page: the template's context, one of `chat.page.contexts`.
        status: the HTTP status.
        at: the page's address; without, that of the request.
        new_address: whether another address than the one that is shown is a step to go back
            over; without, it takes that one's place.
    """
    block = wants_block()
    layout = "block.html" if block else "base.html"
    html = await render_template(template, layout=layout, page=page, **frame())
    response: Response = await make_response(html, status)  # type: ignore[assignment]
    if block:
        _set_address(response, at or _asked(), new_address)
    return response


def frame() -> dict[str, Any]:
    """Return what the templates of all whole pages may read, besides the page's own context."""
    options = current_options() if "chatkit" in current_app.extensions else NO_SERVER
    return {"header": header_of(options), "look": look_of(options), "icon": icon}


def _asked() -> str:
    query = request.query_string.decode("latin-1")
    return address(quote(request.path)) + (f"?{query}" if query else "")


def _set_address(response: Response, page: str, new: bool) -> None:
    """Tell htmx a page's address: a new entry of the history only where it changes."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    same = urlsplit(page)[:4] == ("", "", *shown[2:4])
    steps = new and not same and not embedded_options()  # one in a frame would be the host page's
    response.headers["HX-Push-Url" if steps else "HX-Replace-Url"] = page


def partial(target: str, swap: str, html: str = "") -> Markup:
    """Return one change for htmx: where it goes, how, and what.

    Args:
        target: a CSS selector made by this server, never by a user.
        swap: an htmx swap style.
        html: rendered HTML, already escaped or sanitised.
    """
    return Markup('<hx-partial hx-target="{}" hx-swap="{}">{}</hx-partial>').format(
        target,
        swap,
        Markup(html),  # noqa: S704
    )


async def partials(*changes: Markup, status: int = 200) -> Response:
    """Answer htmx with changes alone: page and address stay as they are."""
    response: Response = await make_response("".join(changes), status)  # type: ignore[assignment]
    response.headers["HX-Push-Url"] = "false"
    return response


def see_stream() -> ResponseReturnValue:
    """Answer htmx with nothing: what the request changed comes by the page's stream."""
    return "", 204, {"HX-Push-Url": "false"}


def see(page: str) -> ResponseReturnValue:
    """Send the browser to a page after a form was posted: a 303, so that it asks with GET."""
    return redirect(page, 303)
