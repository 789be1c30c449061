"""The element as applications use it: what they await, take away, and show more than once."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.embedding import Embedder, OtherSite, embedding
from tests.running import Running


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, embedded_site: Running) -> AsyncIterator[Embedder]:
    """A page of the chat's own origin with the element's script; nothing may go wrong in it."""
    async with embedding(chromium, embedded_site.url, embedded_site.url) as embedder:
        yield embedder


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_to_take_it_away_in_mid_answer_is_no_error(
    chromium: Browser, embedded_site: Running, other: OtherSite, elsewhere: bool
) -> None:
    url = other.url if elsewhere else embedded_site.url
    async with embedding(chromium, url, embedded_site.url) as page:
        for name in ("one", "two", "three"):
            chat = await page.add(name=name)
            await chat.do("sendUserMessage({text: 'hang'})")
            await expect(chat.items.last).to_contain_text("word0")
            await page.page.evaluate(f"document.getElementById('{name}').remove()")
        last = await page.add(name="last")
        await last.say("say Still here.")
        await last.hears("response.end")
        assert len(page.page.frames) == 2
