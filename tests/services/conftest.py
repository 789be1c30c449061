"""What the tests of the services share."""

from collections.abc import AsyncIterator

import httpx
import pytest

from chat.settings import Settings
from tests.services.serving import serving, small_app


@pytest.fixture
async def browser(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of the small application."""
    async with serving(small_app(settings)) as client:
        yield client
