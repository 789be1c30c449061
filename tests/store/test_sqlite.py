import asyncio
import gc
import logging
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from chatkit.store import NotFoundError

from store import SQLiteStore
from store.base import StoreError
from store.queries import SQL
from store.sql.base import Execute, Value
from tests.store.making import Person, a_thread, add, an_answer, ids


async def test_nothing_is_opened_before_the_first_call(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "new" / "chat.db")
    await asyncio.sleep(0)
    assert not (tmp_path / "new").exists()
    await store.close()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}", "file:{}", "file://{}?mode=rwc"])
async def test_a_database_has_several_forms_of_address(
    tmp_path: Path, alice: Person, form: str
) -> None:
    path = tmp_path / "of alice" / "chat.db"
    store = SQLiteStore(form.format(path))
    await store.save_thread(a_thread("thr_1"), alice)
    assert store.db_path == form.format(path)
    await store.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT id FROM threads").fetchall() == [("thr_1",)]


async def test_a_relative_address_is_of_the_working_directory(
    tmp_path: Path, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = SQLiteStore("sqlite:///data/chat.db")
    await store.save_thread(a_thread("thr_1"), alice)
    await store.close()
    assert (tmp_path / "data" / "chat.db").exists()


async def test_others_on_the_machine_cannot_read_a_new_database(
    tmp_path: Path, alice: Person
) -> None:
    store = SQLiteStore(tmp_path / "data" / "chat.db")
    await store.save_thread(a_thread("thr_1"), alice)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "data").iterdir()}
    await store.close()
    assert set(modes) == {"chat.db", "chat.db-wal", "chat.db-shm"}
    assert set(modes.values()) == {0o600}
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


async def test_a_write_is_on_the_disk_before_it_is_acknowledged(sqlite: SQLiteStore) -> None:
    def settings(execute: Execute) -> list[int]:
        return [execute(f"PRAGMA {name}")[0][0] for name in ("synchronous", "foreign_keys")]

    assert await sqlite._database.write(settings) == [2, 1]
    [(mode,)] = await sqlite._read("PRAGMA journal_mode")
    assert mode == b"wal"


async def test_what_was_stored_is_there_after_opening_again(tmp_path: Path, alice: Person) -> None:
    for expected in ([], ["msg_1"]):
        store = SQLiteStore(tmp_path / "chat.db")
        await store.save_thread(a_thread("thr_1"), alice)
        assert await ids(store, alice) == expected
        await add(store, alice, an_answer("msg_1"))
        await store.close()


async def test_calls_that_all_come_first_open_one_database(
    sqlite: SQLiteStore, alice: Person
) -> None:
    await asyncio.gather(*(sqlite.save_thread(a_thread(f"thr_{n}"), alice) for n in range(20)))
    pages = await asyncio.gather(*(sqlite.load_threads(50, None, "asc", alice) for _ in range(20)))
    assert {len(page.data) for page in pages} == {20}


@pytest.mark.parametrize("name", [":memory:", "file:mine?mode=memory&cache=shared"])
async def test_a_database_may_be_in_memory(name: str, alice: Person) -> None:
    store = SQLiteStore(name)
    await store.save_thread(a_thread("thr_1"), alice)
    await asyncio.gather(*(add(store, alice, an_answer(f"msg_{n}")) for n in range(20)))
    pages = await asyncio.gather(
        *(store.load_thread_items("thr_1", None, 50, "asc", alice) for _ in range(20))
    )
    assert {len(page.data) for page in pages} == {20}
    await store.close()


def test_a_store_outlives_the_event_loop_that_it_was_first_used_in(
    tmp_path: Path, alice: Person
) -> None:
    store = SQLiteStore(tmp_path / "chat.db")
    asyncio.run(store.save_thread(a_thread("thr_1"), alice))
    asyncio.run(add(store, alice, an_answer("msg_1")))
    assert asyncio.run(ids(store, alice)) == ["msg_1"]
    asyncio.run(store.close())


