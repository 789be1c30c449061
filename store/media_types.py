"""The types of files: what they are called, and which of them patterns mean."""

import re
from collections.abc import Iterable

PLAIN_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""The images that every browser shows and none runs: no other type is displayed inline."""
UNKNOWN = "application/octet-stream"
SVG = "image/svg+xml"

_SAME = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/x-ms-bmp": "image/bmp",
    "image/vnd.microsoft.icon": "image/x-icon",
    "image/heif": "image/heic",
    "audio/x-wav": "audio/wav",
    "audio/wave": "audio/wav",
    "audio/mp3": "audio/mpeg",
    "audio/x-flac": "audio/flac",
    "application/x-pdf": "application/pdf",
    "application/x-zip-compressed": "application/zip",
    "application/x-gzip": "application/gzip",
}
_WELL_FORMED = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}")


def normalised(claim: str) -> str:
    """Return a claimed type without parameters, in lower case, by its usual name.

    Args:
        claim: a ``Content-Type`` value; an ill-formed one counts as unknown.
    """
    claim = claim.partition(";")[0].strip().lower()
    return _SAME.get(claim, claim) if _WELL_FORMED.fullmatch(claim) else UNKNOWN


def covers(patterns: Iterable[str], media_type: str) -> bool:
    """Return whether one of some patterns means a type.

    Args:
        patterns: each ``type/subtype``, ``type/*`` or, for all, ``*/*``, in any case.
        media_type: a type as `normalised` returns it.
    """
    meant = {media_type, f"{media_type.partition('/')[0]}/*", "*/*", "*"}
    lowered = (pattern.lower() for pattern in patterns)
    return any(_SAME.get(pattern, pattern) in meant for pattern in lowered)


def is_accepted(media_type: str, patterns: Iterable[str]) -> bool:
    """Return whether files of a type may be kept where some patterns are accepted.

    SVG is a program as much as a picture, so ``image/*`` does not mean it: it must be named.
    """
    if media_type == SVG:
        return SVG in patterns
    return covers(patterns, media_type)
