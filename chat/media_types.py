"""What a file is: what its sender claims, checked against its bytes.

The table only has formats whose first bytes are unmistakable, the ones that people attach
to a chat. A format that is not in it is taken at its word, if the settings accept it and
the bytes are not those of a format that is.
"""

import re

from chat.errors import UnsupportedType
from store.media_types import UNKNOWN, is_accepted, normalised

HEAD_BYTES = 512
"""How many bytes of a file are enough to tell what it is."""

_SIGNATURES = [
    (re.compile(pattern, re.DOTALL), media_type)
    for pattern, media_type in [
        (rb"\x89PNG\r\n\x1a\n", "image/png"),
        (rb"\xff\xd8\xff", "image/jpeg"),
        (rb"GIF8[79]a", "image/gif"),
        (rb"RIFF.{4}WEBP", "image/webp"),
        (rb"BM.{4}\0{4}", "image/bmp"),
        (rb"II\*\0|MM\0\*", "image/tiff"),
        (rb"\0{2}\x01\0[\x01-\xff]\0", "image/x-icon"),
        (rb".{4}ftyp(?:avif|avis)", "image/avif"),
        (rb".{4}ftyp(?:heic|heix|mif1|msf1)", "image/heic"),
        (rb".{4}ftyp", "video/mp4"),
        (rb"\x1aE\xdf\xa3", "video/webm"),
        (rb"RIFF.{4}WAVE", "audio/wav"),
        (rb"ID3[\x02-\x04]\0|\xff[\xfb\xf3\xf2]", "audio/mpeg"),
        (rb"fLaC\0", "audio/flac"),
        (rb"OggS\0", "audio/ogg"),
        (rb"%PDF-", "application/pdf"),
        (rb"PK(?:\x03\x04|\x05\x06)", "application/zip"),
        (rb"\x1f\x8b\x08", "application/gzip"),
        (rb"MZ.{58}|\x7fELF", "application/x-executable"),
    ]
]
_SIGNED = frozenset(media_type for _, media_type in _SIGNATURES)
# Formats that live in another one's container, by the container.
_CONTAINED = {
    "application/zip": re.compile(r"application/(?:vnd\.|epub|java-archive|x-).*"),
    "application/gzip": re.compile(r"application/x-.*"),
    "video/mp4": re.compile(r"(?:video|audio)/.*"),
    "video/webm": re.compile(r"(?:video|audio)/.*"),
    "audio/ogg": re.compile(r"(?:video|audio)/.*"),
}
_TEXT = re.compile(
    r"text/.*|image/svg\+xml|application/(?:json|xml|javascript|ecmascript|yaml|toml|sql"
    r"|x-(?:javascript|ndjson|yaml|sh|python|httpd-php))|[^/]*/[^/]*\+(?:json|xml|yaml)"
)


def is_text(media_type: str) -> bool:
    """Return whether files of a type are text, and so must be readable as UTF-8."""
    return bool(_TEXT.fullmatch(media_type))


def decide(claim: str, head: bytes, patterns: tuple[str, ...]) -> str:
    """Return the type that a file is kept as.

    Args:
        claim: what the sender says it is; an unknown type is told by the bytes.
        head: the file's first bytes, `HEAD_BYTES` of them where it has as many.
        patterns: the types that are accepted.

    Raises:
        UnsupportedType: the bytes are not what is claimed, or the type is not accepted.
    """
    claimed = normalised(claim)
    found = _signature(head)
    if claimed == UNKNOWN:
        claimed = found or ("text/plain" if b"\0" not in head else UNKNOWN)
    elif not _fits(claimed, found):
        raise (
            UnsupportedType("This file is not text, although it claims to be.")
            if is_text(claimed)
            else UnsupportedType(
                "This file is not of type %(type)s, although it claims to be.", type=claimed
            )
        )
    if not is_accepted(claimed, patterns):
        raise UnsupportedType(
            "Files of type %(type)s are not accepted here, only %(types)s.",
            type=claimed,
            types=", ".join(patterns),
        )
    return claimed


def _signature(head: bytes) -> str | None:
    return next((found for pattern, found in _SIGNATURES if pattern.match(head)), None)


def _fits(claimed: str, found: str | None) -> bool:
    if found is None:
        return claimed not in _SIGNED
    contained = _CONTAINED.get(found)
    return claimed == found or bool(contained and contained.fullmatch(claimed))
