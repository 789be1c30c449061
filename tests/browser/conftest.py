"""Real Chromium against the real application."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.embedding import OtherSite, other_site
from tests.browser.visiting import FLAGS, Visitors, open_site, visiting
from tests.chromium import MISSING, find_chromium
from tests.running import Running

# One browser serves all tests, so all of them share one event loop.
LOOP = pytest.mark.asyncio(loop_scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(LOOP, append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The browser."""
    path = find_chromium()
    assert path is not None, MISSING
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The application with a scripted server."""
    async with open_site(tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture(scope="session")
def other() -> Iterator[OtherSite]:
    """A web site of other people."""
    with other_site() as site:
        yield site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def embedded_site(
    tmp_path_factory: pytest.TempPathFactory, other: OtherSite
) -> AsyncIterator[Running]:
    """The application that other people's pages may show, with a server that tells all."""
    folder = tmp_path_factory.mktemp("embedded")
    async with open_site(folder, "tests.telling_server:telling", origins=other.url) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def visitors(chromium: Browser, site: Running) -> AsyncIterator[Visitors]:
    """People with browsers; in the end nothing may have gone wrong in any of them."""
    async with visiting(chromium, site.url) as visitors:
        yield visitors


expect.set_options(timeout=20_000)  # a busy machine may be slow
