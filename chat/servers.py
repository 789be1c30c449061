"""Several servers in one process: the file that ``CHATKIT_SERVERS`` names, as JSON or TOML.

It lists the servers, each with the path it is below; whatever an entry does not say is as the
environment says for a single server. Each has a store of its own: without a ``database``, one
in a folder named like its prefix beside the environment's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from chat.routes import ROUTES
from chat.secret_key import load_secret_key
from chat.setting_files import read_file, refused
from chat.settings import OptionalReference, Settings

SETTING = "CHATKIT_SERVERS"

Prefix = Annotated[str, msgspec.Meta(pattern=r"^(/[A-Za-z0-9_-]+)*/?$")]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One server in the file; what is empty is taken from the environment.

    Attributes:
        prefix: the path it is below, such as ``/news``; ``/`` for the root.
        server: its factory, as in ``CHATKIT_SERVER``.
        context: the function that makes its contexts, as in ``CHATKIT_CONTEXT``.
        options: its options file, as in ``CHATKIT_OPTIONS``.
        blueprint: its further routes, as in ``CHATKIT_BLUEPRINT``.
        database: its database, as in ``CHATKIT_DATABASE``.
        attachments: its folder of files, as in ``CHATKIT_ATTACHMENTS``.
    """

    prefix: Prefix
    server: OptionalReference = ""
    context: OptionalReference = ""
    options: str = ""
    blueprint: OptionalReference = ""
    database: str = ""
    attachments: str = ""


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    servers: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1)]


@dataclass(frozen=True)
class Server:
    """A server to host.

    Attributes:
        prefix: the path it is below, without a slash at its end; empty for the root.
        settings: its own settings.
    """

    prefix: str
    settings: Settings


def with_one_key(settings: Settings) -> Settings:
    """Return the settings with the key that signs for all servers of a file.

    It is beside the environment's database, not beside that of each server, so that a browser is
    one owner to all of them.

    Raises:
        InvalidSettings: the key can neither be read nor made.
    """
    if not settings.servers:
        return settings
    return msgspec.structs.replace(settings, secret_key=load_secret_key(settings))


def load_servers(settings: Settings) -> tuple[Server, ...]:
    """Return the servers to host: those of the file, or the environment's own at the root.

    Raises:
        InvalidSettings: the file cannot be read, or two servers get into each other's way.
    """
    if not settings.servers:
        return (Server("", settings),)
    path = Path(settings.servers)
    servers = tuple(_server(entry, settings) for entry in read_file(SETTING, path, File).servers)
    for at, reason in _problems(servers):
        raise refused(SETTING, path, reason, f"servers[{at}]")
    return servers


def _server(entry: Entry, settings: Settings) -> Server:
    prefix = entry.prefix.rstrip("/")
    given = {name: value for name, value in msgspec.structs.asdict(entry).items() if value}
    del given["prefix"]
    if prefix and not entry.database:
        given["database"] = _database_of(prefix, settings)
    if prefix and settings.attachments and not entry.attachments:
        given["attachments"] = settings.attachments.rstrip("/") + prefix
    return Server(prefix, msgspec.structs.replace(settings, **given))


def _database_of(prefix: str, settings: Settings) -> str:
    path = settings.database_path
    return f"{path.parent}{prefix}/{path.name}" if path else "memory:"


def _problems(servers: tuple[Server, ...]) -> Iterator[tuple[int, str]]:
    """Yield what two servers, or a server and the host, cannot both have."""
    taken = {route.path.split("/")[1] for route in ROUTES} - {""}
    prefixes: list[str] = []
    databases: set[Path] = set()
    for at, server in enumerate(servers):
        prefix = server.prefix
        if prefix in prefixes:
            yield at, f"There are two servers below {prefix or '/'}"
        for other in prefixes:
            if prefix and other and f"{prefix}/".startswith(f"{other}/"):
                yield at, f"{prefix} is below {other}"
            if prefix and other and f"{other}/".startswith(f"{prefix}/"):
                yield at, f"{other} is below {prefix}"
        if prefix.removeprefix("/").partition("/")[0] in taken:
            yield at, f"{prefix} is an address of the host"
        if database := server.settings.database_path:
            if database.resolve() in databases:
                yield at, f"Another server has the database {database}"
            databases.add(database.resolve())
        prefixes.append(prefix)
