"""What the attachment stores refuse, as errors that carry their status."""

from collections.abc import Iterator
from contextlib import contextmanager

from chat.errors import TooLarge, UnsupportedType
from store.attachments import AttachmentTooLarge, AttachmentTypeRefused


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
        raise TooLarge(str(refusal)) from None
    except AttachmentTypeRefused as refusal:
        raise UnsupportedType(str(refusal)) from None
