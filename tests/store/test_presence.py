import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from store import SQLiteStore
from tests.store.making import Person, a_thread, a_turn, an_answer, ids

RUN_A_TURN = """
import asyncio, sys
from store import SQLiteStore
from tests.store.making import Person, a_thread, a_turn, an_answer
alice = Person("alice")
async def main():
    store = SQLiteStore(sys.argv[1])
    await store.save_thread(a_thread("thr_1"), alice)
    await store.start_turn(a_turn(), alice)
    await store.keep_unfinished("thr_1", [an_answer("msg_1", "Hel")], alice)
    print("running", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await store.add_thread_item("thr_1", an_answer("msg_1"), alice)
    await store.end_turn(a_turn().model_copy(update={"status": "done"}), alice)
    await store.close()
asyncio.run(main())
"""


async def run_a_turn(path: Path) -> Process:
    """Start another process, and return it once a turn runs there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RUN_A_TURN, str(path), stdin=PIPE, stdout=PIPE
    )
    assert process.stdout
    assert await process.stdout.readline() == b"running\n"
    return process


def files_of_processes(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if "-process-" in path.name]


async def status(store: SQLiteStore, alice: Person) -> str:
    turn = await store.load_turn("thr_1", alice)
    assert turn
    return turn.status


async def test_a_start_leaves_the_turns_of_a_process_that_lives(
    sqlite: SQLiteStore, tmp_path: Path, alice: Person
) -> None:
    other = await run_a_turn(tmp_path / "chat.db")
    assert await sqlite.interrupt_turns() == 0
    assert await status(sqlite, alice) == "running"
    assert await ids(sqlite, alice) == []
    await other.communicate(b"")
    assert other.returncode == 0
    assert await status(sqlite, alice) == "done"
    assert await sqlite.load_item("thr_1", "msg_1", alice) == an_answer("msg_1")
    assert files_of_processes(tmp_path) == []


async def test_a_start_interrupts_the_turns_of_a_process_that_was_killed(
    sqlite: SQLiteStore, tmp_path: Path, alice: Person
) -> None:
    other = await run_a_turn(tmp_path / "chat.db")
    other.kill()
    await other.wait()
    assert await sqlite.interrupt_turns() == 1
    assert await status(sqlite, alice) == "interrupted"
    assert await sqlite.load_item("thr_1", "msg_1", alice) == an_answer("msg_1", "Hel")
    assert files_of_processes(tmp_path) == []


async def test_only_the_process_that_was_killed_has_its_turns_interrupted(
    sqlite: SQLiteStore, tmp_path: Path, alice: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_2"), alice)
    await sqlite.start_turn(a_turn("thr_2"), alice)
    await sqlite.keep_unfinished("thr_2", [an_answer("msg_1", "Hel", "thr_2")], alice)
    other = await run_a_turn(tmp_path / "chat.db")
    other.kill()
    await other.wait()
    third = SQLiteStore(tmp_path / "chat.db")
    assert await third.interrupt_turns() == 1
    await third.close()
    assert await status(sqlite, alice) == "interrupted"
    turn = await sqlite.load_turn("thr_2", alice)
    assert turn == a_turn("thr_2")
    assert await ids(sqlite, alice, "thr_2") == []
    assert len(files_of_processes(tmp_path)) == 1


async def test_a_turn_that_another_process_goes_on_with_is_its_own(
    sqlite: SQLiteStore, tmp_path: Path, alice: Person
) -> None:
    other = await run_a_turn(tmp_path / "chat.db")
    other.kill()
    await other.wait()
    await sqlite.start_turn(a_turn(), alice)
    third = SQLiteStore(tmp_path / "chat.db")
    assert await third.interrupt_turns() == 0
    await third.close()


async def test_the_turns_of_a_store_that_was_closed_are_interrupted(
    sqlite: SQLiteStore, tmp_path: Path, alice: Person
) -> None:
    first = SQLiteStore(tmp_path / "chat.db")
    await first.save_thread(a_thread("thr_1"), alice)
    await first.start_turn(a_turn(), alice)
    [path] = files_of_processes(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    await first.close()
    assert files_of_processes(tmp_path) == []
    assert await sqlite.interrupt_turns() == 1


@pytest.mark.parametrize("name", [":memory:", "file:turns?mode=memory&cache=shared"])
async def test_a_database_in_memory_needs_no_files_for_its_turns(
    name: str, tmp_path: Path, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = SQLiteStore(name)
    await store.save_thread(a_thread("thr_1"), alice)
    await store.start_turn(a_turn(), alice)
    assert await store.interrupt_turns() == 1
    await store.close()
    assert os.listdir() == []
