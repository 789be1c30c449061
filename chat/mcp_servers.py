"""The MCP servers whose tools the assistant may use: what ``CHATKIT_MCP_SERVERS`` says.

That is their addresses or, where they want credentials or less than all of their tools are
wanted, a JSON or TOML file that lists them. Secrets need not stand in the file: ``${NAME}`` in
a header is an environment variable, ``${file:path}`` what a file holds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from chat.setting_files import read_file, refused
from chat.settings import Settings, is_web_address, without_credentials

SETTING = "CHATKIT_MCP_SERVERS"

_REFERENCE = re.compile(r"\$\{([^{}]*)\}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\t -~]+")
_NO_REFERENCE = "What it refers to is written as ${NAME} or ${file:path}"

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One server in the file.

    Attributes:
        url: its address.
        headers: what is sent with every request to it.
        name: what people are told it is; without it, its host.
        timeout: seconds that a tool of it may take; without it, as ``CHATKIT_MCP_TIMEOUT``.
        tools: those of its tools that may be used; without it, all.
    """

    url: str
    headers: dict[str, str] = {}
    name: Name | None = None
    timeout: Annotated[float, msgspec.Meta(gt=0)] | None = None
    tools: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1)] | None = None


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    servers: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1)]


@dataclass(frozen=True)
class MCPServer:
    """An MCP server to use.

    Attributes:
        url: its address.
        name: what people, and the log, are told it is.
        timeout: seconds that a tool of it may take.
        headers: what is sent with every request to it.
        secrets: what of that was read from elsewhere, so that it can be kept from the model.
        tools: those of its tools that may be used; None for all.
    """

    url: str = field(repr=False)  # its query may hold a key
    name: str
    timeout: float
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    tools: frozenset[str] | None = None


def load_mcp_servers(
    settings: Settings, environment: Mapping[str, str] = os.environ
) -> tuple[MCPServer, ...]:
    """Return the MCP servers that the settings name.

    Args:
        settings: `mcp_servers`, and how long a tool may take.
        environment: where ``${NAME}`` is looked up.

    Raises:
        InvalidSettings: their file cannot be read, or something in it cannot be used. No
            message holds what a header holds.
    """
    if (path := settings.mcp_file) is None:
        timeout = settings.mcp_timeout
        return tuple(MCPServer(url, _host(url), timeout) for url in settings.mcp_addresses)
    entries = read_file(SETTING, path, File).servers
    for at, problem in _problems(entries):
        raise refused(SETTING, path, problem, f"servers[{at}]")
    servers = []
    for at, entry in enumerate(entries):
        headers = _Headers(path.parent, environment)
        for name, value in entry.headers.items():
            try:
                headers.add(name, value)
            except ValueError as error:
                where = f"servers[{at}].headers"
                where += f".{name}" if _HEADER_NAME.fullmatch(name) else ""
                raise refused(SETTING, path, str(error), where) from None
        servers.append(
            MCPServer(
                url=entry.url,
                name=entry.name or _host(entry.url),
                timeout=entry.timeout or settings.mcp_timeout,
                headers=headers.made,
                secrets=tuple(headers.secrets),
                tools=None if entry.tools is None else frozenset(entry.tools),
            )
        )
    return tuple(servers)


def _problems(entries: tuple[Entry, ...]) -> Iterator[tuple[int, str]]:
    """Yield what the types alone do not tell, each with the place of its server."""
    names: set[str] = set()
    for at, entry in enumerate(entries):
        if not is_web_address(entry.url):
            shown = without_credentials(entry.url)
            yield at, f"{shown!r} is no address such as https://tools.example.org/mcp"
        if "${" in entry.url:
            yield at, "A url refers to nothing; a secret belongs into a header"
        if entry.name in names:
            yield at, f"There are two servers with the name {entry.name!r}"
        if entry.name:
            names.add(entry.name)


class _Headers:
    """Makes the headers of one server, and notes what was read from elsewhere for them."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """Take the folder that paths count from, and where variables are looked up."""
        self.made: dict[str, str] = {}
        self.secrets: list[str] = []
        self._folder = folder
        self._environment = environment

    def add(self, name: str, value: str) -> None:
        """Add a header, with what it refers to in its place.

        Raises:
            ValueError: it cannot be sent; the message says why, and nothing of its value.
        """
        if not _HEADER_NAME.fullmatch(name):
            raise ValueError("One has a name that no header can have")
        if name.lower() in map(str.lower, self.made):
            raise ValueError("This header is there twice")
        if "${" in _REFERENCE.sub("", value):
            raise ValueError(_NO_REFERENCE)
        made = _REFERENCE.sub(lambda found: self._referred(found[1]), value).strip()
        if not _HEADER_VALUE.fullmatch(made):
            raise ValueError("A header holds one line of ASCII characters, and not none")
        self.made[name] = made

    def _referred(self, reference: str) -> str:
        kind, _, path = reference.partition(":")
        if kind == "file" and path:
            secret = _content(self._folder / path)
        elif _VARIABLE.fullmatch(reference):
            secret = self._environment.get(reference, "").strip()
            if not secret:
                raise ValueError(f"The environment variable {reference} is not set")
        else:
            raise ValueError(_NO_REFERENCE)
        self.secrets.append(secret)
        return secret


def _content(path: Path) -> str:
    try:
        content = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror or 'it cannot be read'}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path}: it is not text") from None
    if not content:
        raise ValueError(f"{path}: it is empty")
    return content


def _host(url: str) -> str:
    return urlsplit(url).hostname or url
