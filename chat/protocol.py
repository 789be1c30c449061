"""The ChatKit protocol as the installed SDK speaks it: requests in, typed events out.

The SDK's public `ChatKitServer.process` only gives encoded bytes. The page needs the typed
events, so this module, and no other, uses the two private methods behind `process`;
``tests/chatkit/test_protocol.py`` says clearly when the SDK moves them.
"""

from collections.abc import AsyncGenerator
from typing import Any

from chatkit.server import ChatKitServer
from chatkit.types import (
    ChatKitReq,
    NonStreamingReq,
    StreamingReq,
    ThreadStreamEvent,
)
from pydantic import BaseModel, TypeAdapter, ValidationError

from chat.errors import InvalidRequest

_requests: TypeAdapter[Any] = TypeAdapter(ChatKitReq)

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
    return await server._process_non_streaming(request, context)


def encode(answer: BaseModel) -> bytes:
    """Return an event or a result as the JSON that the SDK would send."""
    return answer.model_dump_json(**_ENCODING).encode()
