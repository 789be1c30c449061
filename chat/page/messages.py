"""What the composer and its buttons post: messages, Stop and Retry."""

from __future__ import annotations

from typing import Any

from chatkit.types import (
    InferenceOptions,
    StreamingReq,
    ThreadAddUserMessageParams,
    ThreadCreateParams,
    ThreadRetryAfterItemParams,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsRetryAfterItemReq,
    UserMessageInput,
    UserMessageItem,
    UserMessageTextContent,
)
from quart import request
from quart.typing import ResponseReturnValue

from chat.checks import item_of
from chat.errors import ChatError, InvalidRequest, TurnRunning
from chat.host import Host, current_host
from chat.page.chosen_files import discard_files, keep_files
from chat.page.render import see, wants_block
from chat.page.visit import Visit, thread_url, visit

PAGE_SIZE = 100


async def create_thread() -> ResponseReturnValue:
    """Start a thread with the form's ``text`` and files.

    Raises:
        InvalidRequest: there is neither text nor file.
        ChatError: what refuses a file or the message.
    """
    host = current_host()
    context = await host.context(request)
    message = await _message(context)
    return await answered(host, ThreadsCreateReq(params=ThreadCreateParams(input=message)), context)


async def add_message(thread_id: str) -> ResponseReturnValue:
    """Say the form's ``text``, with its files, in a thread.

    Raises:
        NotFound: the thread is unknown or another owner's.
        TurnRunning: an answer is still being written.
        InvalidRequest: there is neither text nor file.
        ChatError: what refuses a file or the message.
    """
    seen = await visit(thread_id)
    if seen.host.turns.running(thread_id):
        raise TurnRunning  # before files are kept for nothing
    message = await _message(seen.context)
    params = ThreadAddUserMessageParams(input=message, thread_id=thread_id)
    return await answered(seen.host, ThreadsAddUserMessageReq(params=params), seen.context)


async def stop(thread_id: str) -> ResponseReturnValue:
    """Stop the answer that is being written; nothing happens where there is none.

    Raises:
        NotFound: the thread is unknown or another owner's.
        Conflict: this answer cannot be stopped.
    """
    host = current_host()
    await host.turns.stop(thread_id, await host.context(request))
    return see(f"{thread_url(thread_id)}#latest")


async def retry(thread_id: str) -> ResponseReturnValue:
    """Answer a message anew: that of the field ``item_id``, else the user's newest.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
        TurnRunning: an answer is still being written.
        InvalidRequest: there is nothing to answer.
    """
    seen = await visit(thread_id)
    form = await request.form
    item_id = form.get("item_id") or await _newest_message(seen)
    params = ThreadRetryAfterItemParams(thread_id=thread_id, item_id=item_id)
    return await answered(seen.host, ThreadsRetryAfterItemReq(params=params), seen.context)


async def retry_item(thread_id: str, item_id: str) -> ResponseReturnValue:
    """Give another answer in place of an item: to the message of the user before it.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
        TurnRunning: an answer is still being written.
        InvalidRequest: there is no message before it.
    """
    seen = await visit(thread_id)
    await item_of(seen.store, thread_id, item_id, seen.context)
    params = ThreadRetryAfterItemParams(
        thread_id=thread_id, item_id=await _newest_message(seen, item_id)
    )
    return await answered(seen.host, ThreadsRetryAfterItemReq(params=params), seen.context)


async def answered(host: Host, asked: StreamingReq, context: Any) -> ResponseReturnValue:
    """Start a turn, and send the browser to where its answer is seen being written.

    Raises:
        ChatError: the turn was refused.
    """
    try:
        turn = await host.turns.start(asked, context)
    except ChatError:
        if isinstance(asked, ThreadsCreateReq | ThreadsAddUserMessageReq):
            await discard_files(asked.params.input.attachments, context)
        raise
    url = thread_url(turn.live.thread_id)
    return see(url if wants_block() else f"{url}/live#latest")


async def _message(context: Any) -> UserMessageInput:
    form = await request.form
    text = form.get("text", "").replace("\r\n", "\n")
    attachments = await keep_files((await request.files).getlist("file"), context)
    if not text.strip() and not attachments:
        raise InvalidRequest("Write something, or attach a file.")
    content = [UserMessageTextContent(text=text)] if text.strip() else []
    return UserMessageInput(
        content=[*content], attachments=attachments, inference_options=InferenceOptions()
    )


async def _newest_message(seen: Visit, before: str | None = None) -> str:
    after = before
    while True:
        page = await seen.store.load_thread_items(
            seen.thread_id, after, PAGE_SIZE, "desc", seen.context
        )
        for item in page.data:
            if isinstance(item, UserMessageItem):
                return item.id
        if not page.has_more:
            raise InvalidRequest("There is no message here that could be answered anew.")
        after = page.after
