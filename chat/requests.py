"""A request as servers read it: Quart's, that also answers to the names that Starlette's has.

Many ChatKit servers were written for FastAPI and find the request in their context. What they
commonly read of it is here under the same names; the body is none of it, for it has been read.
"""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from quart import Quart, Request
from werkzeug.datastructures import MultiDict
from werkzeug.routing import BuildError

from chat.addresses import address, origin


class Client(NamedTuple):
    """Who is at the other end of a connection."""

    host: str
    port: int


class ServerRequest(Request):
    """What a server finds as ``request`` in its context."""

    application: Quart

    @property
    def query_params(self) -> MultiDict[str, str]:
        """The fields of the query; the same as `args`."""
        return self.args

    @property
    def client(self) -> Client | None:
        """Who asks, or None where that is not known."""
        known = self.scope.get("client") if self.scope else None
        return Client(*known[:2]) if known else None

    @cached_property
    def state(self) -> SimpleNamespace:
        """A place for what belongs to this request."""
        return SimpleNamespace()

    @property
    def base_url(self) -> str:
        """The address that everything of this server is below, with a slash at its end.

        In Starlette's meaning, not in Quart's, to which it is this request's own address.
        """
        return f"{origin()}{address('/')}" if origin() else self.root_url

    def url_for(self, name: str, /, **path_params: Any) -> str:
        """Return the whole address of a route of this server's blueprint.

        Args:
            name: what the route's function is called, with or without its blueprint's name.
            path_params: the parts of its path that are not fixed; others become its query.

        Raises:
            LookupError: there is no such route, or parts of its path are missing.
        """
        routes = self.application.url_map
        endpoints = [rule.endpoint for rule in routes.iter_rules()]
        known = next(
            (each for each in endpoints if each == name or each.endswith(f".{name}")), None
        )
        if known is None:
            raise LookupError(f"There is no route {name!r}.")
        try:
            path = routes.bind("").build(known, path_params)
        except BuildError as error:
            raise LookupError(f"There is no address of {name!r} with these parts.") from error
        return (
            f"{self.base_url.rstrip('/')}{urlsplit(path)._replace(scheme='', netloc='').geturl()}"
        )
