"""Colours as numbers: read from CSS, made readable on each other, written as CSS again.

Nothing of what is read reaches a style sheet but its numbers.
"""

from __future__ import annotations

import colorsys
import math
import re
from dataclasses import dataclass

LIGHTER = 0.18
"""The luminance of a ground from which on black is better to read than white."""

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_NUMBER = r"\s*([+-]?(?:\d+\.?\d*|\.\d+))(%|deg)?\s*"
_FUNCTION = re.compile(
    rf"(rgb|hsl)a?\({_NUMBER}[,\s]{_NUMBER}[,\s]{_NUMBER}(?:[,/]{_NUMBER})?\)", re.IGNORECASE
)


@dataclass(frozen=True)
class Colour:
    """An opaque colour: red, green and blue from 0 to 1."""

    red: float
    green: float
    blue: float

    @property
    def css(self) -> str:
        """The colour as CSS has it."""
        return "#" + "".join(f"{round(part * 255):02x}" for part in self._parts)

    @property
    def _parts(self) -> tuple[float, float, float]:
        return self.red, self.green, self.blue

    @property
    def luminance(self) -> float:
        """How bright it is, from 0 to 1, as WCAG reckons."""
        red, green, blue = (_linear(part) for part in self._parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: Colour) -> float:
        """Return the contrast to another colour, from 1 to 21, as WCAG reckons."""
        darker, lighter = sorted([self.luminance, other.luminance])
        return (lighter + 0.05) / (darker + 0.05)

    def mixed(self, other: Colour, share: float) -> Colour:
        """Return the colour with a share of another in it, from 0 to 1."""
        return Colour(
            *(a + (b - a) * share for a, b in zip(self._parts, other._parts, strict=True))
        )

    def readable_on(self, *grounds: Colour, least: float = 4.5) -> Colour:
        """Return the colour, made darker or lighter until it can be read on all the grounds.

        Args:
            grounds: what it is written on; all dark, or all light.
            least: the contrast it needs.
        """
        towards = WHITE if max(ground.luminance for ground in grounds) < LIGHTER else BLACK
        mixes = (self.mixed(towards, step / 50) for step in range(51))
        fits = (mix for mix in mixes if all(mix.contrast(on) >= least for on in grounds))
        return next(fits, towards)


BLACK = Colour(0, 0, 0)
WHITE = Colour(1, 1, 1)


def read_colour(text: str) -> Colour | None:
    """Return the colour that ``#rgb``, ``#rrggbb``, ``rgb()`` or ``hsl()`` names; else None.

    Transparency is left out: a theme's colours lie on nothing.
    """
    text = text.strip()
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) > 4 else "".join(digit * 2 for digit in found[1])
        return Colour(*(int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    if not (found := _FUNCTION.fullmatch(text)):
        return None
    first, second, third = float(found[2]), float(found[4]), float(found[6])
    if found[1].lower() == "hsl":
        return _hsl(first, second, third)
    parts = ((first, found[3]), (second, found[5]), (third, found[7]))
    return Colour(*(_clamped(part / (100 if unit == "%" else 255)) for part, unit in parts))


def _hsl(hue: float, saturation: float, lightness: float) -> Colour:
    made = colorsys.hls_to_rgb(
        hue % 360 / 360, _clamped(lightness / 100), _clamped(saturation / 100)
    )
    return Colour(*made)


def grey(hue: float, chroma: float, lightness: float) -> Colour:
    """Return a grey with a hint of a hue.

    Args:
        hue: in degrees on the usual colour wheel, 0 for red.
        chroma: how much of it, as in OKLCH: 0 for none, 0.04 for much.
        lightness: as in OKLCH, from 0 to 1.
    """
    angle = math.radians(_perceived(hue))
    a, b = chroma * math.cos(angle), chroma * math.sin(angle)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return Colour(*(_gamma(_clamped(part)) for part in linear))


def _perceived(hue: float) -> float:
    """Return where a hue of the usual wheel is on OKLCH's."""
    parts = colorsys.hls_to_rgb(hue % 360 / 360, 0.5, 1)
    red, green, blue = (_linear(part) for part in parts)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return math.degrees(math.atan2(b, a))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _clamped(part: float) -> float:
    return min(max(part, 0.0), 1.0)
