import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import closing
from pathlib import Path

import pytest

from store import SQLiteStore
from tests.store.making import Person, a_thread, add, an_answer, ids


async def start_writing(path: Path, name: str, writers: int, each: int) -> Process:
    arguments = ["-m", "tests.store.writing", str(path), name, str(writers), str(each)]
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=PIPE)


@pytest.mark.parametrize("after", [1, 40, 333])
async def test_a_killed_process_loses_no_acknowledged_write(
    tmp_path: Path, alice: Person, after: int
) -> None:
    path = tmp_path / "chat.db"
    process = await start_writing(path, "w", 8, 100_000)
    assert process.stdout
    acknowledged = [await process.stdout.readline() for _ in range(after)]
    process.kill()
    acknowledged += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()
    whole = {line.decode().strip() for line in acknowledged if line.endswith(b"\n")}
    store = SQLiteStore(path)
    page = await store.load_thread_items("thr_1", None, 1_000_000, "asc", alice)
    await store.close()
    kept = [item.id for item in page.data]
    assert whole <= set(kept)
    assert len(kept) - len(whole) <= 8  # one each that was written but not acknowledged
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_many_writers_in_several_processes_never_find_the_database_locked(
    sqlite: SQLiteStore, tmp_path: Path, alice: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)
    others = [await start_writing(tmp_path / "chat.db", name, 5, 60) for name in ("p", "q")]

    async def write(writer: int) -> None:
        for number in range(10):
            await add(sqlite, alice, an_answer(f"here_{writer}_{number}"))
            page = await sqlite.load_thread_items("thr_1", None, 5, "desc", alice)
            assert page.data

    await asyncio.gather(*(write(writer) for writer in range(50)))
    for other in others:
        await other.communicate()
        assert other.returncode == 0
    kept = await sqlite.load_thread_items("thr_1", None, 10_000, "asc", alice)
    assert len({item.id for item in kept.data}) == len(kept.data) == 50 * 10 + 2 * 5 * 60


async def test_writers_that_wait_together_keep_the_order_they_came_in(
    sqlite: SQLiteStore, alice: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)
    names = [f"msg_{number}" for number in range(200)]
    await asyncio.gather(*(add(sqlite, alice, an_answer(name)) for name in names))
    assert await ids(sqlite, alice) == names


async def test_readers_see_what_was_written_before_they_asked(
    sqlite: SQLiteStore, alice: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)

    async def write_and_read(number: int) -> None:
        await add(sqlite, alice, an_answer(f"msg_{number}"))
        assert await sqlite.load_item("thr_1", f"msg_{number}", alice)

    await asyncio.gather(*(write_and_read(number) for number in range(100)))
