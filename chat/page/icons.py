"""Icons as inline SVG: ``icon("calendar")``, ``icon("lucide:rocket")``, ``icon("vendor:logo")``.

The names are those of ChatKit; the drawings are Lucide's, which the build puts into
``static/vendor/lucide``, and for ``vendor:`` names those of the folder that a setting names.
They take the text's colour and size, and are hidden from assistive technology, because words
say the same beside them.
"""

import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).parents[2] / "static" / "vendor" / "lucide"

# ChatKit's names, where Lucide's differs.
_DRAWN_AS = {
    "agent": "bot",
    "analytics": "chart-line",
    "batch": "layers",
    "bolt": "zap",
    "book-closed": "book",
    "book-clock": "book-marked",
    "chart": "chart-column",
    "check-circle": "circle-check",
    "check-circle-filled": "circle-check",
    "circle-question": "circle-question-mark",
    "confetti": "party-popper",
    "cube": "box",
    "desktop": "monitor",
    "document": "file-text",
    "dots-horizontal": "ellipsis",
    "dots-vertical": "ellipsis-vertical",
    "empty-circle": "circle",
    "keys": "key-round",
    "lab": "flask-conical",
    "lifesaver": "life-buoy",
    "maps": "map",
    "mobile": "smartphone",
    "name": "id-card",
    "notebook-pencil": "notebook-pen",
    "page-blank": "file",
    "profile": "circle-user-round",
    "profile-card": "contact-round",
    "reload": "refresh-cw",
    "settings-slider": "sliders-horizontal",
    "sparkle": "sparkle",
    "sparkle-double": "sparkles",
    "square-image": "image",
    "square-text": "square-menu",
    "star-filled": "star",
    "suitcase": "briefcase",
    "wreath": "award",
    "write": "pencil",
    "write-alt": "pen-line",
    "write-alt2": "square-pen",
    # Words that authors take for icons.
    "alert": "triangle-alert",
    "close": "x",
    "currency-dollar": "dollar-sign",
    "lightning-bolt": "zap",
    "refresh": "refresh-cw",
}
VENDOR = "vendor:"
_FILLED = {"check-circle-filled": "filled checked", "star-filled": "filled", "dot": "filled"}
_FILE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VENDOR_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}")
_DOT = Markup('<circle cx="12" cy="12" r="4" />')  # Lucide's can hardly be seen
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_FRAME = Markup(
    '<svg class="{}" viewBox="0 0 24 24" width="1em" height="1em" fill="none" '
    'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
    'aria-hidden="true" focusable="false">{}</svg>'
)

_own: Path | None = None


def use_folder(folder: str) -> bool:
    """Take the icons with ``vendor:`` names from a folder of SVG files; from none if empty.

    Returns:
        Whether it is another one than before.
    """
    global _own
    before, _own = _own, Path(folder) if folder else None
    icon.cache_clear()
    return _own != before


@lru_cache(maxsize=512)
def icon(name: str | None) -> Markup:
    """Return an icon as inline SVG.

    Args:
        name: one of ChatKit's icon names, a name of Lucide's, with or without ``lucide:``, or
            ``vendor:`` and the name of a file in the folder of one's own icons.

    Returns:
        The SVG element; nothing where there is no such icon.
    """
    if not name:
        return Markup()
    if name.startswith(VENDOR):
        return _vendor(name.removeprefix(VENDOR))
    plain = name.removeprefix("lucide:")
    drawing = _drawing(_DRAWN_AS.get(plain, plain))
    return _FRAME.format(f"icon {_FILLED.get(plain, '')}".strip(), drawing) if drawing else drawing


def _vendor(name: str) -> Markup:
    from chat.page.drawings import drawing  # its parser is not needed for the first page

    path = _own / f"{name}.svg" if _own and _VENDOR_FILE.fullmatch(name) else None
    try:
        return drawing(path.read_text(encoding="utf-8")) if path else Markup()
    except (OSError, UnicodeDecodeError):
        return Markup()


def _drawing(name: str) -> Markup:
    if name == "dot":
        return _DOT
    path = FOLDER / f"{name}.svg"
    if not _FILE.fullmatch(name) or not path.is_file():
        return Markup()
    found = _DRAWING.search(path.read_text(encoding="utf-8"))
    inner = " ".join(found[1].split()) if found else ""
    return Markup(inner)  # noqa: S704 - a file of the package that the build verified
