"""Every item, event and update in Chromium: live, after a reload, and with hostile values."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route, expect

from tests import item_fixtures as fixtures
from tests.browser.visiting import Visitor, Visitors, open_site, visiting
from tests.item_server import SCRIPTS, STEPS
from tests.running import Running


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def showroom(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The application with a server that shows every kind of item."""
    async with open_site(tmp_path_factory.mktemp("showroom"), "tests.item_server:items") as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def guests(chromium: Browser, showroom: Running) -> AsyncIterator[Visitors]:
    """People who look at the items."""
    async with visiting(chromium, showroom.url) as guests:
        yield guests


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def regular(chromium: Browser, showroom: Running) -> AsyncIterator[Visitor]:
    """Somebody who comes again and again."""
    async with visiting(chromium, showroom.url) as visitors:
        yield await arrive(visitors)


# The thread's items and how its turn stands; what text is still open does not tell.
SHOWN = """(page) => {
  const copy = page.getElementById("content").cloneNode(true);
  for (const tail of copy.querySelectorAll(".tail")) tail.replaceWith(...tail.childNodes);
  return copy.innerHTML.replace(/\\s+/g, " ");
}"""
LIVE = f"({SHOWN})(document)"
SERVED = f"""() => new Promise((resolve, reject) => {{
  const request = new XMLHttpRequest();
  request.open("GET", location.pathname);
  request.responseType = "document";
  request.onload = () => resolve(({SHOWN})(request.response));
  request.onerror = reject;
  request.send();
}})"""
MARK = ' data-htmx-powered="true"'  # which scripts put on what they see to


async def agree(alice: Visitor) -> None:
    """Wait until a page that was there all the time shows what the server would send now."""
    for _ in range(400):
        served = await alice.page.evaluate(SERVED)
        live = (await alice.page.evaluate(LIVE)).replace(MARK, "")
        if live == served:
            return
        await alice.page.wait_for_timeout(10)
    assert live == served


async def agree_reloaded(alice: Visitor) -> None:
    """The same of a page that is loaded now, its scripts included."""
    await agree(alice)
    live = await alice.page.evaluate(LIVE)
    await alice.page.reload()
    assert await alice.page.evaluate(LIVE) == live


async def arrive(guests: Visitors, **options: Any) -> Visitor:
    """Return a new person's browser, in which every attachment is a small picture."""
    alice = await guests.arrive(**options)
    await alice.page.context.route("**/attachments/*", _picture)
    return alice


async def _picture(route: Route) -> None:
    body = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"/>'
    await route.fulfill(body=body, content_type="image/svg+xml")


@pytest.mark.parametrize("script", SCRIPTS)
async def test_every_step_is_the_same_live_and_reloaded(guests: Visitors, script: str) -> None:
    alice = await arrive(guests)
    await alice.hear("show user message")
    await alice.thread()
    await alice.say(f"step {script}")
    await expect(alice.items).to_have_count(3)
    for _ in SCRIPTS[script]:
        STEPS.release()
        await agree(alice)
    await alice.settle()
    await expect(alice.page.get_by_text("Something went wrong")).to_have_count(0)
    await agree_reloaded(alice)


@pytest.mark.parametrize("name", sorted(fixtures.ITEMS.keys() - {"end of turn"}))
async def test_every_item_is_the_same_live_and_reloaded(regular: Visitor, name: str) -> None:
    await regular.open()
    await regular.hear(f"show {name}")
    await regular.thread()
    await agree_reloaded(regular)
    assert not regular.problems


@pytest.mark.parametrize("number", range(len(fixtures.HOSTILE)))
async def test_hostile_values_run_nothing_and_break_no_layout(
    guests: Visitors, number: int
) -> None:
    alice = await arrive(guests, viewport={"width": 320, "height": 640})
    await alice.hear(f"hostile {number}")
    await expect(alice.items).to_have_count(len(fixtures.ITEMS) + 1)
    folded = "#items details:not(.item-image)"
    await alice.page.evaluate(
        f"for (const d of document.querySelectorAll('{folded}')) d.open = true"
    )
    assert await alice.page.evaluate("window.hacked") is None
    assert await alice.page.evaluate("document.documentElement.scrollWidth") == 320


async def test_a_mark_leads_to_its_source(guests: Visitors) -> None:
    alice = await arrive(guests)
    await alice.hear("show answer")
    requests: list[str] = []
    alice.page.on("request", lambda request: requests.append(request.url))
    await alice.page.get_by_role("link", name="Source 3: Shopping notes").click()
    entry = alice.page.locator(".item-sources li:target")
    await expect(entry).to_be_visible()
    await expect(entry).to_contain_text("What was bought last week.")
    assert [address for address in requests if "favicon" not in address] == []


async def test_an_image_opens_large_and_closes_again(guests: Visitors) -> None:
    alice = await arrive(guests)
    await alice.hear("show image")
    picture = alice.page.get_by_role("img", name="Generated image")
    small = await picture.bounding_box()
    await picture.click()
    large: Any = await picture.bounding_box()
    assert small
    assert large["width"] > small["width"]
    await alice.page.keyboard.press("Escape")
    assert await picture.bounding_box() == small


async def test_a_tag_tells_the_page_and_opens_its_preview(guests: Visitors) -> None:
    alice = await arrive(guests)
    await alice.hear("show user message")
    await alice.page.evaluate(
        "document.addEventListener('chatkit.entity', (e) => (window.entity = e.detail))"
    )
    await alice.page.locator("summary", has_text="@Ann").click()
    await expect(alice.page.get_by_text("Neighbour")).to_be_visible()
    assert (await alice.page.evaluate("window.entity"))["id"] == "usr_1"
    await alice.page.keyboard.press("Escape")
    await expect(alice.page.get_by_text("Neighbour")).to_be_hidden()


async def test_a_page_may_show_an_entity_itself(guests: Visitors) -> None:
    alice = await arrive(guests)
    await alice.hear("show user message")
    await alice.page.evaluate(
        "document.addEventListener('chatkit.entity', (event) => event.preventDefault())"
    )
    await alice.page.locator("summary", has_text="@Ann").click()
    await expect(alice.page.get_by_text("Neighbour")).to_be_hidden()


async def test_a_notice_is_dismissed_in_every_tab(guests: Visitors) -> None:
    alice = await arrive(guests)
    await alice.hear("notices")
    second = await guests.tab(alice)
    await second.open(await alice.thread())
    dismiss = alice.page.get_by_role("button", name="Dismiss")
    await dismiss.first.click()
    await expect(dismiss).to_have_count(2)
    await expect(second.page.get_by_role("button", name="Dismiss")).to_have_count(2)


async def test_only_the_newest_answer_offers_retry(guests: Visitors) -> None:
    alice = await arrive(guests)
    await alice.hear("show answer")
    await alice.hear("show answer")
    await expect(alice.retry).to_have_count(1)
    answer = await alice.items.last.get_attribute("data-item-id")
    await alice.retry.click()
    await expect(alice.page.locator(f"[data-item-id='{answer}']")).to_have_count(0)
    await expect(alice.items).to_have_count(4)
    await alice.settle()
    await alice.hear("play others")
    await expect(alice.retry).to_have_count(1)
    await alice.hear("close")
    await expect(alice.retry).to_have_count(0)
