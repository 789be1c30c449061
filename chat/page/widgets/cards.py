"""Card, ListView and ListViewItem."""

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.icons import icon
from chat.page.links import own_image
from chat.page.widgets.actions import attribute
from chat.page.widgets.boxes import name_of, theme, words
from chat.page.widgets.component import Component, View
from chat.page.widgets.props import Props, text
from chat.page.widgets.style import Style

SHOWN_BY_ITSELF = 10  # what ``"limit": "auto"`` means here
MOST_SHOWN = 1_000


@dataclass(frozen=True)
class Status:
    """The line above a card or list.

    Attributes:
        icon: an icon; nothing without one.
        text: what it says.
        favicon: the address of a small picture in its place; empty without one of our own.
        frame: whether that has a frame.
    """

    icon: Markup
    text: str
    favicon: str = ""
    frame: bool = False


@dataclass(frozen=True)
class FooterButton:
    """Confirm or Cancel of a card.

    Attributes:
        element: the attributes of the button.
        label: what it says.
        css: its class names.
    """

    element: Markup
    label: str
    css: str


@dataclass(frozen=True)
class CardView(View):
    """Card.

    Attributes:
        tag: ``form`` where its fields go along with its buttons, else ``section``.
        url: where the form is posted to.
        status: the line above; None without one.
        words: texts of the card itself, before its children.
        body: the ``style`` attribute of the part that holds the children.
        submit: the attributes of the default button of a form; empty where nothing is sent.
        buttons: the buttons below.
        collapsed: whether the children are folded away.
    """

    tag: str
    url: str
    status: Status | None
    words: tuple[str, ...]
    body: Markup
    submit: Markup
    buttons: tuple[FooterButton, ...]
    collapsed: bool


@dataclass(frozen=True)
class ListViewView(View):
    """ListView.

    Attributes:
        status: the line above; None without one.
        more: the HTML of the items that are shown on demand.
        hidden: how many these are.
    """

    status: Status | None
    more: Markup
    hidden: int


@dataclass(frozen=True)
class ListItemView(View):
    """ListViewItem.

    Attributes:
        words: texts of the item itself, before its children.
        press: the attributes of a button over the whole item; empty without an action.
        label: the accessible name of that button.
    """

    words: tuple[str, ...]
    press: Markup
    label: str


def status_of(props: Props) -> Status | None:
    """Return a card's or list's status line; a favicon of another site is not loaded."""
    given = Props(props.mapping("status"))
    said = given.text("text")
    if not said:
        return None
    favicon = own_image(given.text("favicon")) or ""
    drawn = icon(given.text("icon")) or (icon("globe") if given.text("favicon") else Markup())
    return Status(Markup() if favicon else drawn, said, favicon, given.flag("frame"))


def card_view(component: Component) -> CardView:
    """Prepare Card."""
    props, scope = component.props, component.scope
    as_form = props.flag("asForm") and not scope.in_form
    form = scope.own_form_id if as_form else scope.form
    submit = component.button("confirm", validate=True, form=form) if as_form else Markup()
    changes = {"form": form, "in_form": True, "submit": submit} if as_form else {}
    children = component.children(**changes)
    extra = theme(component) + attribute("id", form if as_form else "")
    return CardView(
        component.element(_card_classes(component), _card_style(props), extra),
        children,
        "form" if as_form else "section",
        scope.url,
        status_of(props),
        words(component),
        attribute("style", str(_body_style(props))),
        submit,
        _footer(component, form, as_form),
        props.flag("collapsed"),
    )


def _body_style(props: Props) -> Style:
    padding = props.get("padding")
    style = Style().spacing("padding", padding)
    return style.edges(padding) if str(style) else style


def _card_classes(component: Component) -> str:
    css = f"w-card size-{component.props.choice('size', ('sm', 'md', 'lg', 'full'), 'md')}"
    return f"{css} nested" if component.scope.parent else css


def _card_style(props: Props) -> Style:
    shape = Props({"radius": props.get("radius"), "background": props.get("background")})
    return Style().box(shape).border(props.get("border"))


def _footer(component: Component, form: str, validate: bool) -> tuple[FooterButton, ...]:
    buttons = []
    for event, css in (("cancel", "outline tone-secondary"), ("confirm", "solid tone-primary")):
        label = text(component.props.mapping(event).get("label"))
        if label:
            checked = validate and event == "confirm"
            element = component.button(event, checked, form) or Markup('type="button" disabled')
            buttons.append(FooterButton(element, label, css))
    return tuple(buttons)


def list_view(component: Component) -> ListViewView:
    """Prepare ListView; past its limit, items are folded away."""
    props = component.props
    rendered = [html for _, html in component.rendered()]
    limit = props.count("limit", MOST_SHOWN) or MOST_SHOWN
    if props.get("limit") == "auto":
        limit = SHOWN_BY_ITSELF
    shown, more = rendered[:limit], rendered[limit:]
    css = "w-list nested" if component.scope.parent else "w-list"
    element = component.element(css, Style(), theme(component))
    return ListViewView(
        element, Markup().join(shown), status_of(props), Markup().join(more), len(more)
    )


def list_item_view(component: Component) -> ListItemView:
    """Prepare ListViewItem; with an action, the whole item is a button."""
    press, children = component.button("onClickAction"), component.children()
    said = words(component)
    role = Markup(' role="listitem"') if component.scope.parent == "ListView" else Markup()
    style = (
        Style()
        .flex_container(component.props)
        .box(Props({"background": component.props.get("background")}))
    )
    element = component.element(f"w-item{' pressable' if press else ''}", style, role)
    label = " ".join([*said, name_of(children)]).strip() if press else ""
    return ListItemView(element, children, said, press, label)
