"""The options that hold for the request that is answered now.

They are those of the host, except where a page that embeds the chat has chosen its own: then
the request names them by their digest. What streams goes on with those it began with.
"""

from __future__ import annotations

from contextvars import ContextVar

from quart import Quart, current_app, has_app_context, request

from chat.errors import ChatError
from chat.host import Host
from chat.options import ChatKitOptions, EmbeddedOptions

HEADER = "ChatKit-Options"
"""The header in which an embedded page names its options."""

_current: ContextVar[ChatKitOptions | None] = ContextVar("current options", default=None)


class OptionsUnknown(ChatError):
    """This server does not know these options any more."""

    status, code = 428, "options.unknown"


def install(app: Quart) -> None:
    """Let every request have its options; to be installed before all that reads them."""

    @app.before_request
    async def choose() -> None:
        host: Host | None = app.extensions.get("chatkit")
        if host is None:
            return
        _current.set(host.options)
        if digest := request.headers.get(HEADER):
            chosen = host.embedded_options.get(digest)
            if chosen is None:
                raise OptionsUnknown
            _current.set(chosen)


def current_options() -> ChatKitOptions:
    """Return the options of the present request; outside of any, those that nobody chose."""
    if (chosen := _current.get()) is not None:
        return chosen
    host: Host | None = current_app.extensions.get("chatkit") if has_app_context() else None
    return host.options if host else ChatKitOptions()


def embedded_options() -> EmbeddedOptions | None:
    """Return the options of the page that embeds the chat, or None on the host's own page."""
    options = _current.get()
    return options if isinstance(options, EmbeddedOptions) else None
