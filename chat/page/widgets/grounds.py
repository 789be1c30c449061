"""Which theme suits a background that is the same in both: ``theme_on("#10131a")`` is ``dark``.

What is written on a colour must be readable, whatever the page's own theme is. So a
background that does not change with the theme decides which one what is in it has.
"""

import re

from chat.page.colour import LIGHTER, Colour

SEEN = 0.6  # how opaque a colour must be to decide

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(([^()]*)\)", re.IGNORECASE)
_SHADE = re.compile(r"(gray|red|orange|yellow|green|blue|purple|pink)(?:[-.](\d{2,4}))?")
_GRADIENT = re.compile(r"(?:linear|radial)-gradient\((.*)\)", re.DOTALL)
_STOP = re.compile(
    r"#[0-9a-f]{3,8}\b|rgba?\([^()]*\)|\b(?:black|white|[a-z]+-\d{2,4})\b", re.IGNORECASE
)
_NAMED = {
    "white": 1.0,
    **dict.fromkeys(("ivory", "snow", "beige", "linen", "whitesmoke", "aliceblue"), 0.9),
    **dict.fromkeys(
        ("black", "navy", "midnightblue", "darkblue", "mediumblue", "indigo", "rebeccapurple",
         "maroon", "darkred", "darkgreen", "darkslategray", "darkslategrey", "darkslateblue",
         "saddlebrown", "firebrick", "brown", "darkmagenta", "darkviolet", "teal"),
        0.05,
    ),
}  # fmt: skip
# The lightness of the palette's shades, as static/tokens.css has them.
_LIGHTNESS = {
    25: 0.986, 50: 0.972, 100: 0.944, 200: 0.89, 300: 0.815, 400: 0.72, 500: 0.635, 600: 0.555,
    700: 0.48, 800: 0.405, 900: 0.33, 950: 0.24,
}  # fmt: skip


def theme_on(background: object) -> str:
    """Return the theme in which text on a background is readable.

    Args:
        background: what a widget says; a pair of colours follows the theme by itself.

    Returns:
        ``light`` or ``dark``; empty where the background follows the theme, or is unknown.
    """
    if not isinstance(background, str):
        return ""
    value = background.strip()
    if gradient := _GRADIENT.fullmatch(value):
        stops = [_luminance(stop) for stop in _STOP.findall(gradient[1])]
        known = [stop for stop in stops if stop is not None]
        luminance = sum(known) / len(known) if known else None
    else:
        luminance = _luminance(value)
    if luminance is None:
        return ""
    return "light" if luminance >= LIGHTER else "dark"


def _luminance(value: str) -> float | None:
    value = value.lower()
    if value in _NAMED:
        return _NAMED[value]
    if shade := _SHADE.fullmatch(value):
        wanted = int(shade[2] or 500)
        nearest = min(_LIGHTNESS, key=lambda known: abs(known - wanted))
        return float(_LIGHTNESS[nearest] ** 3)
    channels = _channels(value)
    if channels is None or channels[3] < SEEN:
        return None
    return Colour(*channels[:3]).luminance


def _channels(value: str) -> list[float] | None:
    """Return red, green, blue and opacity, each from 0 to 1."""
    if _HEX.fullmatch(value):
        digits = value[1:]
        if len(digits) <= 4:
            digits = "".join(digit * 2 for digit in digits)
        found = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    elif rgb := _RGB.fullmatch(value):
        parts = re.findall(r"[\d.]+%?", rgb[1])
        if len(parts) < 3 or any(part.count(".") > 1 for part in parts):
            return None
        found = [_part(part, 255) for part in parts[:3]] + [_part(part, 1) for part in parts[3:4]]
    else:
        return None
    return [*found, 1.0][:4]


def _part(part: str, whole: float) -> float:
    number = part.rstrip("%")
    if not number.strip("."):
        return 0.0
    return min(1.0, float(number) / (100 if part.endswith("%") else whole))
