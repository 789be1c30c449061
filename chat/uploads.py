"""What the attachment stores refuse, as errors that carry their status."""

from collections.abc import Iterator
from contextlib import contextmanager

from chat.errors import TooLarge, UnsupportedType
from store.attachments import AttachmentTooLarge, AttachmentTypeRefused


def attachment_too_large(limit: int) -> TooLarge:
    """Return the error that answers an attachment of more bytes than a limit."""
    return TooLarge("An attachment can have at most %(limit)s bytes.", limit=limit)


@contextmanager
def refusing_uploads(active: bool = True) -> Iterator[None]:
    """Turn a refused upload into the error that answers it.

    Raises:
        TooLarge: the file is larger than the settings allow.
        UnsupportedType: files of its type are not accepted.
    """
    try:
        yield
    except AttachmentTooLarge as refusal:
        raise attachment_too_large(refusal.limit) from None
    except AttachmentTypeRefused as refusal:
        raise UnsupportedType(
            "Files of type %(type)s are not accepted here.", type=refusal.mime_type
        ) from None