async def test_a_closed_store_says_so(sqlite: SQLiteStore, alice: Person) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)
    await sqlite.close()
    await sqlite.close()
    with pytest.raises(StoreError, match="The store is closed"):
        await sqlite.load_thread("thr_1", alice)
    with pytest.raises(StoreError, match="The store is closed"):
        await sqlite.save_thread(a_thread("thr_1"), alice)


async def test_closing_waits_for_what_is_under_way(tmp_path: Path, alice: Person) -> None:
    store = SQLiteStore(tmp_path / "chat.db")
    await store.save_thread(a_thread("thr_1"), alice)
    writes = [asyncio.ensure_future(add(store, alice, an_answer(f"msg_{n}"))) for n in range(50)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*writes)
    store = SQLiteStore(tmp_path / "chat.db")
    assert len(await ids(store, alice)) == 50
    await store.close()


async def test_a_cancelled_call_leaves_the_store_usable(sqlite: SQLiteStore, alice: Person) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)
    writes = [asyncio.ensure_future(add(sqlite, alice, an_answer(f"msg_{n}"))) for n in range(50)]
    await asyncio.sleep(0)
    for write in writes[::2]:
        write.cancel()
    await asyncio.gather(*writes, return_exceptions=True)
    kept = await ids(sqlite, alice)
    assert {f"msg_{n}" for n in range(1, 50, 2)} <= set(kept)


async def test_one_failing_operation_does_not_take_along_those_it_waited_with(
    sqlite: SQLiteStore, alice: Person, charlie: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)
    people = [alice if number % 3 else charlie for number in range(30)]
    results = await asyncio.gather(
        *(add(sqlite, who, an_answer(f"msg_{n}")) for n, who in enumerate(people)),
        return_exceptions=True,
    )
    assert [isinstance(result, NotFoundError) for result in results] == [
        who is charlie for who in people
    ]
    assert len(await ids(sqlite, alice)) == 20


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path, alice: Person) -> None:
    (tmp_path / "chat.db").write_text("Dear diary, this is certainly no database. " * 50)
    store = SQLiteStore(tmp_path / "chat.db")
    for _ in range(2):
        with pytest.raises(StoreError, match="cannot be opened: file is not a database"):
            await store.load_thread("thr_1", alice)
    await store.close()


async def test_a_place_that_cannot_be_written_is_a_clear_error(
    tmp_path: Path, alice: Person
) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    store = SQLiteStore(tmp_path / "data" / "chat.db")
    with pytest.raises(StoreError, match="cannot be opened"):
        await store.save_thread(a_thread("thr_1"), alice)
    await store.close()


async def test_a_full_database_is_a_clear_error_and_loses_nothing(
    sqlite: SQLiteStore, alice: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)
    await sqlite._database.write(lambda execute: execute("PRAGMA max_page_count = 1"))
    results = await asyncio.gather(
        *(add(sqlite, alice, an_answer(f"msg_{n}", "x" * 10_000)) for n in range(20)),
        return_exceptions=True,
    )
    assert {str(result) for result in results} >= {
        "The database cannot be written: database or disk is full."
    }
    kept = [f"msg_{n}" for n, result in enumerate(results) if result is None]
    assert await ids(sqlite, alice) == kept
    await sqlite._database.write(lambda execute: execute("PRAGMA max_page_count = 100000"))
    await add(sqlite, alice, an_answer("msg_later"))
    assert await ids(sqlite, alice) == [*kept, "msg_later"]


def test_a_store_that_nobody_closes_does_not_keep_its_process_alive(tmp_path: Path) -> None:
    program = """
import asyncio, sys
from store import SQLiteStore
from tests.store.making import Person, a_thread
store = SQLiteStore(sys.argv[1])
asyncio.run(store.save_thread(a_thread("thr_1"), Person("alice")))
asyncio.run(store.load_thread("thr_1", Person("alice")))
"""
    run = [sys.executable, "-c", program, str(tmp_path / "chat.db")]
    assert subprocess.run(run, timeout=60, check=True, capture_output=True).stderr == b""


