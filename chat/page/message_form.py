"""What the composer's form says, as the message that the protocol has for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chatkit.store import NotFoundError
from chatkit.types import (
    InferenceOptions,
    ToolChoice,
    UserMessageContent,
    UserMessageInput,
    UserMessageTagContent,
    UserMessageTextContent,
)
from pydantic import TypeAdapter, ValidationError
from quart import request
from werkzeug.datastructures import FileStorage, MultiDict

from chat.current_options import current_options, embedded_options
from chat.entities import entities_of
from chat.errors import ChatError, InvalidRequest, NotFound, NotSupported, TooLarge, UnsupportedType
from chat.host import Host
from chat.options import PromptTag
from chat.page.chosen_files import discard_files, keep_files
from chat.page.file_facts import file_size
from chat.page.limits import FileLimits
from chat.page.mentions import with_mentions
from chat.page.offers import file_limits
from chat.stored import load_attachment

_contents: TypeAdapter[list[UserMessageContent]] = TypeAdapter(list[UserMessageContent])


@dataclass(frozen=True)
class Posted:
    """A message that was posted.

    Attributes:
        message: what it says.
        kept: the attachments that came with the form itself; they go if it is refused.
    """

    message: UserMessageInput
    kept: list[str]


async def posted_message(host: Host, context: Any) -> Posted:
    """Return the message of the request's form, with its files kept.

    The fields: ``text``, or ``prompt`` for one of the options' prompts by number; ``file`` and
    ``attachment`` for files sent now and before; ``quoted_text``; ``tool``; ``model``; and
    ``mention``, JSON with the ``id`` and ``title`` of an entity that the text mentions; or
    ``content``, JSON as the protocol has it, from a page that embeds the chat.

    Raises:
        InvalidRequest: there is neither text nor file, or it asks for what is not offered.
        NotFound: an attachment is unknown or another owner's.
        ChatError: what refuses a file.
    """
    form, files = await request.form, await request.files
    inference = _inference(form)
    content = await _content(host, form, context)
    sent = [file for file in files.getlist("file") if file.filename]
    before = list(dict.fromkeys(form.getlist("attachment")))
    if not (content or sent or before):
        raise InvalidRequest("Write something, or attach a file.")
    checked = sent or (before and not embedded_options())
    kept = await _keep(host, sent, before, context) if checked else []
    message = UserMessageInput(
        content=content,
        attachments=[*before, *kept],
        quoted_text=_lines(form.get("quoted_text", "")).strip() or None,
        inference_options=inference,
    )
    return Posted(message, kept)


def _lines(text: str) -> str:
    """Return a posted text with its lines ended as they were typed."""
    return text.replace("\r\n", "\n")


def _inference(form: MultiDict[str, str]) -> InferenceOptions:
    options = current_options()
    composer = options.composer
    tool, model = form.get("tool", ""), form.get("model", "") or options.model
    if not embedded_options():  # a page that embeds the chat may ask for what it does not offer
        if tool and all(each.id != tool for each in composer.tools):
            raise InvalidRequest("This tool is not offered here.")
        if model and all(each.id != model or each.disabled for each in composer.models):
            raise InvalidRequest("This model is not offered here.")
    choice = ToolChoice(id=tool) if tool else None
    return InferenceOptions(tool_choice=choice, model=model or None)


async def _content(host: Host, form: MultiDict[str, str], context: Any) -> list[UserMessageContent]:
    if "content" in form:
        return _given(form["content"])
    if "prompt" in form:
        return _prompt(form["prompt"])
    text = _lines(form.get("text", ""))
    if not text.strip():
        return []
    if "@" in text and not embedded_options() and (entities := entities_of(await host.server())):
        return await with_mentions(text, _mentioned(form), entities, context)
    return [UserMessageTextContent(text=text)]


def _prompt(number: str) -> list[UserMessageContent]:
    prompts = current_options().start_screen.prompts
    at = int(number) if number.isascii() and number.isdigit() else len(prompts)
    if at >= len(prompts):
        raise InvalidRequest("This prompt is not offered any more.")
    said = prompts[at].prompt
    if isinstance(said, str):
        return [UserMessageTextContent(text=said)]
    return [
        UserMessageTagContent(
            id=part.id,
            text=part.text,
            data=part.data,
            group=part.group,
            interactive=part.interactive,
        )
        if isinstance(part, PromptTag)
        else UserMessageTextContent(text=part.text)
        for part in said
    ]


def _given(content: str) -> list[UserMessageContent]:
    try:
        given = _contents.validate_json(content)
    except ValidationError:
        raise InvalidRequest("This is not the content of a message.") from None
    if any(isinstance(part, UserMessageTagContent) or part.text.strip() for part in given):
        return given
    return []


def _mentioned(form: MultiDict[str, str]) -> dict[str, str]:
    """Return the titles of the mentioned entities by id; what is no mention is left out."""
    mentioned: dict[str, str] = {}
    for field in form.getlist("mention"):
        try:
            given = json.loads(field)
        except (ValueError, RecursionError):
            continue
        match given:
            case {"id": str(entity_id), "title": str(title)}:
                mentioned[entity_id] = title
            case _:
                pass
    return mentioned


async def _keep(
    host: Host, sent: Sequence[FileStorage], before: Sequence[str], context: Any
) -> list[str]:
    await host.server()  # only then it is known whether it takes files
    limits = file_limits(host)
    if limits is None:
        raise NotSupported("This chat takes no files.")
    if len(sent) + len(before) > limits.count:
        raise InvalidRequest("A message can bring %(most)s files at most.", most=limits.count)
    for attachment_id in before:
        await _check(host, limits, attachment_id, context)
    kept = await keep_files(sent, context)
    try:
        for attachment_id in kept:
            await _check(host, limits, attachment_id, context)
    except ChatError:
        await discard_files(kept, context)
        raise
    return kept


async def _check(host: Host, limits: FileLimits, attachment_id: str, context: Any) -> None:
    """Refuse an attachment beyond the options' limits."""
    store = await host.store()
    try:
        attachment = await load_attachment(store, attachment_id, context)
        size = await host.attachment_files.size(attachment_id)
    except NotFoundError:
        raise NotFound("This attachment does not exist, or is not yours.") from None
    if not limits.takes(attachment.name, attachment.mime_type):
        raise UnsupportedType(
            "“%(name)s”: files of this type are not accepted here.", name=attachment.name
        )
    if size > limits.size(attachment.mime_type):
        most = file_size(limits.size(attachment.mime_type))
        raise TooLarge("“%(name)s” is larger than %(most)s.", name=attachment.name, most=most)
