"""What a message brings besides its text, in a browser: files, mentions, quotes, choices."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Route, expect

from chat.settings import Settings
from tests.browser.visiting import Visitor, Visitors, visiting
from tests.page.test_composer import MODELS, TOOLS, chat

TEXT = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"milk and eggs")
LARGE = FilePayload(name="large.txt", mimeType="text/plain", buffer=b"x" * 3000)
SELECT = """() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector("article.assistant_message .markdown"));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def guests(chromium: Browser, settings: Settings) -> AsyncIterator[Visitors]:
    """People at a site with tools, models and narrow limits."""
    attachments = {"enabled": True, "maxCount": 2, "maxSize": 2000}
    composer = {"tools": TOOLS, "models": MODELS, "attachments": attachments}
    async with (
        chat(settings, composer=composer) as served,
        visiting(chromium, served.url) as guests,
    ):
        yield guests


async def choose(visitor: Visitor, *files: FilePayload) -> None:
    await visitor.page.locator("input[type=file]").set_input_files([*files])


async def test_a_file_is_uploaded_while_one_writes_and_survives_a_reload(
    visitors: Visitors,
) -> None:
    alice = await visitors.arrive()
    await choose(alice, TEXT)
    await expect(alice.page.locator("input[name=attachment]")).to_have_count(1)
    await alice.page.reload()
    await expect(alice.page.locator("[data-chosen] li")).to_contain_text("notes.txt")
    await alice.hear("say thanks")
    await expect(alice.items.first).to_contain_text("notes.txt")
    await expect(alice.page.locator("[data-chosen] li")).to_have_count(0)


async def test_a_file_with_a_long_name_leaves_room_in_a_narrow_window(visitors: Visitors) -> None:
    alice = await visitors.arrive(viewport={"width": 280, "height": 600})
    long = FilePayload(name=f"{'a rather long name ' * 5}.txt", mimeType="text/plain", buffer=b"x")
    await choose(alice, long)
    await expect(alice.page.locator("input[name=attachment]")).to_be_attached()
    for button in ("Send", f"Remove {long['name']}"):
        box = await alice.page.get_by_role("button", name=button).bounding_box()
        assert box
        assert box["x"] + box["width"] <= 280


