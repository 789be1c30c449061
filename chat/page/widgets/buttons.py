"""Button."""

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.icons import icon
from chat.page.widgets.actions import attribute
from chat.page.widgets.component import Component, View
from chat.page.widgets.props import Props
from chat.page.widgets.texts import spoken
from chat.words import gettext

COLOURS = ("primary", "secondary", "info", "discovery", "success", "caution", "warning", "danger")
VARIANTS = ("solid", "soft", "outline", "ghost")
SIZES = ("3xs", "2xs", "xs", "sm", "md", "lg", "xl", "2xl", "3xl")
ICON_SIZES = ("sm", "md", "lg", "xl", "2xl")
INERT = Markup('type="button"')


@dataclass(frozen=True)
class ButtonView(View):
    """Button.

    Attributes:
        start: the icon before the label.
        label: what it says; empty for an icon alone.
        end: the icon after the label.
    """

    start: Markup
    label: str
    end: Markup


def button_view(component: Component) -> ButtonView:
    """Prepare Button: it submits the form around it, or sends its own action, or does nothing."""
    props, scope = component.props, component.scope
    submits = props.flag("submit") and scope.submit
    does = scope.submit if submits else component.button("onClickAction") or INERT
    start = icon(props.text("iconStart", "icon"))
    end, label = icon(props.text("iconEnd")), props.text("label")
    named = props.text("ariaLabel") or ("" if label else _icon_name(props))
    extra = Markup(" ") + does + attribute("aria-label", named)
    if props.flag("disabled"):
        extra += Markup(" disabled")
    element = component.element(_classes(props, bool(label), bool(submits)), extra=extra)
    return ButtonView(element, component.children(), start, label, end)


def _icon_name(props: Props) -> str:
    return spoken(props.text("iconStart", "iconEnd", "icon")) or gettext("Button")


def _classes(props: Props, has_label: bool, submits: bool) -> str:
    preset = props.choice("style", ("primary", "secondary"), "primary" if submits else "secondary")
    tone = props.choice("color", COLOURS, preset)
    default = "solid" if preset == "primary" or props.choice("color", COLOURS) else "outline"
    names = {
        f"icons-{props.choice('iconSize', ICON_SIZES)}": props.choice("iconSize", ICON_SIZES),
        "pill": props.flag("pill"),
        "uniform": props.flag("uniform") or not has_label,
        "block": props.flag("block"),
    }
    css = f"w-button {props.choice('variant', VARIANTS, default)} tone-{tone}"
    css += f" control-{props.choice('size', SIZES, 'md')}"
    return " ".join([css, *(name for name, holds in names.items() if holds)])
