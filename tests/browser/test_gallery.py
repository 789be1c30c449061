"""The gallery in a real browser at three widths, with the widgets that people wrote if there."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.visiting import Visitor, Visitors, open_site, visiting

COLLECTED = Path(__file__).parents[3] / "shared" / "widgets"

# What is not in sight, of all that is neither meant to be empty nor folded away.
UNSEEN = """() => {
  const empty = "[data-widget=Spacer], [data-widget=Icon], [data-widget=Box], [data-widget=Row], \\
    [data-widget=Col], [data-widget=Divider], [data-widget=Transition], [data-widget=Text]";
  const seen = (element) => element.checkVisibility({ visibilityProperty: true })
    && [...element.getClientRects()].some(({ width, height }) => width > 0 && height > 0);
  return [...document.querySelectorAll("[data-widget]")]
    .filter((element) => !element.closest("details:not([open])") && !seen(element)
      && !element.matches("img")  // of which some are on a server of their author's
      && !(element.matches(empty) && !element.textContent.trim()))
    .map((element) => element.closest("article").id + " " + element.dataset.widget);
}"""
# Words that are cut off although nobody asked for that.
CUT = """() => [...document.querySelectorAll(".w-text, .w-title, .w-caption, .w-badge, .w-button")]
  .filter((element) => element.matches(":not(.truncate, .clamp, .w-editable)")
    && !element.closest("details:not([open])")
    && element.scrollWidth > element.clientWidth + 1
    && getComputedStyle(element).overflowX !== "visible")
  .map((element) => element.textContent)"""
WIDER = """() => [...document.querySelectorAll(".gallery-example article > [data-widget]")]
  .filter((element) => element.getBoundingClientRect().right > innerWidth)
  .map((element) => element.closest("article").id)"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def gallery(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Visitors]:
    """People who visit a site whose gallery shows the collected widgets, too."""
    collected = str(COLLECTED) if COLLECTED.is_dir() else ""
    async with (
        open_site(tmp_path_factory.mktemp("gallery"), gallery=collected) as served,
        # 404: pictures that collected widgets expect here
        visiting(chromium, served.url, but_for="404") as visitors,
    ):
        yield visitors


async def look(gallery: Visitors, width: int, only: str = "", **options: Any) -> Visitor:
    """Return a visitor of the gallery, or of one entry of it."""
    address = f"/gallery?only={only}" if only else "/gallery"
    return await gallery.arrive(address, viewport={"width": width, "height": 900}, **options)


@pytest.mark.parametrize("width", [320, 768, 1280])
async def test_everything_is_in_sight_and_nothing_is_wider_than_the_screen(
    gallery: Visitors, width: int
) -> None:
    alice = await look(gallery, width)
    assert await alice.page.evaluate("document.documentElement.scrollWidth") == width
    assert await alice.page.evaluate(WIDER) == []
    assert await alice.page.evaluate(UNSEEN) == []
    assert await alice.page.evaluate(CUT) == []


async def test_a_press_says_what_would_be_sent(gallery: Visitors) -> None:
    alice = await look(gallery, 768, "widgets-Button")
    press = alice.page.get_by_role("button", name="Press").first
    await press.click()
    await expect(alice.page.locator("#alerts")).to_contain_text("gallery.press")
    await expect(alice.page).to_have_url(f"{alice.url}/gallery?only=widgets-Button")


async def test_a_press_without_scripts_leads_to_a_page_that_says_it(gallery: Visitors) -> None:
    alice = await look(gallery, 320, "widgets-Button", java_script_enabled=False)
    press = alice.page.get_by_role("button", name="Press").first
    await press.click()
    await expect(alice.page.get_by_role("heading", name="Nothing was sent")).to_be_visible()
    back = alice.page.get_by_role("link", name="Back to the gallery")
    await expect(back).to_have_attribute("href", "/gallery")


async def test_tooltips_of_a_chart_need_no_script(gallery: Visitors) -> None:
    alice = await look(gallery, 768, "widgets-Chart", java_script_enabled=False)
    chart = alice.page.locator(".w-chart").first
    await expect(chart.locator(".tip").first).to_be_hidden()
    await chart.locator(".band").nth(1).hover()
    await expect(chart.locator(".tip").nth(1)).to_contain_text("305")
    await expect(chart.locator(".tip").nth(1)).to_be_visible()


async def test_a_keyboard_brings_a_charts_numbers_into_sight(gallery: Visitors) -> None:
    alice = await look(gallery, 768, "widgets-Chart")
    numbers = alice.page.locator(".numbers").first
    await numbers.focus()
    box = await numbers.bounding_box()
    assert box is not None
    assert box["width"] > 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_text_on_a_background_of_its_own_can_be_read_in_both_themes(
    gallery: Visitors, scheme: Any
) -> None:
    alice = await look(gallery, 768, "widgets-Box", color_scheme=scheme)
    dark = alice.page.locator("[data-theme=dark] .w-text").first
    light = alice.page.locator("[data-theme=light] .w-text").first
    await expect(dark).to_have_css("color", "rgb(236, 236, 239)")
    await expect(light).to_have_css("color", "rgb(27, 26, 25)")
