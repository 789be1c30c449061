"""A whole widget as HTML: ``render_widget(item.widget, dom_id, url, form_id)``.

To add a component, write its template and, where that needs more than its plain
properties, its view function, and name it in `VIEWS`.
"""

import re
from collections.abc import Callable, Mapping

from jinja2 import Template
from markupsafe import Markup
from pydantic import BaseModel

from chat.page.fragments import find_template, get_template
from chat.page.widgets import boxes, cards, choices, controls, media, tables, texts
from chat.page.widgets.buttons import button_view
from chat.page.widgets.chart import chart_view
from chat.page.widgets.component import Component, Scope, View
from chat.page.widgets.forms import form_view
from chat.page.widgets.generic import generic_view, words_of
from chat.page.widgets.props import Props
from chat.page.widgets.tree import Node, children_of, plain, walk

DEEPEST = 60
"""How many components may stand in each other; only the words of deeper ones are shown."""

VIEWS: Mapping[str, Callable[[Component], View]] = {
    "Badge": texts.badge_view,
    "Basic": boxes.basic_view,
    "Box": boxes.box_view,
    "Button": button_view,
    "Caption": texts.caption_view,
    "Card": cards.card_view,
    "Chart": chart_view,
    "Checkbox": choices.checkbox_view,
    "Col": boxes.col_view,
    "DatePicker": controls.date_picker_view,
    "Divider": media.divider_view,
    "Form": form_view,
    "Icon": media.icon_view,
    "Image": media.image_view,
    "Input": controls.input_view,
    "Label": controls.label_view,
    "ListView": cards.list_view,
    "ListViewItem": cards.list_item_view,
    "Markdown": texts.markdown_view,
    "RadioGroup": choices.radio_group_view,
    "Row": boxes.row_view,
    "Select": choices.select_view,
    "Spacer": media.spacer_view,
    "Table": tables.table_view,
    "Table.Cell": tables.cell_view,
    "Table.Row": tables.row_view,
    "Text": texts.text_view,
    "Textarea": controls.textarea_view,
    "Title": texts.title_view,
    "Transition": boxes.transition_view,
}

# What some authors write for a component.
_SYNONYMS = {"TextInput": "Input", "number": "Input"}
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,40}(?:\.[A-Za-z][A-Za-z0-9]{0,40})?")


def render_widget(widget: BaseModel | Node, dom_id: str, url: str, form_id: str) -> Markup:
    """Render a widget.

    Args:
        widget: the root, as the SDK's class or in plain form.
        dom_id: the DOM id of the item, with which the widget's own ids start.
        url: the address that the item's actions are posted to.
        form_id: the id of an empty form in the item that posts there.
    """
    root = plain(widget)
    labelled, groups = set(), set()
    for _, node in walk(root):
        if node.get("type") == "Label":
            labelled.add(Props(node).text("fieldName", "htmlFor"))
        elif node.get("type") == "RadioGroup":
            groups.add(Props(node).text("name"))
    scope = Scope(
        _render, dom_id, url, form_id, labelled=frozenset(labelled), groups=frozenset(groups)
    )
    return _render(root, scope)


def _render(node: Node, scope: Scope) -> Markup:
    component = Component(Props(node), scope, tuple(children_of(node, scope.path)))
    if scope.depth > DEEPEST:
        return Markup('<p class="w-text">{}</p>').format(" ".join(words_of(node)))
    meant = _SYNONYMS.get(component.props.type, component.props.type)
    view = VIEWS.get(meant, generic_view)(component)
    chosen = _template_of(meant)
    return Markup(chosen.render(view=view))  # noqa: S704 - autoescaped


def _template_of(component_type: str) -> Template:
    known = (
        find_template(f"widgets/{component_type}.html") if _TYPE.fullmatch(component_type) else None
    )
    return known or get_template("widgets/other.html")
