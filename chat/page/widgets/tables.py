"""Table, Table.Row and Table.Cell, as chatkit.js has them."""

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.widgets.actions import attribute
from chat.page.widgets.component import Component, View
from chat.page.widgets.style import Style, size

SIDES = ("start", "center", "end")
MOST_SPANNED = 100


@dataclass(frozen=True)
class CellView(View):
    """Table.Cell.

    Attributes:
        tag: ``td``, ``th`` in a header row, ``div`` outside of a row.
    """

    tag: str


@dataclass(frozen=True)
class RowView(View):
    """Table.Row.

    Attributes:
        tag: ``tr``, or ``div`` outside of a table.
    """

    tag: str


def table_view(component: Component) -> View:
    """Prepare Table; what is no row in it gets a row of its own."""
    rows = [
        html if node["type"] == "Table.Row" else Markup("<tr><td>{}</td></tr>").format(html)
        for node, html in component.rendered()
    ]
    element = component.element("w-table", Style().block(component.props))
    return View(element, Markup().join(rows))


def row_view(component: Component) -> RowView:
    """Prepare Table.Row; what is no cell in it gets a cell of its own."""
    if component.scope.parent != "Table":
        return RowView(component.element("w-box w-row"), component.children(), "div")
    kind = "Table.Head" if component.props.flag("header") else "Table.Row"
    cells = [
        html if node["type"] == "Table.Cell" else Markup("<td>{}</td>").format(html)
        for node, html in component.rendered(parent=kind)
    ]
    return RowView(component.element("w-table-row"), Markup().join(cells), "tr")


def cell_view(component: Component) -> CellView:
    """Prepare Table.Cell."""
    props, style = component.props, Style()
    style.spacing("padding", props.get("padding")).add("width", size(props.get("width")))
    tag = {"Table.Head": "th", "Table.Row": "td"}.get(component.scope.parent, "div")
    css = f"w-cell align-{props.choice('align', SIDES, 'start')}"
    css += f" valign-{props.choice('vAlign', SIDES, 'center')}"
    if column := props.choice("colSize", ("xs", "sm", "md", "lg", "xl")):
        css += f" column-{column}"
    element = component.element(css, style, _spans(component) if tag != "div" else Markup())
    said = Markup("{}").format(props.text("value", "text", "label"))
    return CellView(element, said + component.children(), tag)


def _spans(component: Component) -> Markup:
    spans = Markup()
    for name in ("colSpan", "rowSpan"):
        count = component.props.count(name, MOST_SPANNED)
        spans += attribute(name.lower(), str(count or ""))
    return spans + attribute("scope", "col" if component.scope.parent == "Table.Head" else "")
