"""``/claim/<token>``: a browser becomes the owner of threads that were moved in.

Only light modules are imported here, as for the start page.
"""

from __future__ import annotations

from quart import request
from quart.typing import ResponseReturnValue

from chat import identity
from chat.addresses import address
from chat.errors import NotFound
from chat.host import current_host
from chat.page.addresses import history_url
from chat.page.contexts.claiming import ClaimPage
from chat.page.render import render, see
from chat.settings import DEFAULT_CONTEXT


async def claim(token: str) -> ResponseReturnValue:
    """Ask whether this browser is to show an owner's threads; once it is posted, let it.

    Raises:
        NotFound: the link is forged or too old, or owners are not anonymous here.
    """
    anonymous = current_host().settings.context == DEFAULT_CONTEXT
    owner = identity.claimed(token) if anonymous else None
    if owner is None:
        raise NotFound("This link does not work any more. Import the file again to get a new one.")
    if request.method == "POST":
        identity.become(owner)
        return see(history_url())
    response = await render("claim.html", ClaimPage(action=address(request.path)))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
