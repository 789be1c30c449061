"""What can be refused before a request changes anything, with the status that fits.

The SDK finds most of this out only when its answer has begun, or not at all: a message
with an unknown attachment leaves an empty thread behind, an unknown item to retry streams
nothing, the items of an unknown thread are an empty page.
"""

from typing import Any, assert_never

from chatkit.server import ChatKitServer
from chatkit.store import NotFoundError, Store
from chatkit.types import (
    AttachmentsCreateReq,
    AttachmentsDeleteReq,
    ClientToolCallItem,
    HiddenContextItem,
    InputTranscribeReq,
    ItemsFeedbackReq,
    ItemsListReq,
    NonStreamingReq,
    SDKHiddenContextItem,
    StreamingReq,
    StructuredInputItem,
    ThreadItem,
    ThreadMetadata,
    ThreadsAddClientToolOutputReq,
    ThreadsAddStructuredInputReq,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsCustomActionReq,
    ThreadsDeleteReq,
    ThreadsGetByIdReq,
    ThreadsListReq,
    ThreadsRetryAfterItemReq,
    ThreadsSyncCustomActionReq,
    ThreadsUpdateReq,
    UserMessageInput,
    UserMessageItem,
    WidgetItem,
)

from chat.errors import Conflict, InvalidRequest, NotFound, NotSupported
from chat.stored import load_attachment, load_item, load_items, load_thread

MAX_PAGE = 1000

Server = ChatKitServer[Any]


async def check(request: StreamingReq | NonStreamingReq, server: Server, context: Any) -> None:
    """Refuse a request that cannot be answered.

    Args:
        request: any of the sixteen request types; too large page limits are lowered.
        server: the server that would answer it.
        context: whose request it is.

    Raises:
        NotFound: the thread, item or attachment is unknown or another owner's.
        InvalidRequest: it names an item of the wrong kind, or an impossible page.
        Conflict: what it answers is not waiting for an answer any more.
        NotSupported: the server handles no such request.
    """
    store = server.store
    match request:
        case ThreadsCreateReq():
            await _check_attachments(store, request.params.input, context)
        case ThreadsAddUserMessageReq():
            await thread_of(store, request.params.thread_id, context)
            await _check_attachments(store, request.params.input, context)
        case ThreadsAddClientToolOutputReq():
            await _check_tool_call(store, request.params.thread_id, context)
        case ThreadsAddStructuredInputReq():
            params = request.params
            question = await item_of(store, params.thread_id, params.item_id, context)
            if not isinstance(question, StructuredInputItem):
                raise InvalidRequest("This item does not ask for input.")
            if question.status != "pending":
                raise Conflict("This question has been answered already.")
        case ThreadsRetryAfterItemReq():
            message = await item_of(
                store, request.params.thread_id, request.params.item_id, context
            )
            if not isinstance(message, UserMessageItem):
                raise InvalidRequest("Only an answer to a message of the user can be retried.")
        case ThreadsCustomActionReq():
            if not overrides(server, "action"):
                raise NotSupported("This server does not support actions.")
            await _check_sender(store, request, context)
        case ThreadsSyncCustomActionReq():
            if not overrides(server, "sync_action"):
                raise NotSupported("This server does not support actions that answer at once.")
            await _check_sender(store, request, context)
        case ThreadsListReq() | ItemsListReq():
            request.params.limit = _page_size(request.params.limit)
            if isinstance(request, ItemsListReq):
                await thread_of(store, request.params.thread_id, context)
        case ThreadsGetByIdReq() | ThreadsUpdateReq() | ThreadsDeleteReq():
            await thread_of(store, request.params.thread_id, context)
        case ItemsFeedbackReq():
            await thread_of(store, request.params.thread_id, context)
            for item_id in request.params.item_ids:
                await item_of(store, request.params.thread_id, item_id, context)
        case AttachmentsCreateReq():
            _check_attachment_store(server)
        case AttachmentsDeleteReq():
            _check_attachment_store(server)
            await _attachment_of(store, request.params.attachment_id, context)
        case InputTranscribeReq():
            if not overrides(server, "transcribe"):
                raise NotSupported("This server does not support dictation.")
        case _:
            assert_never(request)


def overrides(server: Server, method: str) -> bool:
    """Return whether a server has a method of its own in place of the SDK's, which only refuses."""
    return getattr(type(server), method) is not getattr(ChatKitServer, method)


async def thread_of(store: Store[Any], thread_id: str, context: Any) -> ThreadMetadata:
    """Return the caller's thread.

    Raises:
        NotFound: it is unknown or another owner's.
    """
    try:
        return await load_thread(store, thread_id, context)
    except NotFoundError:
        raise NotFound("This thread does not exist, or is not yours.") from None


async def item_of(store: Store[Any], thread_id: str, item_id: str, context: Any) -> ThreadItem:
    """Return an item of the caller's thread that a client may know of.

    Raises:
        NotFound: the thread or the item is unknown or another owner's, or the item is hidden.
    """
    await thread_of(store, thread_id, context)
    gone = NotFound("This item is not in the thread any more.")
    try:
        item = await load_item(store, thread_id, item_id, context)
    except NotFoundError:
        raise gone from None
    if isinstance(item, HiddenContextItem | SDKHiddenContextItem):
        raise gone
    return item


async def _attachment_of(store: Store[Any], attachment_id: str, context: Any) -> None:
    try:
        await load_attachment(store, attachment_id, context)
    except NotFoundError:
        raise NotFound("This attachment does not exist, or is not yours.") from None
    except NotImplementedError:
        raise NotSupported("This server does not take attachments.") from None


async def _check_attachments(store: Store[Any], message: UserMessageInput, context: Any) -> None:
    for attachment_id in message.attachments:
        await _attachment_of(store, attachment_id, context)


async def _check_tool_call(store: Store[Any], thread_id: str, context: Any) -> None:
    await thread_of(store, thread_id, context)
    page = await load_items(store, thread_id, context, limit=1)
    newest = page.data[0] if page.data else None
    if not isinstance(newest, ClientToolCallItem) or newest.status != "pending":
        raise Conflict("No client tool is waiting for its result here.")


async def _check_sender(
    store: Store[Any], request: ThreadsCustomActionReq | ThreadsSyncCustomActionReq, context: Any
) -> None:
    params = request.params
    if params.item_id is None:
        await thread_of(store, params.thread_id, context)
        return
    sender = await item_of(store, params.thread_id, params.item_id, context)
    if not isinstance(sender, WidgetItem):
        raise InvalidRequest("Only a widget can send an action.")


def _check_attachment_store(server: Server) -> None:
    if server.attachment_store is None:
        raise NotSupported("This server does not take attachments.")


def _page_size(limit: int | None) -> int | None:
    if limit is not None and limit < 0:
        raise InvalidRequest("A page's `limit` cannot be negative.")
    return min(limit, MAX_PAGE) if limit else None
