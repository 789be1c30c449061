"""Basic, Box, Row, Col, Transition; and what all containers have in common."""

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.widgets.actions import attribute
from chat.page.widgets.component import Component, View
from chat.page.widgets.grounds import theme_on
from chat.page.widgets.props import Props, number
from chat.page.widgets.style import Style

# Words of their own that some authors give to a container.
WORDS = ("title", "subtitle", "headline", "description", "footnote")
COLUMNS = ("row", "col")
SMALL = 120.0  # pixels up to which a box with a width of its own keeps it beside long texts


@dataclass(frozen=True)
class BoxView(View):
    """Box, Row, Col, Basic.

    Attributes:
        press: the attributes of a button over the whole box; empty without an action.
        label: the accessible name of that button.
    """

    press: Markup
    label: str


def theme(component: Component) -> Markup:
    """Return the attribute that forces a theme, where one is given or the background asks."""
    props = component.props
    given = props.choice("theme", ("light", "dark")) or theme_on(props.get("background"))
    return attribute("data-theme", given)


def words(component: Component) -> tuple[str, ...]:
    """Return the words that a container has of its own, beside its children."""
    return tuple(found for name in WORDS if (found := component.props.text(name)))


def name_of(html: Markup) -> str:
    """Return what an element with this content is called: its words, on one line."""
    return " ".join(html.striptags().split())[:200]


def direction(component: Component, default: str = "col") -> str:
    """Return whether children stand in a row or a column."""
    given = component.props.text("direction")
    return given if given in COLUMNS else {"column": "col"}.get(given, default)


def _box(component: Component, css: str) -> BoxView:
    press, children = component.button("onClickAction"), component.children()
    extra = theme(component)
    css += (" pressable" if press else "") + (" small" if _is_small(component.props) else "")
    style = Style().box(component.props)
    if has_flush(component):
        style.edges(component.props.get("padding"))
    element = component.element(css, style, extra)
    said = Markup().join(
        Markup('<p class="w-text">{}</p>').format(each) for each in words(component)
    )
    return BoxView(element, said + children, press, name_of(children) if press else "")


def _is_small(props: Props) -> bool:
    extent = props.get("size") if props.get("width") is None else props.get("width")
    pixels = extent.strip().removesuffix("px") if isinstance(extent, str) else extent
    amount = number(pixels)
    return amount is not None and amount <= SMALL and props.get("flex") is None


def has_flush(component: Component) -> bool:
    """Whether something in a container wants to reach its edges."""
    return any(Props(node).flag("flush") for _, node in component.inside)


def box_view(component: Component) -> BoxView:
    """Prepare Box: a column unless it says otherwise."""
    return _box(component, f"w-box w-{direction(component)}")


def row_view(component: Component) -> BoxView:
    """Prepare Row."""
    return _box(component, "w-box w-row")


def col_view(component: Component) -> BoxView:
    """Prepare Col."""
    return _box(component, "w-box w-col")


def basic_view(component: Component) -> BoxView:
    """Prepare Basic, the root without a frame."""
    return _box(component, f"w-basic w-{direction(component)}")


def transition_view(component: Component) -> View:
    """Prepare Transition: the component inside, which may fade in."""
    return View(component.element("w-transition"), component.children())
