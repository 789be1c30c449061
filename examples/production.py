"""What a server in production has besides its answers: a login, limits, errors, titles, routes.

Run it behind a proxy that authenticates people and sends ``X-User``, with these settings::

    CHATKIT_SERVER=examples.production:create_server
    CHATKIT_CONTEXT=examples.production:request_context
    CHATKIT_BLUEPRINT=examples.production:pages
    CHATKIT_LOG_FORMAT=json
"""

import asyncio
import logging
import os
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator
from typing import Any

from agents import Agent, Runner
from agents.exceptions import AgentsException
from chatkit.agents import AgentContext, simple_to_agent_input, stream_agent_response
from chatkit.errors import CustomStreamError
from chatkit.server import ChatKitServer
from chatkit.store import Store
from chatkit.types import (
    FeedbackKind,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTextContent,
)
from openai import OpenAIError
from quart import Blueprint, Request, abort, request
from quart.typing import ResponseReturnValue

from chat.host import current_host

log = logging.getLogger(__name__)

Context = dict[str, Any]

HISTORY = 30
LONGEST_ANSWER = 120.0
"""Seconds."""
MESSAGES_A_MINUTE = 10
LONGEST_TITLE = 60

pages = Blueprint("production", __name__)

assistant = Agent[AgentContext[Context]](
    name="Support",
    instructions="Answer questions about our product. Say so where you do not know.",
    model=os.environ.get("CHATKIT_MODEL"),
)


def request_context(request: Request) -> Context:
    """Return who asks, as the proxy in front of this host says; strangers are turned away."""
    user = request.headers.get("X-User", "")
    if not user:
        abort(401, "Log in first.")
    return {"user_id": user, "request": request}


class ProductionServer(ChatKitServer[Context]):
    """Answers with the agent, within limits.

    Attributes:
        opinions: how many answers were found good and bad.
    """

    def __init__(self, store: Store[Context]) -> None:
        super().__init__(store)
        self.opinions: Counter[str] = Counter()
        self._asked: defaultdict[str, deque[float]] = defaultdict(deque)

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: Context,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Answer in bounded time; what goes wrong is said in a sentence, and may be retried.

        Raises:
            CustomStreamError: too many messages, a model that fails, or one that is too slow.
        """
        self._limit(context["user_id"])
        if input_user_message and not thread.title:
            thread.title = _title(input_user_message)  # the SDK stores it and tells the client
        try:
            async with asyncio.timeout(LONGEST_ANSWER):
                async for event in self._answer(thread, context):
                    yield event
        except TimeoutError:
            said = "This took too long. Please try again."
            raise CustomStreamError(said, allow_retry=True) from None
        except (OpenAIError, AgentsException) as error:
            log.warning("model failed", exc_info=error, extra={"thread_id": thread.id})
            said = "The assistant cannot be reached. Please try again."
            raise CustomStreamError(said, allow_retry=True) from None

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: FeedbackKind, context: Context
    ) -> None:
        """Count an opinion; the host's store keeps it with the answer."""
        self.opinions[feedback] += len(item_ids)

    async def _answer(
        self, thread: ThreadMetadata, context: Context
    ) -> AsyncIterator[ThreadStreamEvent]:
        newest = await self.store.load_thread_items(
            thread.id, after=None, limit=HISTORY, order="desc", context=context
        )
        history = await simple_to_agent_input(newest.data[::-1])
        agent_context = AgentContext(thread=thread, store=self.store, request_context=context)
        result = Runner.run_streamed(assistant, history, context=agent_context)
        async for event in stream_agent_response(agent_context, result):
            yield event

    def _limit(self, user: str) -> None:
        asked, now = self._asked[user], time.monotonic()
        while asked and asked[0] < now - 60:
            asked.popleft()
        if len(asked) >= MESSAGES_A_MINUTE:
            raise CustomStreamError("That was a lot at once. Please wait a minute.")
        asked.append(now)


def _title(message: UserMessageItem) -> str:
    texts = (part.text for part in message.content if isinstance(part, UserMessageTextContent))
    return " ".join(" ".join(texts).split())[:LONGEST_TITLE] or "New conversation"


def create_server(store: Store[Context]) -> ProductionServer:
    """Make the server on the host's store."""
    return ProductionServer(store)


@pages.get("/opinions")
async def opinions() -> ResponseReturnValue:
    """``GET /opinions``: what people think of the answers, for those who may log in."""
    host = current_host()
    await host.context(request)
    server = await host.server()
    assert isinstance(server, ProductionServer)  # noqa: S101
    return {**server.opinions}
