"""A process that is asked to stop stops, whatever its server does, and stores what it has."""

import asyncio
import os
import signal
import socket
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.client import Begun, ChatKitClient, message, text_of
from tests.running import ROOT, Process, process

BOUND = 60.0
"""Seconds after which it hangs: much more than it takes, much less than what it waits for."""

UNENDING = "tests.services.unending:"
HURRIED = {"CHATKIT_SERVER": f"{UNENDING}hurried"}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        "CHATKIT_DATABASE": f"sqlite:///{tmp_path}/chat.db",
        "CHATKIT_SERVER": f"{UNENDING}unending",
        "CHATKIT_SHUTDOWN_GRACE": "0.2",
        "CHATKIT_LOG_LEVEL": "warning",
    }


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


async def begin(server: Process, http: httpx.AsyncClient, text: str) -> Begun:
    http.base_url = httpx.URL(server.url)
    return await ChatKitClient(http).begin(text, seen="thread.item.added")


async def stopped(server: Process) -> int:
    return await asyncio.wait_for(server.terminate(), BOUND)


async def ended(server: Process) -> int:
    return await asyncio.wait_for(server.wait(), BOUND)


def complaints(log: Path) -> list[str]:
    """Return what a process has logged of warnings and errors."""
    lines = log.read_text().splitlines()
    return [line for line in lines if "level=info" not in line]


@pytest.mark.parametrize("script", ["endless", "thread", "block"])
async def test_it_exits_whatever_does_not_end(
    environment: dict[str, str], log: Path, script: str
) -> None:
    environment |= HURRIED
    async with httpx.AsyncClient(timeout=30) as http:
        async with process(environment, log=log) as server:
            begun = await begin(server, http, script)
            await asyncio.sleep(1)  # until it is stored, and the event loop blocked
            assert await stopped(server) == 0
            await begun.close()
        assert sum("not everything" in line for line in complaints(log)) == 1
        async with process(environment) as server:
            http.base_url = httpx.URL(server.url)
            items = await ChatKitClient(http).items(begun.thread_id)
            page = await http.get(f"/threads/{begun.thread_id}")
    assert text_of(items[1]) == "word0 "
    assert "interrupted" in page.text.lower()
    assert "Retry" in page.text


@pytest.mark.parametrize("close", ["fail", "hang"])
async def test_the_store_is_closed_whatever_its_server_does(
    environment: dict[str, str], tmp_path: Path, log: Path, close: str
) -> None:
    closed = tmp_path / "closed"
    environment |= {
        "CHATKIT_SERVER": f"{UNENDING}badly_closed",
        "OWN_DATABASE": str(tmp_path / "own.db"),
        "CLOSE": close,
        "CLOSED": str(closed),
    }
    async with httpx.AsyncClient(timeout=30) as http, process(environment, log=log) as server:
        http.base_url = httpx.URL(server.url)
        await ChatKitClient(http).create("say Hello.")
        assert await stopped(server) == 0
    assert closed.exists()
    [line] = [line for line in complaints(log) if "not closed" in line]
    assert "part=server" in line
    assert ("connection is gone" in line) == (close == "fail")


async def test_it_exits_while_its_server_is_being_made(environment: dict[str, str]) -> None:
    async with process(environment | {"CHATKIT_SERVER": f"{UNENDING}never_made"}) as server:
        await asyncio.sleep(3)  # until the libraries are imported
        assert await stopped(server) == 0


async def test_it_exits_before_anything_is_loaded(environment: dict[str, str]) -> None:
    async with process(environment) as server:
        assert await stopped(server) == 0