async def test_closing_leaves_nothing_behind_that_warns(tmp_path: Path, alice: Person) -> None:
    store = SQLiteStore(tmp_path / "chat.db")
    await store.save_thread(a_thread("thr_1"), alice)
    await asyncio.gather(*(store.load_thread("thr_1", alice) for _ in range(5)))
    await store.close()
    del store
    gc.collect()
    assert not (tmp_path / "chat.db-wal").exists()


async def test_no_log_has_what_people_have_written(
    sqlite: SQLiteStore, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await sqlite.save_thread(a_thread("thr_1", "my secret"), alice)
    await add(sqlite, alice, an_answer("msg_1", "my secret"))
    await ids(sqlite, alice)
    assert "secret" not in caplog.text


async def test_the_newest_page_of_a_thread_of_100_000_items_is_right(
    sqlite: SQLiteStore, tmp_path: Path, alice: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_other"), alice)
    await sqlite.save_thread(a_thread("thr_1"), alice)
    rows = [
        (f"msg_{number}", an_answer(f"msg_{number}").model_dump_json()) for number in range(100_000)
    ]
    with closing(sqlite3.connect(tmp_path / "chat.db")) as db, db:
        db.executemany(
            "INSERT INTO items (thread, id, finished, dynamic, data) VALUES (2, ?, TRUE, FALSE, ?)",
            rows,
        )
    await add(sqlite, alice, an_answer("msg_last"))
    newest = await sqlite.load_thread_items("thr_1", None, 50, "desc", alice)
    assert [item.id for item in newest.data[:2]] == ["msg_last", "msg_99999"]
    middle = await sqlite.load_thread_items("thr_1", "msg_50000", 2, "desc", alice)
    assert [item.id for item in middle.data] == ["msg_49999", "msg_49998"]
    oldest = await sqlite.load_thread_items("thr_1", "msg_99990", 50, "asc", alice)
    assert [item.id for item in oldest.data][-2:] == ["msg_99999", "msg_last"]
    assert not oldest.has_more
    everything = await sqlite.load_thread_items("thr_1", None, 200_000, "asc", alice)
    assert [item.id for item in everything.data] == [*(name for name, _ in rows), "msg_last"]
    await sqlite.delete_thread("thr_1", alice)
    assert await ids(sqlite, alice) == []


async def test_a_page_is_found_by_an_index_and_needs_no_sorting(sqlite: SQLiteStore) -> None:
    values: dict[str, Value] = {"thread_id": "t", "owner": "o", "after": "i", "count": 5}
    for name in SQL:
        if name.startswith(("load_items", "load_threads", "load_todos", "load_unfinished")):
            plan = await sqlite._read(f"EXPLAIN QUERY PLAN {SQL[name]}", **values)
            steps = [step.decode() for *_, step in plan]
            assert not [step for step in steps if "TEMP B-TREE" in step], name
            searches = [step for step in steps if step.startswith(("SEARCH", "SCAN"))]
            assert all("INDEX" in step or "PRIMARY KEY" in step for step in searches), name


async def test_a_call_that_is_cancelled_while_it_opens_the_database_loses_no_connection(
    tmp_path: Path, alice: Person
) -> None:
    path = tmp_path / "chat.db"
    store = SQLiteStore(path)
    for _ in range(20):
        opening = asyncio.ensure_future(store.load_threads(1, None, "asc", alice))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
    await store.save_thread(a_thread("thr_1"), alice)
    await store.close()
    assert not (tmp_path / "chat.db-wal").exists()  # the last connection that closes deletes it


async def test_closing_goes_on_when_its_caller_is_cancelled(tmp_path: Path, alice: Person) -> None:
    store = SQLiteStore(tmp_path / "chat.db")
    await store.save_thread(a_thread("thr_1"), alice)
    await asyncio.gather(*(store.load_thread("thr_1", alice) for _ in range(5)))
    closing = asyncio.ensure_future(store.close())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    await store.close()
    assert not (tmp_path / "chat.db-wal").exists()


async def test_a_read_that_comes_while_the_store_closes_says_so(
    sqlite: SQLiteStore, alice: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)
    closing = asyncio.ensure_future(sqlite.close())
    reading = asyncio.ensure_future(sqlite.load_thread("thr_1", alice))
    with pytest.raises(StoreError, match="The store is closed"):
        await reading
    await closing


async def test_a_database_that_may_only_be_read_is_refused_at_once(
    tmp_path: Path, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(seconds: float) -> None:
        raise AssertionError("it waits for a database that will not change")

    sqlite3.connect(tmp_path / "chat.db").close()
    with closing(sqlite3.connect(tmp_path / "chat.db")) as db:
        db.execute("CREATE TABLE something (else_)")
    monkeypatch.setattr("store.database.time.sleep", never)
    store = SQLiteStore(f"file:{tmp_path / 'chat.db'}?mode=ro")
    with pytest.raises(StoreError, match="cannot be opened"):
        await store.load_thread("thr_1", alice)
    await store.close()


async def test_a_cancelled_write_leaves_no_open_transaction_and_no_half_of_it(
    sqlite: SQLiteStore, alice: Person
) -> None:
    await sqlite.save_thread(a_thread("thr_1"), alice)
    begun, go_on = threading.Event(), threading.Event()

    def slow(execute: Execute) -> None:
        execute(SQL["delete_thread"], thread_id="thr_1", owner="alice")
        begun.set()
        assert go_on.wait(30)
        raise ValueError("undo it")

    writing = asyncio.ensure_future(sqlite._database.write(slow))
    await asyncio.to_thread(begun.wait, 30)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    later = asyncio.ensure_future(add(sqlite, alice, an_answer("msg_1")))
    await asyncio.sleep(0)
    go_on.set()
    await later
    assert await ids(sqlite, alice) == ["msg_1"]  # another connection's: it is committed


async def test_the_places_of_what_was_deleted_are_forgotten_in_time(
    tmp_path: Path, alice: Person
) -> None:
    path = tmp_path / "chat.db"
    store = SQLiteStore(path)
    for number in range(1, 6):
        await store.save_thread(a_thread(f"thr_{number}"), alice)
    await add(store, alice, *(an_answer(f"msg_{number}") for number in (1, 2, 3)))
    for thread_id, item_id in (("thr_5", "msg_1"), ("thr_4", "msg_2")):
        await store.delete_thread(thread_id, alice)
        await store.delete_thread_item("thr_1", item_id, alice)
    with closing(sqlite3.connect(path)) as db, db:
        of_old = {"month": 31 * 24 * 60 * 60, "thread": "thr_5", "item": "msg_1"}
        for aged in (
            "UPDATE deleted_threads SET deleted_at = deleted_at - :month WHERE id = :thread",
            "UPDATE deleted_items SET deleted_at = deleted_at - :month WHERE id = :item",
        ):
            assert db.execute(aged, of_old).rowcount == 1
    await store.delete_thread("thr_3", alice)
    await store.delete_thread_item("thr_1", "msg_3", alice)
    page = await store.load_threads(10, "thr_4", "desc", alice)
    assert [thread.id for thread in page.data] == ["thr_2", "thr_1"]
    assert (await store.load_thread_items("thr_1", "msg_2", 10, "asc", alice)).data == []
    with pytest.raises(NotFoundError):
        await store.load_threads(10, "thr_5", "desc", alice)
    with pytest.raises(NotFoundError):
        await store.load_thread_items("thr_1", "msg_1", 10, "asc", alice)
    await store.close()
