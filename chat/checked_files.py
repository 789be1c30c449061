"""Bytes that are only kept if they are what they are said to be, checked while they arrive."""

import codecs
from collections.abc import AsyncIterator

from chat.errors import InvalidRequest, UnsupportedType
from chat.media_types import HEAD_BYTES, decide, is_text
from store.files import AttachmentFiles


async def keep_bytes(
    files: AttachmentFiles,
    attachment_id: str,
    claim: str,
    chunks: AsyncIterator[bytes],
    *,
    patterns: tuple[str, ...],
    limit: int,
    size: int | None = None,
) -> tuple[str, int]:
    """Keep the bytes of an attachment, all of them or none.

    Args:
        files: where they are kept.
        attachment_id: whose bytes they are.
        claim: the type that their sender says they are.
        chunks: the bytes.
        patterns: the types that are accepted.
        limit: the most bytes to take.
        size: how many bytes were announced, if their number was.

    Returns:
        Their type and how many they are.

    Raises:
        UnsupportedType: they are not what is claimed, or of a type that is not accepted.
        AttachmentTooLarge: they are more than the limit.
        InvalidRequest: they are more or fewer than announced.
    """
    head = await _head(chunks)
    media_type = decide(claim, head, patterns)
    checked = _joined(head, chunks)
    if is_text(media_type):
        checked = _as_text(checked)
    if size is not None:
        checked = _of_size(checked, size)
    return media_type, await files.write(attachment_id, checked, limit)


async def _head(chunks: AsyncIterator[bytes]) -> bytes:
    head = b""
    async for chunk in chunks:
        head += chunk
        if len(head) >= HEAD_BYTES:
            break
    return head


async def _joined(head: bytes, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for chunk in chunks:
        yield chunk


async def _as_text(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Pass on text; refuse what cannot be read as UTF-8, or has characters no text has."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        async for chunk in chunks:
            if "\0" in decoder.decode(chunk):
                raise UnsupportedType("This file is not text, although it claims to be.")
            yield chunk
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise UnsupportedType("This file is not text in UTF-8.") from None


async def _of_size(chunks: AsyncIterator[bytes], size: int) -> AsyncIterator[bytes]:
    """Pass on what has a certain size; it is known at the end, so that too much is told first."""
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        yield chunk
    if received != size:
        raise InvalidRequest(
            "This file has %(received)s bytes, but %(announced)s were announced.",
            received=received,
            announced=size,
        )
