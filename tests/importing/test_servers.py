"""Moving conversations into one of several servers, and into stores that servers bring."""

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from chat.identity import RequestContext
from chat.importing import command
from chat.importing.choosing import choose
from chat.importing.failed import Failed
from chat.servers import Server, load_servers, with_one_key
from chat.settings import Settings
from tests.hosting.theirs import DictStore
from tests.importing import brought
from tests.importing.conftest import ALICE, BOB, told
from tests.importing.test_command import HELLO, chat
from tests.page.browsing import Browser, texts
from tests.running import process, running
from tests.servers import PIXEL

NEWS = {"prefix": "/news", "server": "tests.servers:scripted"}
DESK = {"prefix": "/help/desk/", "server": "tests.servers:bare"}
ROOT = {"prefix": "/"}

Into = Callable[..., Any]


def several(settings: Settings, *entries: dict[str, str]) -> Settings:
    assert settings.data_folder
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    file = settings.data_folder / "servers.json"
    file.write_text(json.dumps({"servers": entries}))
    return msgspec.structs.replace(settings, servers=str(file))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "old.json"
    file.write_text(HELLO)
    return file


@pytest.fixture
def into(settings: Settings, tmp_path: Path) -> Into:
    """Import something into a server that brings its store, and return what was said."""

    async def run(
        reference: str, content: Any, owner: str | None = ALICE, makes: str = "", **changes: Any
    ) -> str:
        file = tmp_path / "moving.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        changed = msgspec.structs.replace(settings, server=reference, **changes)
        return " ".join(await command.run(file, owner, Server("", changed), makes))

    return run


@pytest.fixture
def own() -> DictStore:
    """The store of a server that brings it, empty."""
    brought.by_user.store = brought.ByUser()
    store: DictStore = brought.by_user.store
    return store


async def said_in(store: DictStore, owner: str = ALICE) -> dict[str, list[str]]:
    """Return an owner's threads in a store: what is said in each, by its title."""
    context: Any = RequestContext(owner, "en", None)
    threads = await store.load_threads(100, None, "asc", context)
    return {thread.title or "": told(store.items.get(thread.id, [])) for thread in threads.data}


# Choosing


@pytest.mark.parametrize("named", ["news", "/news", "/news/", "help/desk", "/help/desk", "/"])
def test_a_server_is_named_by_its_prefix(settings: Settings, named: str) -> None:
    servers = load_servers(several(settings, NEWS, DESK, ROOT))
    assert choose(servers, named).prefix == f"/{named.strip('/')}".rstrip("/")


def test_one_of_several_must_be_named(settings: Settings) -> None:
    servers = load_servers(several(settings, NEWS, DESK, ROOT))
    with pytest.raises(Failed, match=r"go to with --server: /news, /help/desk or /\."):
        choose(servers, None)


@pytest.mark.parametrize("named", ["old", "new", "/help", "news/desk", "NEWS"])
def test_a_wrong_name_is_answered_with_the_right_ones(settings: Settings, named: str) -> None:
    servers = load_servers(several(settings, NEWS, DESK))
    sentence = f"no server below /{named.strip('/')}; --server takes /news or /help/desk"
    with pytest.raises(Failed, match=sentence):
        choose(servers, named)


def test_the_only_server_need_not_be_named(settings: Settings) -> None:
    assert choose(load_servers(several(settings, NEWS)), None).prefix == "/news"
    only = load_servers(settings)
    assert choose(only, None) == choose(only, "/") == Server("", settings)
    with pytest.raises(Failed, match="no server below /news; --server takes /"):
        choose(only, "news")


def test_the_command_says_which_servers_there_are(settings: Settings, file: Path) -> None:
    environment = {
        "CHATKIT_DATABASE": settings.database,
        "CHATKIT_SERVERS": several(settings, NEWS, DESK).servers,
    }
    failed = chat("import", str(file), **environment)
    assert failed.returncode == 1
    assert failed.stderr == (
        "Name the server that these threads go to with --server: /news or /help/desk.\n"
    )
    wrong = chat("import", str(file), "--server", "old", **environment)
    assert wrong.stderr == "There is no server below /old; --server takes /news or /help/desk.\n"


# One of several servers


