"""The full-text index of the SQLite store: what made it, and whether it is what it should be."""

import sqlite3
from contextlib import closing
from pathlib import Path

from chatkit.types import ThreadItem

from store import SQLiteStore
from store.migrate import load_migrations, migrate
from store.records import dump_item, dump_thread
from tests.store.making import Person, a_message, a_thread, add, an_answer

BEFORE_SEARCH = 2


def write_old_database(path: Path, *items: ThreadItem) -> None:
    """Make a database as it was before there was a search, with Alice's thread of some items."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrate(db, load_migrations()[:BEFORE_SEARCH])
        thread = dump_thread(a_thread("thr_1", "Groceries")).decode()
        db.execute("INSERT INTO threads (id, owner, data) VALUES ('thr_1', 'alice', ?)", (thread,))
        for item in items:
            data, dynamic = dump_item(item)
            row = (item.id, dynamic, data.decode())
            db.execute(
                "INSERT INTO items (thread, id, finished, dynamic, data) VALUES (1, ?, 1, ?, ?)",
                row,
            )
        db.execute(
            "INSERT INTO items (thread, id, finished, dynamic, data)"
            " VALUES (1, 'broken', 1, 0, '{}'), (1, 'open', 0, 0, '{}')"
        )


def check_index(path: Path) -> None:
    """Let SQLite compare the index with the words that it is of."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for check in (
            "INSERT INTO thread_search (thread_search, rank) VALUES ('integrity-check', 1)",
            "INSERT INTO item_search (item_search, rank) VALUES ('integrity-check', 1)",
        ):
            db.execute(check)


async def found(store: SQLiteStore, context: Person, query: str) -> list[str]:
    page = await store.search_threads(query, 10, None, context)
    return [one.thread.id for one in page.data]


async def test_what_was_there_before_the_search_is_found(
    tmp_path: Path, alice: Person, charlie: Person
) -> None:
    path = tmp_path / "chat.db"
    write_old_database(path, an_answer("msg_1", "Crème brûlée"), a_message("msg_2"))
    store = SQLiteStore(path)
    assert await found(store, alice, "creme") == ["thr_1"]
    assert await found(store, alice, "groceries hi") == ["thr_1"]
    assert await found(store, charlie, "creme") == []
    await store.delete_thread("thr_1", alice)
    await store.close()
    check_index(path)


async def test_the_index_follows_every_change(tmp_path: Path, alice: Person) -> None:
    path = tmp_path / "chat.db"
    store = SQLiteStore(path)
    for name in ("thr_1", "thr_2"):
        await store.save_thread(a_thread(name, f"Title of {name}"), alice)
        await add(store, alice, *(an_answer(f"msg_{n}", f"text {n}", name) for n in range(20)))
    await store.save_thread(a_thread("thr_2"), alice)
    await store.save_item("thr_2", an_answer("msg_1", "changed", "thr_2"), alice)
    await store.save_item("thr_2", an_answer("msg_2", "", "thr_2"), alice)
    await store.delete_thread_item("thr_2", "msg_3", alice)
    await store.delete_thread("thr_1", alice)
    await store.close()
    check_index(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT COUNT(*) FROM item_words").fetchone() == (18,)
        assert db.execute("SELECT COUNT(*) FROM thread_words").fetchone() == (0,)
