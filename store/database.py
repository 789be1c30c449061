"""Connections to one SQLite database: one that writes, a few that read."""

import asyncio
import sqlite3
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from store.base import StoreError
from store.connection import Connection, failed
from store.migrate import check_version, load_migrations, migrate
from store.presence import Presence
from store.sql.base import Operation

Result = TypeVar("Result")

READERS = 3
"""How many connections may read at once, besides the one that writes."""

BUSY = 60.0
"""Seconds to wait for another process that writes."""


class Database:
    """A SQLite database that opens itself at first use.

    Writes go through one connection, whose thread commits those that wait together at once.
    Reads are spread over a few others, which in WAL mode neither wait nor make wait. A
    database in memory has just the one connection, for there it would be another database,
    or one that is locked as a whole.

    Args:
        name: a path, ``:memory:``, or a SQLite URI (``file:…``).
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._in_memory = name in {":memory:", ""} or (
            name.startswith("file:") and (":memory:" in name or "mode=memory" in name)
        )
        self._opening = asyncio.Lock()
        self._writer: Connection | None = None
        self._readers: list[Connection] = []
        self._closed = False
        self._presence = None if self._in_memory else Presence(_path_of(name))
        self._tasks: set[asyncio.Task[Any]] = set()

    async def read(self, operation: Operation[Result]) -> Result:
        """Run an operation that changes nothing.

        Args:
            operation: is called in another thread, with a function that runs statements.

        Returns:
            What the operation returns.

        Raises:
            StoreError: the database cannot be opened or read.
            Exception: whatever the operation raises.
        """
        for reader in self._readers:
            if not reader.reading:
                return await reader.read(operation)
        return await (await self._next_reader()).read(operation)

    async def write(self, operation: Operation[Result]) -> Result:
        """Run an operation in a transaction; it has happened completely, durably, or not at all.

        A caller that is cancelled meanwhile does not know which.

        Args:
            operation: is called in another thread, with a function that runs statements.

        Returns:
            What the operation returns.

        Raises:
            StoreError: the database cannot be opened or written.
            Exception: whatever the operation raises; then nothing of it has happened.
        """
        return await (self._writer or await self._new_writer()).write(operation)

    def announce(self) -> str | None:
        """Let other processes see that this one lives. Only operations call this.

        Returns:
            The name of this process, or None where no other can use the database.

        Raises:
            StoreError: it cannot be made known.
        """
        try:
            return self._presence.announce() if self._presence else None
        except OSError as error:
            raise failed("written", error) from error

    def others(self) -> set[str]:
        """Return the names of the other processes that live. Only operations call this.

        Raises:
            StoreError: they cannot be told.
        """
        try:
            return self._presence.others() if self._presence else set()
        except OSError as error:
            raise failed("read", error) from error

    async def close(self) -> None:
        """Close the connections, once what is under way is done. There is no way back."""
        self._closed = True
        await self._finish(self._close())

    async def _close(self) -> None:
        async with self._opening:
            connections = [*self._readers, self._writer]
            self._readers, self._writer = [], None
            for connection in connections:
                if connection:
                    await connection.close()
            if self._presence:
                self._presence.end()

    async def _finish(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do some work to its end, also when the caller is cancelled.

        A connection that is half opened or half closed would be nobody's.
        """
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def _new_writer(self) -> Connection:
        return await self._finish(self._open_writer())

    async def _open_writer(self) -> Connection:
        async with self._opening:
            self._check_open()
            if self._writer is None:
                self._writer = await Connection.opened(self._connect_writer)
            return self._writer

    async def _next_reader(self) -> Connection:
        """Return a new connection while there may be more, or the least busy one."""
        writer = self._writer or await self._new_writer()
        if self._in_memory:
            return writer
        if len(self._readers) < READERS and (opened := await self._finish(self._open_reader())):
            return opened
        return min(self._readers, key=lambda reader: reader.reading, default=writer)

    async def _open_reader(self) -> Connection | None:
        async with self._opening:
            self._check_open()
            if len(self._readers) == READERS:
                return None
            self._readers.append(await Connection.opened(self._connect_reader))
            return self._readers[-1]

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError("The store is closed.")

    def _connect_writer(self) -> sqlite3.Connection:
        _check_sqlite()
        if not self._in_memory:
            _make_private_file(_path_of(self._name))
        db = self._connect()
        try:
            migrations = load_migrations()
            check_version(db, migrations)
            _use_wal(db)
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            migrate(db, migrations)
        except BaseException:
            db.close()
            raise
        return db

    def _connect_reader(self) -> sqlite3.Connection:
        db = self._connect()
        try:
            db.execute("PRAGMA query_only = ON")
        except BaseException:
            db.close()
            raise
        return db

    def _connect(self) -> sqlite3.Connection:
        uri = self._name.startswith("file:")
        db = sqlite3.connect(self._name, timeout=BUSY, isolation_level=None, uri=uri)
        db.text_factory = bytes
        return db


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < (3, 35):
        raise StoreError(f"SQLite 3.35 or newer is needed; this is {sqlite3.sqlite_version}.")


def _path_of(name: str) -> Path:
    return Path(unquote(urlsplit(name).path) if name.startswith("file:") else name)


def _make_private_file(path: Path) -> None:
    """Make the database's folder and file readable for this user alone, if they are new."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)


def _use_wal(db: sqlite3.Connection) -> None:
    """Switch to WAL mode, which SQLite itself does not wait for while others are connected."""
    deadline = time.monotonic() + BUSY
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