async def test_what_is_imported_is_below_that_servers_prefix(
    settings: Settings, file: Path
) -> None:
    environment = {
        "CHATKIT_DATABASE": settings.database,
        "CHATKIT_SERVERS": several(settings, NEWS, DESK).servers,
        "CHATKIT_LOG_LEVEL": "error",
    }
    async with process(environment) as served, httpx.AsyncClient(base_url=served.url) as http:
        arguments = ("import", str(file), "--server", "news")
        environment["CHATKIT_PUBLIC_URL"] = served.url
        done = await asyncio.to_thread(chat, *arguments, **environment)
        assert done.returncode == 0, done.stderr
        assert f"Imported {file} into /news for the owner usr_" in done.stdout
        again = await asyncio.to_thread(chat, *arguments, **environment)
        assert "1 thread was there already, unchanged." in again.stdout
        link = done.stdout.strip().splitlines()[-1]
        assert link.startswith(f"{served.url}/news/claim/")
        shown = await http.post(link, follow_redirects=True)
        assert shown.url.path == "/news/threads"
        assert "Hello" in shown.text
        assert "Hello" not in (await http.get("/help/desk/threads")).text


async def test_an_image_gets_an_address_below_the_prefix(
    settings: Settings, tmp_path: Path
) -> None:
    hosted = with_one_key(several(settings, NEWS, DESK))
    news, desk = load_servers(hosted)
    file = tmp_path / "image.json"
    image = {"type": "input_image", "image_url": PIXEL}
    message = {"role": "user", "content": [image, {"type": "input_text", "text": "Look"}]}
    file.write_text(json.dumps([message]))
    assert "Left out" not in " ".join(await command.run(file, None, news))
    claim = command.link(command.IMPORTS, news).rpartition("/news/claim/")[2]
    async with running(hosted) as served:
        alice = Browser(served.client("alice"))
        await alice.post(f"/news/claim/{claim}")
        [exported] = (await alice.http.get("/news/export.json")).json()["threads"]
        [sent] = exported["items"]["data"][0]["attachments"]
        assert "/news/attachments/" in sent["preview_url"]
        bytes_of = await alice.http.get(f"/news/attachments/{sent['id']}")
        assert bytes_of.content == base64.b64decode(PIXEL.partition(",")[2])
    said = " ".join(await command.run(file, None, desk))
    assert "Left out: 1 image" in said, "that server takes no files"


def test_each_server_has_its_own_owners(settings: Settings) -> None:
    login = {**DESK, "context": "mine:context"}
    news, desk = load_servers(several(settings, NEWS, login))
    assert command.checked_owner(None, news.settings) == command.IMPORTS
    with pytest.raises(Failed, match="a user id as mine:context gives them"):
        command.checked_owner(None, desk.settings)
    assert command.link("alice", desk) == ""


# Stores that servers bring


async def test_a_servers_own_store_gets_them(into: Into, own: DictStore) -> None:
    assert "1 new thread. 1 item added." in await into("tests.importing.brought:by_user", HELLO)
    assert await said_in(own) == {"Hello": ["user: Hello"]}
    assert await said_in(own, BOB) == {}


async def test_twice_is_the_same_as_once(into: Into, own: DictStore) -> None:
    lines = [
        {"conversation_id": "a", "role": "user", "content": "One"},
        {"conversation_id": "a", "role": "assistant", "content": "Two"},
    ]
    content = "\n".join(json.dumps(line) for line in lines)
    await into("tests.importing.brought:by_user", content)
    before = await said_in(own)
    assert "1 thread was there already" in await into("tests.importing.brought:by_user", content)
    assert await said_in(own) == before
    more = f"{content}\n" + json.dumps({**lines[0], "content": "Three"})
    assert "1 thread got more items. 1 item" in await into("tests.importing.brought:by_user", more)
    assert await said_in(own) == {"One": ["user: One", "assistant: Two", "user: Three"]}


@pytest.mark.parametrize("server", ["plain", "session"])
async def test_twice_is_once_in_a_store_with_ways_of_its_own(into: Into, server: str) -> None:
    """It says in its own way that a thread is not there, and begins anew after every cursor."""
    reference = f"tests.importing.brought:{server}"
    spoken = [{"role": "user", "content": f"Message {number}"} for number in range(250)]
    assert "1 new thread. 250 items" in await into(reference, spoken)
    assert "1 thread was there already, unchanged" in await into(reference, spoken)


