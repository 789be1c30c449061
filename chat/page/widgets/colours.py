"""Colours that a widget names, as CSS that cannot be anything else: ``colour("blue-500")``.

A colour is a token of its property, a shade of the palette (``static/tokens.css``), a CSS
colour written out, or a pair ``{"light", "dark"}`` of these.
"""

import re
from collections.abc import Mapping

TEXT = {
    "prose": "--text-prose",
    "primary": "--text-primary",
    "default": "--text-primary",
    "emphasis": "--text-emphasis",
    "secondary": "--text-secondary",
    "muted": "--text-secondary",
    "tertiary": "--text-tertiary",
    "success": "--success-text",
    "warning": "--warning-text",
    "danger": "--danger-text",
    "error": "--danger-text",
    "info": "--info-text",
    "discovery": "--discovery-text",
    "accent": "--accent",
}
BACKGROUND = {
    "surface": "--surface",
    "surface-secondary": "--surface-secondary",
    "surface-tertiary": "--surface-tertiary",
    "surface-elevated": "--surface-elevated",
    "surface-elevated-secondary": "--surface-elevated-secondary",
    "primary-subtle": "--accent-soft",
    "accent": "--accent",
    "info": "--info-soft",
    "success": "--success-soft",
    "warning": "--warning-soft",
    "danger": "--danger-soft",
    "discovery": "--discovery-soft",
}
BORDER = {
    "default": "--border-default",
    "subtle": "--border-subtle",
    "strong": "--border-strong",
}
CHART: dict[str, str] = {}  # its tokens are hues of the palette

HUES = ("gray", "red", "orange", "yellow", "green", "blue", "purple", "pink")
SHADES = (25, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950)
_NAMES = (
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blueviolet "
    "brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan "
    "darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta "
    "darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue "
    "darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey "
    "dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod "
    "greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush "
    "lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray "
    "lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray "
    "lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon "
    "mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue "
    "mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin "
    "navajowhite navy oldlace olive olivedrab orangered orchid palegoldenrod palegreen "
    "paleturquoise palevioletred papayawhip peachpuff peru plum powderblue rebeccapurple "
    "rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue "
    "slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise "
    "violet wheat white whitesmoke yellowgreen currentcolor"
)
NAMED = frozenset(_NAMES.split())

_SHADE = re.compile(rf"({'|'.join(HUES)})(?:[-.](\d{{2,4}}))?")
_ALPHA = re.compile(r"alpha-(\d{1,3})")
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_PART = r"\s*[+-]?\d{0,4}(?:\.\d{1,6})?(?:%|deg|turn|rad)?\s*"
_FUNCTION = re.compile(
    rf"(?:rgba?|hsla?|oklch|oklab|lch|lab|hwb)\({_PART}(?:[,/ ]{_PART}){{2,3}}\)", re.IGNORECASE
)
_STOP = re.compile(r"(.+?)((?:\s+\d{1,3}(?:\.\d{1,3})?(?:%|px)){0,2})")
_DIRECTION = re.compile(
    r"[+-]?\d{1,4}(?:\.\d{1,3})?(?:deg|turn|rad)|to (?:top|bottom|left|right)"
    r"(?: (?:left|right))?|circle|ellipse|(?:circle |ellipse )?at (?:center|top|bottom|left|right)"
)
_GRADIENT = re.compile(r"(linear|radial)-gradient\((.{1,400})\)", re.DOTALL)
_COMMA = re.compile(r",(?![^()]*\))")


def colour(value: object, tokens: Mapping[str, str]) -> str | None:
    """Return a colour as CSS, or None where it is none.

    Args:
        value: what the widget says.
        tokens: the words this property has of its own, and the variables they stand for.
    """
    if isinstance(value, Mapping):
        light, dark = value.get("light"), value.get("dark")
        return _pair(_word(light, tokens), _word(dark, tokens))
    return _word(value, tokens)


def _word(value: object, tokens: Mapping[str, str]) -> str | None:
    return _one(value.strip(), tokens) if isinstance(value, str) else None


def paint(value: object) -> str | None:
    """Return a background as CSS: a colour or a gradient of colours; addresses are refused."""
    if isinstance(value, Mapping):
        return _pair(_painted(value.get("light")), _painted(value.get("dark")))
    return _painted(value)


def _painted(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return _one(value.strip(), BACKGROUND) or _gradient(value.strip())


def _pair(light: str | None, dark: str | None) -> str | None:
    if light is None or dark is None:
        return light or dark
    return f"var(--if-light, {light}) var(--if-dark, {dark})"


def _one(value: str, tokens: Mapping[str, str]) -> str | None:
    if value in tokens:
        return f"var({tokens[value]})"
    if shade := _SHADE.fullmatch(value):
        return _shade(shade[1], int(shade[2] or 500))
    if alpha := _ALPHA.fullmatch(value):
        return f"color-mix(in srgb, var(--text-primary) {min(100, int(alpha[1]))}%, transparent)"
    if value in {"none", "transparent"}:
        return "transparent"
    written_out = value.lower() in NAMED or _HEX.fullmatch(value) or _FUNCTION.fullmatch(value)
    return value if written_out else None


def _shade(hue: str, shade: int) -> str:
    nearest = min(SHADES, key=lambda known: abs(known - shade))
    return f"var(--{hue}-{nearest})"


def _gradient(value: str) -> str | None:
    found = _GRADIENT.fullmatch(value)
    if found is None:
        return None
    parts = [_gradient_part(part.strip()) for part in _COMMA.split(found[2])]
    if len(parts) < 2 or None in parts:
        return None
    return f"{found[1]}-gradient({', '.join(part for part in parts if part)})"


def _gradient_part(part: str) -> str | None:
    if _DIRECTION.fullmatch(part):
        return part
    stop = _STOP.fullmatch(part)
    painted = _one(stop[1], {}) if stop else None
    return f"{painted}{stop[2]}" if stop and painted else None
