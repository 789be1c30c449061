"""The element where its server is not at the root of a host that the page can ask directly."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
import pytest_asyncio
from fastapi import FastAPI
from playwright.async_api import Browser, Request, expect

from chat.mounting import beside
from chat.settings import Settings
from tests.browser.embedding import DOT, Embedder, OtherSite, embedding, other_site
from tests.hosting.outside import on_hypercorn
from tests.hosting.test_servers import hosting
from tests.running import Running, running

SERVERS = [
    {"prefix": "/news", "server": "tests.telling_server:telling"},
    {"prefix": "/desk", "server": "tests.servers:bare"},
]


@pytest_asyncio.fixture(loop_scope="session")
async def served(settings: Settings, other: OtherSite) -> AsyncIterator[Running]:
    """Two servers below prefixes, for pages of their own origin and of another one."""
    allowed = msgspec.structs.replace(settings, origins=other.url)
    async with running(hosting(allowed, *SERVERS)) as served:
        yield served


async def converse(page: Embedder) -> None:
    """Do what needs addresses: stream, send a file, press, look into the history, come back."""
    chat = await page.add("composer: {attachments: {enabled: true}}")
    await chat.say("stream 6")
    await chat.hears("response.end")
    await expect(chat.items.last).to_contain_text("word5")
    await chat.attach("dot.png", "image/png", DOT)
    await chat.say("told")
    assert [one["name"] for one in (await chat.told())["said"]["attachments"]] == ["dot.png"]
    shown = chat.frame.locator("article img[alt='dot.png']")
    await expect(shown).to_have_js_property("naturalWidth", 1)
    await chat.do("sendCustomAction({type: 'sent', payload: {n: 1}})")
    await expect(chat.items).to_have_count(5)
    assert (await chat.told())["said"] == {"type": "sent", "payload": {"n": 1}, "sender": None}
    [[_, change]] = await chat.heard("thread.change")
    await chat.do("showHistory()")
    await chat.frame.locator(".thread-link").click()
    await expect(chat.items.last).to_be_visible()
    other = await page.add(f"initialThread: '{change['threadId']}'", name="other")
    await expect(other.items).to_have_count(5)


async def test_it_works_below_a_prefix(chromium: Browser, served: Running) -> None:
    endpoint = f"{served.url}/news/chatkit"
    async with embedding(chromium, served.url, served.url, endpoint) as page:
        await converse(page)


async def test_it_works_below_a_prefix_from_another_origin(
    chromium: Browser, served: Running, other: OtherSite
) -> None:
    endpoint = f"{served.url}/news/chatkit"
    async with embedding(chromium, other.url, served.url, endpoint) as page:
        await converse(page)


async def test_elements_of_one_page_show_different_servers(
    chromium: Browser, served: Running
) -> None:
    async with embedding(chromium, served.url, served.url, f"{served.url}/news/chatkit") as page:
        news = await page.add(name="news")
        page.endpoint = f"{served.url}/desk/chatkit"
        desk = await page.add(name="desk")
        for chat, said in ((news, "It is raining."), (desk, "Hello.")):
            await chat.say("say It is raining.")
            await expect(chat.items.last).to_contain_text(said)


async def test_it_moves_to_another_server_with_its_options(
    chromium: Browser, served: Running
) -> None:
    async with embedding(chromium, served.url, served.url, f"{served.url}/news/chatkit") as page:
        chat = await page.add()
        await chat.say("say It is raining.")
        await chat.hears("response.end")
        page.endpoint = f"{served.url}/desk/chatkit"
        await chat.set(page.options("initialThread: null"))
        await chat.hears("thread.change", {"threadId": None})
        await expect(chat.items).to_have_count(0)
        await chat.say("say It is raining.")
        await expect(chat.items.last).to_contain_text("Hello.")


@asynccontextmanager
async def mounted(settings: Settings) -> AsyncIterator[str]:
    """Serve the host below a path of a FastAPI application; give the application's address."""
    async with on_hypercorn(beside(FastAPI(), "/chat", settings)) as browser:
        await browser.get("/chat/threads")  # which waits until everything is there
        yield str(browser.base_url).rstrip("/")


async def test_it_works_where_the_host_is_mounted_in_another_application(
    chromium: Browser, settings: Settings
) -> None:
    telling = msgspec.structs.replace(settings, server="tests.telling_server:telling")
    async with mounted(telling) as url, embedding(chromium, url, f"{url}/chat") as page:
        await converse(page)


async def test_a_server_of_several_works_in_another_application_from_another_origin(
    chromium: Browser, settings: Settings, other: OtherSite
) -> None:
    allowed = msgspec.structs.replace(settings, origins=other.url)
    async with mounted(hosting(allowed, *SERVERS)) as url:
        endpoint = f"{url}/chat/news/chatkit"
        async with embedding(chromium, other.url, f"{url}/chat", endpoint) as page:
            await converse(page)


async def test_it_works_through_a_proxy_of_one_address(
    chromium: Browser, settings: Settings
) -> None:
    with other_site() as site:
        allowed = msgspec.structs.replace(settings, origins=site.url)
        async with running(hosting(allowed, *SERVERS)) as served:
            site.behind = served.url
            endpoint = "/api/news/chatkit"
            direct: list[str] = []

            def note(request: Request) -> None:
                if request.resource_type == "fetch" and request.url.startswith(served.url):
                    direct.append(request.url)

            async with embedding(chromium, site.url, served.url, endpoint) as page:
                page.page.on("request", note)
                await converse(page)
                await page.load(imported=True)
                chat = await page.add()
                await expect(chat.field).to_be_visible()
            asked = {url.removeprefix(served.url) for url in direct}
            assert {url for url in asked if not url.startswith("/news/attachments")} == set()


async def test_it_works_through_a_proxy_that_hands_on_the_script_too(
    chromium: Browser, settings: Settings
) -> None:
    telling = msgspec.structs.replace(settings, server="tests.telling_server:telling")
    with other_site() as site:
        async with running(telling) as served:
            site.behind = served.url
            site.handed_on = ("/chatkit", "/static", "/attachments")
            async with embedding(chromium, site.url, site.url, "/chatkit") as page:
                await converse(page)
                page.expect_problem("404")


@pytest.mark.parametrize("place", ["javascript:void(top.hacked = 1)", "//evil.test/frame"])
async def test_what_is_behind_a_proxy_cannot_show_another_hosts_frame(
    chromium: Browser, embedded_site: Running, other: OtherSite, place: str
) -> None:
    async with embedding(chromium, other.url, embedded_site.url, "/api/chatkit") as page:
        chat = await page.bare()
        given = msgspec.json.encode({"token": "t", "key": "k", "seconds": 600, "frame": place})
        api = f"fetch: async () => Response.json({given.decode()})"
        await chat.set(page.options(api=api))
        await chat.hears("error", "The chat is not at")
        assert len(page.page.frames) == 1
