from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from chatkit.types import (
    ThreadAddUserMessageParams,
    ThreadCreateParams,
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


@pytest.fixture
async def start(served: Running) -> Start:
    """Start a turn as the page does: nobody is connected to it."""
    await served.host.store()

    async def start(text: str, thread_id: str | None = None, context: Any = ALICE) -> Turn:
        said = UserMessageInput.model_validate(message(text))
        request: Any = ThreadsCreateReq(params=ThreadCreateParams(input=said))
        if thread_id:
            params = ThreadAddUserMessageParams(input=said, thread_id=thread_id)
            request = ThreadsAddUserMessageReq(params=params)
        return await served.host.turns.start(request, context)

    return start
