"""A whole response of the model, with estimated token use."""

import time
from collections.abc import Sequence
from uuid import uuid4

from openai.types.responses import (
    Response,
    ResponseFunctionToolCall,
    ResponseOutputItem,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseUsage,
)
from openai.types.responses.response_usage import InputTokensDetails, OutputTokensDetails

MODEL = "chatkit-embedded"
CHARACTERS_A_TOKEN = 4


def message(text: str) -> ResponseOutputMessage:
    """Return a message that says a text, under a new id."""
    return ResponseOutputMessage(
        id=f"msg_{uuid4().hex}",
        type="message",
        role="assistant",
        status="completed",
        content=[ResponseOutputText(type="output_text", text=text, annotations=[])],
    )


def function_call(name: str, arguments: str) -> ResponseFunctionToolCall:
    """Return a call of a tool, under new ids.

    Args:
        name: the tool.
        arguments: its arguments as JSON.
    """
    return ResponseFunctionToolCall(
        id=f"fc_{uuid4().hex}",
        call_id=f"call_{uuid4().hex}",
        type="function_call",
        name=name,
        arguments=arguments,
        status="completed",
    )


def response(output: Sequence[ResponseOutputItem], characters_read: int) -> Response:
    """Return a complete response.

    Args:
        output: its messages and calls.
        characters_read: how long the input was, from which its tokens are estimated.
    """
    written = sum(len(_content(item)) for item in output)
    read_tokens = _tokens(characters_read)
    written_tokens = _tokens(written)
    return Response(
        id=f"resp_{uuid4().hex}",
        created_at=time.time(),
        model=MODEL,
        object="response",
        output=list(output),
        status="completed",
        parallel_tool_calls=True,
        tool_choice="auto",
        tools=[],
        usage=ResponseUsage(
            input_tokens=read_tokens,
            output_tokens=written_tokens,
            total_tokens=read_tokens + written_tokens,
            input_tokens_details=InputTokensDetails(cached_tokens=0, cache_write_tokens=0),
            output_tokens_details=OutputTokensDetails(reasoning_tokens=0),
        ),
    )


def _content(item: ResponseOutputItem) -> str:
    match item:
        case ResponseOutputMessage():
            return "".join(part.text for part in item.content if part.type == "output_text")
        case ResponseFunctionToolCall():
            return f"{item.name}{item.arguments}"
        case _:
            return ""


def _tokens(characters: int) -> int:
    return -(-characters // CHARACTERS_A_TOKEN)
