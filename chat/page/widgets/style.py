"""A component's ``style`` attribute, built from validated parts only.

A spacing number counts in units of 4 px, as in ChatKit; above ten it can only be meant as
pixels, and is taken so. A size number is in pixels. Lengths may also be CSS lengths; all
else that CSS could say is refused.
"""

import re
from collections.abc import Mapping

from chat.page.widgets.colours import BORDER, colour, paint
from chat.page.widgets.props import Props, number

SPACES = {
    "none": "0",
    **{word: f"var(--space-{word})" for word in ("2xs", "xs", "sm", "md", "lg", "xl", "2xl")},
}
RADII = {
    "none": "0",
    "100%": "100%",
    **{
        word: f"var(--radius-{word})"
        for word in ("2xs", "xs", "sm", "md", "lg", "xl", "2xl", "3xl", "4xl", "full")
    },
}
ALIGN = {
    "start": "flex-start",
    "center": "center",
    "end": "flex-end",
    "baseline": "baseline",
    "stretch": "stretch",
}
JUSTIFY = {
    **{side: ALIGN[side] for side in ("start", "center", "end", "stretch")},
    **{word: f"space-{word}" for word in ("between", "around", "evenly")},
    **{f"space-{word}": f"space-{word}" for word in ("between", "around", "evenly")},
}
LINES = {"solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"}
UNITS_UP_TO = 10
WIDEST_LEAST = "100vw - 5rem"

_SIZES_OF = {
    "width": "width",
    "height": "height",
    "minWidth": "min-width",
    "minHeight": "min-height",
    "maxWidth": "max-width",
    "maxHeight": "max-height",
}
BLOCK = {
    *_SIZES_OF, "size", "minSize", "maxSize", "aspectRatio", "flex", "radius", "borderRadius",
    "margin",
}  # fmt: skip
_LENGTH = re.compile(
    r"(?:\d{1,5}(?:\.\d{1,4})?|\.\d{1,4})"
    r"(?:px|rem|em|%|ch|ex|lh|vw|vh|svh|lvh|dvh|vmin|vmax|pt|pc|in|cm|mm)|0"
)
_SIZES = frozenset({"auto", "fit-content", "min-content", "max-content"})
_FLEX = re.compile(
    r"\d{1,3}(?:\.\d{1,3})?(?: \d{1,3}(?:\.\d{1,3})?(?: (?:auto|0|\d{1,4}(?:px|%)))?)?"
)
_RATIO = re.compile(r"\s*(\d{1,5}(?:\.\d{1,3})?)\s*[/:]\s*(\d{1,5}(?:\.\d{1,3})?)\s*")
_SIDES = {
    "top": ("top",),
    "right": ("right",),
    "bottom": ("bottom",),
    "left": ("left",),
    "x": ("left", "right"),
    "y": ("top", "bottom"),
}


def space(value: object) -> str | None:
    """Return a spacing as CSS: units or pixels, a token, a CSS length."""
    amount = number(value)
    if amount is not None:
        if amount < 0:
            return None
        return f"{amount:g}px" if amount > UNITS_UP_TO else f"{amount * 0.25:g}rem"
    if isinstance(value, str):
        return SPACES.get(value) or _length(value)
    return None


def size(value: object) -> str | None:
    """Return a width or height as CSS: pixels, a CSS length, or a word such as ``fit-content``."""
    amount = number(value)
    if amount is not None:
        return f"{amount:g}px" if amount >= 0 else None
    if isinstance(value, str):
        return value if value in _SIZES else _length(value)
    return None


def _fitting(name: str, amount: str | None) -> str | None:
    """Let a least width not be more than a small screen has."""
    if name != "min-width" or not amount or not amount.endswith("px"):
        return amount
    return f"min({amount}, {WIDEST_LEAST})" if float(amount[:-2]) > 200 else amount


def _length(value: str) -> str | None:
    return value.strip() if _LENGTH.fullmatch(value.strip()) else None


