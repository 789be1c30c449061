"""Which addresses a page may link to or load, for Markdown, items and widgets alike.

`safe_link` decides what an ``href`` may hold, `own_image` what an ``<img>`` may load;
both return None where the address must not be used. `host_of` tells people where one leads.
"""

import re
from urllib.parse import urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto", "chatkit-link"})
DEEPLINK = "chatkit-link:"

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")
_DATA_IMAGE = re.compile(r"data:image/(png|jpeg|jpg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)


def safe_link(url: str) -> str | None:
    """Return an address that may be a link: http(s), mailto, chatkit-link, or our own pages.

    Browsers drop control characters and blanks from a scheme, so an address that holds
    any is refused; so is ``//host``, which would leave the origin without saying so.
    """
    url = url.strip()
    if not url or _UNPRINTABLE.search(url):
        return None
    if scheme := _SCHEME.match(url):
        return url if scheme[1].lower() in LINK_SCHEMES else None
    return None if url.replace("\\", "/").startswith("//") else url


def host_of(url: str) -> str:
    """Return the host that an address leads to, as people name it; empty where it names none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def own_image(url: str) -> str | None:
    """Return an address that may be loaded as an image: our own origin's, or image data."""
    url = url.strip()
    if _DATA_IMAGE.match(url):
        return url
    local = safe_link(url)
    return local if local and local.startswith("/") and not _SCHEME.match(local) else None
