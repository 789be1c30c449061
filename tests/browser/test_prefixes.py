"""Servers below prefixes, in a browser: scripts, too, know where they are."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, FilePayload, expect

from chat.settings import Settings
from tests.browser.visiting import Visitors, visiting
from tests.hosting.test_servers import SERVERS, hosting
from tests.running import running

TEXT = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"milk and eggs")


@pytest_asyncio.fixture(loop_scope="session")
async def guests(chromium: Browser, settings: Settings) -> AsyncIterator[Visitors]:
    """People at a site with two servers."""
    async with (
        running(hosting(settings, *SERVERS)) as served,
        visiting(chromium, served.url) as guests,
    ):
        yield guests


async def test_a_message_with_a_file_and_a_mention_is_answered_below_the_prefix(
    guests: Visitors,
) -> None:
    alice = await guests.arrive("/news/")
    await alice.page.locator("input[type=file]").set_input_files([TEXT])
    await expect(alice.page.locator("input[name=attachment]")).to_have_count(1)
    await alice.field.press_sequentially("say hello @Harriet")
    await alice.page.get_by_role("option", name="Harriet").click()
    await alice.page.get_by_role("button", name="Send").click()
    await expect(alice.items.nth(1)).to_be_visible()
    await alice.settle()
    await expect(alice.page).to_have_url(re.compile(r"/news/threads/thr_\w+"))
    await expect(alice.items.first).to_contain_text("notes.txt")
    live = await alice.html()
    await alice.page.reload()
    assert await alice.html() == live


async def test_the_history_is_searched_below_the_prefix(guests: Visitors) -> None:
    alice = await guests.arrive("/news/")
    await alice.hear("title Groceries")
    await alice.page.get_by_role("link", name="History").first.click()
    await alice.page.get_by_role("searchbox").fill("groc")
    await expect(alice.page).to_have_url(re.compile(r"/news/threads\?q=groc"))
    await expect(alice.page.locator("#found")).to_contain_text("Groceries")


async def test_another_server_is_another_page(guests: Visitors) -> None:
    alice = await guests.arrive("/")
    await alice.page.get_by_role("link", name="news").click()
    await expect(alice.page).to_have_url(f"{guests.url}/news/")
    base = "document.documentElement.dataset.base"
    assert await alice.page.evaluate(base) == "/news"
    await alice.page.evaluate(
        """() => {
            const link = document.createElement("a");
            link.href = "/help/desk/";
            link.textContent = "The desk";
            document.getElementById("content").append(link);
            htmx.process(link);
        }"""
    )
    await alice.page.get_by_role("link", name="The desk").click()
    await expect(alice.page).to_have_url(f"{guests.url}/help/desk/")
    assert await alice.page.evaluate(base) == "/help/desk"
    await alice.hear("say Hello")
    await expect(alice.page).to_have_url(re.compile(r"/help/desk/threads/thr_\w+"))
