"""Files that a message's form brings along, kept as attachments."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

from chatkit.types import AttachmentDeleteParams, AttachmentsDeleteReq
from werkzeug.datastructures import FileStorage

from chat.attachments import keep_upload
from chat.errors import ChatError
from chat.host import current_host
from chat.sent_files import PIECE, SentFile


async def keep_files(files: Sequence[FileStorage], context: Any) -> list[str]:
    """Keep the chosen files; a file field that was left empty sends one without a name.

    Returns:
        The ids of the attachments.

    Raises:
        ChatError: one of the files was refused; none is kept then.
    """
    kept: list[str] = []
    try:
        for file in files:
            if file.filename:
                sent = SentFile(file.filename, file.mimetype, _chunks(file))
                kept.append((await keep_upload(sent, context)).id)
    except ChatError:
        await discard_files(kept, context)
        raise
    return kept


async def discard_files(attachment_ids: Sequence[str], context: Any) -> None:
    """Delete the attachments of a message that was refused."""
    for attachment_id in attachment_ids:
        params = AttachmentDeleteParams(attachment_id=attachment_id)
        with contextlib.suppress(ChatError):
            await current_host().answer(AttachmentsDeleteReq(params=params), context)


async def _chunks(file: FileStorage) -> AsyncIterator[bytes]:
    while chunk := file.stream.read(PIECE):
        yield chunk
