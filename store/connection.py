"""One connection to a SQLite database, in a thread of its own."""

import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

import aiosqlite

from store.base import StoreError
from store.sql.base import Operation, Row, Value

Result = TypeVar("Result")


def failed(done: str, error: Exception) -> StoreError:
    """Return the error that stands for one of the driver's.

    Args:
        done: what the database cannot be: ``opened``, ``read``…
        error: why.
    """
    return StoreError(f"The database cannot be {done}: {error}.")


class Connection(aiosqlite.Connection):
    """A connection whose thread takes whole operations and never keeps a process alive.

    Attributes:
        reading: how many reads it has been given that are not done.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connect, iter_chunk_size=64)
        self._thread.daemon = True  # a store that nobody closed must not hang the exit
        self._waiting: deque[_Write] = deque()
        self.reading = 0

    @classmethod
    async def opened(cls, connect: Callable[[], sqlite3.Connection]) -> "Connection":
        """Return a new connection.

        Args:
            connect: makes it; is called in its thread.

        Raises:
            StoreError: it cannot be made.
        """
        connection = cls(connect)
        try:
            await connection
        except Exception as error:
            # The thread is about to end and tells this event loop so, which must be there yet.
            connection._thread.join()
            if isinstance(error, sqlite3.Error | OSError):
                raise failed("opened", error) from error
            raise
        return connection

    async def read(self, operation: Operation[Result]) -> Result:
        """Run an operation that changes nothing, outside of any transaction.

        Raises:
            StoreError: a statement failed.
            Exception: whatever the operation raises.
        """
        run: Callable[..., Awaitable[Result]] = self._execute
        self.reading += 1
        try:
            return await run(operation, self._fetch)
        except sqlite3.Error as error:
            raise failed("read", error) from error
        finally:
            self.reading -= 1

    def _fetch(self, statement: str, **values: Value) -> list[Row]:
        return self._conn.execute(statement, values).fetchall()

    async def write(self, operation: Operation[Result]) -> Result:
        """Run an operation in a transaction, together with others that wait.

        Raises:
            StoreError: a statement or the commit failed.
            Exception: whatever the operation raises.
        """
        write = _Write(operation)
        self._waiting.append(write)
        run: Callable[..., Awaitable[None]] = self._execute
        await run(self._commit_waiting, write)
        try:
            result: Result = write.outcome.result(timeout=0)
        except sqlite3.Error as error:
            raise failed("written", error) from error
        return result

    def _commit_waiting(self, write: "_Write") -> None:
        """Commit everything that waits: the disk is slow, and takes many as fast as one."""
        if write.outcome.done():
            return
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        try:
            self._conn.execute("BEGIN IMMEDIATE")
            for one in batch:
                one.run(self._conn)
            self._conn.execute("COMMIT")
        except BaseException as error:
            for one in batch:
                one.fail(error)
            with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                self._conn.execute("ROLLBACK")
        finally:
            for one in batch:
                one.settle()


class _Write:
    """An operation that waits for its turn to write, and what became of it."""

    def __init__(self, operation: Operation[Any]) -> None:
        self.outcome: Future[Any] = Future()
        self._operation = operation
        self._result: Any = None
        self._error: BaseException | None = None

    def run(self, db: sqlite3.Connection) -> None:
        """Run it; if it fails, nothing of it stays, and the others go on."""

        def execute(statement: str, **values: Value) -> list[Row]:
            return db.execute(statement, values).fetchall()

        db.execute("SAVEPOINT operation")
        try:
            self._result = self._operation(execute)
        except Exception as error:
            self.fail(error)
            db.execute("ROLLBACK TO operation")
        db.execute("RELEASE operation")

    def fail(self, error: BaseException) -> None:
        """Keep why it failed, unless it had failed before."""
        self._error = self._error or error

    def settle(self) -> None:
        """Make the outcome known, now that it is on the disk."""
        if self._error:
            self.outcome.set_exception(self._error)
        else:
            self.outcome.set_result(self._result)
