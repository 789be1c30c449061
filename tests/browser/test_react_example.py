"""The React example: unmodified `@openai/chatkit-react`, built, on an origin of its own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FrameLocator, Locator, Page, expect

from chat.settings import Settings
from tests.browser.building import build, web_server
from tests.browser.embedding import DOT, Embedder
from tests.running import running


@dataclass
class Shop:
    """The example in a browser."""

    embedder: Embedder

    @property
    def page(self) -> Page:
        """The tab it is in."""
        return self.embedder.page

    @property
    def chat(self) -> FrameLocator:
        """What the element shows."""
        return self.page.frame_locator("openai-chatkit iframe")

    @property
    def answer(self) -> Locator:
        """The last answer."""
        return self.chat.locator("article.assistant_message").last

    async def open(self, address: str = "/") -> None:
        """Go to the shop, and wait for the chat."""
        await self.page.goto(f"{self.embedder.url}{address}")
        await expect(self.chat.locator("form[data-composer] textarea")).to_be_visible()

    async def say(self, text: str) -> None:
        """Write a message and send it."""
        await self.chat.locator("form[data-composer] textarea").fill(text)
        await self.chat.get_by_role("button", name="Send").click()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def addresses(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[str, str]]:
    """Where the built example is, and its chat."""
    folder = tmp_path_factory.mktemp("example")
    with web_server(folder / "react" / "dist") as server:
        shop = f"http://localhost:{server.server_port}"
        settings = Settings(
            database=f"sqlite:///{folder}/chat.db",
            server="examples.react.server:create",
            origins=shop,
            log_level="error",
        )
        async with running(settings) as served:
            await served.host.server()
            build(folder, served.url)
            yield shop, served.url


@pytest_asyncio.fixture(loop_scope="session")
async def shop(chromium: Browser, addresses: tuple[str, str]) -> AsyncIterator[Shop]:
    """The shop, opened; nothing may go wrong in it, and no other origin be asked."""
    context = await chromium.new_context(viewport={"width": 1280, "height": 800})
    shop = Shop(Embedder(await context.new_page(), *addresses))
    await shop.open()
    yield shop
    await context.close()
    assert not shop.embedder.problems, shop.embedder.problems


async def test_a_prompt_begins_a_thread_that_is_in_the_address(shop: Shop) -> None:
    await shop.chat.get_by_role("button", name="Show me a plant").click()
    await expect(shop.chat.get_by_role("button", name="Add to basket")).to_be_visible()
    await shop.page.wait_for_url("**/?thread=thr_*")
    address = shop.page.url.removeprefix(shop.embedder.url)
    await shop.open(address)
    await expect(shop.chat.get_by_role("button", name="Add to basket")).to_be_visible()


async def test_what_a_widget_offers_is_done_by_the_page(shop: Shop) -> None:
    await shop.page.get_by_role("button", name="Show a plant").click()
    await shop.chat.get_by_role("button", name="Add to basket").click()
    await expect(shop.page.locator("aside li")).to_have_text(["Lavender"])
    await expect(shop.answer).to_contain_text("Lavender is in your basket.")


async def test_a_client_tool_switches_the_theme(shop: Shop) -> None:
    await shop.say("Make it dark")
    await expect(shop.answer).to_contain_text("It is dark now.")
    await expect(shop.page.locator("html")).to_have_attribute("data-scheme", "dark")
    await expect(shop.chat.locator("html")).to_have_attribute("data-theme", "dark")
    await shop.chat.get_by_role("button", name="Light mode").click()
    await expect(shop.chat.locator("html")).to_have_attribute("data-theme", "light")


async def test_an_effect_reaches_the_page(shop: Shop) -> None:
    await shop.chat.get_by_role("button", name="Celebrate").click()
    await expect(shop.page.get_by_role("status")).to_have_text("Tulips for everyone!")


async def test_files_mentions_tools_and_models_come_with_a_message(shop: Shop) -> None:
    await shop.chat.locator("input[type=file]").set_input_files(
        {"name": "leaf.png", "mimeType": "image/png", "buffer": DOT}
    )
    await expect(shop.chat.locator("input[name=attachment]")).to_be_attached()
    await shop.chat.get_by_role("radio", name="Diagnose").check(force=True)
    field = shop.chat.locator("form[data-composer] textarea")
    await field.press_sequentially("What ails my @fox")
    await shop.chat.get_by_role("option", name="Foxglove").click()
    await shop.chat.get_by_role("button", name="Send").click()
    for said in ("Plants: Foxglove", "Files: leaf.png", "Tool: diagnose", "Model: seedling"):
        await expect(shop.answer).to_contain_text(said)
    await shop.chat.locator("[data-entity] summary").click()
    await expect(shop.page.get_by_role("status")).to_have_text("You looked at Foxglove.")


async def test_the_page_writes_for_its_reader(shop: Shop) -> None:
    await shop.page.get_by_role("button", name="Write for me").click()
    field = shop.chat.locator("form[data-composer] textarea")
    await expect(field).to_have_value("What needs shade?")
    await expect(field).to_be_focused()
    await shop.chat.get_by_role("button", name="Send").click()
    await expect(shop.answer).to_contain_text("Tool: plan")


async def test_the_history_is_opened_from_the_page(shop: Shop) -> None:
    await shop.say("Hello")
    await expect(shop.answer).to_be_visible()
    await shop.page.get_by_role("button", name="History").click()
    await shop.chat.locator(".thread-link").first.click()
    await expect(shop.answer).to_be_visible()
    await shop.page.get_by_role("button", name="New chat").click()
    await expect(shop.chat.get_by_role("heading", name="What grows")).to_be_visible()
    assert "thread" not in shop.page.url
