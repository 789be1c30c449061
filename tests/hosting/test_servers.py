"""Several servers in one process, each below its prefix."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import msgspec
import pytest
from quart import Blueprint, Response
from quart.typing import ResponseReturnValue

from app import create_app
from chat.addresses import address
from chat.host import current_host
from chat.hosts import Hosts
from chat.identity import COOKIE
from chat.settings import InvalidSettings, Settings
from tests.client import ChatKitClient
from tests.hosting.crawling import crawl
from tests.page.browsing import Browser, texts
from tests.page.dom import parse
from tests.running import Running, running

pages = Blueprint("pages", __name__)


@pages.get("/about")
async def about() -> ResponseReturnValue:
    """Say which server this page belongs to."""
    return Response(f"{current_host().prefix}: {address('/threads')}")


@pages.get("/healthz")
@pages.get("/gallery")
async def replaced() -> ResponseReturnValue:
    """Be in the place of the host's own pages, which may not happen."""
    return Response("replaced")


def make_pages() -> Blueprint:
    return pages


NEWS = {
    "prefix": "/news",
    "server": "tests.servers:scripted",
    "blueprint": "tests.hosting.test_servers:pages",
}
DESK = {"prefix": "/help/desk/", "server": "tests.servers:bare"}
SERVERS = [NEWS, DESK]


def hosting(settings: Settings, *servers: dict[str, str]) -> Settings:
    assert settings.data_folder
    file = settings.data_folder / "servers.json"
    file.write_text(json.dumps({"servers": servers}))
    return msgspec.structs.replace(settings, servers=str(file))


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[Running]:
    async with running(hosting(settings, *SERVERS)) as served:
        yield served


async def test_each_server_answers_below_its_prefix(alice: httpx.AsyncClient) -> None:
    news = await Browser(alice).hear("say It is raining.", below="/news")
    desk = await Browser(alice).hear("say It is raining.", below="/help/desk")
    assert news.startswith("/news/threads/")
    assert desk.startswith("/help/desk/threads/")
    assert "It is raining." in texts(await Browser(alice).read(news))[-1]
    assert "Hello." in texts(await Browser(alice).read(desk))[-1]


async def test_each_server_speaks_the_protocol_below_its_prefix(alice: httpx.AsyncClient) -> None:
    news, desk = ChatKitClient(alice, "/news"), ChatKitClient(alice, "/help/desk")
    thread_id, _ = await news.create("everything")
    assert [thread["id"] for thread in (await news.ask("threads.list"))["data"]] == [thread_id]
    assert (await desk.ask("threads.list"))["data"] == []
    assert (await desk.post("threads.get_by_id", thread_id=thread_id)).status_code == 404


async def test_every_address_that_a_server_sends_is_below_its_prefix(
    alice: httpx.AsyncClient,
) -> None:
    await Browser(alice).hear("everything", below="/news")
    await Browser(alice).hear("tool", below="/news")
    seen, failed = await crawl(alice, "/news/", "/news/gallery")
    assert len(seen) > 30
    assert failed == {"/news/attachments/gallery-notes"}  # an example of the gallery
    assert {each for each in seen if not each.startswith(("/news/", "/static/"))} == set()


async def test_what_streams_has_addresses_below_the_prefix(alice: httpx.AsyncClient) -> None:
    thread = await Browser(alice).say("hang", below="/news")
    async with asyncio.timeout(20), alice.stream("GET", f"{thread}/live") as page:
        lines = (line async for line in page.aiter_lines() if "data-stop" in line)
        assert f'action="{thread}/stop"' in await anext(lines)
    await alice.post(f"{thread}/stop")
    await Browser(alice).hear("widget", thread)
    async with asyncio.timeout(20), alice.stream("GET", f"{thread}/events?since=0") as changes:
        lines = (line async for line in changes.aiter_lines() if "/items/" in line)
        assert f'action="{thread}/items/' in await anext(lines)


async def test_an_upload_is_kept_and_described_below_the_prefix(
    alice: httpx.AsyncClient, settings: Settings
) -> None:
    news = ChatKitClient(alice, "/news")
    announced = await news.ask("attachments.create", name="a.txt", size=4, mime_type="text/plain")
    url = announced["upload_descriptor"]["url"]
    assert url == f"{alice.base_url}/news/attachments/{announced['id']}"
    sent = await alice.put(url, content=b"text", headers={"Content-Type": "text/plain"})
    assert sent.status_code == 200, sent.text
    assert (await alice.get(url)).text == "text"
    assert (await alice.get(url.replace("/news/", "/help/desk/"))).status_code == 404
    assert settings.data_folder
    assert (settings.data_folder / "news" / "attachments" / announced["id"]).is_file()


async def test_a_browser_is_one_owner_to_all_servers(alice: httpx.AsyncClient) -> None:
    await alice.get("/news/")
    cookie = alice.cookies[COOKIE]
    for page in ("/help/desk/", "/news/threads", "/"):
        assert "set-cookie" not in (await alice.get(page)).headers
    assert alice.cookies[COOKIE] == cookie


