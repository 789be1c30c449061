"""The element in a page of another origin, in a browser that blocks third-party cookies."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Route, async_playwright, expect

from tests.browser.embedding import DOT, Embedded, Embedder, OtherSite, embedding, other_site
from tests.browser.visiting import FLAGS
from tests.chromium import find_chromium
from tests.running import Running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def strict() -> AsyncIterator[Browser]:
    """A browser that sends no cookies to the sites of frames."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[*FLAGS, "--test-third-party-cookie-phaseout"],
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(
    strict: Browser, embedded_site: Running, other: OtherSite
) -> AsyncIterator[Embedder]:
    """A page of the allowed origin with the element's script; nothing may go wrong in it."""
    async with embedding(strict, other.url, embedded_site.url) as embedder:
        yield embedder
        cookies = await embedder.page.context.cookies()
        assert not [one for one in cookies if one["name"] == "chatkit_owner"]


async def test_it_works_without_cookies(page: Embedder) -> None:
    chat = await page.add("threadItemActions: {feedback: true}")
    await chat.say("stream 6")
    await chat.hears("response.end")
    await chat.say("told")
    told = await chat.told()
    assert told["probe"] is None
    await chat.frame.get_by_role("button", name="Good response").last.click()
    pressed = chat.frame.locator("button[aria-pressed=true]")
    await expect(pressed).to_have_count(1)


async def test_the_same_person_comes_back_after_a_reload(page: Embedder) -> None:
    chat = await page.add()
    await chat.say("say Remember me.")
    await chat.hears("response.end")
    [[_, change]] = await chat.heard("thread.change")
    await page.load()
    again = await page.add(f"initialThread: '{change['threadId']}'")
    await expect(again.items.last).to_contain_text("Remember me.")
    await again.do("showHistory()")
    await expect(again.frame.locator(".thread-link")).to_have_count(1)


async def test_elements_that_begin_at_the_same_time_are_one_person(page: Embedder) -> None:
    names = ("one", "two", "three")
    chats = [await page.bare(name) for name in names]
    await page.page.evaluate(
        f"names => names.forEach((name) => window[name].setOptions({page.options()}))", names
    )
    for chat in chats:
        await chat.hears("ready")
        await chat.do(f"sendUserMessage({{text: 'say I am {chat.name}.'}})")
        await chat.hears("response.end")
    for chat in chats:
        await chat.do("showHistory()")
        await expect(chat.frame.locator(".thread-link")).to_have_count(3)


async def test_a_person_stays_the_same_where_the_page_has_no_storage(page: Embedder) -> None:
    await page.page.evaluate(
        """() => Object.defineProperty(window, "localStorage", {
            get() { throw new DOMException("Denied", "SecurityError"); }})"""
    )
    chat = await page.add()
    await chat.do("sendUserMessage({text: 'say Kept.'})")
    await chat.hears("response.end")
    await page.page.evaluate("() => document.body.append(chat)")
    await expect(chat.items.last).to_contain_text("Kept.")


async def test_a_refused_chat_is_shown_as_soon_as_the_options_are_right(page: Embedder) -> None:
    chat = await page.bare()
    refusing = "fetch: async () => Response.json({error: {message: 'Log in.'}}, {status: 401})"
    await chat.set(page.options(api=refusing))
    with pytest.raises(Error, match="Log in"):
        await chat.do("sendUserMessage({text: 'say Too early.'})")
    await chat.set(page.options("theme: 'dark'"))
    await chat.do("sendUserMessage({text: 'say In time.'})")
    await expect(chat.items.last).to_contain_text("In time.")
    assert len(await chat.heard("error")) == 1


async def test_files_are_sent_and_shown(page: Embedder) -> None:
    chat = await page.add("composer: {attachments: {enabled: true}}")
    await chat.attach("dot.png", "image/png", DOT)
    await chat.say("told")
    image = chat.frame.locator("article img[alt='dot.png']")
    await expect(image).to_have_attribute("src", re.compile("^blob:"))


async def test_the_fetch_of_the_page_is_used_from_there_too(page: Embedder) -> None:
    await page.bare()
    fetched = """fetch: (url, init) =>
        fetch(url, {...init, headers: {...init.headers, "X-Probe": "far"}}),
        uploadStrategy: {type: 'two_phase'}"""
    chat = await _added(page, page.options("composer: {attachments: {enabled: true}}", api=fetched))
    await chat.attach("n.txt", "text/plain", b"text")
    await chat.say("told")
    told = await chat.told()
    assert told["probe"] == "far"
    assert [one["name"] for one in told["said"]["attachments"]] == ["n.txt"]


async def test_a_token_that_is_too_old_is_renewed(
    page: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = await page.add()
    await chat.say("say One.")
    await chat.hears("response.end")
    monkeypatch.setattr("chat.embedding.tokens.TOKEN_TIME", timedelta(seconds=-1))

    async def let_last(route: Route) -> None:
        monkeypatch.setattr("chat.embedding.tokens.TOKEN_TIME", timedelta(minutes=10))
        await route.continue_()

    await page.page.route("**/chatkit", let_last)
    await chat.do("sendUserMessage({text: 'say Two.'})")
    await expect(chat.items.last).to_contain_text("Two.")
    page.expect_problem("401")


async def test_a_refused_token_is_one_readable_error(page: Embedder) -> None:
    refusals = {
        "Response.json({error: {message: 'Who are you?'}}, {status: 401})": "Who are you?",
        "new Response('<p>Log in', {headers: {'Content-Type': 'text/html'}})": "refused by",
    }
    for number, (answer, message) in enumerate(refusals.items()):
        chat = await page.bare(f"chat{number}")
        await chat.set(page.options(api=f"fetch: async () => {answer}"))
        await chat.hears("error", message)
        assert len(await chat.heard("error")) == 1


async def test_a_page_of_an_origin_that_is_not_allowed_gets_nothing(
    strict: Browser, embedded_site: Running
) -> None:
    with other_site() as stranger:
        context = await strict.new_context()
        page = Embedder(await context.new_page(), stranger.url, embedded_site.url)
        await page.load()
        await page.bare()
        await page.page.evaluate(f"chat.setOptions({page.options()})")
        await page.page.wait_for_function("heard.some(([name]) => name === 'chatkit.error')")
        framed = page.page.frames[1]
        assert "chat" not in await framed.content()
        assert not any(name == "chatkit.ready" for name, *_ in await page.page.evaluate("heard"))
        asked = await page.page.evaluate(
            f"""fetch("{page.chat}/frame/token", {{method: "POST"}}).then(
                () => "answered", () => "refused")"""
        )
        assert asked == "refused"
        await context.close()


async def _added(page: Embedder, options: str) -> Embedded:
    chat = Embedded(page.page, "chat")
    await chat.set(options)
    await chat.hears("ready")
    return chat
