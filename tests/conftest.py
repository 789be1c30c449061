"""What every test may use: settings with a folder of their own, and the running application."""

import ssl
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest

from chat.settings import Settings
from tests.running import Running, running


@pytest.fixture(scope="session", autouse=True)
def read_authorities_once() -> Iterator[None]:
    """Let all HTTP clients share what they trust: reading that takes each of them long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A SQLite file and attachments in a folder of the test's own; a scripted server."""
    return Settings(
        database=f"sqlite:///{tmp_path}/chat.db",
        server="tests.servers:scripted",
        log_level="error",
        shutdown_grace=0.1,
    )


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[Running]:
    """The application with the test's settings, on a real socket."""
    async with running(settings) as served:
        yield served


@pytest.fixture
def alice(served: Running) -> httpx.AsyncClient:
    """Alice's browser."""
    return served.client("alice")


@pytest.fixture
def charlie(served: Running) -> httpx.AsyncClient:
    """Charlie's browser: it must not see what is Alice's."""
    return served.client("charlie")