class Style:
    """The declarations of one component, in the order they were added."""

    def __init__(self) -> None:
        """Start with none."""
        self._declared: list[str] = []

    def __str__(self) -> str:
        return ";".join(self._declared)

    def add(self, name: str, value: str | None) -> "Style":
        """Add a declaration; None adds nothing. Both must have been validated or be ours."""
        if value is not None:
            self._declared.append(f"{name}:{value}")
        return self

    def flex_container(self, props: Props) -> "Style":
        """Add how children are laid out: align, justify, wrap, gap."""
        self.add("align-items", ALIGN.get(props.text("align")))
        self.add("justify-content", JUSTIFY.get(props.text("justify")))
        wrap = props.get("wrap")
        if wrap is True or wrap in ("wrap", "wrap-reverse"):
            self.add("flex-wrap", wrap if isinstance(wrap, str) else "wrap")
        gap = props.get("gap")
        return self.add("gap", space(props.get("spacing") if gap is None else gap))

    def block(self, props: Props) -> "Style":
        """Add sizes, aspect ratio, flex, radius and margin."""
        if BLOCK.isdisjoint(props.node):
            return self
        for name, prefix in (("size", ""), ("minSize", "min-"), ("maxSize", "max-")):
            amount = size(props.get(name))
            self.add(f"{prefix}width", _fitting(f"{prefix}width", amount))
            self.add(f"{prefix}height", amount)
        for name, css in _SIZES_OF.items():
            self.add(css, _fitting(css, size(props.get(name))))
        self.add("aspect-ratio", _ratio(props.get("aspectRatio")))
        self.add("flex", _flex(props.get("flex")))
        radius = props.get("radius")
        self.add("border-radius", _radius(props.get("borderRadius") if radius is None else radius))
        return self.spacing("margin", props.get("margin"))

    def box(self, props: Props) -> "Style":
        """Add everything that Box, Row, Col and Form share."""
        self.flex_container(props).block(props).spacing("padding", props.get("padding"))
        return self.border(props.get("border")).add("background", paint(props.get("background")))

    def spacing(self, name: str, value: object) -> "Style":
        """Add padding or margin: one spacing, up to four CSS lengths, or an object by sides."""
        if isinstance(value, Mapping):
            for side, sides in sorted(_SIDES.items(), key=lambda each: len(each[0])):
                for css in sides:
                    self.add(f"{name}-{css}", space(value.get(side)))
            return self
        if isinstance(value, str) and " " in value.strip():
            parts = [space(part) for part in value.split()]
            whole = len(parts) <= 4 and None not in parts
            return self.add(name, " ".join(filter(None, parts)) if whole else None)
        return self.add(name, space(value))

    def edges(self, padding: object) -> "Style":
        """Tell what is flush in a container how far away its edges are."""
        declared = Style().spacing("padding", padding)._declared
        given = dict(each.split(":", 1) for each in declared)
        parts = given.get("padding", "0px").split()
        whole = {"top": parts[0], "right": parts[len(parts) > 1], "left": parts[-1]}
        if len(parts) == 3:
            whole["left"] = parts[1]
        for side, amount in whole.items():
            distance = given.get(f"padding-{side}", amount)
            self.add(f"--edge-{side}", "0px" if distance == "0" else distance)
        return self

    def border(self, value: object) -> "Style":
        """Add a border: pixels, one border object, or an object of them by sides."""
        if not isinstance(value, Mapping) or "size" in value:
            return self.add("border", _line(value))
        for side, sides in sorted(_SIDES.items(), key=lambda each: len(each[0])):
            for css in sides:
                self.add(f"border-{css}", _line(value.get(side)))
        return self


def _line(value: object) -> str | None:
    if value is True:
        value = 1
    given = value if isinstance(value, Mapping) else {"size": value}
    thickness = number(given.get("size"))
    if thickness is None or thickness < 0:
        return None
    line = given.get("style") if given.get("style") in LINES else "solid"
    return f"{min(thickness, 20):g}px {line} " + (
        colour(given.get("color"), BORDER) or "var(--border-default)"
    )


def _radius(value: object) -> str | None:
    if isinstance(value, str) and value in RADII:
        return RADII[value]
    return size(value) if number(value) is not None or isinstance(value, str) else None


def _flex(value: object) -> str | None:
    if isinstance(value, str):
        known = value in {"auto", "none", "initial"} or _FLEX.fullmatch(value)
        return value if known else None
    grow = number(value)
    return f"{grow:g}" if grow is not None and 0 <= grow <= 999 else None


def _ratio(value: object) -> str | None:
    if isinstance(value, str) and (ratio := _RATIO.fullmatch(value)):
        return f"{ratio[1]} / {ratio[2]}" if float(ratio[1]) and float(ratio[2]) else None
    amount = number(value)
    return f"{amount:g}" if amount is not None and amount > 0 else None
