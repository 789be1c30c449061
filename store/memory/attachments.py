"""Attachments in memory; their bytes are in `AttachmentFiles`."""

import time
from datetime import timedelta
from typing import Any

from chatkit.types import Attachment

from store.base import not_found, owner_of
from store.memory.base import KeptAttachment, Memory
from store.records import dump_attachment, load_attachment


class MemoryAttachments(Memory):
    """The same operations as `store.sql.attachments.SQLAttachments`, which describes them."""

    async def load_attachment(self, attachment_id: str, context: Any) -> Attachment:
        """Return what is known of an attachment."""
        if not self._has(owner_of(context), attachment_id):
            raise not_found("Attachment", attachment_id)
        return load_attachment(self._attachments[attachment_id].data)

    async def save_attachment(self, attachment: Attachment, context: Any) -> None:
        """Insert or replace an attachment; if it names a thread, it belongs to that now."""
        new = KeptAttachment(owner_of(context), time.time(), dump_attachment(attachment))
        kept = self._attachments.setdefault(attachment.id, new)
        if kept.owner != new.owner:
            raise not_found("Attachment", attachment.id)
        kept.data = new.data
        if thread := self._find_thread(attachment.thread_id or "", context):
            thread.attachments.add(attachment.id)

    async def delete_attachment(self, attachment_id: str, context: Any) -> None:
        """Delete an attachment and its bytes; one that nobody has is gone already."""
        if self._has(owner_of(context), attachment_id):
            del self._attachments[attachment_id]
            await self._delete_bytes([attachment_id])
        elif attachment_id in self._attachments:
            raise not_found("Attachment", attachment_id)

    async def delete_unused_attachments(self, older_than: timedelta) -> int:
        """Forget attachments that no thread uses, as `CleansAttachments` describes."""
        before = time.time() - older_than.total_seconds()
        unused = [
            key
            for key, kept in self._attachments.items()
            if kept.created_at <= before and not self._uses(kept.owner, key)
        ]
        for attachment_id in unused:
            del self._attachments[attachment_id]
        await self._delete_bytes(unused)
        return len(unused) + await self._delete_ownerless_bytes(older_than)

    async def _delete_ownerless_bytes(self, older_than: timedelta) -> int:
        kept = await self._files.older_than(older_than) if self._files else []
        ownerless = [key for key in kept if key not in self._attachments]
        await self._delete_bytes(ownerless)
        return len(ownerless)
