"""Tells the other processes that use a database which of them live."""

import fcntl
import secrets
from pathlib import Path
from typing import IO


class Presence:
    """This process's name, and a file beside the database that it keeps locked while it lives.

    The operating system frees the lock when the process ends, however it ends. All methods
    are quick, and called in threads.

    Args:
        database: the database's path.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._name = secrets.token_hex(16)
        self._file: IO[bytes] | None = None

    def announce(self) -> str:
        """Let others see that this process lives, and return its name.

        Raises:
            OSError: the file cannot be made.
        """
        if self._file is None:
            path = self._path(self._name)
            new = path.with_name(f".{path.name}")
            new.touch(mode=0o600)
            file = new.open("rb")
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            new.replace(path)  # nobody ever sees it without its lock
            self._file = file
        return self._name

    def others(self) -> set[str]:
        """Return the names of the other processes that live; the files of dead ones go.

        Raises:
            OSError: the folder cannot be read.
        """
        start = self._path("").name
        names = [path.name for path in self._database.parent.iterdir()]
        found = {name.removeprefix(start) for name in names if name.startswith(start)}
        return {name for name in found - {self._name} if self._lives(name)}

    def end(self) -> None:
        """Let others see that this process uses the database no more."""
        if self._file:
            self._path(self._name).unlink(missing_ok=True)
            self._file.close()
            self._file = None

    def _lives(self, name: str) -> bool:
        path = self._path(name)
        try:
            with path.open("rb") as file:
                # Shared, so that two processes that look at once do not see each other.
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:  # it is locked, or another user's
            return True
        path.unlink(missing_ok=True)
        return False

    def _path(self, name: str) -> Path:
        return self._database.with_name(f"{self._database.name}-process-{name}")