async def test_a_second_signal_ends_the_grace_time(environment: dict[str, str], log: Path) -> None:
    patient = environment | {"CHATKIT_SHUTDOWN_GRACE": "1000"}
    async with httpx.AsyncClient(timeout=30) as http:
        async with process(patient, log=log) as server:
            begun = await begin(server, http, "hang")
            server.signal(signal.SIGINT)
            await asyncio.sleep(1)
            assert server.process.returncode is None
            refused = await ChatKitClient(http).post(
                "threads.create",
                input=message("say Hello."),
            )
            assert refused.status_code == 503
            server.signal(signal.SIGINT)
            assert await ended(server) == 0
            await begun.close()
        assert complaints(log) == []
        async with process(environment) as server:
            http.base_url = httpx.URL(server.url)
            items = await ChatKitClient(http).items(begun.thread_id)
            page = await http.get(f"/threads/{begun.thread_id}")
    assert text_of(items[1]) == "word0 "
    assert "interrupted" in page.text.lower()


async def test_the_same_signal_sent_twice_is_one(environment: dict[str, str]) -> None:
    patient = environment | {"CHATKIT_SHUTDOWN_GRACE": "30"}
    async with httpx.AsyncClient(timeout=30) as http, process(patient) as server:
        begun = await begin(server, http, "stream 60 0.05")
        server.signal(signal.SIGTERM)
        server.signal(signal.SIGTERM)
        events = await begun.rest()
        assert events[-1].type == "thread.item.done"
        assert await ended(server) == 0


@pytest.mark.parametrize("script", ["endless", "block"])
async def test_a_third_signal_exits_at_once(
    environment: dict[str, str], log: Path, script: str
) -> None:
    patient = environment | {"CHATKIT_SHUTDOWN_GRACE": "1000"}
    async with httpx.AsyncClient(timeout=30) as http, process(patient, log=log) as server:
        begun = await begin(server, http, script)
        await asyncio.sleep(1)
        for _ in range(3):
            server.signal(signal.SIGINT)
            await asyncio.sleep(0.5)
        began = time.monotonic()
        assert await ended(server) == 0
        assert time.monotonic() - began < 10
        await begun.close()
    assert "not everything" in complaints(log)[-1]


@pytest.mark.parametrize("hypercorn", [False, True])
async def test_a_server_that_cannot_be_made_ends_the_process(
    environment: dict[str, str], log: Path, hypercorn: bool
) -> None:
    wrong = environment | {"CHATKIT_SERVER": f"{UNENDING}impossible"}
    async with process(wrong, log=log, hypercorn=hypercorn) as server:
        # Hypercorn's command forgets what its worker's status was.
        assert await ended(server) == (0 if hypercorn else 1)
    assert "CHATKIT_SERVER: the password is wrong" in complaints(log)[0]


async def test_hypercorn_ends_where_a_setting_is_wrong(environment: dict[str, str]) -> None:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hypercorn", "--bind", "127.0.0.1:0", "app:app"),
        cwd=ROOT,
        env=os.environ | environment | {"CHATKIT_SHUTDOWN_GRACE": "long"},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(child.communicate(), BOUND)
    assert len(said.splitlines()) == 1
    assert b"CHATKIT_SHUTDOWN_GRACE" in said


async def test_a_taken_port_ends_the_start_with_one_line(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            str(ROOT / "app.py"),
            env=os.environ | environment | {"HOST": "127.0.0.1", "PORT": port},
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await asyncio.wait_for(child.communicate(), BOUND)
    assert child.returncode == 1
    assert len(said.splitlines()) == 1
    assert f"HOST, PORT: 127.0.0.1:{port}" in said.decode()


@pytest.mark.parametrize("script", ["hang", "endless"])
async def test_hypercorn_stores_what_there_is_and_exits(
    environment: dict[str, str], log: Path, script: str
) -> None:
    environment |= HURRIED
    async with httpx.AsyncClient(timeout=30) as http:
        async with process(environment, log=log, hypercorn=True) as server:
            begun = await begin(server, http, script)
            assert await stopped(server) == 0
            await begun.close()
        async with process(environment) as server:
            http.base_url = httpx.URL(server.url)
            items = await ChatKitClient(http).items(begun.thread_id)
    assert text_of(items[1]) == "word0 "
