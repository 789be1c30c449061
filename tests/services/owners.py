"""Who a test's browser is, to look into the store as them."""

import httpx
from quart import Request

from chat.identity import COOKIE, RequestContext
from tests.running import Running


async def context_of(served: Running, browser: httpx.AsyncClient) -> RequestContext:
    """Return the context that a browser's requests have."""
    if COOKIE not in browser.cookies:
        await browser.get("/threads/thr_unknown/export.json")
    owner = served.app.extensions["owner_signer"].loads(browser.cookies[COOKIE])
    return RequestContext(user_id=owner, locale="en", request=Request.__new__(Request))


async def refuse_strangers(request: Request) -> RequestContext:
    """Be a context function that knows nobody."""
    raise PermissionError("who are you?")
