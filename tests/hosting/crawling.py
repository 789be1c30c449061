"""Every address that a host sends to a browser, followed."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx

from tests.page.dom import Element, parse

LEADING = ("href", "src", "hx-get", "hx-sse:connect", "data-base")
POSTED = ("action", "formaction", "data-output-url")
ENDLESS = "/events"


def addresses(page: Element, names: tuple[str, ...] = (*LEADING, *POSTED)) -> Iterator[str]:
    """Yield the addresses of a page that are on its own host."""
    for element in page:
        for name in names:
            address = element.attributes.get(name, "")
            if address and not address.startswith("#") and not urlsplit(address).scheme:
                yield address


async def crawl(http: httpx.AsyncClient, *starts: str) -> tuple[set[str], set[str]]:
    """Follow all links of this host from some pages on.

    Returns:
        Every address that was seen, those of forms included, and the ones that failed.
    """
    followed: set[str] = set()
    posted: set[str] = set()
    failed: set[str] = set()
    waiting = list(starts)
    while waiting:
        address = urlsplit(waiting.pop())._replace(fragment="").geturl()
        if address in followed:
            continue
        followed.add(address)
        if ENDLESS in address:
            continue
        response = await http.get(address, follow_redirects=True)
        if response.status_code >= 400:
            failed.add(address)
        if response.headers["content-type"].startswith("text/html"):
            page = parse(response.text)
            posted.update(addresses(page, POSTED))
            found = addresses(page, tuple(name for name in LEADING if name != "data-base"))
            waiting += [urljoin(address, link) for link in found]
    return followed | posted, failed
