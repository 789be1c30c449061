import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from store import SQLiteStore
from store.base import StoreError
from store.migrate import Migration, load_migrations, migrate
from tests.store.making import Person, a_thread

ONE = Migration(1, "one", "-- A comment; with a semicolon.\nCREATE TABLE a (b TEXT);\n")
TWO = Migration(
    2,
    "two",
    "INSERT INTO a VALUES ('semi;colon');\n"
    "CREATE TRIGGER c AFTER INSERT ON a BEGIN\n  DELETE FROM a;\n  SELECT 1;\nEND;\n",
)
BROKEN = Migration(2, "broken", "INSERT INTO a VALUES ('x');\nINSERT INTO nowhere VALUES (1);\n")


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def applied(db: sqlite3.Connection) -> list[tuple[int, str]]:
    return db.execute("SELECT number, name FROM migrations ORDER BY number").fetchall()


async def test_opening_applies_all_migrations_and_records_them(
    tmp_path: Path, alice: Person
) -> None:
    store = SQLiteStore(tmp_path / "chat.db")
    await store.save_thread(a_thread("thr_1"), alice)
    await store.close()
    with closing(connect(tmp_path / "chat.db")) as db:
        assert applied(db) == [(found.number, found.name) for found in load_migrations()]


def test_only_those_that_a_database_lacks_are_applied(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "a.db")) as db:
        migrate(db, [ONE])
        migrate(db, [ONE])
        migrate(db, [ONE, TWO])
        assert applied(db) == [(1, "one"), (2, "two")]
        assert db.execute("SELECT b FROM a").fetchall() == [("semi;colon",)]


def test_a_migration_that_another_process_applies_meanwhile_is_not_applied_again(
    tmp_path: Path,
) -> None:
    waiting = threading.Event()

    def migrate_too() -> list[tuple[int, str]]:
        with closing(connect(tmp_path / "a.db")) as db:
            db.set_trace_callback(lambda text: waiting.set() if "BEGIN" in text else None)
            migrate(db, [ONE])
            return applied(db)

    with closing(connect(tmp_path / "a.db")) as db, ThreadPoolExecutor(1) as other:
        db.execute("BEGIN IMMEDIATE")
        later = other.submit(migrate_too)
        assert waiting.wait(30)
        db.execute("CREATE TABLE migrations (number INTEGER, name TEXT, applied_at TEXT)")
        db.execute("INSERT INTO migrations VALUES (1, 'one', 'now')")
        db.execute("CREATE TABLE a (b TEXT)")
        db.execute("COMMIT")
        assert later.result(30) == [(1, "one")]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "a.db")) as db:
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(db, [ONE, BROKEN])
        assert applied(db) == [(1, "one")]
        assert db.execute("SELECT b FROM a").fetchall() == []
        migrate(db, [ONE, TWO])
        assert applied(db) == [(1, "one"), (2, "two")]


async def test_a_database_of_a_newer_program_is_refused_and_untouched(
    tmp_path: Path, alice: Person
) -> None:
    path = tmp_path / "chat.db"
    with closing(connect(path)) as db:
        db.execute("CREATE TABLE migrations (number INTEGER, name TEXT, applied_at TEXT)")
        db.execute("INSERT INTO migrations VALUES (9999, 'future', '2100-01-01')")
    before = path.read_bytes()
    store = SQLiteStore(path)
    for _ in range(2):
        with pytest.raises(StoreError, match="schema 9999, but this program only knows"):
            await store.load_thread("thr_1", alice)
    await store.close()
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["chat.db"]


@pytest.mark.parametrize("names", [["0002_a"], ["0001_a", "0003_b"], ["0001_a", "0001_b"]])
def test_migrations_are_numbered_without_a_gap(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / f"{name}.sql").write_text("SELECT 1;\n")
    with pytest.raises(ValueError, match="without a gap"):
        load_migrations(tmp_path)


def test_a_migration_ends_its_last_statement(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "a.db")) as db:
        with pytest.raises(ValueError, match="has no end"):
            migrate(db, [Migration(1, "one", "CREATE TABLE a (b)")])
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_processes_that_open_a_new_database_at_once_all_succeed(tmp_path: Path) -> None:
    program = """
import asyncio, sys
from store import SQLiteStore
from tests.store.making import Person, a_thread
async def main():
    sys.stdin.read()
    store = SQLiteStore(sys.argv[1])
    await store.save_thread(a_thread(sys.argv[2]), Person("alice"))
    await store.close()
asyncio.run(main())
"""
    path = str(tmp_path / "data" / "chat.db")
    processes = [
        subprocess.Popen([sys.executable, "-c", program, path, f"thr_{n}"], stdin=subprocess.PIPE)
        for n in range(4)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.close()
    assert [process.wait(60) for process in processes] == [0, 0, 0, 0]

    async def count() -> int:
        store = SQLiteStore(path)
        page = await store.load_threads(10, None, "asc", Person("alice"))
        await store.close()
        return len(page.data)

    assert asyncio.run(count()) == 4