async def test_each_server_has_a_database_of_its_own(
    alice: httpx.AsyncClient, settings: Settings
) -> None:
    for below in ("/news", "/help/desk"):
        await Browser(alice).hear("say It is raining.", below=below)
    assert settings.data_folder
    folder = settings.data_folder
    found = {str(path.relative_to(folder)) for path in folder.rglob("*.db")}
    assert found == {"news/chat.db", "help/desk/chat.db"}


async def test_the_root_lists_the_servers(alice: httpx.AsyncClient) -> None:
    page = parse((await alice.get("/")).text)
    links = {link.text: link["href"] for link in page.one("main").all("a")}
    assert links == {"news": "/news/", "help/desk": "/help/desk/"}
    assert (await alice.get("/threads")).status_code == 404


async def test_a_prefix_without_its_slash_leads_there(alice: httpx.AsyncClient) -> None:
    response = await alice.get("/news?from=there")
    assert (response.status_code, response.headers["location"]) == (308, "/news/?from=there")
    assert (await alice.get("/newspaper")).status_code == 404


async def test_health_metrics_and_static_files_are_there_once(
    served: Running, alice: httpx.AsyncClient
) -> None:
    for host in served.app.extensions["chatkit_hosts"].all:
        await host.store()
    assert (await alice.get("/readyz")).json() == {"status": "ready"}
    for path in ("/healthz", "/metrics", "/static/favicon.svg"):
        assert (await alice.get(path)).status_code == 200
        assert (await alice.get(f"/help/desk{path}")).status_code == 404


async def test_the_process_is_ready_only_when_all_servers_are(
    served: Running, alice: httpx.AsyncClient
) -> None:
    hosts: Hosts = served.app.extensions["chatkit_hosts"]
    for host in hosts.all:
        await host.store()
    hosts.all[1].failed.set()
    assert hosts.failed
    assert (await alice.get("/readyz")).status_code == 503


async def test_a_server_has_the_routes_of_its_blueprint(alice: httpx.AsyncClient) -> None:
    assert (await alice.get("/news/about")).text == "/news: /news/threads"
    assert (await alice.get("/help/desk/about")).status_code == 404


async def test_a_function_may_make_the_blueprint_of_a_single_server(settings: Settings) -> None:
    reference = "tests.hosting.test_servers:make_pages"
    async with running(msgspec.structs.replace(settings, blueprint=reference)) as served:
        response = await served.client().get("/about")
        for path in ("/healthz", "/gallery"):
            assert (await served.client().get(path)).text != "replaced"
    assert response.text == ": /threads"
    assert "Content-Security-Policy" in response.headers


async def test_a_server_at_the_root_has_others_below_it(settings: Settings) -> None:
    root = {"prefix": "/", "server": "tests.servers:bare"}
    async with running(hosting(settings, root, NEWS)) as served:
        alice = served.client()
        thread = await Browser(alice).hear("say It is raining.")
        below = await Browser(alice).hear("say It is raining.", below="/news")
        assert "Hello." in texts(await Browser(alice).read(thread))[-1]
        assert "It is raining." in texts(await Browser(alice).read(below))[-1]


async def test_an_entry_takes_what_it_does_not_say_from_the_environment(
    settings: Settings,
) -> None:
    async with running(hosting(settings, {"prefix": "/only"})) as served:
        thread = await Browser(served.client()).hear("say As in the environment.", below="/only")
        page = await Browser(served.client()).read(thread)
    assert "As in the environment." in texts(page)[-1]


async def test_an_unknown_page_of_a_server_leads_back_to_it(alice: httpx.AsyncClient) -> None:
    page = await Browser(alice).read("/news/nothing", status=404)
    assert page.one("main").one("a")["href"] == "/news/"


async def test_a_program_is_refused_with_json_below_a_prefix(alice: httpx.AsyncClient) -> None:
    response = await alice.post("/news/chatkit", content=b"nonsense")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "request.invalid")


@pytest.mark.parametrize(
    ("servers", "said"),
    [
        ([NEWS, NEWS], "servers[1]: There are two servers below /news."),
        ([{"prefix": "/threads"}], "servers[0]: /threads is an address of the host."),
        ([{"prefix": "/a"}, {"prefix": "/a/b"}], "servers[1]: /a/b is below /a."),
        ([{"prefix": "/a/b"}, {"prefix": "/a"}], "servers[1]: /a/b is below /a."),
        (
            [{"prefix": "/a", "database": "x.db"}, {"prefix": "/b", "database": "./x.db"}],
            "servers[1]: Another server has the database x.db.",
        ),
        ([{"prefix": "/a?b"}], "servers[0].prefix: Expected `str` matching regex"),
        ([{"prefix": "/a", "name": "A"}], "servers[0]: Object contains unknown field `name`."),
        ([{"prefix": "/a", "blueprint": "nowhere:pages"}], "There is no module 'nowhere'."),
        ([{"prefix": "/a", "blueprint": "chat.settings:Settings"}], "is no Quart blueprint."),
        ([], "servers: Expected `array` of length >= 1."),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_start(
    settings: Settings, servers: list[dict[str, Any]], said: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        create_app(hosting(settings, *servers))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
