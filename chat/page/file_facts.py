"""What files are, for people: ``file_kind("application/pdf")``, ``file_size(12_345)``."""

_KINDS = {
    "application/gzip": "Archive",
    "application/json": "JSON",
    "application/msword": "Word document",
    "application/octet-stream": "File",
    "application/pdf": "PDF",
    "application/vnd.ms-excel": "Excel sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "Presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/xml": "XML",
    "application/zip": "Archive",
    "text/csv": "CSV",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/plain": "Text",
}
_FAMILIES = {"image": "image", "audio": "audio", "video": "video"}
_UNITS = ("kB", "MB", "GB", "TB")


def file_kind(media_type: str) -> str:
    """Return what a media type means; the type itself where it has no better name."""
    plain = media_type.partition(";")[0].strip().lower()
    family, _, name = plain.partition("/")
    if plain in _KINDS:
        return _KINDS[plain]
    if family in _FAMILIES and name:
        return f"{name.removeprefix('x-').partition('+')[0].upper()} {_FAMILIES[family]}"
    return media_type


def file_size(size: int | None) -> str:
    """Return a number of bytes with a unit; nothing for None."""
    if size is None:
        return ""
    if size < 1000:
        return f"{size} byte" if size == 1 else f"{size} bytes"
    amount = float(size)
    for unit in _UNITS:
        amount /= 1000
        if amount < 999.5 or unit == _UNITS[-1]:
            break
    return f"{amount:.1f} {unit}" if amount < 9.95 else f"{amount:.0f} {unit}"
