"""Which files a message of the page may bring: the options' limits within the host's own."""

from __future__ import annotations

from dataclasses import dataclass

from chat.options import DEFAULT_SIZE, AttachmentsOption
from chat.page.file_facts import file_size
from chat.settings import Settings
from chat.words import gettext, marked, ngettext

REST = "*"
KINDS = {
    "image": marked("images"),
    "text": marked("text"),
    "audio": marked("audio"),
    "video": marked("video"),
}


@dataclass(frozen=True)
class FileLimits:
    """What is accepted.

    Attributes:
        types: MIME types, such as ``image/*``; empty for all.
        extensions: endings of names that are accepted as well, such as ``.pdf``.
        sizes: bytes by type, the rest under ``*``.
        count: files of one message at most.
    """

    types: tuple[str, ...]
    extensions: tuple[str, ...]
    sizes: dict[str, int]
    count: int

    @classmethod
    def of(cls, wanted: AttachmentsOption, settings: Settings) -> FileLimits:
        """Return the limits that options and settings set together."""
        given = wanted.max_size if isinstance(wanted.max_size, dict) else {REST: wanted.max_size}
        sizes = {kind or REST: size for kind, size in given.items()}
        sizes.setdefault(REST, DEFAULT_SIZE)
        most = settings.max_attachment_bytes
        return cls(
            types=tuple(wanted.accept) if wanted.accept else settings.attachment_patterns,
            extensions=tuple(each for ends in (wanted.accept or {}).values() for each in ends),
            sizes={kind: min(size, most) for kind, size in sizes.items()},
            count=wanted.max_count,
        )

    @property
    def accept(self) -> str:
        """The types and extensions as ``accept`` of a file field; empty for all."""
        if not {"*", "*/*"}.isdisjoint(self.types):
            return ""
        return ",".join([*self.types, *self.extensions])

    def size(self, media_type: str) -> int:
        """Return the most bytes of a file of a type; the closest pattern counts."""
        family = f"{media_type.partition('/')[0]}/*"
        return self.sizes.get(media_type) or self.sizes.get(family) or self.sizes[REST]

    def takes(self, name: str, media_type: str) -> bool:
        """Return whether a file of a name and type is accepted."""
        from store.media_types import covers  # too heavy for the start page, which shows limits

        return covers(self.types, media_type) or name.lower().endswith(
            tuple(each.lower() for each in self.extensions)
        )

    @property
    def words(self) -> str:
        """The limits as people read them."""
        sizes = {kind: size for kind, size in self.sizes.items() if kind != REST}
        each = ", ".join(
            gettext("%(kind)s up to %(size)s") % {"kind": _kind(kind), "size": file_size(size)}
            for kind, size in sizes.items()
        )
        most = {"num": self.count, "size": file_size(self.sizes[REST])}
        said = ngettext(
            "Up to %(num)s file, %(size)s each", "Up to %(num)s files, %(size)s each", self.count
        )
        parts = [said % most]
        if each:
            parts.append(each)
        if self.accept:
            kinds = dict.fromkeys(_kind(kind) for kind in self.types)
            parts.append(", ".join(kinds))
        return "; ".join(parts)


def _kind(kind: str) -> str:
    family, _, name = kind.partition("/")
    if name in ("*", ""):
        return gettext(KINDS[family]) if family in KINDS else kind
    return name.upper() if len(name) <= 4 else name
