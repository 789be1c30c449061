"""Nothing keeps anybody from using a page: axe finds no fault in any, in light and dark."""

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page, expect

from tests.browser.visiting import Visitor, Visitors

pytestmark = pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])


async def faults(page: Page) -> str:
    """Return what axe finds on a page, as a text, and how the page scrolls sideways."""
    found = await Axe().run(page)
    report: str = found.generate_report() if found.violations_count else ""
    if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        report += "The page scrolls sideways."
    return report


async def arrived(visitors: Visitors, scheme: str, width: int) -> Visitor:
    alice = await visitors.arrive()
    await alice.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    await alice.page.set_viewport_size({"width": width, "height": 800})
    return alice


async def test_the_start_page(visitors: Visitors, scheme: str, width: int) -> None:
    alice = await arrived(visitors, scheme, width)
    assert not await faults(alice.page)


async def test_a_thread_with_every_kind_of_item(
    visitors: Visitors, scheme: str, width: int
) -> None:
    alice = await arrived(visitors, scheme, width)
    await alice.say("everything")
    await expect(alice.page.locator("[data-item-type=structured_input]")).to_be_visible()
    assert not await faults(alice.page)


async def test_a_thread_whose_answer_is_being_written(
    visitors: Visitors, scheme: str, width: int
) -> None:
    alice = await arrived(visitors, scheme, width)
    await alice.say("hang")
    await expect(alice.page.locator("[data-stop]")).to_be_visible()
    assert not await faults(alice.page)


@pytest.mark.parametrize("said", ["fail", "refuse", "lock", "tool", "widget"])
async def test_a_thread_that_ends(visitors: Visitors, scheme: str, width: int, said: str) -> None:
    alice = await arrived(visitors, scheme, width)
    await alice.say(said)
    await expect(alice.page.locator("[data-turn=running]")).to_have_count(0)
    assert not await faults(alice.page)


async def test_the_history(visitors: Visitors, scheme: str, width: int) -> None:
    alice = await arrived(visitors, scheme, width)
    await alice.hear("title A thread")
    await alice.open("/threads")
    assert not await faults(alice.page)


async def test_the_gallery(visitors: Visitors, scheme: str, width: int) -> None:
    alice = await arrived(visitors, scheme, width)
    await alice.open("/gallery")
    assert not await faults(alice.page)


async def test_the_page_of_an_error(visitors: Visitors, scheme: str, width: int) -> None:
    alice = await arrived(visitors, scheme, width)
    await alice.open("/threads/thr_nothing")
    assert not await faults(alice.page)
    alice.expect_problem("404")
