"""What the templates of messages, widgets, images and client tools read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Self

from chatkit.types import (
    AssistantMessageItem,
    Attachment,
    ClientToolCallItem,
    FeedbackKind,
    GeneratedImageItem,
    ImageAttachment,
    InferenceOptions,
    ThreadItem,
    UserMessageContent,
    UserMessageItem,
    UserMessageTagContent,
    WidgetItem,
)
from markupsafe import Markup

from chat.page.addresses import attachment_url, dom_id, item_url, part_ids, tool_output_url
from chat.page.dates import Moment, moment
from chat.page.entity_chips import EntityChip, tag_entity, tag_icon
from chat.page.file_facts import file_kind, file_size
from chat.page.growing import GrowingMarkdown
from chat.page.icons import icon
from chat.page.item_offers import EVERYTHING, ItemOffers
from chat.page.links import host_of, own_image, safe_link
from chat.page.markdown import render_markdown
from chat.page.sources import SourceView, cited
from chat.page.widgets.render import render_widget
from chat.words import gettext
from store.attachments import size_of

NOTHING = Markup()
SKIPPED = {"skipped": True}
"""The result of a client tool that the person in front of the browser did not let run."""
LONGEST_JSON = 20_000


@dataclass(frozen=True)
class ItemView:
    """What every item's template may read.

    Attributes:
        id: the DOM id of the article.
        item_id: the item's own id.
        type: the item's type, as the protocol names it; it names the template too.
        created: when the item was made.
    """

    id: str
    item_id: str
    type: str
    created: Moment

    @classmethod
    def of(cls, item: ThreadItem, **fields: object) -> Self:
        """Return the view of an item, with the fields that its type has of its own."""
        return cls(dom_id(item.id), item.id, item.type, moment(item.created_at), **fields)


@dataclass(frozen=True)
class SaidView:
    """One piece of a user message.

    Attributes:
        text: what it says, as it was typed.
        is_tag: whether it is a tag, shown as a chip.
        group: the tag's group; empty without one.
        icon: the tag's icon, or nothing.
        entity: what an interactive tag shows and where it leads; None for any other.
    """

    text: str
    is_tag: bool = False
    group: str = ""
    icon: Markup = NOTHING
    entity: EntityChip | None = None


@dataclass(frozen=True)
class ChosenView:
    """What the user chose for the answer: a tool or a model."""

    icon: Markup
    what: str
    name: str


@dataclass(frozen=True)
class AttachmentView:
    """One attachment.

    Attributes:
        url: where its bytes are; empty while they have not arrived.
        name: what it is called.
        type: its media type.
        kind: the same for people.
        size: how large it is, for people; empty where that is not known.
        is_image: whether it can be shown as a thumbnail.
    """

    url: str
    name: str
    type: str
    kind: str
    size: str
    is_image: bool


@dataclass(frozen=True)
class UserMessageView(ItemView):
    """A user message.

    Attributes:
        quoted: the text it answers; empty without one.
        chosen: the tool and the model that were chosen for the answer.
    """

    said: tuple[SaidView, ...]
    quoted: str
    attachments: tuple[AttachmentView, ...]
    chosen: tuple[ChosenView, ...]


@dataclass(frozen=True)
class PartView:
    """One content part of an answer.

    Attributes:
        id: the DOM id of its element.
    """

    id: str
    html: Markup


@dataclass(frozen=True)
class AssistantMessageView(ItemView):
    """An answer.

    Attributes:
        sources: what its parts refer to.
        finished: whether it is complete, so that it can be copied and judged.
        text: what Copy copies.
        feedback: what the owner thinks of it; empty for nothing yet.
        feedback_url: where an opinion is posted to; empty where none is asked for.
        retry_url: where the wish for another answer is posted to; empty where there is none.
    """

    parts: tuple[PartView, ...]
    sources: tuple[SourceView, ...]
    finished: bool
    text: str
    feedback: str
    feedback_url: str
    retry_url: str


@dataclass(frozen=True)
class WidgetItemView(ItemView):
    """A widget.

    Attributes:
        url: where its actions are posted to.
        form_id: the DOM id of the form that its buttons outside of forms belong to.
        copy_text: what Copy copies; empty where nothing is to be copied.
    """

    html: Markup
    url: str
    form_id: str
    copy_text: str


@dataclass(frozen=True)
class GeneratedImageView(ItemView):
    """A generated image.

    Attributes:
        src: what is loaded; empty where there is no image, or one of another origin.
        href: where an image of another origin is; empty where that is no safe address.
        host: the name of that origin.
        note: what is said in place of an image.
        making: whether more of it is to come.
        percent: how far it is; None where that is not known.
    """

    src: str
    href: str
    host: str
    note: str
    making: bool
    percent: int | None


@dataclass(frozen=True)
class ClientToolCallView(ItemView):
    """A tool that runs in the browser.

    Attributes:
        waiting: whether its result is still to come.
        skipped: whether it was not let run.
        name: the tool's name.
        call_id: the call's id.
        arguments: its arguments, as JSON.
        shown_arguments: the same for people; empty where there are none.
        output: its result as JSON, for people; empty where there is none.
        url: where the result is posted to.
    """

    waiting: bool
    skipped: bool
    name: str
    call_id: str
    arguments: str
    shown_arguments: str
    output: str
    url: str


def user_message_view(item: UserMessageItem, offers: ItemOffers = EVERYTHING) -> UserMessageView:
    """Prepare a user message; what was chosen for the answer is called as it was offered."""
    return UserMessageView.of(
        item,
        said=tuple(_said(content) for content in item.content),
        quoted=item.quoted_text or "",
        attachments=tuple(_attachment(each) for each in item.attachments),
        chosen=tuple(_chosen(item.inference_options, offers)),
    )


def _said(content: UserMessageContent) -> SaidView:
    if not isinstance(content, UserMessageTagContent):
        return SaidView(content.text)
    drawn, entity = tag_icon(content.data), tag_entity(content)
    return SaidView(content.text, True, content.group or "", drawn, entity)


def _attachment(attachment: Attachment) -> AttachmentView:
    arrived = attachment.upload_descriptor is None
    return AttachmentView(
        url=attachment_url(attachment.id) if arrived else "",
        name=attachment.name,
        type=attachment.mime_type,
        kind=file_kind(attachment.mime_type),
        size=file_size(size_of(attachment)),
        is_image=arrived and isinstance(attachment, ImageAttachment),
    )


def _chosen(options: InferenceOptions, offers: ItemOffers) -> list[ChosenView]:
    chosen = []
    if options.tool_choice:
        tool_id = options.tool_choice.id
        tool = offers.tools.get(tool_id)
        drawn = icon(tool.icon) if tool else icon("lucide:wrench")
        chosen.append(ChosenView(drawn, gettext("Tool"), tool.label if tool else tool_id))
    if options.model:
        model = offers.models.get(options.model)
        name = model.label if model else options.model
        chosen.append(ChosenView(icon("lucide:cpu"), gettext("Model"), name))
    return chosen


def assistant_message_view(
    item: AssistantMessageItem,
    finished: bool = True,
    feedback: FeedbackKind | None = None,
    growing: Sequence[GrowingMarkdown] = (),
    offers: ItemOffers = EVERYTHING,
) -> AssistantMessageView:
    """Prepare an answer; see `chat.page.items.item_view` for the arguments."""
    parts: list[PartView] = []
    sources: list[SourceView] = []
    found = cited([content.annotations for content in item.content], dom_id(item.id))
    for index, (content, refers) in enumerate(zip(item.content, found, strict=True)):
        live = growing[index] if index < len(growing) else None
        html = live.render() if live else render_markdown(content.text, refers.marks)
        sources += refers.sources
        parts.append(PartView(part_ids(item.id, index).part, html))
    return AssistantMessageView.of(
        item,
        parts=tuple(parts),
        sources=tuple(sources),
        finished=finished,
        text="\n\n".join(content.text for content in item.content),
        feedback=feedback or "",
        feedback_url=item_url(item.thread_id, item.id, "feedback") if offers.feedback else "",
        retry_url=item_url(item.thread_id, item.id, "retry") if offers.retry else "",
    )


def widget_view(item: WidgetItem) -> WidgetItemView:
    """Prepare a widget."""
    url, form_id = item_url(item.thread_id, item.id, "action"), f"{dom_id(item.id)}-action"
    return WidgetItemView.of(
        item,
        html=render_widget(item.widget, dom_id(item.id), url, form_id),
        url=url,
        form_id=form_id,
        copy_text=item.copy_text or "",
    )


def generated_image_view(
    item: GeneratedImageItem, finished: bool = True, progress: float | None = None
) -> GeneratedImageView:
    """Prepare a generated image; one of another origin is a link.

    Args:
        item: the image's item.
        finished: whether nothing more of it will come.
        progress: how far it is, from 0 to 1, or None where that is not known.
    """
    url = item.image.url if item.image else ""
    making = not finished
    known = making and progress is not None and isfinite(progress)
    return GeneratedImageView.of(
        item,
        src=own_image(url) or "",
        href=safe_link(url) or "",
        host=host_of(url),
        note=gettext("Making an image…")
        if making
        else gettext("Generated image")
        if url
        else gettext("No image"),
        making=making,
        percent=round(100 * min(max(progress or 0, 0), 1)) if known else None,
    )


def client_tool_call_view(item: ClientToolCallItem) -> ClientToolCallView:
    """Prepare a tool that runs in the browser."""
    return ClientToolCallView.of(
        item,
        waiting=item.status == "pending",
        skipped=item.status != "pending" and item.output == SKIPPED,
        name=item.name,
        call_id=item.call_id,
        arguments=json.dumps(item.arguments, ensure_ascii=False, default=str),
        shown_arguments=_readable(item.arguments) if item.arguments else "",
        output="" if item.output is None or item.output == SKIPPED else _readable(item.output),
        url=tool_output_url(item.thread_id),
    )


def _readable(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str, indent=2)
    return text if len(text) <= LONGEST_JSON else f"{text[:LONGEST_JSON]}…"
