"""The private parts of the SDK that this project uses: fails clearly when the SDK moves them."""

import inspect
from typing import get_args

import pytest
from chatkit.server import ChatKitServer
from chatkit.types import ChatKitReq, ThreadItemUpdate, ThreadStreamEvent

from chat.errors import InvalidRequest
from chat.protocol import parse_request

MOVED = "the SDK moved its private stream: chat/protocol.py must follow"


@pytest.mark.parametrize("name", ["_process_streaming_impl", "_process_non_streaming"])
def test_the_sdk_still_has_the_private_method(name: str) -> None:
    method = getattr(ChatKitServer, name, None)
    assert method is not None, MOVED
    assert list(inspect.signature(method).parameters) == ["self", "request", "context"], MOVED


def test_the_typed_stream_is_still_an_async_generator() -> None:
    assert inspect.isasyncgenfunction(ChatKitServer._process_streaming_impl), MOVED


def test_the_sdk_has_the_request_event_and_update_types_this_project_knows() -> None:
    requests = get_args(get_args(ChatKitReq)[0])
    events = get_args(get_args(ThreadStreamEvent)[0])
    assert len(requests) == 16, "a request type came or went: chat/checks.py must follow"
    assert len(events) == 12, "an event type came or went: chat/turn.py must follow"
    assert len(get_args(ThreadItemUpdate)) == 10, "chat/updates.py must follow"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The request is not valid JSON."),
        (b"{", "The request is not valid JSON."),
        (b"\xff\xfe", "The request is not valid JSON."),
        (b"[]", "The request is not valid: Input should be an object."),
        (b"{}", "The request has no `type`, or one that ChatKit does not know."),
        (b'{"type": "x"}', "The request has no `type`, or one that ChatKit does not know."),
        (
            b'{"type": "threads.get_by_id", "params": {}}',
            "The request's `params.thread_id` is not valid: Field required.",
        ),
    ],
)
def test_a_request_that_cannot_be_read_is_refused_in_one_sentence(
    body: bytes, sentence: str
) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_request(body)
    assert refused.value.message == sentence
