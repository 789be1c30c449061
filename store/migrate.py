"""Brings a SQLite database to the schema this program knows."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from store.base import StoreError
from store.records import ItemRecord, load_item, load_thread, words_of_item, words_of_thread

FOLDER = Path(__file__).with_name("migrations")


class Migration(NamedTuple):
    """One step of the schema: a file ``NNNN_name.sql``, never changed once released."""

    number: int
    name: str
    script: str


def load_migrations(folder: Path = FOLDER) -> list[Migration]:
    """Return the migrations of a folder, in order.

    Raises:
        ValueError: they are not numbered 1, 2, 3… without a gap.
    """
    found = [
        Migration(int(match[1]), match[2], path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.sql"))
        if (match := re.fullmatch(r"(\d{4})_(\w+)", path.stem))
    ]
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"The migrations in {folder.name} are not numbered without a gap.")
    return found


def check_version(db: sqlite3.Connection, migrations: list[Migration]) -> None:
    """Refuse a database that a newer program has written, without touching it.

    Raises:
        StoreError: the database's schema is newer than the newest migration.
    """
    if (version := _version(db)) > len(migrations):
        raise StoreError(
            f"The database has schema {version}, but this program only knows schemas up to "
            f"{len(migrations)}: a newer version of it has written the database."
        )


def migrate(db: sqlite3.Connection, migrations: list[Migration]) -> None:
    """Apply the migrations that a database lacks, each in a transaction of its own.

    Args:
        db: a connection in autocommit mode. Other processes may migrate at the same time.
        migrations: all that this program knows, in order.

    Raises:
        StoreError: the database's schema is newer than the newest migration.
        sqlite3.Error: a migration failed; the database is as it was before that one.
    """
    check_version(db, migrations)
    db.create_function("words_of_thread", 1, _words_of_thread, deterministic=True)
    db.create_function("words_of_item", 2, _words_of_item, deterministic=True)
    for migration in migrations[_version(db) :]:
        db.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have applied it while this one waited for the lock.
            if _version(db) < migration.number:
                _apply(db, migration)
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise


def _words_of_thread(data: str) -> str:
    try:
        return words_of_thread(load_thread(data.encode()))
    except ValidationError:  # nothing that is there already may keep a database from opening
        return ""


def _words_of_item(data: str, dynamic: int) -> str:
    try:
        return words_of_item(load_item(ItemRecord(data.encode(), bool(dynamic))))
    except ValidationError:
        return ""


def _version(db: sqlite3.Connection) -> int:
    exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
    if not db.execute(exists).fetchall():
        return 0
    [(version,)] = db.execute("SELECT COALESCE(MAX(number), 0) FROM migrations").fetchall()
    return int(version)


def _apply(db: sqlite3.Connection, migration: Migration) -> None:
    db.execute(
        "CREATE TABLE IF NOT EXISTS migrations ("
        " number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"
    )
    for statement in _statements(migration.script):
        db.execute(statement)
    db.execute(
        "INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, datetime('now'))",
        (migration.number, migration.name),
    )


def _statements(script: str) -> Iterator[str]:
    """Split a script: `executescript` would commit the transaction that it runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError("A migration's last statement has no end.")
