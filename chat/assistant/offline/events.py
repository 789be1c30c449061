"""A whole response of the model, and the events of the Responses API that stream it."""

import re
import time
from collections.abc import Iterator, Sequence
from itertools import count
from uuid import uuid4

from agents.items import TResponseStreamEvent
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseContentPartAddedEvent,
    ResponseContentPartDoneEvent,
    ResponseCreatedEvent,
    ResponseFunctionCallArgumentsDeltaEvent,
    ResponseFunctionCallArgumentsDoneEvent,
    ResponseFunctionToolCall,
    ResponseInProgressEvent,
    ResponseOutputItem,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
    ResponseUsage,
)
from openai.types.responses.response_usage import InputTokensDetails, OutputTokensDetails

MODEL = "chatkit-embedded"
CHARACTERS_A_TOKEN = 4
_WORD = re.compile(r"\s*\S+\s*")


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


def words(text: str) -> list[str]:
    """Return a text in pieces of one word each."""
    return _WORD.findall(text)


def events(whole: Response) -> Iterator[TResponseStreamEvent]:
    """Yield the events that a server streams for a response, its text word by word."""
    numbers = count()
    begun = whole.model_copy(update={"output": [], "status": "in_progress", "usage": None})
    yield ResponseCreatedEvent(
        type="response.created", response=begun, sequence_number=next(numbers)
    )
    yield ResponseInProgressEvent(
        type="response.in_progress", response=begun, sequence_number=next(numbers)
    )
    for index, item in enumerate(whole.output):
        if isinstance(item, ResponseOutputMessage):
            yield from _message_events(item, index, numbers)
        elif isinstance(item, ResponseFunctionToolCall):
            yield from _call_events(item, index, numbers)
    yield ResponseCompletedEvent(
        type="response.completed", response=whole, sequence_number=next(numbers)
    )


def _message_events(
    item: ResponseOutputMessage, index: int, numbers: Iterator[int]
) -> Iterator[TResponseStreamEvent]:
    yield ResponseOutputItemAddedEvent(
        type="response.output_item.added",
        item=item.model_copy(update={"content": [], "status": "in_progress"}),
        output_index=index,
        sequence_number=next(numbers),
    )
    for place, part in enumerate(item.content):
        if isinstance(part, ResponseOutputText):
            yield from _text_events(part, item.id, index, place, numbers)
    yield ResponseOutputItemDoneEvent(
        type="response.output_item.done",
        item=item,
        output_index=index,
        sequence_number=next(numbers),
    )


def _text_events(
    part: ResponseOutputText, item_id: str, index: int, place: int, numbers: Iterator[int]
) -> Iterator[TResponseStreamEvent]:
    yield ResponseContentPartAddedEvent(
        type="response.content_part.added",
        part=part.model_copy(update={"text": ""}),
        item_id=item_id,
        output_index=index,
        content_index=place,
        sequence_number=next(numbers),
    )
    for delta in words(part.text):
        yield ResponseTextDeltaEvent(
            type="response.output_text.delta",
            delta=delta,
            logprobs=[],
            item_id=item_id,
            output_index=index,
            content_index=place,
            sequence_number=next(numbers),
        )
    yield ResponseTextDoneEvent(
        type="response.output_text.done",
        text=part.text,
        logprobs=[],
        item_id=item_id,
        output_index=index,
        content_index=place,
        sequence_number=next(numbers),
    )
    yield ResponseContentPartDoneEvent(
        type="response.content_part.done",
        part=part,
        item_id=item_id,
        output_index=index,
        content_index=place,
        sequence_number=next(numbers),
    )


def _call_events(
    item: ResponseFunctionToolCall, index: int, numbers: Iterator[int]
) -> Iterator[TResponseStreamEvent]:
    item_id = item.id or item.call_id
    yield ResponseOutputItemAddedEvent(
        type="response.output_item.added",
        item=item.model_copy(update={"arguments": "", "status": "in_progress"}),
        output_index=index,
        sequence_number=next(numbers),
    )
    yield ResponseFunctionCallArgumentsDeltaEvent(
        type="response.function_call_arguments.delta",
        delta=item.arguments,
        item_id=item_id,
        output_index=index,
        sequence_number=next(numbers),
    )
    yield ResponseFunctionCallArgumentsDoneEvent(
        type="response.function_call_arguments.done",
        arguments=item.arguments,
        item_id=item_id,
        output_index=index,
        sequence_number=next(numbers),
    )
    yield ResponseOutputItemDoneEvent(
        type="response.output_item.done",
        item=item,
        output_index=index,
        sequence_number=next(numbers),
    )
