"""Whether this process serves, and whether it can work: for whoever watches over it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from quart import request
from quart.typing import ResponseReturnValue

from chat.errors import ChatError, refusal_of
from chat.host import Host, HostFailed
from chat.hosts import current_hosts
from chat.identity import RequestContext
from chat.loading import load

if TYPE_CHECKING:
    from chatkit.store import Store

log = logging.getLogger(__name__)

HEAD_START = 0.5
"""Seconds that a probe waits for the store to be opened."""
PATIENCE = 3.0
"""Seconds that the open store may take to answer."""


class Loading(ChatError):
    """This server is still loading. Try again in a moment."""

    status, code = 503, "loading"


class Unavailable(ChatError):
    """The store cannot be reached."""

    status, code = 503, "store.unavailable"


class Misconfigured(ChatError):
    """This server is not set up correctly; its log says what is wrong."""

    status, code = 503, "host.failed"


class NotForProbers(Exception):
    """A store cannot be asked without a context of a kind that only known callers have."""


async def healthz() -> ResponseReturnValue:
    """``GET /healthz``: answer while the process serves, whatever else is the matter."""
    return {"status": "ok"}


async def readyz() -> ResponseReturnValue:
    """``GET /readyz``: read from every server's store, as a page would.

    Returns:
        200 ``{"status": "ready"}``, or 503 with ``{"error": {"code", "message"}}``: ``loading``
        until every store is open, ``store.unavailable`` when one does not answer, ``host.failed``
        where a setting is wrong, until the process ends for it.
    """
    for host in current_hosts().all:
        if refusal := await _refusal_of(host):
            return {"error": {"code": refusal.code, "message": refusal.message}}, refusal.status
    return {"status": "ready"}


async def _refusal_of(host: Host) -> ChatError | None:
    """Return why a host cannot work now, or None where it can."""
    if host.failed.is_set():
        return Misconfigured()
    try:
        store, context = await _loaded(host)
        async with asyncio.timeout(PATIENCE):
            await store.load_threads(limit=1, after=None, order="desc", context=context)
    except Loading as error:
        return error
    except NotForProbers:
        return None
    except HostFailed:
        return Misconfigured()
    except Exception as error:
        if await _is_answer(error):
            return None
        log.exception("store unavailable")
        return Unavailable()
    return None


async def _is_answer(error: Exception) -> bool:
    """Return whether a store that raises this works, and only lists nothing, or not to probers."""
    says_nothing_is_there = await load("chat.stored:says_nothing_is_there")
    refusal = refusal_of(error)
    refused = refusal is not None and refusal.status < 500
    return refused or isinstance(error, NotImplementedError) or says_nothing_is_there(error)


async def _loaded(host: Host) -> tuple[Store[Any], Any]:
    """Return the store and a context to ask it with, if they are there already.

    Raises:
        Loading: they are not.
        NotForProbers: the store is there, and only known callers may ask it.
    """
    try:
        async with asyncio.timeout(HEAD_START):
            store = await host.store()
            return store, await _context(host, store)
    except TimeoutError:
        raise Loading from None


async def _context(host: Host, store: Store[Any]) -> Any:
    """Return the prober's own context; a host that only knows named callers has none for it.

    Raises:
        NotForProbers: such a host's store is the server's own, so nothing else fits it.
    """
    try:
        return await host.context(request)
    except HostFailed:
        raise
    except Exception:
        if not isinstance(store, await load("store.base:KeepsTurns")):
            raise NotForProbers from None
        return RequestContext(user_id="readyz", locale="en", request=request)
