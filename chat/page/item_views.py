"""What the templates of messages, widgets, images and client tools read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from chatkit.types import (
    AssistantMessageItem,
    Attachment,
    ClientToolCallItem,
    FeedbackKind,
    GeneratedImageItem,
    ImageAttachment,
    ThreadItem,
    UserMessageContent,
    UserMessageItem,
    UserMessageTagContent,
    WidgetItem,
)
from markupsafe import Markup

from chat.page.addresses import attachment_url, dom_id, item_url, part_ids, tool_output_url
from chat.page.dates import Moment, moment
from chat.page.growing import GrowingMarkdown
from chat.page.links import own_image, safe_link
from chat.page.markdown import render_markdown
from chat.page.sources import SourceView, source_view
from chat.page.widgets.render import render_widget


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
    """

    text: str
    is_tag: bool
    group: str


@dataclass(frozen=True)
class AttachmentView:
    """One attachment: its address, name and type, and whether it is an image."""

    url: str
    name: str
    kind: str
    is_image: bool


@dataclass(frozen=True)
class UserMessageView(ItemView):
    """A user message.

    Attributes:
        quoted: the text it answers; empty without one.
    """

    said: tuple[SaidView, ...]
    quoted: str
    attachments: tuple[AttachmentView, ...]


@dataclass(frozen=True)
class PartView:
    """One content part of an answer.

    Attributes:
        id: the DOM id of its element.
        sources: what the part refers to, numbered over the whole answer.
    """

    id: str
    html: Markup
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class AssistantMessageView(ItemView):
    """An answer.

    Attributes:
        finished: whether it is complete, so that it can be copied and judged.
        text: what Copy copies.
        feedback: what the owner thinks of it; empty for nothing yet.
        feedback_url: where an opinion is posted to.
    """

    parts: tuple[PartView, ...]
    finished: bool
    text: str
    feedback: str
    feedback_url: str


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
        note: what is said in place of an image.
    """

    src: str
    href: str
    note: str


@dataclass(frozen=True)
class ClientToolCallView(ItemView):
    """A tool that runs in the browser.

    Attributes:
        waiting: whether its result is still to come.
        name: the tool's name.
        call_id: the call's id.
        arguments: its arguments, as JSON.
        url: where the result is posted to.
    """

    waiting: bool
    name: str
    call_id: str
    arguments: str
    url: str


def user_message_view(item: UserMessageItem) -> UserMessageView:
    """Prepare a user message."""
    return UserMessageView.of(
        item,
        said=tuple(_said(content) for content in item.content),
        quoted=item.quoted_text or "",
        attachments=tuple(_attachment(each) for each in item.attachments),
    )


def _said(content: UserMessageContent) -> SaidView:
    group = (content.group or "") if isinstance(content, UserMessageTagContent) else ""
    return SaidView(content.text, isinstance(content, UserMessageTagContent), group)


def _attachment(attachment: Attachment) -> AttachmentView:
    return AttachmentView(
        attachment_url(attachment.id),
        attachment.name,
        attachment.mime_type,
        isinstance(attachment, ImageAttachment),
    )


def assistant_message_view(
    item: AssistantMessageItem,
    finished: bool = True,
    feedback: FeedbackKind | None = None,
    growing: Sequence[GrowingMarkdown] = (),
) -> AssistantMessageView:
    """Prepare an answer; see `chat.page.items.item_view` for the arguments."""
    parts: list[PartView] = []
    count = 0
    for index, content in enumerate(item.content):
        live = growing[index] if index < len(growing) else None
        html = live.render() if live else render_markdown(content.text)
        sources = tuple(
            source_view(annotation.source, count + number)
            for number, annotation in enumerate(content.annotations, start=1)
        )
        count += len(sources)
        parts.append(PartView(part_ids(item.id, index).part, html, sources))
    return AssistantMessageView.of(
        item,
        parts=tuple(parts),
        finished=finished,
        text="\n\n".join(content.text for content in item.content),
        feedback=feedback or "",
        feedback_url=item_url(item.thread_id, item.id, "feedback"),
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


def generated_image_view(item: GeneratedImageItem, finished: bool = True) -> GeneratedImageView:
    """Prepare a generated image; one of another origin is a link."""
    url = item.image.url if item.image else ""
    src = own_image(url) or ""
    note = "Generated image" if url else "No image" if finished else "Making an image…"
    return GeneratedImageView.of(item, src=src, href=safe_link(url) or "", note=note)


def client_tool_call_view(item: ClientToolCallItem) -> ClientToolCallView:
    """Prepare a tool that runs in the browser."""
    return ClientToolCallView.of(
        item,
        waiting=item.status == "pending",
        name=item.name,
        call_id=item.call_id,
        arguments=json.dumps(item.arguments, ensure_ascii=False, default=str),
        url=tool_output_url(item.thread_id),
    )
