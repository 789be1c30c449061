"""How the element comes into a page: by its script, by the loader, and on `/embed`."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route, expect

from tests.browser.embedding import Embedder
from tests.browser.visiting import Visitor
from tests.running import Running

ELSEWHERE = "https://cdn.example.org/chatkit.js"


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, embedded_site: Running) -> AsyncIterator[Embedder]:
    """A page of the chat's own origin without any script of the element yet."""
    context = await chromium.new_context()
    yield Embedder(await context.new_page(), embedded_site.url, embedded_site.url)
    await context.close()


async def load(page: Embedder, patience: int) -> None:
    """Open the page, and let it load the element with the loader."""
    await page.load("/static/chatkit-loader.js", src=ELSEWHERE, patience=patience)


@pytest.mark.parametrize("fails", [True, False], ids=["it fails", "it never answers"])
async def test_the_loader_falls_back_to_the_hosts_own_element(page: Embedder, fails: bool) -> None:
    async def elsewhere(route: Route) -> None:
        if fails:
            await route.abort()

    await page.page.route(ELSEWHERE, elsewhere)
    await load(page, 60_000 if fails else 200)
    chat = await page.add()
    await expect(chat.field).to_be_visible()


async def test_the_loader_leaves_what_another_address_defines(page: Embedder) -> None:
    async def elsewhere(route: Route) -> None:
        body = "customElements.define('openai-chatkit', class extends HTMLElement {});"
        await route.fulfill(body=body, content_type="text/javascript")

    asked: list[str] = []
    page.page.on("request", lambda request: asked.append(request.url))
    await page.page.route(ELSEWHERE, elsewhere)
    await load(page, 2000)
    await page.page.wait_for_function("!!customElements.get('openai-chatkit')")
    await page.page.wait_for_timeout(2500)
    assert not [url for url in asked if url.endswith("/static/chatkit.js")]


async def test_the_live_example_shows_the_element_and_its_events(
    chromium: Browser, embedded_site: Running
) -> None:
    context = await chromium.new_context(viewport={"width": 320, "height": 640})
    visitor = Visitor(await context.new_page(), embedded_site.url)
    await visitor.open("/embed")
    log = visitor.page.locator("#events")
    await expect(log).to_contain_text("chatkit.ready")
    await visitor.page.get_by_role("button", name="Send").click()
    await expect(log).to_contain_text("chatkit.response.end")
    width = await visitor.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320
    await visitor.page.get_by_role("button", name="Dark").click()
    frame = visitor.page.frame_locator("openai-chatkit iframe")
    await expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    await context.close()
    assert not visitor.problems, visitor.problems
