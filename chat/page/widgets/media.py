"""Icon, Image, Divider, Spacer."""

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.icons import icon
from chat.page.links import own_image, safe_link
from chat.page.widgets.actions import attribute
from chat.page.widgets.colours import BORDER, TEXT, colour, paint
from chat.page.widgets.component import Component, View
from chat.page.widgets.style import Style, size, space

ICON_SIZES = ("xs", "sm", "md", "lg", "xl", "2xl", "3xl")
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
    """

    src: str
    href: str
    alt: str


def icon_view(component: Component) -> IconView:
    """Prepare Icon."""
    props = component.props
    style = Style().add("color", colour(props.get("color"), TEXT))
    element = component.element(f"w-icon size-{props.choice('size', ICON_SIZES, 'md')}", style)
    return IconView(element, component.children(), icon(props.text("name")))


def image_view(component: Component) -> ImageView:
    """Prepare Image: one of our own is shown, any other is a link with its alt text."""
    props = component.props
    given, alt = props.text("src"), props.text("alt")
    src = own_image(given) or ""
    href = "" if src else safe_link(given) or ""
    style = Style().block(props).add("background", paint(props.get("background")))
    if src:
        style.add("object-fit", props.choice("fit", FITS) or None)
        style.add("object-position", props.choice("position", POSITIONS) or None)
    css = "w-image" if src else "w-image elsewhere"
    css += "".join(f" {name}" for name in ("frame", "flush") if props.flag(name))
    element = component.element(css, style if src else None)
    return ImageView(element, component.children(), src, href, alt)


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
    style = Style().add("min-width", least).add("min-height", least)
    element = component.element("w-spacer", style, attribute("aria-hidden", "true"))
    return View(element, component.children())
