"""A store that a server brought: how its failures are told, whatever they are."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from chatkit.store import NotFoundError, Store

from chat.importing.failed import Failed
from chat.stored import says_nothing_is_there

log = logging.getLogger(__name__)

LOADS_ONE = {"load_thread", "load_attachment"}


def guarded(store: Store[Any], server: str, hint: str) -> Store[Any]:
    """Return a store whose failures are one sentence each.

    That something is not found, however it says so, or not supported by it, is no failure.

    Args:
        store: the store.
        server: the server that brought it.
        hint: what may help where the store cannot use its context.
    """
    return cast(Store[Any], _Guarded(store, server, hint))


class _Guarded:
    def __init__(self, store: Store[Any], server: str, hint: str) -> None:
        self._store = store
        self._server = server
        self._hint = hint

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self._store, name)

        async def call(*arguments: Any, **named: Any) -> Any:
            try:
                return await method(*arguments, **named)
            except (NotFoundError, NotImplementedError):
                raise
            except Exception as error:
                if name in LOADS_ONE and says_nothing_is_there(error):
                    raise
                log.debug("cause", exc_info=error)
                reason = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".:")
                lacking = isinstance(error, AttributeError | LookupError | TypeError)
                hint = f" {self._hint}" if lacking else ""
                raise Failed(f"The store of {self._server} failed: {reason}.{hint}") from error

        return call
