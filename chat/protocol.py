"""The ChatKit protocol as the installed SDK speaks it: requests in, typed events out.

The SDK's public `ChatKitServer.process` only gives encoded bytes. The page needs the typed
events, so this module, and no other, uses the two private methods behind `process`;
``tests/chatkit/test_protocol.py`` says clearly when the SDK moves them. A server that overrides
`process` is asked by it, and its bytes are read again.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any

from chatkit.server import ChatKitServer, NonStreamingResult, StreamingResult
from chatkit.types import (
    ChatKitReq,
    NonStreamingReq,
    StreamingReq,
    ThreadStreamEvent,
)
from pydantic import BaseModel, TypeAdapter, ValidationError

from chat.errors import InvalidRequest

_requests: TypeAdapter[Any] = TypeAdapter(ChatKitReq)
_events: TypeAdapter[Any] = TypeAdapter(ThreadStreamEvent)

# What the SDK passes when it encodes an answer; `exclude_metadata` keeps what an
# integration stored with an attachment on the server.
_ENCODING: dict[str, Any] = {
    "by_alias": True,
    "exclude_none": True,
    "context": {"exclude_metadata": True},
}


def parse_request(body: str | bytes) -> StreamingReq | NonStreamingReq:
    """Read the body of ``POST /chatkit``.

    Returns:
        One of the sixteen request types of ``chatkit.types.ChatKitReq``.

    Raises:
        InvalidRequest: the body is not JSON, or not one of the request types.
    """
    try:
        request: StreamingReq | NonStreamingReq = _requests.validate_json(body)
    except ValidationError as error:
        raise InvalidRequest(_sentence(error)) from None
    return request


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    match first["type"]:
        case "json_invalid":
            return "The request is not valid JSON."
        case "union_tag_invalid" | "union_tag_not_found" | "model_attributes_type":
            return "The request has no `type`, or one that ChatKit does not know."
        case _ if place:
            return f"The request's `{place}` is not valid: {first['msg']}."
        case _:
            return f"The request is not valid: {first['msg']}."


def stream_events(
    server: ChatKitServer[Any], request: StreamingReq, context: Any
) -> AsyncGenerator[ThreadStreamEvent, None]:
    """Let a server answer a streaming request, as typed events.

    Raises:
        NotFoundError, ValueError: at the first event, what the SDK raises before it
            has anything to stream.
    """
    if _processes_itself(server):
        return _processed_events(server, request, context)
    return server._process_streaming_impl(request, context)


async def answer_at_once(
    server: ChatKitServer[Any], request: NonStreamingReq, context: Any
) -> bytes:
    """Let a server answer a request that is not streamed.

    Returns:
        The JSON body for the client.

    Raises:
        NotFoundError: a thread, item or attachment is unknown or another owner's.
        NotImplementedError: the server does not handle this type of request.
    """
    if _processes_itself(server):
        result = await server.process(encode(request), context)
        if not isinstance(result, NonStreamingResult):
            raise TypeError("The server's `process` streams what is not to be streamed.")
        return result.json
    return await server._process_non_streaming(request, context)


def _processes_itself(server: ChatKitServer[Any]) -> bool:
    """Return whether a server overrides `process`: then it is asked in the SDK's public way."""
    return type(server).process is not ChatKitServer.process


async def _processed_events(
    server: ChatKitServer[Any], request: StreamingReq, context: Any
) -> AsyncGenerator[ThreadStreamEvent, None]:
    """Read the typed events from the bytes of a server's own `process`."""
    result = await server.process(encode(request), context)
    if not isinstance(result, StreamingResult):
        raise TypeError("The server's `process` does not stream what is to be streamed.")
    rest = b""
    try:
        async for chunk in result:
            *messages, rest = (rest + chunk).split(b"\n\n")
            for message in messages:
                if data := _data(message):
                    yield _events.validate_json(data)
    except asyncio.CancelledError:
        # It may have struck here, not in the SDK's stream, which then has to be told.
        with suppress(asyncio.CancelledError, StopAsyncIteration):
            await result.json_events.athrow(asyncio.CancelledError())
        raise
    finally:
        await result.json_events.aclose()


def _data(message: bytes) -> bytes:
    """Return the data of a server-sent event; empty for a comment."""
    lines = (line.removeprefix(b"data:") for line in message.split(b"\n") if line[:5] == b"data:")
    return b"\n".join(lines).strip()


def encode(answer: BaseModel) -> bytes:
    """Return an event or a result as the JSON that the SDK would send."""
    return answer.model_dump_json(**_ENCODING).encode()
