"""``POST /chatkit``: the ChatKit protocol for the ChatKit client."""

import asyncio
from typing import Any

from chatkit.types import NonStreamingReq, StreamingReq, is_streaming_req
from quart import Response, request
from quart.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from chat.errors import ChatError
from chat.host import Host, current_host
from chat.journal import EventJournal
from chat.metrics import REQUESTS
from chat.protocol import parse_request
from chat.sse import event_stream

LEFT = 499
"""What is counted where the client left before it had an answer; nobody receives it."""


async def chatkit() -> ResponseReturnValue:
    """Answer any of the sixteen request types: six with a stream of events, ten with JSON.

    Raises:
        ChatError: what goes wrong before the first byte, with its status; the application
            renders it as ``{"error": {"code", "message"}}``. What goes wrong later is an
            ``error`` event and the end of the stream.
    """
    host = current_host()
    kind = "unknown"
    status = 500
    try:
        asked = parse_request(await request.get_data())
        kind = asked.type
        response = await _answer(host, asked, await host.context(request))
        status = response.status_code
        return response
    except ChatError as error:
        status = error.status
        raise
    except HTTPException as error:
        status = error.code or status
        raise
    except asyncio.CancelledError:
        status = LEFT
        raise
    finally:
        REQUESTS.labels(kind, str(status)).inc()


async def _answer(host: Host, asked: StreamingReq | NonStreamingReq, context: Any) -> Response:
    if not is_streaming_req(asked):
        body = await host.answer(asked, context)
        return Response(body, content_type="application/json")
    journal = EventJournal()
    turn = await host.turns.start(asked, context, journal)
    answering = asyncio.current_task()
    assert answering is not None  # noqa: S101
    # A client that closes its connection means Stop, be it before the first byte of the body.
    answering.add_done_callback(lambda _: turn.cancel())
    return event_stream(journal.stream(host.settings.heartbeat))
