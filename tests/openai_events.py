"""What the OpenAI service sends: the events of its two APIs, whole answers, and errors."""

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]

_ids = itertools.count(1)


@dataclass(frozen=True)
class Call:
    """A tool call of the model."""

    name: str
    arguments: Json | str = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The arguments as they are sent; a string is sent as it is, right or wrong."""
        return self.arguments if isinstance(self.arguments, str) else json.dumps(self.arguments)


@dataclass(frozen=True)
class Answer:
    """What the model says and calls.

    Attributes:
        text: its words; they are streamed one by one.
        calls: the tools it calls.
        then: what becomes of the stream: it ends; it falls silent after half of the words;
            it sends nothing but comments from there; or the connection breaks there.
        message_id: the id of the message in the Responses API; a fresh one unless given.
        tokens: how many tokens went in and came out.
    """

    text: str = ""
    calls: Sequence[Call] = ()
    then: Literal["end", "silence", "comments", "break"] = "end"
    message_id: str = ""
    tokens: tuple[int, int] = (11, 7)


@dataclass(frozen=True)
class Refusal:
    """An answer with an error status."""

    status: int
    code: str = ""
    retry: bool = False

    @property
    def body(self) -> Json:
        """The error as the service words it."""
        kind = {401: "invalid_request_error", 429: "requests"}.get(self.status, "server_error")
        message = "The secret words of the user are quoted here."
        return {"error": {"message": message, "type": kind, "code": self.code or None}}


def words(text: str) -> list[str]:
    """Return a text in the pieces in which it is streamed."""
    return [word for word in text.replace(" ", " \0").split("\0") if word]


def is_word(event: Json) -> bool:
    """Return whether an event holds a piece of the text."""
    if "choices" in event:
        return any(choice["delta"].get("content") for choice in event["choices"])
    return bool(event["type"] == "response.output_text.delta")


def response(answer: Answer, model: str) -> Json:
    """Return an answer of the Responses API in one piece."""
    *_, completed = response_events(answer, model)
    whole: Json = completed["response"]
    return whole


def response_events(answer: Answer, model: str) -> Iterator[Json]:
    """Yield the events of the Responses API."""
    for number, event in enumerate(_response_events(answer, model)):
        yield {**event, "sequence_number": number}


def _response_events(answer: Answer, model: str) -> Iterator[Json]:
    begun: Json = {
        "id": f"resp_{next(_ids)}",
        "object": "response",
        "created_at": 1_763_800_000,
        "model": model,
        "status": "in_progress",
        "output": [],
        "tools": [],
        "tool_choice": "auto",
        "parallel_tool_calls": True,
    }
    yield {"type": "response.created", "response": begun}
    output: list[Json] = []
    if answer.text:
        yield from _message_events(answer, output)
    for call in answer.calls:
        yield from _call_events(call, output)
    went_in, came_out = answer.tokens
    usage = {
        "input_tokens": went_in,
        "output_tokens": came_out,
        "total_tokens": went_in + came_out,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens_details": {"reasoning_tokens": 0},
    }
    done = {**begun, "status": "completed", "output": output, "usage": usage}
    yield {"type": "response.completed", "response": done}


def _message_events(answer: Answer, output: list[Json]) -> Iterator[Json]:
    message_id = answer.message_id or f"msg_{next(_ids)}"
    message = {"id": message_id, "type": "message", "role": "assistant", "content": []}
    part = {"type": "output_text", "text": "", "annotations": [], "logprobs": []}
    place = {"output_index": len(output)}
    at = {**place, "item_id": message_id, "content_index": 0}
    begun = {**message, "status": "in_progress"}
    yield {"type": "response.output_item.added", **place, "item": begun}
    yield {"type": "response.content_part.added", **at, "part": part}
    for word in words(answer.text):
        yield {"type": "response.output_text.delta", **at, "delta": word, "logprobs": []}
    whole = {**part, "text": answer.text}
    yield {"type": "response.output_text.done", **at, "text": answer.text, "logprobs": []}
    yield {"type": "response.content_part.done", **at, "part": whole}
    done = {**message, "status": "completed", "content": [whole]}
    output.append(done)
    yield {"type": "response.output_item.done", **place, "item": done}


def _call_events(call: Call, output: list[Json]) -> Iterator[Json]:
    number = next(_ids)
    ids = {"id": f"fc_{number}", "call_id": f"call_{number}"}
    item = {**ids, "type": "function_call", "name": call.name}
    place = {"output_index": len(output)}
    at = {**place, "item_id": ids["id"]}
    whole = {"name": call.name, "arguments": call.text}
    begun = {**item, "arguments": "", "status": "in_progress"}
    yield {"type": "response.output_item.added", **place, "item": begun}
    yield {"type": "response.function_call_arguments.delta", **at, "delta": call.text}
    yield {"type": "response.function_call_arguments.done", **at, **whole}
    done = {**item, **whole, "status": "completed"}
    output.append(done)
    yield {"type": "response.output_item.done", **place, "item": done}


def completion(answer: Answer, model: str) -> Json:
    """Return an answer of the Chat Completions API in one piece."""
    message: Json = {"role": "assistant", "content": answer.text or None}
    if answer.calls:
        message["tool_calls"] = _tool_calls(answer)
    return {
        "id": f"chatcmpl-{next(_ids)}",
        "object": "chat.completion",
        "created": 1_763_800_000,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": _chat_usage(answer),
    }


def completion_chunks(answer: Answer, model: str, with_usage: bool) -> Iterator[Json]:
    """Yield the chunks of the Chat Completions API."""
    chunk = {
        "id": f"chatcmpl-{next(_ids)}",
        "object": "chat.completion.chunk",
        "created": 1_763_800_000,
        "model": model,
    }
    calls = [{"index": place, **call} for place, call in enumerate(_tool_calls(answer))]
    deltas: list[Json] = [{"role": "assistant", "content": ""}]
    deltas += [{"content": word} for word in words(answer.text)]
    deltas += [{"tool_calls": [call]} for call in calls]
    for delta in deltas:
        yield {**chunk, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    reason = "tool_calls" if calls else "stop"
    yield {**chunk, "choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}
    if with_usage:
        yield {**chunk, "choices": [], "usage": _chat_usage(answer)}


def _tool_calls(answer: Answer) -> list[Json]:
    return [
        {
            "id": f"call_{next(_ids)}",
            "type": "function",
            "function": {"name": call.name, "arguments": call.text},
        }
        for call in answer.calls
    ]


def _chat_usage(answer: Answer) -> Json:
    went_in, came_out = answer.tokens
    return {
        "prompt_tokens": went_in,
        "completion_tokens": came_out,
        "total_tokens": went_in + came_out,
    }
