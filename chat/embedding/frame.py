"""What the element asks for: the frame that it shows, a token for it, and a place for its options.

Only light modules are imported here: a frame is shown before the others are loaded.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from quart import Response, current_app, jsonify, make_response, render_template, request
from quart.typing import ResponseReturnValue

from chat.addresses import address, common_address
from chat.embedding.origins import ancestors
from chat.embedding.tokens import FrameTokens
from chat.errors import InvalidRequest
from chat.host import current_host
from chat.identity import FRAME_TOKENS
from chat.options import EmbeddedOptions
from chat.page.contexts.frame import FramePage
from chat.page.header import look_of
from chat.page.theme import theme_css
from chat.security import policy
from chat.words import gettext, speak


class TokenAsked(msgspec.Struct, frozen=True):
    """What a token is asked for with: the key that came with an earlier one."""

    key: Annotated[str, msgspec.Meta(max_length=1000)] = ""


async def frame() -> ResponseReturnValue:
    """``GET /chatkit/frame``: the page that the element shows, with nothing in it yet.

    It is the same for everyone, and the only one that other pages may show. ``?locale=`` names
    the language of its words.
    """
    if locale := request.args.get("locale"):
        speak([locale])
    settings = current_host().settings
    page = FramePage(gettext("Chat"), " ".join(settings.allowed_origins))
    html = await render_template("frame.html", page=page, look=look_of(EmbeddedOptions()))
    response: Response = await make_response(html)  # type: ignore[assignment]
    response.headers["Content-Security-Policy"] = policy(ancestors(settings))
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


async def token() -> ResponseReturnValue:
    """``POST /frame/token``: a token for a frame on another origin; see `chat.embedding.tokens`.

    Returns:
        What `FrameTokens.give` does, and the path of the ``frame`` here, which who asks through
        a proxy cannot know.

    Raises:
        InvalidRequest: the body is not ``{"key": "…"}``.
    """
    try:
        asked = msgspec.json.decode(await request.get_data() or b"{}", type=TokenAsked)
    except (msgspec.MsgspecError, RecursionError):
        raise InvalidRequest from None
    tokens: FrameTokens = current_app.extensions[FRAME_TOKENS]
    given = tokens.give(request.headers.get("Origin", ""), asked.key)
    response = jsonify({**given, "frame": address("/chatkit/frame")})
    response.headers["Cache-Control"] = "no-store"
    return response


async def options() -> ResponseReturnValue:
    """``POST /frame/options``: take the options that an embedding page has chosen, as JSON.

    Returns:
        The ``digest`` that requests name them with, and what they make of the whole page:
        ``css``, ``schemes``, and the ``attributes`` of its root.

    Raises:
        InvalidOptions: one of them cannot be used; the message names it.
    """
    kept = current_host().embedded_options
    sent: bytes = await request.get_data(as_text=False)  # type: ignore[assignment]
    digest, chosen = kept.keep(sent, request.host)
    look = look_of(chosen)
    told: dict[str, Any] = {
        "digest": digest,
        "css": theme_css(chosen.look),
        "schemes": look.schemes,
        "attributes": look.flags,
    }
    return jsonify(told)


async def embed() -> ResponseReturnValue:
    """``GET /embed``: the element with a log of its events, as a live example."""
    html = await render_template("embed.html", script=common_address("/static/chatkit.js"))
    response: Response = await make_response(html)  # type: ignore[assignment]
    response.headers["Content-Security-Policy"] = f"{policy()}; frame-src 'self'"
    return response
