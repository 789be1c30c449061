"""The element with a `fetch` of its page's own: every request goes through it."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Error, Request, Route, expect

from tests.browser.embedding import DOT, Embedder, embedding
from tests.running import Running

FETCH = """fetch: (url, init) => {
    (window.asked ??= []).push([url, init]);
    return fetch(url, {...init, headers: {...init.headers, "X-Probe": "seen"}});
}, uploadStrategy: STRATEGY"""


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, embedded_site: Running) -> AsyncIterator[Embedder]:
    """A page of the chat's own origin with the element's script; nothing may go wrong in it."""
    async with embedding(chromium, embedded_site.url, embedded_site.url) as embedder:
        yield embedder


def options(page: Embedder, others: str, strategy: str = "undefined") -> str:
    """Return options whose `fetch` adds a header and notes what it was asked."""
    return page.options(others, api=FETCH.replace("STRATEGY", strategy))


async def test_every_request_has_the_headers_that_the_page_adds(page: Embedder) -> None:
    chat = await page.add()
    await chat.set(options(page, "startScreen: {greeting: 'By fetch'}"))
    await expect(chat.frame.get_by_role("heading", name="By fetch")).to_be_visible()
    direct: list[str] = []
    inner = page.page.frames[1]

    def note(request: Request) -> None:
        if request.resource_type == "fetch" and request.frame == inner:
            direct.append(request.url)

    page.page.on("request", note)
    await chat.do("sendUserMessage({text: 'stream 8'})")
    await chat.hears("response.end")
    await expect(chat.items.last).to_contain_text("word7")
    await chat.say("told")
    assert (await chat.told())["probe"] == "seen"
    asked = await chat.page.evaluate("asked.map(([url, {method}]) => [url, method])")
    assert {tuple(each) for each in asked} == {(f"{page.chat}/chatkit", "POST")}
    assert direct == []


async def test_an_answer_streams_through_the_page(page: Embedder) -> None:
    chat = await page.add()
    await chat.set(options(page, "theme: 'dark'"))
    await chat.say("hang")
    await expect(chat.items.last).to_contain_text("word0")
    await chat.frame.get_by_role("button", name="Stop").click()
    await chat.hears("response.end")


async def test_what_is_said_of_nonces_and_pictures_is_shown_as_it_is(page: Embedder) -> None:
    said = """<script nonce="abc"> <img src="/attachments/x">"""
    chat = await page.bare()
    await chat.set(options(page, ""))
    await chat.hears("ready")
    await chat.say(f"say `{said}`")
    await chat.hears("response.end")
    await expect(chat.items.last.locator("code")).to_have_text(said)


async def test_a_fetch_that_ignores_its_signal_keeps_no_connection(page: Embedder) -> None:
    """A browser opens six connections to a host; each thread that is left must free its own."""
    chat = await page.bare()
    ignoring = "fetch: (url, {method, headers, body}) => fetch(url, {method, headers, body})"
    await chat.set(page.options(api=ignoring))
    for number in range(9):
        await chat.do(f"sendUserMessage({{text: 'say Number {number}', newThread: true}})")
        await expect(chat.items.last).to_contain_text(f"Number {number}")
        await page.page.wait_for_function(
            "count => heard.filter(([name]) => name === 'chatkit.response.end').length > count",
            arg=number,
        )


async def test_files_go_where_the_options_say(page: Embedder) -> None:
    for strategy in ("{type: 'direct', uploadUrl: '/attachments'}", "{type: 'two_phase'}"):
        chat = await page.add(name=f"chat{len(strategy)}")
        await chat.set(options(page, "composer: {attachments: {enabled: true}}", strategy))
        await chat.attach("dot.png", "image/png", DOT)
        await chat.say("told")
        assert [one["name"] for one in (await chat.told())["said"]["attachments"]] == ["dot.png"]
        image = chat.frame.locator("article img[alt='dot.png']")
        await expect(image).to_have_attribute("src", re.compile("^blob:"))


async def test_a_clients_secret_is_shown_with_every_request(page: Embedder) -> None:
    chat = await page.bare()
    await chat.set(
        """{api: {getClientSecret: async (old) => {
            (window.olds ??= []).push(old);
            return old ? "fresh" : "stale";
        }}, composer: {attachments: {enabled: true}}}"""
    )
    await chat.hears("ready")

    async def refuse_stale(route: Route) -> None:
        if route.request.headers["authorization"] == "Bearer stale":
            await route.fulfill(status=401, json={"error": {"message": "Too old"}})
        else:
            await route.continue_()

    await page.page.route("**/chatkit", refuse_stale)
    await chat.attach("n.txt", "text/plain", b"text")
    await chat.say("told")
    told = await chat.told()
    assert told["authorization"] == "Bearer fresh"
    assert [one["name"] for one in told["said"]["attachments"]] == ["n.txt"]
    assert await page.page.evaluate("olds") == [None, "stale"]
    page.expect_problem("401")


async def test_a_client_without_a_secret_is_told_why(page: Embedder) -> None:
    chat = await page.bare()
    await chat.set("{api: {getClientSecret: () => { throw new Error('Sign in first'); }}}")
    await chat.hears("error", "Sign in first")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("new Response('<h1>Oh</h1>', {status: 502})", "The server answered 502"),
        ("Response.json({error: {message: 'Slow down.'}}, {status: 429})", "Slow down."),
        ("Response.json({detail: 'Log in.'}, {status: 403})", "Log in."),
        ("new Response('<h1>Log in</h1>')", "not the chat"),
    ],
)
async def test_what_stands_before_the_server_may_refuse(
    page: Embedder, answer: str, message: str
) -> None:
    chat = await page.add()
    api = f"fetch: (url, init) => window.broken ? {answer} : fetch(url, init)"
    await chat.set(page.options("startScreen: {greeting: 'Set'}", api=api))
    await expect(chat.frame.get_by_role("heading", name="Set")).to_be_visible()
    await page.page.evaluate("() => void (window.broken = true)")
    with pytest.raises(Error, match=message):
        await chat.do("sendUserMessage({text: 'say One.'})")
    await chat.hears("error", message)
    await expect(chat.field).to_be_visible()
    await page.page.evaluate("() => void (window.broken = false)")
    await chat.do("sendUserMessage({text: 'say Two.'})")
    await expect(chat.items.last).to_contain_text("Two.")
    page.expect_problem(message)


async def test_files_go_to_other_origins_by_the_fetch_of_the_page_too(page: Embedder) -> None:
    await page.bare()
    api = """fetch: (url, init) =>
            fetch(url === "https://files.test/" ? "/attachments" : url, init),
        uploadStrategy: {type: "direct", uploadUrl: "https://files.test/"}"""
    await page.page.evaluate(
        f"chat.setOptions({page.options('composer: {attachments: {enabled: true}}', api)})"
    )
    frame = page.page.frame_locator("#chat iframe")
    await frame.locator("input[type=file]").set_input_files(
        {"name": "n.txt", "mimeType": "text/plain", "buffer": b"text"}
    )
    await expect(frame.locator("input[name=attachment]")).to_be_attached()


async def test_what_cannot_be_reached_is_said(page: Embedder) -> None:
    chat = await page.add()
    broken = "fetch: async () => { throw new TypeError('The network is down'); }"
    await chat.set(page.options("theme: 'dark'", api=broken))
    await chat.hears("error", "The network is down")
    page.problems.clear()


async def test_a_server_that_was_started_anew_is_told_the_options_again(
    page: Embedder, embedded_site: Running
) -> None:
    chat = await page.add("composer: {placeholder: 'Still mine'}")
    embedded_site.host.embedded_options._kept.clear()
    await chat.do("sendUserMessage({text: 'say Hello.'})")
    await expect(chat.items.last).to_contain_text("Hello.")
    await expect(chat.field).to_have_attribute("placeholder", "Still mine")
    page.expect_problem("428")
