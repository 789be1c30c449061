"""The options of pages that embed the chat: read as those of the file are, and kept for a while."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from chat.errors import ChatError
from chat.options import EmbeddedOptions
from chat.options_file import is_own_address, problems_of
from chat.page.icons import icon

MOST = 500
"""Sets of options that are kept; who comes back to one that is not sends it again."""
LARGEST = 256 * 1024
"""Bytes that one of them may have."""
ROOM = 8 * 1024 * 1024
"""Bytes that all of them may have: anyone may send some."""


class InvalidOptions(ChatError):
    """These options cannot be used."""

    status, code = 400, "options.invalid"


class EmbeddedOptionsKept:
    """The newest options that embedding pages have sent, each under a digest of what was sent."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[str, tuple[EmbeddedOptions, int]] = OrderedDict()

    def get(self, digest: str) -> EmbeddedOptions | None:
        """Return the options of a digest, or None where they are not here any more."""
        found = self._kept.get(digest)
        if found is None:
            return None
        self._kept.move_to_end(digest)
        return found[0]

    def keep(self, sent: bytes, host: str) -> tuple[str, EmbeddedOptions]:
        """Read and keep options; return them with their digest.

        Args:
            sent: them as JSON.
            host: the host that they were sent to, whose fonts may be used.

        Raises:
            InvalidOptions: one of them cannot be used; the message names it.
        """
        digest = hashlib.sha256(sent).hexdigest()[:32]
        if (known := self.get(digest)) is not None:
            return digest, known
        options = read_options(sent, host)
        self._kept[digest] = options, len(sent)
        while len(self._kept) > MOST or sum(size for _, size in self._kept.values()) > ROOM:
            self._kept.popitem(last=False)
        return digest, options


def read_options(sent: bytes, host: str) -> EmbeddedOptions:
    """Return options that an embedding page sent as JSON.

    Args:
        sent: the JSON.
        host: the host that they were sent to. Fonts of other hosts are left out, because the
            page loads nothing from there, and so are icons that this version of Lucide lacks.

    Raises:
        InvalidOptions: one of them cannot be used; the message names it.
    """
    if len(sent) > LARGEST:
        raise InvalidOptions("These options are larger than this server accepts.")
    try:
        given = _with_known_icons(_with_own_fonts(msgspec.json.decode(sent), host))
        options = msgspec.convert(given, EmbeddedOptions)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$")
        raise _refused(reason, where.strip("`.")) from None
    except (ValueError, RecursionError):
        raise InvalidOptions("Options are JSON.") from None
    for where, reason in problems_of(options, Path()):
        raise _refused(reason, where)
    return options


def _refused(reason: str, where: str) -> InvalidOptions:
    said = " ".join(f"{where}: {reason}".split()) if where else reason
    return InvalidOptions(f"{said.rstrip('.')}.")


def _with_own_fonts(given: Any, host: str) -> Any:
    """Return options without the fonts that are not this host's."""
    match given:
        case {"theme": {"typography": {"fontSources": list(fonts)} as typography} as theme}:
            own = [font for each in fonts if (font := _own_font(each, host)) is not None]
            typed = {**theme, "typography": {**typography, "fontSources": own}}
            return {**given, "theme": typed}
        case _:
            return given


def _with_known_icons(given: Any) -> Any:
    """Return options with nothing, or a dot, for icons that Lucide may have had or may get."""
    match given:
        case {"startScreen": {"prompts": list(prompts)} as start}:
            start = {**start, "prompts": [_with_known_icon(each, None) for each in prompts]}
            given = {**given, "startScreen": start}
    match given:
        case {"composer": {"tools": list(tools)} as composer}:
            composer = {**composer, "tools": [_with_known_icon(each, "dot") for each in tools]}
            given = {**given, "composer": composer}
    return given


def _with_known_icon(entry: Any, other: str | None) -> Any:
    match entry:
        case {"icon": str(name)} if name.startswith("lucide:") and not icon(name):
            return {**entry, "icon": other}
        case _:
            return entry


def _own_font(font: Any, host: str) -> Any:
    match font:
        case {"src": str(src)}:
            parts = urlsplit(src)
            path = parts.path if parts.netloc.lower() == host.lower() else src
            return {**font, "src": path} if is_own_address(path) else None
        case _:
            return font
