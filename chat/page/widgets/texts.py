"""Text, Title, Caption, Markdown, Badge."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from chat.page.markdown import render_markdown
from chat.page.widgets.actions import attribute
from chat.page.widgets.colours import TEXT, colour
from chat.page.widgets.component import Component, View
from chat.page.widgets.props import Props
from chat.page.widgets.style import Style

TEXT_SIZES = ("xs", "sm", "md", "lg", "xl", "2xl")
TITLE_SIZES = ("sm", "md", "lg", "xl", "2xl", "3xl", "4xl", "5xl")
CAPTION_SIZES = ("xs", "sm", "md", "lg")
WEIGHTS = ("normal", "medium", "semibold", "bold")
BADGE_COLOURS = ("secondary", "success", "danger", "warning", "info", "discovery")
# Words that authors take for badge colours.
BADGE_SYNONYMS = {
    "primary": "info",
    "blue": "info",
    "green": "success",
    "red": "danger",
    "orange": "warning",
    "yellow": "warning",
    "purple": "discovery",
}
MOST_LINES = 40
SHORT = 12  # characters that a word may have to be kept in one piece on any screen

_AUTOCOMPLETE = re.compile(r"[a-z0-9 -]{1,60}")
# What password managers go by.
_NO_EXTENSIONS = Markup(' data-1p-ignore data-lpignore="true" data-bwignore data-form-type="other"')

_AUTOCOMPLETE = re.compile(r"[a-z0-9 -]{1,60}")
# What password managers go by.
_NO_EXTENSIONS = Markup(' data-1p-ignore data-lpignore="true" data-bwignore data-form-type="other"')


@dataclass(frozen=True)
class TextView(View):
    """Text, Title and Caption.

    Attributes:
        value: what it says.
    """

    value: str


@dataclass(frozen=True)
class EditableView(View):
    """A Text that can be edited in place.

    Attributes:
        field: the attributes of the input or textarea.
        value: what it holds at first.
        is_long: whether it has more than one line.
    """

    field: Markup
    value: str
    is_long: bool


@dataclass(frozen=True)
class BadgeView(View):
    """Badge.

    Attributes:
        label: what it says.
    """

    label: str


def text_value(component: Component) -> str:
    """Return what a text component says, under whichever name its author wrote it."""
    return component.props.text("value", "text", "content", "label")


def typography(component: Component) -> Style:
    """Return what Text, Title, Caption and Label have in common."""
    props, style = component.props, Style()
    style.add("color", colour(props.get("color"), TEXT))
    style.block(Props({**props.node, "size": None})).spacing("padding", props.get("padding"))
    if lines := props.count("maxLines", MOST_LINES):
        style.add("--lines", str(lines))
    if lines := props.count("minLines", MOST_LINES):
        style.add("min-height", f"{lines}lh")
    return style


def typographic_classes(component: Component, base: str, sizes: tuple[str, ...]) -> str:
    """Return the class names that Text, Title, Caption and Label have in common."""
    props = component.props
    names = {
        f"size-{props.choice('size', sizes)}": bool(props.choice("size", sizes)),
        f"weight-{props.choice('weight', WEIGHTS)}": bool(props.choice("weight", WEIGHTS)),
        f"align-{props.text('textAlign')}": props.text("textAlign") in ("start", "center", "end"),
        "truncate": props.flag("truncate"),
        "clamp": props.count("maxLines", MOST_LINES) is not None,
        "italic": props.flag("italic"),
        "struck": props.flag("lineThrough"),
        "mono": props.text("family") == "mono",
        "short": all(len(word) <= SHORT for word in text_value(component).split()),
    }
    return " ".join([base, *(name for name, holds in names.items() if holds)])


def text_view(component: Component) -> View:
    """Prepare Text; an editable one is a form field."""
    css = typographic_classes(component, "w-text", TEXT_SIZES)
    value = text_value(component)
    if name := str(component.props.mapping("editable").get("name") or ""):
        return _editable(component, css, name, value)
    element = component.element(css, typography(component))
    return TextView(element, component.children(), value)


def _editable(component: Component, css: str, name: str, value: str) -> EditableView:
    options = component.props.mapping("editable")
    lines = component.props.count("minLines", MOST_LINES) or 1
    hint = str(options.get("placeholder") or "")
    words = {
        "form": component.scope.form,
        "name": name,
        "id": component.scope.field_id(name),
        "placeholder": hint,
        "pattern": str(options.get("pattern") or "") if lines == 1 else "",
        "rows": str(lines) if lines > 1 else "",
        "aria-label": "" if name in component.scope.labelled else hint or spoken(name),
    }
    attributes = Markup().join(attribute(key, word) for key, word in words.items())
    attributes += manners(Props(options), "off")
    if options.get("required") is True:
        attributes += Markup(" required")
    element = component.element(f"{css} w-editable", typography(component))
    return EditableView(element, component.children(), attributes, value, lines > 1)


def manners(props: Props, autocomplete: str) -> Markup:
    """Return how a field behaves when it is entered: focus, selection, filling in.

    Args:
        props: of the control, or of a Text's ``editable``.
        autocomplete: what is said to the browser where the widget says nothing.
    """
    given = props.text("autoComplete")
    hint = given if _AUTOCOMPLETE.fullmatch(given) else autocomplete
    out = Markup(" data-autofocus") if props.flag("autoFocus") else Markup()
    out += Markup(" data-select") if props.flag("autoSelect") else Markup()
    if props.flag("allowAutofillExtensions"):
        return out + attribute("autocomplete", hint if given else "")
    return out + attribute("autocomplete", hint) + _NO_EXTENSIONS


def spoken(name: str) -> str:
    """Return the name of a field or icon as words: ``task.due_date`` is "due date"."""
    last = name.rsplit(".", 1)[-1].rsplit(":", 1)[-1]
    return last.replace("_", " ").replace("-", " ").strip().capitalize()


def title_view(component: Component) -> TextView:
    """Prepare Title."""
    css = typographic_classes(component, "w-title", TITLE_SIZES)
    element = component.element(css, typography(component))
    return TextView(element, component.children(), text_value(component))


def caption_view(component: Component) -> TextView:
    """Prepare Caption."""
    css = typographic_classes(component, "w-caption", CAPTION_SIZES)
    element = component.element(css, typography(component))
    return TextView(element, component.children(), text_value(component))


def markdown_view(component: Component) -> View:
    """Prepare Markdown: its text is rendered as that of an answer is."""
    html = render_markdown(component.props.text("value", "text", "content"))
    return View(component.element("w-markdown markdown"), html + component.children())


def badge_view(component: Component) -> BadgeView:
    """Prepare Badge."""
    props = component.props
    given = BADGE_SYNONYMS.get(props.text("color"), props.text("color"))
    colours = given if given in BADGE_COLOURS else "secondary"
    variant = props.choice("variant", ("solid", "soft", "outline"), "soft")
    extent = props.choice("size", ("sm", "md", "lg"), "sm")
    pill = " pill" if props.flag("pill") else ""
    element = component.element(f"w-badge tone-{colours} {variant} size-{extent}{pill}")
    return BadgeView(element, component.children(), props.text("label", "value", "text"))
