"""Where this host's own addresses are for a browser: what goes before each path of `chat.routes`.

Nothing does where the host is alone at the root of its origin. It may also be one of several
servers, each with a prefix, and all of them may be mounted below a path of another application,
or behind a proxy that takes a path away. Every address that is sent to a browser is therefore
made by `address`, in Python as in templates; what answers requests only ever sees its own part.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from quart import Quart, request

from chat.settings import Settings


@dataclass(frozen=True)
class Place:
    """Where the server that answers is.

    Attributes:
        origin: scheme and host, as in ``https://example.org``.
        root: the path that all servers of this process are below, empty at the origin's root.
        prefix: the path of this server below the root, empty where it is the only one.
    """

    origin: str = ""
    root: str = ""
    prefix: str = ""


_UNKNOWN = Place()
_place: ContextVar[Place] = ContextVar("place", default=_UNKNOWN)


def install(app: Quart, settings: Settings, prefix: str = "") -> None:
    """Let every request, and the turn it starts, know where its server is.

    Templates get the global ``address(path)``.

    Args:
        app: the application.
        settings: `public_url`, whose path counts before that of the request.
        prefix: the path of its server below the others' root, empty for the only one.
    """
    public = urlsplit(settings.public_url)
    public_root = public.path.rstrip("/")
    app.add_template_global(address, "address")

    @app.before_request
    async def know_place() -> None:  # one that is not awaited runs in a context of its own
        origin = f"{public.scheme}://{public.netloc}" if public.netloc else request.host_url
        mounted = quote(request.root_path.rstrip("/"), safe="/~")
        root = public_root or mounted.removesuffix(prefix)
        _place.set(Place(origin.rstrip("/"), root, prefix))


def address(path: str) -> str:
    """Return where a path of this server is: ``address("/threads")`` may be ``/news/threads``.

    Args:
        path: the path as in `chat.routes`, quoted, with its query; it begins with a slash.
    """
    place = _place.get()
    return f"{place.root}{place.prefix}{path}"


def common_address(path: str) -> str:
    """Return where a path is that all servers of this process have in common, as static files."""
    return f"{_place.get().root}{path}"


def origin() -> str:
    """Return the origin that people reach this server at; empty outside of requests."""
    return _place.get().origin
