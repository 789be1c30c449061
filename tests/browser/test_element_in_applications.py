"""The element as applications use it: what they await, take away, and show more than once."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.embedding import Embedder, OtherSite, embedding
from tests.running import Running


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, embedded_site: Running) -> AsyncIterator[Embedder]:
    """A page of the chat's own origin with the element's script; nothing may go wrong in it."""
    async with embedding(chromium, embedded_site.url, embedded_site.url) as embedder:
        yield embedder


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_to_take_it_away_in_mid_answer_is_no_error(
    chromium: Browser, embedded_site: Running, other: OtherSite, elsewhere: bool
) -> None:
    url = other.url if elsewhere else embedded_site.url
    async with embedding(chromium, url, embedded_site.url) as page:
        for name in ("one", "two", "three"):
            chat = await page.add(name=name)
            await chat.do("sendUserMessage({text: 'hang'})")
            await expect(chat.items.last).to_contain_text("word0")
            await page.page.evaluate(f"document.getElementById('{name}').remove()")
        last = await page.add(name="last")
        await last.say("say Still here.")
        await last.hears("response.end")
        assert len(page.page.frames) == 2


async def test_to_take_it_away_with_a_command_is_no_error(page: Embedder) -> None:
    await page.add()
    awaited = await page.page.evaluate(
        """async () => {
            const gone = document.getElementById("chat");
            gone.setComposerValue({text: "x"});
            const awaited = gone.fetchUpdates().catch(({message}) => message);
            gone.remove();
            return await awaited;
        }"""
    )
    assert awaited == "The chat was closed"
    later = await page.add(name="later")
    await later.do("sendUserMessage({text: 'say Still here.'})")
    await expect(later.items.last).to_contain_text("Still here.")


async def test_a_command_outlives_that_the_element_is_moved(page: Embedder) -> None:
    chat = await page.bare()
    await page.page.evaluate(
        f"""async () => {{
            const moved = document.getElementById("chat");
            moved.setOptions({page.options()});
            const sent = moved.sendUserMessage({{text: "say Moved."}});
            document.body.prepend(moved);
            await sent;
        }}"""
    )
    await expect(chat.items.last).to_contain_text("Moved.")


async def test_what_follows_an_action_finds_it_done(page: Embedder) -> None:
    chat = await page.add()
    await chat.say("say One.")
    await chat.hears("response.end")
    await chat.page.evaluate(
        """async () => {
            await chat.sendCustomAction({type: "slow"});
            await chat.sendUserMessage({text: "say Two."});
        }"""
    )
    await expect(chat.items.last).to_contain_text("Two.")
    await expect(chat.items).to_have_count(5)


async def test_the_thread_that_is_open_can_be_opened_while_it_is_answered(page: Embedder) -> None:
    chat = await page.add()
    await chat.do("sendUserMessage({text: 'hang'})")
    await chat.hears("response.start")
    [[_, change]] = await chat.heard("thread.change")
    await chat.do(f"setThreadId('{change['threadId']}')")
    await chat.frame.get_by_role("button", name="Stop").click()
    await chat.hears("response.end")


async def test_an_entity_may_have_no_preview(page: Embedder) -> None:
    chat = await page.add(
        """entities: {
            onTagSearch: async () => [{id: "p1", title: "Ada", interactive: true}],
            async onRequestPreview() {
                window.asked = (window.asked ?? 0) + 1;
                return {preview: null};
            }}"""
    )
    await chat.field.press_sequentially("told @ada")
    await page.page.wait_for_function("window.asked === 1")
    await expect(chat.frame.locator("#mention-preview")).to_be_hidden()
    await chat.field.press("Enter")
    await chat.field.press("Enter")
    await chat.frame.locator("[data-entity] summary").hover()
    await page.page.wait_for_function("window.asked === 2")
    assert await chat.heard("error") == []


async def test_a_client_tool_runs_in_the_element_that_was_spoken_to(page: Embedder) -> None:
    one = await page.add("onClientTool: () => ({by: 'one'})", name="one")
    await one.say("say Hello.")
    await one.hears("response.end")
    [[_, change]] = await one.heard("thread.change")
    thread = f"initialThread: '{change['threadId']}'"
    two = await page.add(
        f"{thread}, onClientTool: () => {{ window.ran = true; return {{by: 'two'}}; }}", name="two"
    )
    await one.say("call it {}")
    await expect(one.items.last.locator("pre code")).to_be_visible()
    assert (await one.told())["said"] == {"result": {"by": "one"}}
    await expect(two.items.last.locator("pre code")).to_be_visible()
    assert not await page.page.evaluate("window.ran")
    assert await two.heard("error") == []


async def test_a_client_tool_that_was_left_runs_where_the_thread_is_opened(page: Embedder) -> None:
    left = await page.add(
        "onClientTool: () => new Promise(() => (window.began = true))", name="left"
    )
    await left.say("call it {}")
    await page.page.wait_for_function("window.began")
    [[_, change]] = await left.heard("thread.change")
    await page.page.evaluate("document.getElementById('left').remove()")
    thread = f"initialThread: '{change['threadId']}'"
    back = await page.add(f"{thread}, onClientTool: () => ({{by: 'another'}})", name="back")
    await expect(back.items.last.locator("pre code")).to_be_visible()
    assert (await back.told())["said"] == {"result": {"by": "another"}}


async def test_colours_may_be_all_that_a_browser_knows(page: Embedder) -> None:
    chat = await page.add(
        """theme: {color: {accent: {primary: "oklch(0.6 0.15 250)", level: 2},
            surface: {background: "navy", foreground: "white"}}}"""
    )
    colour = await chat.frame.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour == "rgb(0, 0, 128)"


async def test_an_empty_disclaimer_is_none(page: Embedder) -> None:
    chat = await page.add("disclaimer: {text: ''}")
    await expect(chat.frame.locator(".disclaimer")).to_have_count(0)


async def test_a_file_that_cannot_be_sent_is_an_error_event(page: Embedder) -> None:
    await page.bare()
    api = "uploadStrategy: {type: 'direct', uploadUrl: '/nowhere'}"
    await page.page.evaluate(
        f"chat.setOptions({page.options('composer: {attachments: {enabled: true}}', api)})"
    )
    frame = page.page.frame_locator("#chat iframe")
    await frame.locator("input[type=file]").set_input_files(
        {"name": "note.txt", "mimeType": "text/plain", "buffer": b"text"}
    )
    await page.page.wait_for_function("heard.some(([name]) => name === 'chatkit.error')")
    page.expect_problem("404")
