"""The bytes of attachments, by attachment id."""

import asyncio
import re
import time
from collections.abc import AsyncIterable, AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import IO

from store.base import AttachmentTooLarge, not_found
from store.folder import FolderFiles, MemoryFiles
from store.ids import PREFIXES

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
"""What an id can look like that is also a file's name: no dots, no slashes."""

_OURS = f"{PREFIXES['attachment']}_"

_CHUNK = 64 * 1024


class AttachmentFiles:
    """Keeps the bytes of attachments; who may have them is the store's business.

    A file's name is the attachment's id, never the name that a user gave. Bytes are there
    completely or not at all, also after a power cut.

    Args:
        folder: where the files are, made at the first write, for this user alone; None keeps
            the bytes in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        self._files = FolderFiles(folder) if folder else MemoryFiles()

    async def write(self, attachment_id: str, chunks: AsyncIterable[bytes], limit: int) -> int:
        """Keep the bytes of an attachment, in place of those it had.

        Args:
            attachment_id: whose bytes.
            chunks: the bytes, in order.
            limit: the most bytes to take.

        Returns:
            How many bytes there were.

        Raises:
            NotFoundError: no attachment can have this id.
            AttachmentTooLarge: more than ``limit`` bytes came; what was there before stays.
        """
        _check(attachment_id)
        size = 0
        upload = self._files.begin(attachment_id)
        try:
            async for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise AttachmentTooLarge(limit)
                await asyncio.to_thread(upload.write, chunk)
            await asyncio.to_thread(self._files.keep, attachment_id, upload)
        finally:
            self._files.end(upload)
        return size

    async def size(self, attachment_id: str) -> int:
        """Return how many bytes an attachment has.

        Raises:
            NotFoundError: it has none.
        """
        _check(attachment_id)
        try:
            return await asyncio.to_thread(self._files.size, attachment_id)
        except FileNotFoundError:
            raise not_found("Attachment", attachment_id) from None

    async def head(self, attachment_id: str, count: int = 512) -> bytes:
        """Return the first bytes of an attachment, from which its type can be told.

        Raises:
            NotFoundError: it has none.
        """
        with self._open(attachment_id) as file:
            return await asyncio.to_thread(file.read, count)

    async def iterate(self, attachment_id: str, chunk: int = _CHUNK) -> AsyncIterator[bytes]:
        """Yield the bytes of an attachment.

        Args:
            attachment_id: whose bytes.
            chunk: the most bytes to yield at once.

        Raises:
            NotFoundError: it has none.
        """
        with self._open(attachment_id) as file:
            while part := await asyncio.to_thread(file.read, chunk):
                yield part

    async def delete(self, attachment_id: str) -> None:
        """Delete the bytes of an attachment, if it has any."""
        if _ID.fullmatch(attachment_id):
            await asyncio.to_thread(self._files.delete, attachment_id)

    async def older_than(self, age: timedelta) -> list[str]:
        """Return the ids whose bytes were written longer than this ago.

        Only ids that `store.ids` makes are: the folder may have files of other origin, too.
        What uploads that never ended left behind, if it is as old, is deleted on the way.
        """
        before = time.time() - age.total_seconds()
        names = await asyncio.to_thread(self._files.written_before, before)
        return [name for name in names if name.startswith(_OURS) and _ID.fullmatch(name)]

    def _open(self, attachment_id: str) -> IO[bytes]:
        _check(attachment_id)
        try:
            return self._files.open(attachment_id)
        except FileNotFoundError:
            raise not_found("Attachment", attachment_id) from None


def _check(attachment_id: str) -> None:
    if not _ID.fullmatch(attachment_id):
        raise not_found("Attachment", attachment_id)
