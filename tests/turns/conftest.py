from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from chatkit.types import (
    StreamingReq,
    ThreadAddUserMessageParams,
    ThreadCreateParams,
    ThreadItem,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    UserMessageInput,
)

from chat.identity import RequestContext
from chat.turn import Turn
from tests.client import message
from tests.running import Running

ALICE = RequestContext(user_id="usr_alice", locale="en", request=None)
CHARLIE = RequestContext(user_id="usr_charlie", locale="en", request=None)

Start = Callable[..., Awaitable[Turn]]


def begin(text: str, thread_id: str | None = None) -> StreamingReq:
    """Return the request that says something, in a new thread or a known one."""
    said = UserMessageInput.model_validate(message(text))
    if thread_id is None:
        return ThreadsCreateReq(params=ThreadCreateParams(input=said))
    params = ThreadAddUserMessageParams(input=said, thread_id=thread_id)
    return ThreadsAddUserMessageReq(params=params)


async def stored(served: Running, thread_id: str | None) -> list[ThreadItem]:
    """Return the first hundred items of Alice's thread."""
    assert thread_id
    store = await served.host.store()
    page = await store.load_thread_items(thread_id, None, 100, "asc", ALICE)
    return page.data


def text_of(item: Any) -> str:
    """Return the text of a message."""
    return "".join(part.text for part in item.content)


@pytest.fixture
async def start(served: Running) -> Start:
    """Start a turn as the page does: nobody is connected to it."""
    await served.host.store()

    async def start(text: str, thread_id: str | None = None, context: Any = ALICE) -> Turn:
        return await served.host.turns.start(begin(text, thread_id), context)

    return start
