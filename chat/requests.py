"""A request as servers read it: Quart's, that also answers to the names that Starlette's has.

Many ChatKit servers were written for FastAPI and find the request in their context. What they
commonly read of it is here under the same names. In an application around this host, what that
has noted in the ASGI scope is here, too: its session, its user, its state, itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Iterator, Mapping, MutableMapping
from functools import cached_property
from typing import Any, NamedTuple, cast
from urllib.parse import quote, urlsplit

from quart import Quart, Request
from quart.wrappers.request import Body
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.routing import BuildError

from chat.addresses import address, origin
from chat.web_addresses import WebAddress


class Client(NamedTuple):
    """Who is at the other end of a connection."""

    host: str
    port: int


class QueryParams(Mapping[str, str]):
    """The fields of a query; of several with one name the last one counts."""

    def __init__(self, fields: MultiDict[str, str]) -> None:
        """Take the fields."""
        self._fields = fields

    def __getitem__(self, name: str) -> str:
        return self.getlist(name)[-1] if name in self._fields else self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def getlist(self, name: str) -> list[str]:
        """Return the values of all fields with a name."""
        return self._fields.getlist(name)

    def multi_items(self) -> list[tuple[str, str]]:
        """Return the names and values of all fields."""
        return list(self._fields.items(multi=True))


class State:
    """A place for what belongs to a request; attributes are entries of a dictionary."""

    def __init__(self, entries: MutableMapping[str, Any]) -> None:
        """Take the dictionary."""
        object.__setattr__(self, "_state", entries)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_state"][name]
        except KeyError:
            raise AttributeError(f"The request's state has no {name!r}.") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__["_state"][name] = value

    def __delattr__(self, name: str) -> None:
        del self.__dict__["_state"][name]


class Reading:
    """Something that is read as Quart has it, ``await it``, or as Starlette, ``await it()``."""

    def __init__(self, read: Callable[[], Awaitable[Any]]) -> None:
        """Take what reads it."""
        self._read = read

    def __call__(self) -> Awaitable[Any]:
        """Read it."""
        return self._read()

    def __await__(self) -> Generator[Any, None, Any]:
        return self._read().__await__()


class ReadBody(Body):
    """A body that may be called, too: ``await request.body()``."""

    async def __call__(self) -> bytes:
        """Return all of it."""
        return bytes(await self)


class ServerRequest(Request):
    """What a server finds as ``request`` in its context."""

    application: Quart
    body_class = ReadBody

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name the headers in small letters, so that ``dict(request.headers)`` has them so."""
        super().__init__(*args, **options)
        self.headers = Headers([(name.lower(), value) for name, value in self.headers])

    @cached_property
    def query_params(self) -> QueryParams:
        """The fields of the query; `args` has them as well."""
        return QueryParams(self.args)

    @property
    def path_params(self) -> dict[str, Any]:
        """The parts of the path that are not fixed."""
        return dict(self.view_args or {})

    @property
    def client(self) -> Client | None:
        """Who asks, or None where that is not known."""
        known = self._around.get("client")
        return Client(*known[:2]) if known else None

    @cached_property
    def state(self) -> State:
        """A place for what belongs to this request; what is around this host may have filled it."""
        return State(self._around.setdefault("state", {}))

    @property
    def app(self) -> Any:
        """The application that this host is mounted in, where it is known; else its own."""
        return self._around.get("app", self.application)

    @property
    def session(self) -> Any:
        """The session that the application around this host has opened.

        Raises:
            AttributeError: it has opened none.
        """
        return self._of_middleware("session")

    @property
    def user(self) -> Any:
        """Whom the application around this host has recognised.

        Raises:
            AttributeError: it does not say.
        """
        return self._of_middleware("user")

    @property
    def auth(self) -> Any:
        """What the application around this host lets that user do.

        Raises:
            AttributeError: it does not say.
        """
        return self._of_middleware("auth")

    @property
    def json(self) -> Any:
        """The body, read as JSON: by ``await request.json`` or ``await request.json()``."""
        return Reading(self.get_json)

    async def is_disconnected(self) -> bool:
        """Return that nobody has left: an answer does not end with the connection it began on."""
        return False

    @cached_property
    def url(self) -> WebAddress:
        """The address that was asked for, with its query."""
        return WebAddress(super().url)

    @property
    def base_url(self) -> WebAddress:
        """The address that everything of this server is below, with a slash at its end.

        In Starlette's meaning, not in Quart's, to which it is this request's own address.
        """
        return WebAddress(f"{origin()}{address('/')}" if origin() else self.root_url)

    def url_for(self, name: str, /, **path_params: Any) -> WebAddress:
        """Return the whole address of a route of this server's blueprint.

        Where that has none of the name, it is one of the application around this host, if that
        is a Quart, Starlette or FastAPI application.

        Args:
            name: what the route's function is called, with or without its blueprint's name.
            path_params: the parts of its path that are not fixed; others become its query.

        Raises:
            LookupError: there is no such route, or parts of its path are missing.
        """
        base = self.base_url.rstrip("/")
        path = _path(self.application, name, path_params)
        if path is None and (around := self._around.get("app")):
            path = _path(around, name, path_params)
            base = base.removesuffix(self._below)
        if path is None:
            raise LookupError(f"There is no route {name!r}.")
        return WebAddress(base + path)

    @property
    def _around(self) -> dict[str, Any]:
        """The ASGI scope, in which servers and applications leave what they know."""
        return cast("dict[str, Any]", self.scope)

    @property
    def _below(self) -> str:
        """The path at which the application around has this server."""
        own = self._around.get("root_path", "").rstrip("/")
        return quote(own.removeprefix(self._around.get("app_root_path", "")), safe="/~")

    def _of_middleware(self, name: str) -> Any:
        if name not in self._around:
            raise AttributeError(f"No application around this host gives requests a {name}.")
        return self._around[name]


def _path(application: Any, name: str, path_params: dict[str, Any]) -> str | None:
    """Return the path of an application's route; None where it has none of the name.

    Raises:
        LookupError: parts of the path are missing.
    """
    if make := getattr(application, "url_path_for", None):
        try:
            return str(make(name, **path_params))
        except Exception:  # Starlette's own; it says the same of a missing part
            return None
    routes = getattr(application, "url_map", None)
    if routes is None:
        return None
    endpoints = [rule.endpoint for rule in routes.iter_rules()]
    in_blueprints = (each for each in endpoints if each.endswith(f".{name}"))
    known = name if name in endpoints else next(in_blueprints, None)
    if known is None:
        return None
    try:
        path = routes.bind("").build(known, path_params)
    except BuildError as error:
        raise LookupError(f"There is no address of {name!r} with these parts.") from error
    return str(urlsplit(path)._replace(scheme="", netloc="").geturl())
