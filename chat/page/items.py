"""Thread items as HTML: ``render_item(item_view(item))``.

One function shows an item, whether it comes from the store or out of a running turn. While
an answer is being written, ``item_view(item, finished=False, growing=parts)`` takes the
growing Markdown of its parts; `part_ids` names the elements that then change. To add an
item type, write its template in ``templates/items`` and its view in `chat.page.item_views`.
"""

from collections.abc import Sequence
from typing import assert_never

from chatkit.types import (
    AssistantMessageItem,
    ClientToolCallItem,
    EndOfTurnItem,
    FeedbackKind,
    GeneratedImageItem,
    HiddenContextItem,
    SDKHiddenContextItem,
    StructuredInputItem,
    TaskItem,
    ThreadItem,
    UserMessageItem,
    WidgetItem,
    WorkflowItem,
)
from markupsafe import Markup

from chat.page import item_views as views
from chat.page.addresses import PartIds, dom_id, part_ids
from chat.page.fragments import get_template
from chat.page.growing import GrowingMarkdown
from chat.page.item_offers import EVERYTHING, ItemOffers
from chat.page.item_views import ItemView
from chat.page.questions import structured_input_view
from chat.page.work import task_view, workflow_view

__all__ = ["ItemView", "PartIds", "dom_id", "item_view", "part_ids", "render_item"]


def item_view(
    item: ThreadItem,
    *,
    finished: bool = True,
    feedback: FeedbackKind | None = None,
    growing: Sequence[GrowingMarkdown] = (),
    progress: float | None = None,
    offers: ItemOffers = EVERYTHING,
) -> ItemView | None:
    """Prepare an item for its template.

    Args:
        item: any thread item.
        finished: whether nothing more will be added to it.
        feedback: what the owner thinks of it.
        growing: for an answer that is being written, the Markdown of each of its parts.
        progress: for an image that is being made, how far it is, from 0 to 1.
        offers: what is offered beneath it, and what choices are called.

    Returns:
        What the template reads, or None for items that are never shown.
    """
    match item:
        case UserMessageItem():
            return views.user_message_view(item, offers)
        case AssistantMessageItem():
            return views.assistant_message_view(item, finished, feedback, growing, offers)
        case ClientToolCallItem():
            return views.client_tool_call_view(item)
        case WidgetItem():
            return views.widget_view(item)
        case GeneratedImageItem():
            return views.generated_image_view(item, finished, progress)
        case StructuredInputItem():
            return structured_input_view(item)
        case TaskItem():
            return task_view(item)
        case WorkflowItem():
            return workflow_view(item, finished)
        case EndOfTurnItem():
            return views.ItemView.of(item)
        case HiddenContextItem() | SDKHiddenContextItem():
            return None
        case _:
            assert_never(item)


def render_item(view: ItemView | None) -> Markup:
    """Return an item's HTML, one ``article``; nothing for None."""
    if view is None:
        return Markup()
    return Markup(get_template(f"items/{view.type}.html").render(view=view))  # noqa: S704
