from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, expect

from chat.settings import Settings
from tests.browser.visiting import Visitor, Visitors, visiting
from tests.running import running

TEXT = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"milk and eggs")
SECOND = FilePayload(name="second.txt", mimeType="text/plain", buffer=b"bread")
PROGRAM = FilePayload(name="tool.exe", mimeType="application/x-msdownload", buffer=b"MZ\x90\x00")


async def choose(visitor: Visitor, *files: FilePayload) -> None:
    await visitor.page.locator("input[type=file]").set_input_files([*files])


async def test_a_refused_message_stays_in_the_field(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await choose(alice, PROGRAM)
    await expect(alice.page.locator("[data-chosen] li")).to_contain_text("not accepted here")
    await alice.say("say this is important")
    await expect(alice.page.locator("#alerts")).to_contain_text("type")
    await expect(alice.field).to_have_value("say this is important")
    await expect(alice.page.locator("[data-chosen] li")).to_have_count(1)
    await expect(alice.page).to_have_url(f"{visitors.url}/")
    alice.expect_problem("415")


async def test_a_blank_message_is_refused_with_a_sentence(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.say("   ")
    await expect(alice.page.get_by_role("alert")).to_contain_text("Write something")
    alice.expect_problem("400")


async def test_without_a_connection_nothing_is_lost(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.page.context.set_offline(True)
    await alice.say("say hello")
    await expect(alice.page.get_by_role("alert")).to_contain_text("cannot be reached")
    await expect(alice.field).to_have_value("say hello")
    await alice.page.context.set_offline(False)
    await alice.page.get_by_role("button", name="Send").click()
    await expect(alice.items).to_have_count(2)
    await expect(alice.page.locator("#alerts")).to_have_text("")
    alice.expect_problem("ERR_INTERNET_DISCONNECTED")
    alice.expect_problem("Failed to fetch")


async def test_chosen_files_are_listed_and_can_be_taken_back(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await choose(alice, TEXT, SECOND)
    chosen = alice.page.locator("[data-chosen] li")
    await expect(chosen).to_have_count(2)
    await alice.page.get_by_role("button", name="Remove notes.txt").click()
    await expect(chosen).to_have_count(1)
    await alice.hear("say thanks")
    await expect(chosen).to_have_count(0)
    await expect(alice.items.first).to_contain_text("second.txt")
    await expect(alice.items.first).not_to_contain_text("notes.txt")


async def test_chosen_files_stay_when_an_answer_ends(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.say("hang")
    await expect(alice.stop).to_be_visible()
    await choose(alice, TEXT)
    await alice.stop.click()
    await expect(alice.page.locator("[data-turn=stopped]")).to_be_visible()
    await expect(alice.page.locator("[data-chosen] li")).to_have_count(1)


async def test_files_can_be_pasted(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.field.focus()
    await alice.page.evaluate(
        """() => {
            const carrier = new DataTransfer();
            carrier.items.add(new File(["milk"], "pasted.txt", { type: "text/plain" }));
            const paste = { clipboardData: carrier, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }"""
    )
    await expect(alice.page.locator("[data-chosen]")).to_contain_text("pasted.txt")


async def test_a_draft_survives_a_reload(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    await alice.field.press_sequentially("half a thought")
    await alice.page.reload()
    await expect(alice.field).to_have_value("half a thought")


async def test_every_thread_has_its_own_draft(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.hear("title First")
    await alice.field.press_sequentially("for the first")
    await alice.page.get_by_role("link", name="New chat", exact=True).click()
    await expect(alice.page.get_by_role("heading", level=1)).to_contain_text("What can I help")
    await expect(alice.field).to_have_value("")
    await alice.page.get_by_role("link", name="History").click()
    await alice.page.get_by_role("link", name="First").click()
    await expect(alice.field).to_have_value("for the first")


@pytest.mark.parametrize("lines", [1, 40])
async def test_the_field_grows_with_its_text_but_not_beyond_the_window(
    visitors: Visitors, lines: int, tmp_path: Path
) -> None:
    alice = await visitors.arrive(viewport={"width": 800, "height": 600})
    await alice.field.fill("\n".join(["line"] * lines))
    box = await alice.field.bounding_box()
    assert box is not None
    assert box["height"] < 0.45 * 600
    assert (box["height"] > 100) == (lines > 1)


async def test_what_the_server_can_do_is_offered_once_it_is_loaded(
    chromium: Browser, tmp_path: Path
) -> None:
    settings = Settings(
        database=f"sqlite:///{tmp_path}/chat.db",
        server="tests.servers:slow_to_load",
        log_level="error",
    )
    async with running(settings) as served, visiting(chromium, served.url) as visitors:
        alice = await visitors.arrive()
        await expect(alice.page.get_by_role("button", name="Send")).to_be_visible()
        await alice.field.press_sequentially("ask ")
        await expect(alice.page.get_by_role("button", name="Dictate")).to_be_visible()
        await expect(alice.field).to_have_value("ask ")
        await expect(alice.field).to_be_focused()
        await alice.field.press_sequentially("@harry")
        await expect(alice.page.get_by_role("option", name="Harry Potter")).to_be_visible()


async def test_enter_ends_a_composition_and_does_not_send(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.field.press_sequentially("say ")
    keyboard = await alice.page.context.new_cdp_session(alice.page)
    composed = {"text": "にほん", "selectionStart": 3, "selectionEnd": 3}
    await keyboard.send("Input.imeSetComposition", composed)
    await expect(alice.field).to_have_value("say にほん")
    await alice.page.evaluate(
        "document.addEventListener('keydown', (e) => (window.composing = e.isComposing))"
    )
    # The key alone: the input method keeps the line break that comes with it.
    enter = {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    await keyboard.send("Input.dispatchKeyEvent", enter)
    assert await alice.page.evaluate("window.composing") is True
    await keyboard.send("Input.insertText", {"text": "日本"})
    await expect(alice.field).to_have_value("say 日本")
    await expect(alice.items).to_have_count(0)
    await alice.page.keyboard.press("Enter")
    await expect(alice.items).to_have_count(2)
    await expect(alice.items.last).to_contain_text("日本")


async def test_a_key_that_an_input_method_takes_does_not_send(visitors: Visitors) -> None:
    alice = await visitors.arrive()
    await alice.field.fill("say hi")
    # Safari ends the composition first; only the code says that the key belonged to it.
    taken = {"key": "Enter", "keyCode": 229, "bubbles": True, "cancelable": True}
    await alice.field.dispatch_event("keydown", taken)
    await expect(alice.items).to_have_count(0)
    await expect(alice.field).to_have_value("say hi")
