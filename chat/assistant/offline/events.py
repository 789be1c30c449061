"""The events of the Responses API that stream a response."""

import re
from collections.abc import Iterator
from itertools import count

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
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
)

_WORD = re.compile(r"\s*\S+\s*")


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
