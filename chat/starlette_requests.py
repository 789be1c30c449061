"""Starlette's own request, for context functions that name it as what they take.

FastAPI's ``Request`` is the same class. Contexts with a field of that type take no other request.
"""

from __future__ import annotations

from typing import Any

from starlette.datastructures import URL, URLPath
from starlette.requests import Request

from chat.requests import ServerRequest
from chat.web_addresses import WebAddress


class Routes:
    """What Starlette asks for the address of a route: all that `ServerRequest.url_for` knows."""

    def __init__(self, request: ServerRequest) -> None:
        """Take the request whose server's routes these are."""
        self._request = request

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Return the address of a route.

        Raises:
            LookupError: there is no such route, or parts of its path are missing.
        """
        return Known(self._request.url_for(name, **path_params))


class Known(URLPath):
    """An address that is whole already."""

    def make_absolute_url(self, base_url: str | URL) -> URL:
        """Return it as it is."""
        return URL(str(self))


def starlettes(request: ServerRequest) -> Request:
    """Return a request as Starlette's own class, with everything that its scope holds."""
    base: WebAddress = request.base_url
    named = [(name, value) for name, value in request.scope["headers"] if name != b"host"]
    scope = {
        **request.scope,
        "scheme": base.scheme,
        "headers": [(b"host", base.netloc.encode()), *named],
        "app_root_path": base.path.rstrip("/"),
        "path_params": request.path_params,
        "router": Routes(request),
        "state": request.scope.setdefault("state", {}),  # type: ignore[typeddict-item]
    }
    scope.setdefault("app", request.app)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": await request.get_data(), "more_body": False}

    return Request(scope, receive)
