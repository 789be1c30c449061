"""``python -m chat import`` as people run it, and the files that it cannot take."""

import asyncio
import io
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from chat.importing import command, json_text
from chat.importing.command import Failed
from chat.importing.reading import Conversation, read
from chat.servers import Server
from chat.settings import Settings
from tests.client import ChatKitClient
from tests.importing.conftest import ALICE, Import, Threads
from tests.running import ROOT, process

HELLO = '[{"role": "user", "content": "Hello"}]'


def chat(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "chat", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_says_what_it_did_and_how_to_get_there(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text(HELLO)
    database = f"sqlite:///{tmp_path}/chat.db"
    done = chat(
        "import", str(file), CHATKIT_DATABASE=database, CHATKIT_PUBLIC_URL="https://chat.example"
    )
    assert done.returncode == 0, done.stderr
    assert "1 new thread." in done.stdout
    assert "https://chat.example/claim/" in done.stdout
    assert done.stderr == ""


def test_a_bad_file_is_one_sentence_and_an_exit_status(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text(HELLO[:-1])
    failed = chat("import", str(file), CHATKIT_DATABASE=f"sqlite:///{tmp_path}/chat.db")
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr == f"{file} cannot be imported: its JSON ends too early, in line 1.\n"
    assert not (tmp_path / "chat.db").exists()


async def test_it_imports_while_the_server_answers(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text(HELLO)
    environment = {
        "CHATKIT_DATABASE": f"sqlite:///{tmp_path}/chat.db",
        "CHATKIT_SERVER": "tests.servers:scripted",
        "CHATKIT_LOG_LEVEL": "error",
    }
    async with (
        process(environment) as served,
        httpx.AsyncClient(base_url=served.url, timeout=30) as browser,
    ):
        alice = ChatKitClient(browser)
        answer = await alice.begin("stream 120 0.05")
        done = await asyncio.to_thread(chat, "import", str(file), **environment)
        assert done.returncode == 0, done.stderr
        assert (await answer.rest())[-1].type == "thread.item.done"
        claim = done.stdout.strip().rpartition("/claim/")[2]
        shown = await browser.post(f"/claim/{claim}", follow_redirects=True)
        assert "Hello" in shown.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is empty"),
        (b" \n ", "it is empty"),
        (b"hello", "not valid JSON in line 1"),
        (b'[{"role": "user",\n "content": }]', "not valid JSON in line 2"),
        (b'{"messages": [1,]}', "not valid JSON in line 1"),
        (b'[{"role": "user", "content": "x"}', "ends too early"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b'[{"role": "user", "content": "\xff"}]', "not text in UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'[{"role": "user", "content": NaN}]', "not valid JSON"),
        (b'{"role": "user", "content": "x"}\n{"role"', "ends too early, in line 2"),
        (b"[]", "no conversation in it"),
        (b"{}", "no conversation in it"),
        (b'{"threads": []}', "no conversation in it"),
        (b'["hello", 7, null]', "no conversation in it"),
        (b"[[]]", "no conversation in it"),
        (b"7", "not valid JSON"),
        (b'{"version": 99, "threads": []}', "version 99"),
    ],
)
async def test_a_file_that_cannot_be_read_changes_nothing(
    import_: Import, threads: Threads, content: bytes, sentence: str
) -> None:
    with pytest.raises(Failed, match=sentence):
        await import_(content)
    assert await threads() == {}


async def test_a_file_that_breaks_off_leaves_nothing_of_its_beginning(
    import_: Import, threads: Threads
) -> None:
    with pytest.raises(Failed):
        await import_(HELLO + "\n" + HELLO[:-3])
    assert await threads() == {}


async def test_what_is_no_plain_file_is_refused(settings: Settings, tmp_path: Path) -> None:
    for place in (tmp_path, Path("/dev/null")):
        with pytest.raises(Failed, match="is no plain file"):
            await command.run(place, ALICE, Server("", settings))


async def test_a_byte_order_mark_does_no_harm(import_: Import, threads: Threads) -> None:
    await import_(b"\xef\xbb\xbf" + HELLO.encode())
    assert list(await threads()) == ["Hello"]


async def test_without_a_login_an_owner_is_an_anonymous_one(import_: Import) -> None:
    with pytest.raises(Failed, match="leave --owner out to get a link"):
        await import_(HELLO, "alice")


async def test_with_a_login_the_owner_must_be_named(import_: Import, threads: Threads) -> None:
    login = {"context": "mine:context"}
    with pytest.raises(Failed, match="with --owner: a user id as mine:context gives them"):
        await import_(HELLO, None, **login)
    await import_(HELLO, "alice@example.org", **login)
    assert list(await threads("alice@example.org")) == ["Hello"]


async def test_a_database_in_memory_is_refused(import_: Import) -> None:
    with pytest.raises(Failed, match="in memory"):
        await import_(HELLO, database="memory:")


async def test_a_file_that_is_no_database_is_one_sentence(import_: Import, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("This is no database." * 100)
    with pytest.raises(Failed, match="database"):
        await import_(HELLO, ALICE, database=f"sqlite:///{tmp_path}/text.db")


def test_a_large_file_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than one thread is; here one character more would be refused."""
    line = '{"id": "%06d", "messages": [{"role": "user", "content": "' + "x" * 5000 + '"}]}\n'
    longest = json_text.CHUNK * 3
    monkeypatch.setattr(json_text, "LONGEST_VALUE", longest)
    whole = "".join(line % number for number in range(400)).encode()
    assert len(whole) > 5 * longest
    entries = [entry for entry in read(io.BytesIO(whole)) if isinstance(entry, Conversation)]
    assert len({entry.key for entry in entries}) == 400
    export = b'{"threads": [' + whole.replace(b"\n", b",")[:-1] + b"]}"
    assert sum(1 for _ in read(io.BytesIO(export))) == 400


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64])
def test_it_does_not_matter_where_the_text_is_cut(
    monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(json_text, "CHUNK", chunk)
    text = json_text.JSONText(io.BytesIO('[12, -3.5e2, "ü😀\\n", {"a": [true]}, null]'.encode()))
    assert list(text.elements()) == [12, -350.0, "ü😀\n", {"a": [True]}, None]
    assert text.peek() == ""