async def test_a_message_waits_for_its_files(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.page.route("**/attachments", _late)
    await choose(alice, TEXT)
    await alice.hear("say thanks")
    await expect(alice.items.first).to_contain_text("notes.txt")


async def _late(route: Route) -> None:
    await asyncio.sleep(0.5)
    await route.continue_()


async def test_a_file_that_is_removed_is_deleted(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await choose(alice, TEXT)
    sent = alice.page.locator("input[name=attachment]")
    await expect(sent).to_have_count(1)
    address = f"{visitors.url}/attachments/{await sent.get_attribute('value')}"
    async with alice.page.expect_response("**/chatkit"):
        await alice.page.get_by_role("button", name="Remove notes.txt").click()
    await expect(sent).to_have_count(0)
    assert (await alice.page.request.get(address)).status == 404


async def test_files_can_be_dropped_anywhere(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["milk"], "dropped.txt", { type: "text/plain" }));
            const drop = { dataTransfer, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent("dragover", drop));
            document.body.dispatchEvent(new DragEvent("drop", drop));
        }"""
    )
    await expect(alice.page.locator("[data-chosen] li")).to_contain_text("dropped.txt")


async def test_too_large_a_file_is_not_even_uploaded(guests: Visitors) -> None:
    alice = await guests.arrive()
    await choose(alice, LARGE)
    await expect(alice.page.locator("[data-chosen] li")).to_contain_text("Larger than 2.0 kB")


async def test_more_files_than_a_message_can_bring_are_left_out(guests: Visitors) -> None:
    alice = await guests.arrive()
    await choose(alice, TEXT, TEXT, TEXT)
    await expect(alice.page.locator("[data-chosen] li")).to_have_count(2)
    await expect(alice.page.get_by_role("alert")).to_contain_text("2 files at most")


async def test_a_mention_is_found_chosen_and_sent_with_the_keyboard(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.field.press_sequentially("say hi to @har")
    options = alice.page.get_by_role("option")
    await expect(options).to_have_count(2)
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await expect(alice.page.locator("#mention-preview")).to_contain_text("Lives under the stairs")
    await alice.field.press("ArrowDown")
    await expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    await alice.field.press("ArrowUp")
    await alice.field.press("Enter")
    await expect(options).not_to_be_visible()
    await expect(alice.field).to_have_value("say hi to @Harry Potter ")
    await expect(alice.page.locator("[data-backdrop] mark")).to_have_text("@Harry Potter")
    await alice.field.press("Enter")
    await expect(alice.items.first.locator(".item-tag")).to_have_text("Harry Potter")
    said = await alice.items.first.locator(".item-said").bounding_box()
    assert said is not None
    assert said["height"] < 40, "a mention takes more than one line"


async def test_of_two_with_the_same_name_the_chosen_one_is_meant(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.field.press_sequentially("say hi to @Ron")
    await alice.page.get_by_role("option").nth(1).click()
    await alice.page.get_by_role("button", name="Send").click()
    thread = await alice.thread()
    answer = await alice.page.request.get(f"{visitors.url}{thread}/export.json")
    assert '"per_4"' in await answer.text()


async def test_a_mention_is_deleted_as_a_whole(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.field.press_sequentially("say @harri")
    await expect(alice.page.get_by_role("option")).to_have_count(1)
    await alice.field.press("Tab")
    await alice.field.press("Backspace")
    await expect(alice.field).to_have_value("say @Harriet")
    await alice.field.press("Backspace")
    await expect(alice.field).to_have_value("say ")
    await expect(alice.page.locator("[data-backdrop] mark")).to_have_count(0)


async def test_escape_closes_the_list_and_the_text_stays(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.page.get_by_role("button", name="Mention").click()
    await expect(alice.page.get_by_role("option").first).to_be_visible()
    await alice.field.press("Escape")
    await expect(alice.page.get_by_role("option").first).not_to_be_visible()
    await expect(alice.field).to_have_value("@")


async def test_a_passage_can_be_asked_about(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say The sky is blue.")
    ask = alice.page.get_by_role("button", name="Ask about this")
    await expect(ask).not_to_be_visible()
    await alice.page.evaluate(SELECT)
    await ask.click()
    await expect(alice.page.locator("[data-quoted]")).to_contain_text("The sky is blue.")
    await alice.hear("say why")
    await expect(alice.items.nth(2).locator("blockquote")).to_have_text("The sky is blue.")
    await expect(alice.page.locator("[data-quoted]")).to_be_empty()


async def test_a_quote_can_be_removed(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say The sky is blue.")
    await alice.page.evaluate(SELECT)
    await alice.page.get_by_role("button", name="Ask about this").click()
    await alice.page.get_by_role("button", name="Remove the quote").click()
    await alice.hear("say why")
    await expect(alice.items.nth(2).locator("blockquote")).to_have_count(0)


async def test_a_tool_changes_the_placeholder_and_leaves_with_its_message(
    guests: Visitors,
) -> None:
    alice = await guests.arrive()
    menu = alice.page.locator("[data-choosing=tool]")
    await menu.locator("summary").click()
    await alice.page.get_by_text("Search the web").click()
    await expect(menu).not_to_have_attribute("open", "")
    await expect(menu.locator("summary")).to_contain_text("Search the web")
    await expect(alice.field).to_be_focused()
    await alice.hear("say hi")
    await expect(alice.page.locator("[name=tool][value='']")).to_be_checked()


async def test_a_persistent_tool_and_the_model_stay(guests: Visitors) -> None:
    alice = await guests.arrive()
    await alice.page.locator("[data-choosing=tool] summary").click()
    await alice.page.get_by_text("Draw").click()
    await alice.page.locator("[data-choosing=model] summary").click()
    await alice.page.get_by_text("Fast").click()
    await alice.hear("say hi")
    await expect(alice.page.locator("[name=tool][value=draw]")).to_be_checked()
    await expect(alice.page.locator("[data-choosing=model] summary")).to_contain_text("Fast")
    await alice.page.get_by_role("link", name="New chat").click()
    await expect(alice.page.locator("[name=tool][value='']")).to_be_checked()
    await expect(alice.page.locator("[name=model][value=deep]")).to_be_checked()


async def test_a_pinned_tool_is_taken_and_given_back_with_a_click(guests: Visitors) -> None:
    alice = await guests.arrive()
    think = alice.page.get_by_role("radio", name="Think longer")
    await think.click()
    await expect(think).to_be_checked()
    await think.click()
    await expect(think).not_to_be_checked()


async def test_enter_in_a_menu_chooses_and_does_not_send(guests: Visitors) -> None:
    alice = await guests.arrive()
    await alice.field.fill("say hi")
    await alice.page.locator("[data-choosing=model] summary").press("Enter")
    await alice.page.locator("[name=model]:checked").press("ArrowUp")
    await alice.page.locator("[name=model]:checked").press("Enter")
    await expect(alice.field).to_be_focused()
    await expect(alice.page.locator("[name=model][value=fast]")).to_be_checked()
    await expect(alice.items).to_have_count(0)


async def test_what_is_said_is_written_down(visitors: Visitors) -> None:
    alice = await visitors.arrive(permissions=["microphone"])
    await alice.field.fill("before")
    await alice.page.get_by_role("button", name="Dictate").click()
    done = alice.page.get_by_role("button", name="Finish dictating")
    await expect(done).to_have_attribute("aria-pressed", "true")
    await alice.page.wait_for_timeout(300)
    await done.click()
    await expect(alice.field).to_have_value(re.compile(r"^before \d+ bytes of audio"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_menus_fit_a_narrow_window(guests: Visitors, scheme: str) -> None:
    window = {"width": 320, "height": 568}
    alice = await guests.arrive(viewport=window, color_scheme=scheme)
    for menu in ("tool", "model"):
        await alice.page.locator(f"[data-choosing={menu}] summary").click()
        box = await alice.page.locator(f"[data-choosing={menu}] .menu").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] >= 0
    assert await alice.page.evaluate("document.documentElement.scrollWidth") == 320


async def test_an_answer_is_only_followed_where_the_options_say_so(guests: Visitors) -> None:
    alice = await guests.arrive(viewport={"width": 600, "height": 400})
    await alice.hear("many 12")
    await alice.say("stream 400 0.001")
    await alice.settle()
    await alice.until("scrollY + innerHeight < document.documentElement.scrollHeight - 50")
