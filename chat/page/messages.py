"""What the composer and its buttons post: messages, Stop and Retry."""

from __future__ import annotations

from typing import Any

from chatkit.types import (
    StreamingReq,
    ThreadAddUserMessageParams,
    ThreadCreateParams,
    ThreadRetryAfterItemParams,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsRetryAfterItemReq,
    UserMessageItem,
)
from quart import make_response, request
from quart.typing import ResponseReturnValue

from chat.checks import item_of
from chat.current_options import current_options
from chat.errors import ChatError, InvalidRequest, TurnRunning
from chat.host import Host, current_host
from chat.page.addresses import thread_url
from chat.page.chosen_files import discard_files
from chat.page.message_form import Posted, posted_message
from chat.page.render import see, see_stream, wants_block, watched
from chat.page.thread import show_thread
from chat.page.visit import Visit, visit
from chat.stored import newest_first
from chat.turn import Turn

TURN = "ChatKit-Turn"
"""The header that names the turn that a request has started."""


async def create_thread() -> ResponseReturnValue:
    """Start a thread with what the composer's form says; see `chat.page.message_form`.

    Raises:
        InvalidRequest: there is neither text nor file.
        ChatError: what refuses a file or the message.
    """
    host = current_host()
    context = await host.context(request)
    posted = await posted_message(host, context)
    params = ThreadCreateParams(input=posted.message)
    return await _said(host, ThreadsCreateReq(params=params), context, posted)


async def add_message(thread_id: str) -> ResponseReturnValue:
    """Say in a thread what the composer's form says; see `chat.page.message_form`.

    Raises:
        NotFound: the thread is unknown or another owner's.
        TurnRunning: an answer is still being written.
        InvalidRequest: there is neither text nor file.
        ChatError: what refuses a file or the message.
    """
    seen = await visit(thread_id)
    if seen.host.turns.running(thread_id):
        raise TurnRunning  # before files are kept for nothing
    posted = await posted_message(seen.host, seen.context)
    params = ThreadAddUserMessageParams(input=posted.message, thread_id=thread_id)
    asked = ThreadsAddUserMessageReq(params=params)
    return await _said(seen.host, asked, seen.context, posted)


async def stop(thread_id: str) -> ResponseReturnValue:
    """Stop the answer that is being written; nothing happens where there is none.

    Raises:
        NotFound: the thread is unknown or another owner's.
        Conflict: this answer cannot be stopped.
    """
    host = current_host()
    await host.turns.stop(thread_id, await host.context(request))
    if watched(thread_id):
        return see_stream()
    return see(f"{thread_url(thread_id)}#latest")


async def retry(thread_id: str) -> ResponseReturnValue:
    """Answer a message anew: that of the field ``item_id``, else the user's newest.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
        TurnRunning: an answer is still being written.
        InvalidRequest: there is nothing to answer, or what is there is good as it is.
    """
    seen = await visit(thread_id)
    if seen.live.status == "done":
        _check_retry()
    form = await request.form
    item_id = form.get("item_id") or await _newest_message(seen)
    params = ThreadRetryAfterItemParams(thread_id=thread_id, item_id=item_id)
    return await answered(seen.host, ThreadsRetryAfterItemReq(params=params), seen.context)


async def retry_item(thread_id: str, item_id: str) -> ResponseReturnValue:
    """Give another answer in place of an item: to the message of the user before it.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
        TurnRunning: an answer is still being written.
        InvalidRequest: there is no message before it, or this is not offered.
    """
    seen = await visit(thread_id)
    _check_retry()
    await item_of(seen.store, thread_id, item_id, seen.context)
    params = ThreadRetryAfterItemParams(
        thread_id=thread_id, item_id=await _newest_message(seen, item_id)
    )
    return await answered(seen.host, ThreadsRetryAfterItemReq(params=params), seen.context)


async def answered(host: Host, asked: StreamingReq, context: Any) -> ResponseReturnValue:
    """Start a turn, and show its thread, or send the browser to where the answer is written.

    Raises:
        ChatError: the turn was refused.
    """
    turn = await host.turns.start(asked, context)
    await turn.wait_for_first_item()
    response = await make_response(await _shown(host, turn, context))
    response.headers[TURN] = turn.id
    return response


async def _shown(host: Host, turn: Turn, context: Any) -> ResponseReturnValue:
    if watched(turn.live.thread_id):
        return see_stream()
    if wants_block():
        seen = Visit(host, await host.store(), context, turn.live)
        return await show_thread(seen, heard=turn.before)  # it may have had effects already
    return see(f"{thread_url(turn.live.thread_id)}/live#latest")


async def _said(
    host: Host, asked: StreamingReq, context: Any, posted: Posted
) -> ResponseReturnValue:
    """Start the turn of a message; the files that came with a refused one are not kept."""
    try:
        return await answered(host, asked, context)
    except ChatError:
        await discard_files(posted.kept, context)
        raise


def _check_retry() -> None:
    """Refuse another answer in place of a finished one, where the options do not offer it."""
    if not current_options().thread_item_actions.retry:
        raise InvalidRequest("Another answer is not offered here.")


async def _newest_message(seen: Visit, before: str | None = None) -> str:
    async for item in newest_first(seen.store, seen.thread_id, seen.context, before):
        if isinstance(item, UserMessageItem):
            return item.id
    raise InvalidRequest("There is no message here that could be answered anew.")
