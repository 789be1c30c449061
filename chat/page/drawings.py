"""SVG files of a user's as drawings that are safe in a page: ``drawing(svg)``.

Only shapes and how they are painted are taken over; a script, a style sheet, an event handler
or anything that refers to something else is left out.
"""

import re
from xml.etree import ElementTree

from markupsafe import Markup, escape

LARGEST = 64 * 1024

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_SHAPES = {"g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
_ATTRIBUTES = {
    "d", "points", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "width",
    "height", "transform", "opacity", "fill", "fill-opacity", "fill-rule", "clip-rule", "stroke",
    "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-dasharray",
    "stroke-dashoffset", "stroke-miterlimit",
}  # fmt: skip
_ON_ROOT = {name for name in _ATTRIBUTES if name.startswith(("fill", "stroke", "clip"))}
_VALUE = re.compile(r"[\w\s.,#%()+-]*")
_BOX = re.compile(r"\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+[\d.]+[\s,]+[\d.]+\s*")
_FRAME = Markup(
    '<svg class="icon" viewBox="{}" width="1em" height="1em" aria-hidden="true" '
    'focusable="false"{}>{}</svg>'
)


def drawing(svg: str) -> Markup:
    """Return an SVG file as an inline element of the text's size.

    Args:
        svg: the file's text.

    Returns:
        The element; nothing where the text is no SVG, or one with a DTD, or too large.
    """
    if len(svg) > LARGEST or "<!" in re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL):
        return Markup()
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - without a DTD nothing can expand
    except ElementTree.ParseError:
        return Markup()
    if root.tag.removeprefix(_NAMESPACE) != "svg":
        return Markup()
    painted = _attributes(root, _ON_ROOT) or Markup(' fill="currentColor"')
    return _FRAME.format(_box(root), painted, _inside(root))


def _box(root: ElementTree.Element) -> str:
    given = root.get("viewBox", "")
    if _BOX.fullmatch(given):
        return given.strip()
    sides = (re.match(r"[\d.]+", root.get(name, "")) for name in ("width", "height"))
    return "0 0 " + " ".join(side[0] if side else "24" for side in sides)


def _inside(element: ElementTree.Element) -> Markup:
    out = Markup()
    for child in element:
        tag = str(child.tag).removeprefix(_NAMESPACE)
        if tag in _SHAPES:
            attributes = _attributes(child, _ATTRIBUTES)
            out += Markup(f"<{tag}{attributes}>{_inside(child)}</{tag}>")  # noqa: S704 - chosen
    return out


def _attributes(element: ElementTree.Element, allowed: set[str]) -> Markup:
    return Markup().join(
        Markup(f' {name}="{escape(value)}"')  # noqa: S704 - a name of ours, an escaped value
        for name, value in element.attrib.items()
        if name in allowed and _VALUE.fullmatch(value) and "url(" not in value.lower()
    )
