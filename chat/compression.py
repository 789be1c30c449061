"""Pages and other answers in gzip, where the browser takes it and nothing has to flow.

Only answers that are complete are compressed: what streams, as events and the page that shows
an answer while it is written do, would be held back.

Nor is an answer compressed that another site asked for. Pages hold what is private beside what
an address can put into them (``/threads?q=…``); whoever could send a browser there again and
again and see how long the answers are might guess one from the other.
"""

from __future__ import annotations

import asyncio
import gzip

from quart import Quart, Response, request
from quart.wrappers.response import DataBody

TYPES = frozenset({"text/html", "application/json"})
SMALLEST = 1024
"""Bytes below which it is not worth the while."""
LARGE = 64 * 1024
"""Bytes from which it would keep the event loop for milliseconds."""
LEVEL = 5


def install(app: Quart) -> None:
    """Compress the answers of an application."""

    @app.after_request
    async def compress(response: Response) -> Response:
        if response.mimetype not in TYPES or "Content-Encoding" in response.headers:
            return response
        response.vary.add("Accept-Encoding")
        if not isinstance(response.response, DataBody) or not _may_compress():
            return response
        content: bytes = await response.get_data(as_text=False)
        if len(content) < SMALLEST:
            return response
        if len(content) < LARGE:
            packed = gzip.compress(content, LEVEL, mtime=0)
        else:
            packed = await asyncio.to_thread(gzip.compress, content, LEVEL, mtime=0)
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
        return response


def _may_compress() -> bool:
    site = request.headers.get("Sec-Fetch-Site", "none")
    return site in {"same-origin", "none"} and bool(request.accept_encodings["gzip"])
