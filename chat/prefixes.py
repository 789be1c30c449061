"""Applications below paths of another one, as ASGI has it: by ``root_path``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote

Application = Callable[[Any, Any, Any], Awaitable[None]]
"""Any ASGI application; the frameworks' own types of one do not fit each other."""


class Prefixes:
    """An ASGI application that hands what is below certain paths to others."""

    def __init__(self, rest: Application, below: Mapping[str, Application]) -> None:
        """Take what answers everything else, and what answers below each path.

        Args:
            rest: it gets lifespan events, too.
            below: applications by path, none of which is below another; a path begins with a
                slash and ends without one.

        Raises:
            ValueError: a path is none.
        """
        for path in below:
            if not path.startswith("/") or path.endswith("/"):
                raise ValueError(f"{path!r} is no path to mount at: it is like '/chat'.")
        self._rest = rest
        self._below = below

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._rest(scope, receive, send)
            return
        root = scope.get("root_path", "").rstrip("/")
        path = scope["path"].removeprefix(root)
        for prefix, application in self._below.items():
            if path.startswith(f"{prefix}/"):
                # Some servers leave the root out of the path, though it belongs there.
                inner = {**scope, "root_path": root + prefix, "path": root + path}
                await application(inner, receive, send)
                return
            if path == prefix and scope["type"] == "http":
                await _add_slash(scope, root + prefix, send)
                return
        await self._rest(scope, receive, send)


async def _add_slash(scope: Any, path: str, send: Any) -> None:
    query = scope.get("query_string", b"")
    location = quote(f"{path}/").encode() + (b"?" + query if query else b"")
    headers = [(b"location", location), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 308, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
