"""Where `AttachmentFiles` puts bytes: into files of a folder, or into memory.

Both have the same methods. Opening and closing take microseconds; what may take longer
(writing, `keep`, `size`, `delete`, `written_before`) is called in a thread.
"""

import os
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

_UNFINISHED = ".part"


class FolderFiles:
    """Bytes in files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begin(self, name: str) -> IO[bytes]:
        """Return a new file to write to; nobody else sees it yet."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return NamedTemporaryFile(
            dir=self._folder, prefix=f".{name}.", suffix=_UNFINISHED, delete=False
        )

    def keep(self, name: str, upload: IO[bytes]) -> None:
        """Give what was written its name, once it is on the disk."""
        upload.flush()
        os.fsync(upload.fileno())
        (self._folder / upload.name).replace(self._folder / name)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def end(self, upload: IO[bytes]) -> None:
        """Close an upload, and delete it if it was not kept."""
        upload.close()
        Path(upload.name).unlink(missing_ok=True)

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading.

        Raises:
            FileNotFoundError: there is none.
        """
        return (self._folder / name).open("rb")

    def size(self, name: str) -> int:
        """Return a file's size in bytes.

        Raises:
            FileNotFoundError: there is none.
        """
        return (self._folder / name).stat().st_size

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""
        (self._folder / name).unlink(missing_ok=True)

    def written_before(self, moment: float) -> list[str]:
        """Return the names of files older than a moment, and delete uploads as old.

        Args:
            moment: in Unix seconds.
        """
        names = []
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):  # somebody else deletes, too
                if path.stat().st_mtime > moment or not path.is_file():
                    continue
                if path.name.startswith(".") and path.suffix == _UNFINISHED:
                    path.unlink()
                else:
                    names.append(path.name)
        return names


class MemoryFiles:
    """Bytes in memory."""

    def __init__(self) -> None:
        self._written: dict[str, tuple[float, bytes]] = {}

    def begin(self, name: str) -> IO[bytes]:
        """Return a new file to write to; nobody else sees it yet."""
        return BytesIO()

    def keep(self, name: str, upload: IO[bytes]) -> None:
        """Give what was written its name."""
        upload.seek(0)
        self._written[name] = time.time(), upload.read()

    def end(self, upload: IO[bytes]) -> None:
        """Close an upload."""
        upload.close()

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading.

        Raises:
            FileNotFoundError: there is none.
        """
        return BytesIO(self._bytes(name))

    def size(self, name: str) -> int:
        """Return a file's size in bytes.

        Raises:
            FileNotFoundError: there is none.
        """
        return len(self._bytes(name))

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""
        self._written.pop(name, None)

    def written_before(self, moment: float) -> list[str]:
        """Return the names of files older than a moment.

        Args:
            moment: in Unix seconds.
        """
        return [name for name, (written, _) in self._written.items() if written <= moment]

    def _bytes(self, name: str) -> bytes:
        try:
            return self._written[name][1]
        except KeyError:
            raise FileNotFoundError(name) from None
