"""``GET /theme.css`` and its fonts: the theme of the options, as values of the design tokens.

The style sheet is made once, from numbers and checked names alone; nothing in it is text from
the options file. A theme that changes nothing has no style sheet, so that none is asked for.
Only light modules are imported here: the start page links it.
"""

from __future__ import annotations

import hashlib
import html
from functools import lru_cache
from pathlib import Path

from quart import Response, request
from quart.typing import ResponseReturnValue

from chat.addresses import address
from chat.errors import NotFound
from chat.host import current_host
from chat.options import AccentColor, GrayscaleOptions, SurfaceColors, ThemeOption
from chat.options_file import FONT_TYPES, is_own_address
from chat.page.colour import BLACK, WHITE, Colour, grey, read_colour

FOREVER = "public, max-age=31536000, immutable"

RADII = {  # beside `pill`, which tokens.css has: what controls have, and how much corners keep
    "round": ("0.875rem", 1.0),
    "soft": ("0.5rem", 0.5),
    "sharp": ("0px", 0.0),
}
CORNERS = {"sm": 6, "md": 8, "lg": 12, "xl": 16, "2xl": 20, "3xl": 24, "4xl": 32}
DENSITIES = {"compact": 0.75, "spacious": 1.3}
SPACES = {"2xs": 0.125, "xs": 0.25, "sm": 0.5, "md": 0.75, "lg": 1.0, "xl": 1.5, "2xl": 2.0}

# Lightness of each surface in light and dark, as tokens.css has it, and how far a shade moves it.
SURFACES = {
    "canvas": (0.982, 0.190),
    "surface": (1.0, 0.227),
    "surface-secondary": (0.966, 0.262),
    "surface-tertiary": (0.930, 0.308),
    "surface-elevated": (1.0, 0.262),
    "surface-elevated-secondary": (0.974, 0.289),
}
TEXTS = {
    "text-prose": (0.28, 0.895),
    "text-primary": (0.22, 0.943),
    "text-emphasis": (0.15, 1.0),
    "text-secondary": (0.44, 0.74),
    "text-tertiary": (0.50, 0.68),
}
TINT = 0.0035
HALF = 0.5  # what is light shows a tint more
SHADE = 0.008
ACCENT_SHARES = (0.08, 0.12, 0.18, 0.26)
SHARES = {"text-prose": 0.06, "text-secondary": 0.25, "text-tertiary": 0.35}

Pair = tuple[Colour, Colour]


async def style_sheet() -> ResponseReturnValue:
    """``GET /theme.css``: the theme; its address changes with it, so that it can be kept.

    Raises:
        NotFound: the theme changes nothing.
    """
    css = theme_css(current_host().options.look)
    if not css:
        raise NotFound("This page has no theme of its own.")
    return _kept(Response(css, content_type="text/css; charset=utf-8"), _digest(css))


async def font(index: str) -> ResponseReturnValue:
    """``GET /theme/fonts/<index>``: a font of the theme that is a file beside the options.

    Raises:
        NotFound: there is no such font.
    """
    host = current_host()
    fonts = host.options.look.typography.font_sources
    at = int(index) if index.isascii() and index.isdigit() else len(fonts)
    if at >= len(fonts) or is_own_address(fonts[at].src):
        raise NotFound("There is no such font.")
    path = Path(host.settings.options).parent / fonts[at].src
    content = path.read_bytes()
    kind = FONT_TYPES[path.suffix.lower()]
    return _kept(Response(content, content_type=kind), hashlib.sha256(content).hexdigest()[:16])


def theme_url(theme: ThemeOption) -> str:
    """Return the address of a theme's style sheet; empty where it changes nothing."""
    css = theme_css(theme)
    return address(f"/theme.css?v={_digest(css)}") if css else ""


def theme_css(theme: ThemeOption) -> str:
    """Return a theme as CSS: custom properties of the root, and fonts; empty for nothing."""
    return _theme_css(_Same(theme))


class _Same:
    """A theme as a key: themes may hold what cannot be hashed."""

    def __init__(self, theme: ThemeOption) -> None:
        self.theme = theme

    def __hash__(self) -> int:
        return hash(repr(self.theme))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.theme == other.theme


@lru_cache(maxsize=8)
def _theme_css(same: _Same) -> str:
    theme = same.theme
    tokens: dict[str, str] = {}
    tokens |= _corners(theme.radius) | _spaces(theme.density)
    tokens |= _colours(theme)
    tokens |= _families(theme)
    size = theme.typography.base_size
    lines = [f"  font-size: {size / 16:.4%};"] if size != 16 else []
    lines += [f"  --{name}: {value};" for name, value in tokens.items()]
    root = ":root {\n" + "\n".join(lines) + "\n}\n" if lines else ""
    return "".join(_faces(theme)) + root


def _digest(css: str) -> str:
    return hashlib.sha256(css.encode()).hexdigest()[:16]


def _kept(response: Response, digest: str) -> Response:
    response.headers["Cache-Control"] = FOREVER if request.args.get("v") else "no-cache"
    response.set_etag(digest)
    if request.if_none_match.contains(digest):
        response.status_code = 304
        response.set_data(b"")
    return response


def _corners(radius: str) -> dict[str, str]:
    if radius not in RADII:
        return {}
    control, share = RADII[radius]
    scaled = {f"radius-{name}": f"{pixels * share:g}px" for name, pixels in CORNERS.items()}
    return {"radius-control": control, **(scaled if share != 1 else {})}


def _spaces(density: str) -> dict[str, str]:
    if density not in DENSITIES:
        return {}
    share = DENSITIES[density]
    return {f"space-{name}": f"{size * share:.4g}rem" for name, size in SPACES.items()}


