"""What the operations of a store need from an SQL database, and what they have in common."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Protocol, TypeAlias, TypeVar

from store.base import not_found
from store.files import AttachmentFiles
from store.ids import UnguessableIds
from store.queries import SQL

Value: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Any, ...]
"""What a statement returns. Text comes as UTF-8 bytes: most of it goes to a JSON parser."""

Result = TypeVar("Result")

PLACES_KEPT = timedelta(days=30).total_seconds()
"""For how long a page can be asked for that goes on from what was deleted, in seconds."""


class Execute(Protocol):
    """Runs one statement inside an operation."""

    def __call__(self, statement: str, **values: Value) -> list[Row]:
        """Run a statement with its named values, and return its rows."""


Operation: TypeAlias = Callable[[Execute], Result]
"""One or more statements and what is made of their rows, in one visit to another thread.

Those that write take effect together; raising undoes them all.
"""


class SQLDatabase(Protocol):
    """A database that runs the statements of ``queries.sql``."""

    async def read(self, operation: Operation[Result]) -> Result:
        """Run an operation that changes nothing."""

    async def write(self, operation: Operation[Result]) -> Result:
        """Run an operation; it has happened completely, durably, or not at all."""

    def announce(self) -> str | None:
        """Let other processes see that this one lives, and return its name, if it has one."""

    def others(self) -> set[str]:
        """Return the names of the other processes that live. Like `announce`, for operations."""

    async def close(self) -> None:
        """Close it."""


class SQLOperations(UnguessableIds):
    """The base of the operations; each module beside this one has those of one table.

    Args:
        database: where the rows are.
        files: where the bytes of attachments are; without it, bytes are somebody else's.
    """

    def __init__(self, database: SQLDatabase, files: AttachmentFiles | None) -> None:
        self._database = database
        self._files = files

    async def close(self) -> None:
        """Finish what is under way and close the database. There is no way back."""
        await self._database.close()

    async def _read(self, statement: str, **values: Value) -> list[Row]:
        return await self._database.read(lambda execute: execute(statement, **values))

    async def _write(self, operation: Operation[Result]) -> Result:
        return await self._database.write(operation)

    async def _delete_bytes(self, attachment_ids: Iterable[str]) -> None:
        if self._files:
            for attachment_id in attachment_ids:
                await self._files.delete(attachment_id)


def text(rows: Iterable[Row]) -> list[str]:
    """Return the text in the only column of some rows."""
    return [value.decode() for (value,) in rows]


def check_thread(execute: Execute, thread_id: str, owner: str) -> None:
    """Make sure, inside an operation, that a thread is there and the owner's.

    Raises:
        NotFoundError: it is not.
    """
    if not execute(SQL["find_thread"], thread_id=thread_id, owner=owner):
        raise not_found("Thread", thread_id)
