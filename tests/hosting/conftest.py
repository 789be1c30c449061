"""Servers of other people, hosted."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import msgspec
import pytest

from chat.settings import Settings
from tests.running import Running, running

Hosting = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
def hosting(settings: Settings) -> Hosting:
    """Host a server of a module of this folder, ``module:name``, with a context of `theirs`."""

    @asynccontextmanager
    async def serve(server: str, context: str = "request_context") -> AsyncIterator[Running]:
        chosen = msgspec.structs.replace(
            settings,
            server=f"tests.hosting.{server}",
            context=f"tests.hosting.theirs:{context}" if context else settings.context,
            blueprint="tests.hosting.theirs:files",
        )
        async with running(chosen) as served:
            yield served

    return serve