async def test_it_needs_no_database_of_ours(into: Into, own: DictStore) -> None:
    await into("tests.importing.brought:by_user", HELLO, database="memory:")
    assert list(await said_in(own)) == ["Hello"]


async def test_an_export_comes_back_and_nobodys_is_overwritten(into: Into, own: DictStore) -> None:
    """Also where a store would let that happen."""
    server = "tests.importing.brought:by_user"
    await into(server, HELLO)
    async with running(Settings(server=server, database="memory:", log_level="error")) as served:
        bob = Browser(served.client("bob"))
        await bob.hear("Something")
        exported = (await bob.http.get("/export.json")).json()
    [thread] = exported["threads"]
    before = own.items[thread["id"]][:]
    owner = own.owners[thread["id"]]  # type: ignore[attr-defined]  # of this store
    assert "1 new thread. 2 items added" in await into(server, exported)
    assert "1 thread was there already" in await into(server, exported)
    assert own.items[thread["id"]] == before
    assert own.owners[thread["id"]] == owner  # type: ignore[attr-defined]
    assert (await said_in(own)).popitem()[1] == ["user: Something", "assistant: Hello."]
    assert "1 thread was there already" in await into(server, exported, owner)


async def test_a_store_may_keep_no_attachments(into: Into) -> None:
    image = {"type": "input_image", "image_url": PIXEL}
    content = [{"role": "user", "content": [image, {"type": "input_text", "text": "Look"}]}]
    said = await into("tests.importing.brought:without_files", content)
    assert "Left out: 1 image" in said
    [items] = brought.without_files.store.items.values()
    assert told(items) == ["user: Look [Image]"]


async def test_a_store_that_fails_is_one_sentence(into: Into) -> None:
    server = "tests.importing.brought:broken"
    sentence = f"The store of {server} failed: ConnectionError: no route to the database."
    with pytest.raises(Failed) as failed:
        await into(server, HELLO)
    assert str(failed.value) == sentence


async def test_a_store_in_memory_is_refused(into: Into) -> None:
    with pytest.raises(Failed, match=r"The store of .* is in memory"):
        await into("tests.importing.test_servers:forgetful", HELLO)


def forgetful() -> Any:
    from store import MemoryStore

    return brought.brought(MemoryStore())  # type: ignore[arg-type]  # a store like any other


# A store that wants contexts of its own


async def test_a_context_of_its_own_can_be_named(into: Into, settings: Settings) -> None:
    example = "examples.custom_store:"
    server, reading = f"{example}create_server", f"{example}request_context"
    makes = f"{example}import_context"
    for said in ("1 new thread", "1 thread was there already"):
        owner = f"kitchen/{ALICE}"
        assert said in await into(server, HELLO, owner, makes, context=reading)
    with pytest.raises(Failed, match=r"AttributeError.*name a function .* with --context"):
        await into(server, HELLO, ALICE, context=reading)
    served_as = msgspec.structs.replace(
        settings, server=server, context="tests.importing.test_servers:alice_in_the_kitchen"
    )
    async with running(served_as) as served:
        alice = Browser(served.client("alice"))
        [thread] = (await alice.http.get("/export.json")).json()["threads"]
        assert texts(await alice.read(f"/threads/{thread['id']}"))[-1].endswith("Hello")


def alice_in_the_kitchen(_: Any) -> Any:
    from examples.custom_store import OrgContext

    return OrgContext(ALICE, "kitchen")


@pytest.mark.parametrize("reference", ["nowhere:context", "tests.importing.brought:nothing", "x"])
async def test_a_context_that_cannot_be_made_is_one_sentence(
    into: Into, own: DictStore, reference: str
) -> None:
    with pytest.raises(Failed, match=f"--context {reference} cannot be used: "):
        await into("tests.importing.brought:by_user", HELLO, ALICE, reference)
    assert await said_in(own) == {}


def test_without_a_key_that_lasts_there_is_no_link() -> None:
    server = Server("", Settings(database="memory:"))
    assert command.link(ALICE, server) == (
        "There is no link that opens them: that takes CHATKIT_SECRET_KEY."
    )


def test_help_says_what_to_name() -> None:
    helped = subprocess.run(
        [sys.executable, "-m", "chat", "import", "--help"], capture_output=True, text=True
    )
    assert "--server PREFIX" in helped.stdout
