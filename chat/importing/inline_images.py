"""Images that a message holds itself, as ``data:`` addresses."""

import base64
import binascii
import re
from dataclasses import dataclass

from store.media_types import PLAIN_IMAGES

_DATA = re.compile(r"data:(image/[a-z.+-]+);base64,", re.IGNORECASE)


@dataclass(frozen=True)
class InlineImage:
    """An image: the type that is claimed for it, and its bytes."""

    media_type: str
    data: bytes


def inline_image(address: str) -> InlineImage | None:
    """Return the image that an address holds, or None where it is another address or no image."""
    begin = _DATA.match(address)
    if not begin or begin[1].lower() not in PLAIN_IMAGES:
        return None
    try:
        data = base64.b64decode(address[begin.end() :], validate=True)
    except (binascii.Error, ValueError):
        return None
    return InlineImage(begin[1].lower(), data) if data else None
