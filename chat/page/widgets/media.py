"""Icon, Image, Divider, Spacer."""

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.icons import icon
from chat.page.links import host_of, own_image, safe_link
from chat.page.widgets.actions import attribute
from chat.page.widgets.colours import BORDER, TEXT, colour, paint
from chat.page.widgets.component import Component, View
from chat.page.widgets.props import Props, number, text
from chat.page.widgets.style import Style, size, space

ICON_SIZES = ("xs", "sm", "md", "lg", "xl", "2xl", "3xl")
TINY, LOW = 80.0, 40.0  # pixels of width and of height that words need
FITS = ("cover", "contain", "fill", "scale-down", "none")
POSITIONS = frozenset(
    f"{vertical} {side}".strip()
    for vertical in ("top", "center", "bottom", "")
    for side in ("left", "center", "right", "")
) - {""}


@dataclass(frozen=True)
class IconView(View):
    """Icon.

    Attributes:
        svg: the drawing; nothing for an unknown icon.
    """

    svg: Markup


@dataclass(frozen=True)
class ImageView(View):
    """Image.

    Attributes:
        src: what is loaded; empty where that would be another origin's.
        href: where an image of another origin is; empty where that is no safe address.
        alt: what the image shows.
        host: where a link leads; empty where that is this site.
    """

    src: str
    href: str
    alt: str
    host: str


def icon_view(component: Component) -> IconView:
    """Prepare Icon."""
    props = component.props
    style = Style().add("color", colour(props.get("color"), TEXT))
    element = component.element(f"w-icon size-{props.choice('size', ICON_SIZES, 'md')}", style)
    return IconView(element, component.children(), icon(props.text("name")))


def image_view(component: Component) -> ImageView:
    """Prepare Image: one of our own is shown, any other is a link in its place."""
    props = component.props
    given, alt = props.text("src"), props.text("alt")
    src = own_image(given) or ""
    href = "" if src else safe_link(given) or ""
    style = Style().block(props).add("background", paint(props.get("background")))
    if src:
        style.add("object-fit", props.choice("fit", FITS) or None)
        style.add("object-position", props.choice("position", POSITIONS) or None)
    css = "w-image" if src else "w-image elsewhere"
    css += ("" if str(style) else " free") + (" tiny" if _is_tiny(component.props) else "")
    css += "".join(f" {name}" for name in ("frame", "flush") if props.flag(name))
    element = component.element(css, style)
    return ImageView(element, component.children(), src, href, alt, host_of(href))


def _is_tiny(props: Props) -> bool:
    """Whether an image is so small that no word would fit in."""
    sides = {name: text(props.get(name)).removesuffix("px") for name in ("size", "width", "height")}
    known = {name: amount for name, side in sides.items() if (amount := number(side)) is not None}
    return min(known.get("size", TINY), known.get("width", TINY)) < TINY or (
        known.get("height", TINY) < LOW
    )


def divider_view(component: Component) -> View:
    """Prepare Divider."""
    props, style = component.props, Style()
    style.add("--line", colour(props.get("color"), BORDER)).add("--size", size(props.get("size")))
    style.add("--around", space(props.get("spacing")))
    flush = " flush" if props.flag("flush") else ""
    return View(component.element(f"w-divider{flush}", style), component.children())


def spacer_view(component: Component) -> View:
    """Prepare Spacer."""
    least = space(component.props.get("minSize"))
    style = Style().add("--least", "0px" if least == "0" else least)
    element = component.element("w-spacer", style, attribute("aria-hidden", "true"))
    return View(element, component.children())
