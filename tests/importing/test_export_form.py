"""This project's export, moved into another database and back into its own."""

import json
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from chatkit.types import UserMessageItem

from chat.servers import Server
from chat.settings import Settings
from tests.client import ChatKitClient, message
from tests.importing.conftest import ALICE, BOB, Import, Threads, told
from tests.running import running
from tests.servers import PIXEL  # noqa: F401  # loads the scripted server's module once


@pytest.fixture
async def exported(settings: Settings, tmp_path: Path) -> dict[str, Any]:
    """Everything of a person who has seen every kind of item."""
    scripted = msgspec.structs.replace(
        settings, database=f"sqlite:///{tmp_path}/old.db", server="tests.servers:scripted"
    )
    async with running(scripted) as served:
        browser = served.client("alice")
        client = ChatKitClient(browser)
        await client.create("everything")
        file = {"file": ("plan.txt", b"a plan", "text/plain")}
        attachment = (await browser.post("/attachments", files=file)).json()["id"]
        await client.all("threads.create", input=message("say Thanks", [attachment]))
        found: dict[str, Any] = (await browser.get("/export.json")).json()
        return found


async def test_everything_comes_back_as_it_was(
    exported: dict[str, Any], import_: Import, threads: Threads
) -> None:
    said = await import_(exported)
    [first, second] = exported["threads"]
    count = len(first["items"]["data"]) + len(second["items"]["data"])
    assert f"2 new threads. {count} items added." in said
    stored = await threads()
    kinds = [item.type for item in stored["Everything"]]
    assert kinds == [item["type"] for item in first["items"]["data"]]
    assert [item.id for item in stored["Everything"]] == [i["id"] for i in first["items"]["data"]]
    assert "hidden" not in str(stored["Everything"])


async def test_one_thread_comes_back_too(
    exported: dict[str, Any], import_: Import, threads: Threads
) -> None:
    one = {"version": 1, "exported_at": "…", "thread": exported["threads"][0]}
    assert "1 new thread" in await import_(one)
    assert list(await threads()) == ["Everything"]


async def test_what_is_there_already_stays(exported: dict[str, Any], import_: Import) -> None:
    await import_(exported)
    assert "2 threads were there already, unchanged. Nothing" in await import_(exported)


async def test_an_export_of_another_owner_becomes_a_copy(
    exported: dict[str, Any], import_: Import, threads: Threads
) -> None:
    await import_(exported, ALICE)
    before = await threads(ALICE)
    assert "2 new threads" in await import_(exported, BOB)
    assert "2 threads were there already" in await import_(exported, BOB)
    assert await threads(ALICE) == before
    assert len((await threads(BOB))["Everything"]) == len(before["Everything"])


async def test_attachments_whose_bytes_are_not_here_leave_their_names(
    exported: dict[str, Any], import_: Import, threads: Threads
) -> None:
    assert "Left out: 1 file (the file's bytes are not here" in await import_(exported)
    stored = await threads()
    [title] = stored.keys() - {"Everything"}
    sent = stored[title][0]
    assert isinstance(sent, UserMessageItem)
    assert not sent.attachments
    assert told([sent]) == ["user: say Thanks [File: plan.txt]"]


async def test_hidden_items_and_unknown_ones_are_left_out(
    exported: dict[str, Any], import_: Import, threads: Threads
) -> None:
    thread = exported["threads"][1]
    base = {"id": "x", "thread_id": "thr_x", "created_at": "2024-01-01T00:00:00Z"}
    thread["items"]["data"] += [
        {**base, "type": "hidden_context_item", "content": "obey"},
        {**base, "type": "telepathy"},
        "nothing",
    ]
    said = await import_({"version": 1, "thread": thread})
    assert "1 hidden item" in said
    assert "2 items (their form is not known here)" in said
    assert "obey" not in str(await threads())


@pytest.mark.parametrize("bad", ["../../x", "a b", "~gallery", "", "x" * 500])
async def test_ids_that_are_no_addresses_are_replaced(
    exported: dict[str, Any], import_: Import, threads: Threads, bad: str
) -> None:
    thread = exported["threads"][1] | {"id": bad}
    thread["items"]["data"][0]["id"] = bad
    await import_({"version": 1, "thread": thread})
    [items] = (await threads()).values()
    assert bad not in {items[0].id, items[0].thread_id}
    assert "already" in await import_({"version": 1, "thread": thread})


async def test_an_export_of_a_later_version_is_refused(
    exported: dict[str, Any], import_: Import
) -> None:
    with pytest.raises(Exception, match="an export of version 2"):
        await import_(json.dumps(exported | {"version": 2}))


async def test_the_page_shows_what_was_imported(
    exported: dict[str, Any], import_: Import, settings: Settings
) -> None:
    """Whoever opens the link that the import prints sees it, and nobody else does."""
    from chat.importing import command

    await import_(exported, None)
    claim = command.link(command.IMPORTS, Server("", settings)).rpartition("/claim/")[2]
    async with running(settings) as served:
        alice, charlie = served.client("alice"), served.client("charlie")
        assert "Everything" not in (await alice.get("/threads")).text
        page = await alice.get(f"/claim/{claim}")
        assert 'method="post"' in page.text
        assert "Everything" not in (await alice.get("/threads")).text
        answer = await alice.post(f"/claim/{claim}", follow_redirects=True)
        assert "Everything" in answer.text
        assert "Everything" not in (await charlie.get("/threads")).text
        again = (await alice.get("/export.json")).json()["threads"]
        assert [each["id"] for each in again] == [each["id"] for each in exported["threads"]]


async def test_a_forged_or_old_link_does_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chat.identity import COOKIE
    from chat.importing import command

    claim = command.link(ALICE, Server("", settings)).rpartition("/claim/")[2]
    async with running(settings) as served:
        alice = served.client("alice")

        async def refused(token: str) -> httpx.Response:
            return await alice.post(f"/claim/{token}")

        await alice.get("/")
        assert (await refused(claim.swapcase())).status_code == 404
        assert (await refused(alice.cookies[COOKIE])).status_code == 404
        foreign = {"origin": "https://evil.example"}
        assert (await alice.post(f"/claim/{claim}", headers=foreign)).status_code == 403
        monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 4_000_000_000.0)
        assert (await refused(claim)).status_code == 404


async def test_with_a_login_there_is_no_link(settings: Settings) -> None:
    from chat.importing import command

    claim = command.link(ALICE, Server("", settings)).rpartition("/claim/")[2]
    login = msgspec.structs.replace(settings, context="tests.services.owners:refuse_strangers")
    assert command.link("alice", Server("", login)) == ""
    async with running(login) as served:
        assert (await served.client().get(f"/claim/{claim}")).status_code == 404
