"""Requests that are answered at once, and what must follow from them.

The SDK answers a sync action with an item it does not store, and lets a thread be deleted
under a running turn; here what was shown is stored, and whoever watches the thread sees it.
"""

import asyncio
import json
import logging
from typing import Any

from chatkit.errors import CustomStreamError, StreamError
from chatkit.server import ChatKitServer
from chatkit.store import NotFoundError
from chatkit.types import (
    AttachmentsCreateReq,
    ItemsFeedbackReq,
    NonStreamingReq,
    ThreadsDeleteReq,
    ThreadsSyncCustomActionReq,
    ThreadsUpdateReq,
)

from chat.checks import check
from chat.errors import ActionFailed, NotFound, NotSupported, Refused
from chat.protocol import answer_at_once
from chat.turns import Turns
from chat.uploads import refusing_uploads
from store.base import KeepsFeedback
from store.records import parse_item

log = logging.getLogger(__name__)


_answering: set[asyncio.Task[bytes]] = set()


async def answer(
    server: ChatKitServer[Any], turns: Turns, request: NonStreamingReq, context: Any
) -> bytes:
    """Answer one of the ten requests that are not streamed.

    What was begun is finished, also where the client leaves meanwhile: nothing is changed
    by halves.

    Returns:
        The JSON body for the client.

    Raises:
        ChatError: the request was refused or failed; its class says how.
    """
    await check(request, server, context)
    answering = asyncio.create_task(_answer(server, turns, request, context), name=request.type)
    _answering.add(answering)
    answering.add_done_callback(_answering.discard)
    return await asyncio.shield(answering)


async def _answer(
    server: ChatKitServer[Any], turns: Turns, request: NonStreamingReq, context: Any
) -> bytes:
    await _prepare(turns, request)
    try:
        with refusing_uploads(isinstance(request, AttachmentsCreateReq)):
            body = await answer_at_once(server, request, context)
        await _follow_up(turns, request, body, context)
    except NotFoundError:
        raise NotFound from None
    except NotImplementedError as cause:
        log.warning("not supported", exc_info=cause, extra={"request": request.type})
        raise NotSupported from None
    except CustomStreamError as refusal:
        raise Refused(refusal.message) from None
    except StreamError as cause:
        log.warning("request failed", exc_info=cause, extra={"request": request.type})
        raise ActionFailed from None
    return body


async def _prepare(turns: Turns, request: NonStreamingReq) -> None:
    """Tell a running turn what is about to happen to its thread."""
    match request:
        case ThreadsDeleteReq():
            if turn := turns.running(request.params.thread_id):
                await turns.cancel(turn)
        case ThreadsUpdateReq():
            if turn := turns.running(request.params.thread_id):
                turn.rename(request.params.title)
        case _:
            pass


async def _follow_up(turns: Turns, request: NonStreamingReq, body: bytes, context: Any) -> None:
    store = turns.store
    match request:
        case ThreadsSyncCustomActionReq():
            thread_id = request.params.thread_id
            updated = json.loads(body).get("updated_item")
            if updated is not None:
                item = parse_item(updated)
                await store.save_item(thread_id, item, context)
                turns.live(thread_id).put(item, finished=True)
        case ThreadsUpdateReq():
            turns.live(request.params.thread_id).rename(request.params.title)
        case ThreadsDeleteReq():
            live = turns.live(request.params.thread_id)
            live.deleted = True
            live.touch()
        case ItemsFeedbackReq():
            params = request.params
            if isinstance(store, KeepsFeedback) and params.item_ids:
                await store.save_feedback(params.thread_id, params.item_ids, params.kind, context)
                live = turns.live(params.thread_id)
                for item_id in params.item_ids:
                    live.show_again(await store.load_item(params.thread_id, item_id, context))
        case _:
            pass
