"""Form."""

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.widgets.actions import attribute
from chat.page.widgets.boxes import direction, words
from chat.page.widgets.component import Component, View
from chat.page.widgets.style import Style


@dataclass(frozen=True)
class FormView(View):
    """Form.

    Attributes:
        tag: ``form``, or ``div`` inside another form.
        url: where the form is posted to.
        submit: the attributes of the default button; empty where nothing can be sent.
        words: texts that belong before the fields.
        label: what the button at the end says; empty where the form brings its own.
    """

    tag: str
    url: str
    submit: Markup
    words: tuple[str, ...]
    label: str


def form_view(component: Component) -> FormView:
    """Prepare Form; one inside another form shares the outer one's element."""
    scope, props = component.scope, component.props
    own = scope.form if scope.in_form else scope.own_form_id
    submit = component.button("onSubmitAction", validate=True, form=own)
    css = f"w-box w-form w-{direction(component)}"
    attributes = attribute("id", "" if scope.in_form else own)
    return FormView(
        component.element(css, Style().box(props), attributes),
        component.children(form=own, in_form=True, submit=submit),
        "div" if scope.in_form else "form",
        scope.url,
        submit,
        words(component),
        props.text("submitLabel") if submit else "",
    )