def _colours(theme: ThemeOption) -> dict[str, str]:
    pairs: dict[str, Pair] = {}
    colours = theme.color
    if colours.grayscale:
        pairs |= _greys(colours.grayscale)
    if colours.surface:
        pairs |= _surfaces(colours.surface)
    if colours.accent:
        pairs |= _accent(colours.accent, pairs)
    elif colours.surface:
        pairs |= _accent(AccentColor(primary="#3451d1", level=1), pairs)
    tokens = {name: _pair(pair) for name, pair in pairs.items()}
    if "text-primary" in pairs:
        for name, share in (("subtle", 8), ("default", 14), ("strong", 28)):
            mixed = f"color-mix(in srgb, var(--text-primary) {share}%, transparent)"
            tokens[f"border-{name}"] = mixed
    return tokens


def _pair(pair: Pair) -> str:
    light, dark = pair
    return light.css if light == dark else f"light-dark({light.css}, {dark.css})"


def _greys(options: GrayscaleOptions) -> dict[str, Pair]:
    """Return surfaces and texts with a hint of the hue; a shade above 0 makes surfaces darker."""
    chroma = options.tint * TINT
    shift = options.shade * SHADE
    surfaces = {
        name: (
            grey(
                options.hue, chroma * HALF if light < 1 or shift > 0 else 0, min(light - shift, 1)
            ),
            grey(options.hue, chroma, max(dark - shift, 0.1)),
        )
        for name, (light, dark) in SURFACES.items()
    }
    grounds = list(surfaces.values())
    texts = {
        name: (
            grey(options.hue, chroma, light).readable_on(*(ground[0] for ground in grounds)),
            grey(options.hue, chroma, dark).readable_on(*(ground[1] for ground in grounds)),
        )
        for name, (light, dark) in TEXTS.items()
    }
    return surfaces | texts


def _surfaces(options: SurfaceColors) -> dict[str, Pair]:
    """Return surfaces and texts of the two colours; they are the same in light and dark.

    A foreground that can be read on the background is the text's colour. Where it cannot, it
    is that of what is raised above the background, as ChatKit's own themes have it.
    """
    background, foreground = read_colour(options.background), read_colour(options.foreground)
    if background is None or foreground is None:
        return {}
    dark = background.luminance < 0.18
    text = foreground
    raised = background.mixed(WHITE, 0.06 if dark else 0.6)
    if background.contrast(foreground) < 4.5:
        text, raised = (WHITE if dark else BLACK).mixed(background, 0.1), foreground
    made = {
        "canvas": background,
        "surface": raised.mixed(background, 0.5),
        "surface-secondary": background.mixed(text, 0.05),
        "surface-tertiary": background.mixed(text, 0.1),
        "surface-elevated": raised,
        "surface-elevated-secondary": raised.mixed(text, 0.03),
    }
    grounds = tuple(made.values())
    made["text-primary"] = made["text-emphasis"] = text.readable_on(*grounds)
    for name, share in SHARES.items():
        made[name] = text.mixed(background, share).readable_on(*grounds)
    return {name: (colour, colour) for name, colour in made.items()}


def _accent(options: AccentColor, pairs: dict[str, Pair]) -> dict[str, Pair]:
    """Return the accent and what goes with it, readable whatever colour was asked for."""
    primary = read_colour(options.primary)
    if primary is None:
        return {}
    share = ACCENT_SHARES[options.level]
    canvas = pairs.get("canvas", (grey(0, 0, 0.982), grey(0, 0, 0.19)))
    tertiary = pairs.get("surface-tertiary", (grey(0, 0, 0.93), grey(0, 0, 0.308)))
    roles: dict[str, list[Colour]] = {}
    for ground, deepest in zip(canvas, tertiary, strict=True):
        soft = ground.mixed(primary, share)
        accent = primary.readable_on(ground, deepest, soft)
        towards = BLACK if accent.luminance < 0.35 else WHITE
        on = max(WHITE, BLACK, key=accent.contrast)
        for name, colour in (
            ("accent", accent),
            ("accent-hover", accent.mixed(towards, 0.15)),
            ("accent-soft", soft),
            ("on-accent", on),
            ("focus", accent),
        ):
            roles.setdefault(name, []).append(colour)
    return {name: (made[0], made[1]) for name, made in roles.items()}


def _families(theme: ThemeOption) -> dict[str, str]:
    typography = theme.typography
    made = {}
    for token, chosen, generic in (
        ("font-sans", typography.font_family, "system-ui, sans-serif"),
        ("font-mono", typography.font_family_mono, "ui-monospace, monospace"),
    ):
        if chosen:
            names = [_quoted(name) for name in chosen.split(",")]
            made[token] = ", ".join([*names, generic])
    return made


def _quoted(family: str) -> str:
    """Return a font family as a string of CSS; generic names stay keywords."""
    name = family.strip().strip("\"'")
    generic = {"serif", "sans-serif", "monospace", "system-ui", "ui-monospace", "ui-sans-serif"}
    return name if name in generic else f'"{name}"'


def _faces(theme: ThemeOption) -> list[str]:
    faces = []
    for at, face in enumerate(theme.typography.font_sources):
        src = face.src if is_own_address(face.src) else f"theme/fonts/{at}"
        lines = [f"font-family: {_quoted(face.family)}", f'src: url("{html.escape(src)}")']
        for name, value in (
            ("font-weight", face.weight),
            ("font-style", face.style),
            ("font-display", face.display or "swap"),
            ("unicode-range", face.unicode_range),
        ):
            if value is not None:
                lines.append(f"{name}: {value}")
        faces.append("@font-face {\n  " + ";\n  ".join(lines) + ";\n}\n")
    return faces
