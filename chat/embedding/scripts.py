"""The scripts that other pages load: their addresses stay, so browsers ask whether they changed."""

from __future__ import annotations

import hashlib

from quart import Response, request
from quart.typing import ResponseReturnValue

from chat.assets import asset_response, find_asset


async def element() -> ResponseReturnValue:
    """``GET /static/chatkit.js``: the element."""
    return _script("chatkit.js")


async def loader() -> ResponseReturnValue:
    """``GET /static/chatkit-loader.js``: tries another address of the element first."""
    return _script("chatkit-loader.js")


def _script(name: str) -> Response:
    found = find_asset(name)
    response = asset_response(found, "no-cache")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(hashlib.sha256(found.content).hexdigest()[:16], weak=True)
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.status_code = 304
        response.set_data(b"")
    return response
