"""The page's style sheet, scripts and icon: put together once, compressed once, kept for good.

A browser asks for one style sheet and one script however many files they are written in. Their
addresses hold a hash of their content, so that a browser need never ask again for what it has.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from quart import Quart, Response, request
from quart.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from chat.addresses import common_address

FOLDER = Path(__file__).parents[1] / "static"
PREFIX = "/static/built/"

STYLES = (
    *("tokens", "page", "thread", "composer", "brought", "outside", "history", "code", "markdown"),
    *("items", "sources", "work", "questions"),
    *("widgets/cards", "widgets/layout", "widgets/text", "widgets/buttons"),
    *("widgets/controls", "widgets/chart"),
)
"""The parts of the style sheet, in the order in which they count."""

SCRIPTS = (
    *("vendor/htmx.min", "vendor/hx-csp.min", "vendor/hx-sse.min", "swaps", "stream"),
    *("reading", "composer", "attaching", "choosing", "quoting", "listing", "mentions"),
    *("dictation", "copying", "widgets", "filtering", "clienttools", "effects", "entities"),
)
"""The parts of the script, in the order in which they run."""

FRAMED = (
    *("channel", "seats", "colours", "requests", "files"),
    *("callbacks", "commands", "menu", "events"),
)
"""The parts of the script that the frame of the element has besides, before the page's own."""

PARTS = {
    "page.css": tuple(f"{name}.css" for name in STYLES),
    "gallery.css": ("gallery.css",),
    "page.js": tuple(f"{name}.js" for name in SCRIPTS),
    "leave.js": ("leave.js",),
    "frame.js": tuple(f"framed/{name}.js" for name in FRAMED),
    "embed.js": ("embed.js",),
    "embed.css": ("embed.css",),
    "chatkit.js": ("chatkit.js",),
    "chatkit-loader.js": ("chatkit-loader.js",),
    "favicon.svg": ("favicon.svg",),
}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SEPARATORS = {".js": b"\n;\n"}  # so that a part without a last semicolon ends all the same
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file as browsers get it.

    Attributes:
        name: what templates call it.
        content: its bytes.
    """

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """The end of its name, which tells its type."""
        return Path(self.name).suffix

    @cached_property
    def path(self) -> str:
        """Where it is, as long as it is what it is; see `chat.addresses`."""
        digest = hashlib.sha256(self.content).hexdigest()[:16]
        return f"{PREFIX}{digest}/{self.name}"

    @cached_property
    def compressed(self) -> bytes:
        """Its bytes in gzip, as small as that makes them."""
        return gzip.compress(self.content, 9, mtime=0)


def install(app: Quart) -> None:
    """Give the templates of an application ``asset(name)``, the address of a file."""
    app.add_template_global(address_of, "asset")


def address_of(name: str) -> str:
    """Return the address of a file of the page.

    Raises:
        KeyError: there is none of this name.
    """
    return common_address(find_asset(name).path)


@cache
def find_asset(name: str) -> Asset:
    """Return a file of the page; what changes on the disk counts from the next start.

    Raises:
        KeyError: there is none of this name.
    """
    parts = [(FOLDER / part).read_bytes() for part in PARTS[name]]
    return Asset(name, SEPARATORS.get(Path(name).suffix, b"").join(parts))


async def asset(digest: str, name: str) -> ResponseReturnValue:
    """``GET /static/built/<digest>/<name>``: a file of the page.

    A page from before an update asks for a file that is not there any more: it gets the
    present one, which the browser must not keep under that address.

    Raises:
        NotFound: there is no file of this name.
    """
    if name not in PARTS:
        raise NotFound
    found = find_asset(name)
    return asset_response(found, FOREVER if request.path == found.path else "no-cache")


def asset_response(found: Asset, kept: str) -> Response:
    """Return the answer with a file of the page.

    Args:
        found: the file.
        kept: what ``Cache-Control`` says.
    """
    packed = bool(request.accept_encodings["gzip"])
    response = Response(
        found.compressed if packed else found.content,
        content_type=f"{TYPES[found.suffix]}; charset=utf-8",
        headers={"Cache-Control": kept},
    )
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
