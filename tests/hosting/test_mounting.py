"""The whole host below a path of another application, on the servers people use."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import msgspec
import pytest
from fastapi import FastAPI
from quart import Quart

from chat.application import create_app
from chat.identity import COOKIE
from chat.mounting import beside, lifespan
from chat.prefixes import Application
from chat.settings import Settings
from tests.client import ChatKitClient
from tests.hosting.crawling import crawl
from tests.hosting.outside import on_hypercorn, on_uvicorn
from tests.hosting.test_servers import SERVERS, hosting
from tests.page.browsing import Browser

Serving = Callable[[Any], AbstractAsyncContextManager[httpx.AsyncClient]]


def own_fastapi(**options: Any) -> FastAPI:
    application = FastAPI(**options)

    @application.get("/hello")
    async def hello() -> str:
        return "hello"

    return application


def own_quart() -> Quart:
    application = Quart(__name__)

    @application.get("/hello")
    async def hello() -> str:
        return '"hello"'

    return application


def fastapi_beside(settings: Settings) -> Application:
    return beside(own_fastapi(), "/chat", settings)


def fastapi_mount(settings: Settings) -> Application:
    host = create_app(settings)
    application = own_fastapi(lifespan=lifespan(host))
    application.mount("/chat", host)  # type: ignore[arg-type]  # the frameworks' types differ
    return application


def quart_beside(settings: Settings) -> Application:
    application = own_quart()
    application.asgi_app = beside(  # type: ignore[method-assign, assignment]
        application.asgi_app, "/chat", settings
    )
    return application


@pytest.fixture(params=["fastapi beside", "fastapi mount", "quart beside"])
def mounted(request: pytest.FixtureRequest) -> Callable[[Settings], Application]:
    return {
        "fastapi beside": fastapi_beside,
        "fastapi mount": fastapi_mount,
        "quart beside": quart_beside,
    }[request.param]


@pytest.fixture(params=[on_uvicorn, on_hypercorn], ids=["uvicorn", "hypercorn"])
def serving(request: pytest.FixtureRequest) -> Serving:
    chosen: Serving = request.param
    return chosen


@pytest.fixture
async def browser(
    settings: Settings, mounted: Callable[[Settings], Application], serving: Serving
) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(mounted(settings)) as browser:
        yield browser


async def test_both_answer_and_every_address_is_below_the_path(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/hello")).json() == "hello"
    thread = await Browser(browser).hear("everything", below="/chat")
    assert thread.startswith("/chat/threads/")
    received = (await ChatKitClient(browser, "/chat").create("say It is raining."))[1]
    assert received[-1].item.content[0].text == "It is raining."
    seen, failed = await crawl(browser, "/chat/")
    assert failed == set()
    assert {each for each in seen if not each.startswith("/chat/")} == set()
    (cookie,) = [each for each in browser.cookies.jar if each.name == COOKIE]
    assert cookie.path == "/chat/"
    assert "content-security-policy" not in (await browser.get("/hello")).headers


async def test_several_servers_are_below_the_path_with_their_prefixes(settings: Settings) -> None:
    async with on_uvicorn(fastapi_beside(hosting(settings, *SERVERS))) as browser:
        thread = await Browser(browser).hear("say It is raining.", below="/chat/news")
        seen, failed = await crawl(browser, "/chat/")
    assert thread.startswith("/chat/news/threads/")
    assert failed == set()
    allowed = ("/chat/news/", "/chat/help/desk/", "/chat/static/")
    assert {each for each in seen if not each.startswith(allowed)} == {"/chat/"}


async def test_the_hosts_start_and_stop_with_the_other_application(
    settings: Settings, mounted: Callable[[Settings], Application], serving: Serving
) -> None:
    async with serving(mounted(settings)) as browser:
        for _ in range(600):  # it loads by itself
            if (await browser.get("/chat/readyz")).status_code == 200:
                break
            await asyncio.sleep(0.05)
        else:
            raise TimeoutError("the host was not started")
        thread = await Browser(browser).say("hang", below="/chat")
        cookies = browser.cookies
    async with serving(mounted(settings)) as browser:  # what was running was stored at the stop
        browser.cookies = cookies
        page = await Browser(browser).read(thread)
    assert "interrupted" in page.text


async def test_a_proxy_may_take_the_path_off(settings: Settings) -> None:
    public = msgspec.structs.replace(settings, public_url="https://example.org/chat/")
    async with on_hypercorn(create_app(public)) as browser:
        thread = await Browser(browser).say("say It is raining.")
        page = (await browser.get(thread.removeprefix("/chat"))).text
        announced = await ChatKitClient(browser).ask(
            "attachments.create", name="a.txt", size=4, mime_type="text/plain"
        )
    assert thread.startswith("/chat/threads/")
    assert 'href="/chat/threads' in page
    assert 'href="/threads' not in page
    url = announced["upload_descriptor"]["url"]
    assert url == f"https://example.org/chat/attachments/{announced['id']}"


async def test_the_root_path_of_the_server_goes_before_every_address(settings: Settings) -> None:
    application = create_app(hosting(settings, *SERVERS))
    async with on_uvicorn(application, root_path="/behind") as browser:
        response = await browser.post("/news/threads", data={"text": "say It is raining."})
    assert response.headers["location"].startswith("/behind/news/threads/")


@pytest.mark.parametrize("path", ["", "/", "chat"])
def test_a_path_to_mount_at_is_one(settings: Settings, path: str) -> None:
    with pytest.raises(ValueError, match="is no path to mount at"):
        beside(own_fastapi(), path, settings)
