"""Two-phase uploads: announcing an attachment, and deleting it, as the ChatKit protocol does."""

from collections.abc import Callable, Sequence
from typing import Any

from chatkit.store import AttachmentStore, Store
from chatkit.types import (
    Attachment,
    AttachmentCreateParams,
    AttachmentUploadDescriptor,
    FileAttachment,
    ImageAttachment,
)
from pydantic import AnyUrl

from store.base import AttachmentTooLarge, AttachmentTypeRefused, owner_of
from store.files import AttachmentFiles
from store.ids import generate_id
from store.media_types import PLAIN_IMAGES, is_accepted, normalised
from store.names import clean_name

__all__ = ["AttachmentTooLarge", "AttachmentTypeRefused", "FolderAttachmentStore"]

ANNOUNCED_SIZE = "announced_size"
"""The key of an attachment's metadata under which its announced size is kept."""

SIZE = "size"
"""The key of an attachment's metadata under which the number of its bytes is kept."""


def size_of(attachment: Attachment) -> int | None:
    """Return how many bytes an attachment has, or None where nobody has said so."""
    metadata = attachment.metadata or {}
    size = metadata.get(SIZE, metadata.get(ANNOUNCED_SIZE))
    known = isinstance(size, int) and not isinstance(size, bool) and size >= 0
    return size if known else None


class FolderAttachmentStore(AttachmentStore[Any]):
    """The SDK's attachment store over `AttachmentFiles`.

    It is what answers ``attachments.create`` and ``attachments.delete``.

    Args:
        store: keeps what is known of each attachment, and whose it is.
        files: keeps the bytes.
        base_url: returns, for a context, the address that clients reach the host at, without
            a slash at its end.
        max_bytes: the most bytes an attachment may have.
        accepted: the MIME types it may have, each ``type/subtype`` or ``type/*``. SVG is a
            program as much as a picture, so only its own name accepts it.
    """

    def __init__(
        self,
        store: Store[Any],
        files: AttachmentFiles,
        *,
        base_url: Callable[[Any], str],
        max_bytes: int,
        accepted: Sequence[str],
    ) -> None:
        self.files = files
        self.max_bytes = max_bytes
        self._store = store
        self._base_url = base_url
        self._accepted = tuple(pattern.lower() for pattern in accepted)

    def generate_attachment_id(self, mime_type: str, context: Any) -> str:
        """Return a new id for an attachment."""
        return generate_id("attachment")

    async def create_attachment(self, input: AttachmentCreateParams, context: Any) -> Attachment:
        """Announce an attachment: its id, and where to PUT its bytes. The SDK saves what returns.

        Args:
            input: what the client says of the file; its size and type are claims until the
                bytes are there. The size is kept in the metadata, to be compared then.
            context: whose attachment it is.

        Raises:
            AttachmentTooLarge: it is larger than attachments may be.
            AttachmentTypeRefused: its type is not accepted.
        """
        owner_of(context)
        mime_type = self.checked_type(input.mime_type)
        if input.size > self.max_bytes:
            raise AttachmentTooLarge(self.max_bytes)
        attachment_id = self.generate_attachment_id(mime_type, context)
        url = AnyUrl(f"{self._base_url(context)}/attachments/{attachment_id}")
        upload = AttachmentUploadDescriptor(
            url=url, method="PUT", headers={"Content-Type": mime_type}
        )
        announced: dict[str, Any] = {
            "id": attachment_id,
            "name": clean_name(input.name),
            "mime_type": mime_type,
            "upload_descriptor": upload,
            "metadata": {ANNOUNCED_SIZE: input.size},
        }
        if mime_type in PLAIN_IMAGES:
            return ImageAttachment(**announced, preview_url=url)
        return FileAttachment(**announced)

    def checked_type(self, mime_type: str) -> str:
        """Return a MIME type by its usual name and without parameters, if it is accepted.

        Raises:
            AttachmentTypeRefused: it is not.
        """
        bare = normalised(mime_type)
        if not is_accepted(bare, self._accepted):
            raise AttachmentTypeRefused(mime_type[:100])
        return bare

    async def delete_attachment(self, attachment_id: str, context: Any) -> None:
        """Delete the bytes of an attachment. The SDK deletes the rest from its store then.

        Raises:
            NotFoundError: the attachment is unknown or another owner's.
        """
        await self._store.load_attachment(attachment_id, context)
        await self.files.delete(attachment_id)
