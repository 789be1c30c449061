"""What files are, for people: ``file_kind("application/pdf")``, ``file_size(12_345)``."""

from chat.words import gettext, marked, ngettext

_KINDS = {
    "application/gzip": marked("Archive"),
    "application/json": "JSON",
    "application/msword": marked("Word document"),
    "application/octet-stream": marked("File"),
    "application/pdf": "PDF",
    "application/vnd.ms-excel": marked("Excel sheet"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": marked(
        "Presentation"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": marked("Excel sheet"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": marked(
        "Word document"
    ),
    "application/xml": "XML",
    "application/zip": marked("Archive"),
    "text/csv": "CSV",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/plain": marked("Text"),
}
_FAMILIES = {
    "image": marked("%(format)s image"),
    "audio": marked("%(format)s audio"),
    "video": marked("%(format)s video"),
}
_UNITS = ("kB", "MB", "GB", "TB")


def file_kind(media_type: str) -> str:
    """Return what a media type means; the type itself where it has no better name."""
    plain = media_type.partition(";")[0].strip().lower()
    family, _, name = plain.partition("/")
    if plain in _KINDS:
        return gettext(_KINDS[plain])
    if family in _FAMILIES and name:
        written = name.removeprefix("x-").partition("+")[0].upper()
        return gettext(_FAMILIES[family]) % {"format": written}
    return media_type


def file_size(size: int | None) -> str:
    """Return a number of bytes with a unit; nothing for None."""
    if size is None:
        return ""
    if size < 1000:
        return ngettext("%(num)s byte", "%(num)s bytes", size) % {"num": size}
    amount = float(size)
    for unit in _UNITS:
        amount /= 1000
        if amount < 999.5 or unit == _UNITS[-1]:
            break
    return f"{amount:.1f} {unit}" if amount < 9.95 else f"{amount:.0f} {unit}"
