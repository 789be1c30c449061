"""All settings, typed, read once from the environment.

msgspec rather than pydantic does the typing: importing pydantic-settings takes longer
than the whole start is allowed to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

UNPREFIXED = {"host", "port", "openai_api_key", "openai_base_url"}
_ORIGIN = re.compile(r"https?://(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?")
_SCHEME = re.compile(r"\A([A-Za-z]+://|)(.*)\Z", re.DOTALL)
FOLDERS = ("templates", "icons", "gallery")  # that must be there when they are set
SECRETS = {"openai_api_key", "secret_key"}

DEFAULT_SERVER = "chat.assistant.server:create_server"
DEFAULT_CONTEXT = "chat.identity:request_context"

Positive = Annotated[int, msgspec.Meta(ge=1)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]
Reference = Annotated[str, msgspec.Meta(pattern=r"^[\w.]+:[\w.]+$")]
OptionalReference = Annotated[str, msgspec.Meta(pattern=r"^([\w.]+:[\w.]+)?$")]


class InvalidSettings(ValueError):
    """A setting has a value that cannot be used; the message is one clear line."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be set; the README's table lists the same names and defaults."""

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8000
    public_url: str = ""
    database: str = "sqlite:///data/chat.db"
    attachments: str = ""
    secret_key: str = ""
    origins: str = ""

    server: Reference = DEFAULT_SERVER
    context: Reference = DEFAULT_CONTEXT
    blueprint: OptionalReference = ""
    servers: str = ""
    locales: str = ""
    options: str = ""

    templates: str = ""
    icons: str = ""
    gallery: str = ""

    openai_api_key: str = ""
    openai_base_url: str = ""
    model: str = ""
    model_api: Literal["responses", "chat_completions"] = "responses"
    model_timeout: Seconds = 60.0
    tracing: bool = False
    mcp_servers: str = ""
    mcp_timeout: Annotated[float, msgspec.Meta(gt=0)] = 30.0
    history_items: Positive = 50
    history_characters: Positive = 100_000

    max_request_bytes: Positive = 16 * 1024 * 1024
    max_attachment_bytes: Positive = 10 * 1024 * 1024
    attachment_types: str = "image/*,text/*,application/pdf,application/json"

    heartbeat: Annotated[float, msgspec.Meta(gt=0)] = 15.0
    shutdown_grace: Seconds = 10.0
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"

    def __post_init__(self) -> None:
        """Refuse combinations that no single field can see.

        Raises:
            InvalidSettings: a combination cannot work.
        """
        if self.openai_base_url and not self.model:
            raise InvalidSettings(
                "CHATKIT_MODEL must name a model of the server at OPENAI_BASE_URL."
            )
        if self.secret_key and len(self.secret_key) < 16:
            raise InvalidSettings("CHATKIT_SECRET_KEY must have at least 16 characters.")
        for origin in self.allowed_origins:
            if not _ORIGIN.fullmatch(origin):
                raise InvalidSettings(
                    f"CHATKIT_ORIGINS: {origin!r} is no origin, such as 'https://app.example.org'."
                )
        for address in self.mcp_addresses:
            if not is_web_address(address):
                raise InvalidSettings(
                    f"{variable('mcp_servers')}: {without_credentials(address)!r} is no address "
                    "such as https://tools.example.org/mcp, nor a .json or .toml file."
                )
        for name in FOLDERS:
            folder = getattr(self, name)
            if folder and not Path(folder).is_dir():
                raise InvalidSettings(f"{variable(name)}: {folder!r} is no folder.")

    def __repr__(self) -> str:
        """Show every setting, with the secret ones masked, so that a log may hold it."""
        values = msgspec.structs.asdict(self)
        values["mcp_servers"] = ",".join(map(without_credentials, self.mcp_servers.split(",")))
        shown = (
            f"{name}={'***' if name in SECRETS and value else value!r}"
            for name, value in values.items()
        )
        return f"Settings({', '.join(shown)})"

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The other origins whose pages may show the chat."""
        given = self.origins.lower().replace(",", " ").split()
        return tuple(origin.removesuffix("/") for origin in given)

    @property
    def embedded_model(self) -> bool:
        """Whether the model is the embedded offline one: neither key nor server is given."""
        return not (self.openai_api_key or self.openai_base_url)

    @property
    def database_path(self) -> Path | None:
        """The SQLite file, or None where the database is in memory."""
        path = self.database.removeprefix("sqlite:///")
        in_memory = path in {"", ":memory:", "memory:"} or "mode=memory" in path
        if in_memory or "://" in path:  # no store opens another address; nothing lies beside it
            return None
        return Path(path.removeprefix("file:").partition("?")[0])

    @property
    def data_folder(self) -> Path | None:
        """The folder the database lies in, or None where the database is in memory."""
        return self.database_path.parent if self.database_path else None

    @property
    def attachments_folder(self) -> Path | None:
        """The folder of attachment bytes: the set one, else ``attachments`` by the database."""
        if self.attachments:
            return Path(self.attachments)
        return self.data_folder / "attachments" if self.data_folder else None

    @property
    def mcp_file(self) -> Path | None:
        """The file that lists the MCP servers, or None where their addresses are given."""
        given = self.mcp_servers
        is_file = "://" not in given and given.lower().endswith((".json", ".toml"))
        return Path(given) if is_file else None

    @property
    def mcp_addresses(self) -> tuple[str, ...]:
        """The addresses of the MCP servers whose tools the assistant may use, each once.

        There are none where a file lists the servers; see `chat.mcp_servers`.
        """
        if self.mcp_file:
            return ()
        named = (part.strip() for part in self.mcp_servers.split(","))
        return tuple(dict.fromkeys(address for address in named if address))

    @property
    def attachment_patterns(self) -> tuple[str, ...]:
        """The accepted MIME types, each ``type/subtype`` or ``type/*``."""
        return tuple(part.strip().lower() for part in self.attachment_types.split(",") if part)


def is_web_address(text: str) -> bool:
    """Return whether a text is an address that HTTP requests can be sent to."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def without_credentials(address: str) -> str:
    """Return an address as it may be shown, without what may be a password or a key.

    That is its query and what stands before an ``@``, also where it is no address after all.
    """
    scheme, rest = _SCHEME.sub(r"\1", address), _SCHEME.sub(r"\2", address)
    return scheme + re.split("[?#]", rest, maxsplit=1)[0].rpartition("@")[2]


def variable(field: str) -> str:
    """Return the environment variable that sets the named field of `Settings`."""
    return field.upper() if field in UNPREFIXED else f"CHATKIT_{field.upper()}"


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from environment variables; unset and empty ones keep their default.

    Args:
        environment: variable names and values.

    Raises:
        InvalidSettings: a value cannot be used; the message names the variable.
    """
    given = {
        field: value
        for field in Settings.__struct_fields__
        if (value := environment.get(variable(field), "").strip())
    }
    try:
        return msgspec.convert(given, Settings, strict=False)
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, InvalidSettings):
            raise error.__cause__ from None
        reason, _, field = str(error).partition(" - at `$.")
        name = variable(field.rstrip("`"))
        raise InvalidSettings(f"{name}: {reason}, but it is {environment[name]!r}.") from None
