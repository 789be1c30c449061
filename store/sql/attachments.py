"""Attachments in an SQL database; their bytes are in `AttachmentFiles`."""

import time
from datetime import timedelta
from typing import Any

from chatkit.types import Attachment

from store.base import not_found, owner_of
from store.queries import SQL
from store.records import dump_attachment, load_attachment
from store.sql.base import Execute, SQLOperations, text


class SQLAttachments(SQLOperations):
    """The attachment operations of the SDK's `Store`, and `CleansAttachments`."""

    async def load_attachment(self, attachment_id: str, context: Any) -> Attachment:
        """Return what is known of an attachment.

        Raises:
            NotFoundError: the attachment is unknown or another owner's.
        """
        owner = owner_of(context)
        rows = await self._read(SQL["load_attachment"], attachment_id=attachment_id, owner=owner)
        if not rows:
            raise not_found("Attachment", attachment_id)
        return load_attachment(rows[0][0])

    async def save_attachment(self, attachment: Attachment, context: Any) -> None:
        """Insert or replace an attachment; if it names a thread, it belongs to that now.

        Raises:
            NotFoundError: another owner has an attachment with this id; nothing is changed.
        """
        of_attachment = {"attachment_id": attachment.id, "owner": owner_of(context)}
        data, now = dump_attachment(attachment).decode(), time.time()

        def save(execute: Execute) -> None:
            if not execute(SQL["save_attachment"], **of_attachment, data=data, created_at=now):
                raise not_found("Attachment", attachment.id)
            if attachment.thread_id:
                execute(SQL["use_attachment"], **of_attachment, thread_id=attachment.thread_id)

        await self._write(save)

    async def delete_attachment(self, attachment_id: str, context: Any) -> None:
        """Delete an attachment and its bytes; one that nobody has is gone already.

        The SDK calls this after its attachment store's `delete_attachment`, also for
        attachments that only that one knows.

        Raises:
            NotFoundError: the attachment is another owner's.
        """
        of_attachment = {"attachment_id": attachment_id, "owner": owner_of(context)}

        def delete(execute: Execute) -> list[str]:
            if execute(SQL["find_foreign_attachment"], **of_attachment):
                raise not_found("Attachment", attachment_id)
            return text(execute(SQL["delete_attachment"], **of_attachment))

        await self._delete_bytes(await self._write(delete))

    async def delete_unused_attachments(self, older_than: timedelta) -> int:
        """Forget attachments that no thread uses, as `CleansAttachments` describes."""
        before = time.time() - older_than.total_seconds()

        def delete(execute: Execute) -> list[str]:
            return text(execute(SQL["delete_unused_attachments"], before=before))

        deleted = await self._write(delete)
        await self._delete_bytes(deleted)
        return len(deleted) + await self._delete_ownerless_bytes(older_than)

    async def _delete_ownerless_bytes(self, older_than: timedelta) -> int:
        kept = await self._files.older_than(older_than) if self._files else []
        ownerless = [
            key
            for key in kept
            if not await self._read(SQL["find_any_attachment"], attachment_id=key)
        ]
        await self._delete_bytes(ownerless)
        return len(ownerless)
