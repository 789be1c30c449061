"""Everything works as plain links and forms."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.visiting import Visitor, Visitors

OFF: Any = {"java_script_enabled": False}


async def test_an_answer_is_seen_while_it_is_made(visitors: Visitors) -> None:
    alice = await visitors.arrive(**OFF)
    await alice.field.fill("stream 40 0.08")
    await alice.page.get_by_role("button", name="Send").click(no_wait_after=True)
    await expect(alice.items.last).to_contain_text("word5")
    assert "word39" not in await alice.page.inner_text("#items")
    await expect(alice.page.locator("#composer")).to_be_visible(timeout=15_000)
    await expect(alice.items).to_have_count(2)
    await expect(alice.items.last).to_contain_text("word39")
    assert (await alice.thread()).startswith("/threads/thr_")


async def hear(alice: Visitor, text: str) -> None:
    """Send a message and wait for the page with the whole answer."""
    await alice.field.fill(text)
    await alice.page.get_by_role("button", name="Send").click(no_wait_after=True)
    await expect(alice.page.locator("#turn:not([data-turn=running])")).to_be_attached(
        timeout=20_000
    )


async def test_of_what_changed_only_the_last_state_is_seen(visitors: Visitors) -> None:
    alice = await visitors.arrive(**OFF)
    await alice.field.fill("markdown # One\n\ntwo **three**\n\n" + "filler " * 150)
    await alice.page.get_by_role("button", name="Send").click(no_wait_after=True)
    await expect(alice.items.locator("visible=true").last).to_contain_text("filler filler")
    async with asyncio.timeout(20):  # between two states, both may be there for a moment
        while (await alice.page.locator("#items").inner_text()).count("three") != 2:
            await alice.page.wait_for_timeout(50)  # once in the question, once in the answer
    await expect(alice.page.locator("#composer")).to_be_visible(timeout=15_000)


async def test_stop_and_retry(visitors: Visitors) -> None:
    alice = await visitors.arrive(**OFF)
    await alice.field.fill("hang")
    await alice.page.get_by_role("button", name="Send").click(no_wait_after=True)
    await expect(alice.items.last).to_contain_text("word0")
    await alice.stop.click(no_wait_after=True)
    await expect(alice.page.locator("[data-turn=stopped]")).to_be_visible()
    await expect(alice.items).to_have_count(2)
    await alice.retry.click(no_wait_after=True)
    await expect(alice.stop).to_be_visible()
    await alice.stop.click(no_wait_after=True)
    await expect(alice.page.locator("[data-turn=stopped]")).to_be_visible()


async def test_a_reload_in_the_middle_goes_on(visitors: Visitors) -> None:
    alice = await visitors.arrive(**OFF)
    await alice.field.fill("stream 50 0.08")
    await alice.page.get_by_role("button", name="Send").click(no_wait_after=True)
    await expect(alice.items.last).to_contain_text("word5")
    await alice.page.goto(alice.page.url.partition("/live")[0], wait_until="commit")
    await expect(alice.items.last).to_contain_text("word10")
    await expect(alice.page.locator("#composer")).to_be_visible(timeout=15_000)
    await expect(alice.items.last).to_contain_text("word49")


async def test_rename_delete_and_export(visitors: Visitors, tmp_path: Path) -> None:
    alice = await visitors.arrive(**OFF)
    await hear(alice, "say hi")
    thread = await alice.thread()
    await alice.page.get_by_title("Rename").click()
    await alice.page.get_by_label("Title").fill("Shopping")
    await alice.page.get_by_role("button", name="Save").click()
    await expect(alice.page.locator("#title")).to_have_text("Shopping")
    exported = await alice.page.context.request.get(f"{visitors.url}{thread}/export.json")
    assert len(json.loads(await exported.text())["thread"]["items"]["data"]) == 2
    await alice.page.get_by_role("link", name="History").click()
    await alice.page.get_by_title("Delete").click()
    await alice.page.get_by_role("button", name="Delete for good").click()
    await expect(alice.page.get_by_text("Nothing here yet")).to_be_visible()


async def test_a_refused_message_is_not_lost(visitors: Visitors) -> None:
    alice = await visitors.arrive(**OFF)
    await hear(alice, "say hi")
    second = await visitors.tab(alice)
    await second.open(await alice.thread())
    await second.field.fill("hang")
    await second.page.get_by_role("button", name="Send").click(no_wait_after=True)
    await expect(second.stop).to_be_visible()
    await alice.field.fill("an important thought")
    await alice.page.get_by_role("button", name="Send").click()
    await expect(alice.page.get_by_role("alert")).to_contain_text("still being written")
    again = alice.page.get_by_label("What you wrote is still here:")
    await expect(again).to_have_value("an important thought")
    await second.stop.click(no_wait_after=True)
    await expect(second.page.locator("[data-turn=stopped]")).to_be_visible()
    await alice.page.get_by_role("button", name="Send again").click(no_wait_after=True)
    await expect(alice.page.locator("#turn[data-turn=done]")).to_be_attached()
    await expect(alice.items.nth(4)).to_contain_text("an important thought")
    alice.expect_problem("409")


async def test_files_are_sent(visitors: Visitors) -> None:
    alice = await visitors.arrive(**OFF)
    await alice.page.locator("input[type=file]").set_input_files(
        [FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"milk")]
    )
    await hear(alice, "say thanks")
    await expect(alice.items.first).to_contain_text("notes.txt")


async def test_earlier_messages_are_a_page_of_their_own(visitors: Visitors) -> None:
    alice = await visitors.arrive(**OFF)
    await hear(alice, "many 60")
    await alice.page.get_by_role("link", name="Earlier messages").click()
    await expect(alice.items).to_have_count(11)
    await alice.page.get_by_role("link", name="Newest messages").click()
    await expect(alice.items).to_have_count(50)


@pytest.mark.parametrize("message", ["say hi", "everything"])
async def test_with_scripts_the_page_looks_the_same(visitors: Visitors, message: str) -> None:
    alice = await visitors.arrive(**OFF)
    await hear(alice, message)
    plain = await alice.html()
    thread = await alice.thread()
    cookies = await alice.page.context.cookies()
    other = await visitors.arrive("/threads")
    await other.page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gave
    await other.open(thread)
    assert (await other.html()).replace(' data-htmx-powered="true"', "") == plain
