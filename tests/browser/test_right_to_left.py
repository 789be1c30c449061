"""A language that is written from right to left: the whole page is mirrored, and fits."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.browser.visiting import Visitor, Visitors, open_site, visiting
from tests.made_language import make_language

PHONE = {"width": 320, "height": 800}
DESK = {"width": 1280, "height": 800}
OUTSIDE = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const { left, right, width } = element.getBoundingClientRect();
  const seen = width > 1 && element.checkVisibility({ contentVisibilityAuto: true });
  const cut = element.closest("pre, svg, .skip, .visually-hidden");
  return seen && !cut && (left < -1 || right > innerWidth + 1);
}).map((element) => `${element.tagName}.${element.className}`)"""


@pytest_asyncio.fixture(loop_scope="session")
async def readers(chromium: Browser, tmp_path: Path) -> AsyncIterator[Visitors]:
    """People who read a made language from right to left."""
    locales = str(make_language(tmp_path / "locales", "he"))
    async with (
        open_site(tmp_path, locales=locales) as served,
        visiting(chromium, served.url) as visitors,
    ):
        yield visitors


async def middle(locator: Locator) -> float:
    """Return how far from the left of the screen the middle of an element is."""
    box = await locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


async def fits(alice: Visitor) -> None:
    """Make sure that nothing is wider than the screen, or beside it."""
    assert await alice.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await alice.page.evaluate(OUTSIDE) == []


async def talk(alice: Visitor) -> None:
    """Send a message whose answer has every kind of item."""
    await alice.field.fill("everything")
    await alice.field.press("Enter")
    await expect(alice.page.get_by_text("For whom?")).to_be_visible()
    await alice.settle()


async def test_the_page_is_mirrored(readers: Visitors) -> None:
    alice = await readers.arrive(locale="he", viewport=DESK)
    await expect(alice.page.locator("html")).to_have_attribute("dir", "rtl")
    send = alice.page.get_by_role("button", name="«Send»")
    attach = alice.page.locator("label.attach")
    assert await middle(send) < DESK["width"] / 2 < await middle(attach)
    placeholder = "getComputedStyle(document.querySelector('#composer-text')).direction"
    assert await alice.page.evaluate(placeholder) == "rtl"
    await talk(alice)
    assert await middle(alice.page.locator("#recent")) > DESK["width"] * 0.75
    asked, card = alice.items.first.locator(".item-bubble"), alice.page.locator(".w-card").first
    assert await middle(asked) < await middle(card)
    title = alice.page.locator("#title")
    new = alice.page.get_by_role("link", name="«New chat»", exact=True)
    delete = alice.page.get_by_title("«Delete»")
    assert await middle(delete) < await middle(title) < await middle(new)


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
async def test_nothing_is_wider_than_the_screen(readers: Visitors, screen: dict[str, int]) -> None:
    alice = await readers.arrive(locale="he", viewport=screen)
    await fits(alice)
    await talk(alice)
    await fits(alice)
    for name in ("«Rename»", "«Delete»"):
        await alice.page.get_by_title(name).click()
        await expect(alice.page.locator("details.pop[open] .card")).to_be_visible()
        await fits(alice)
        await alice.page.keyboard.press("Escape")
    await alice.open("/threads")
    await alice.page.get_by_title("«Delete»").click()
    await fits(alice)
    for address in ("/gallery", "/entities"):
        await alice.open(address)
        await fits(alice)
