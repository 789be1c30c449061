"""The embedded model: a parser of to-do requests behind the Agents SDK's model interface."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

from agents import (
    AgentOutputSchemaBase,
    Handoff,
    Model,
    ModelResponse,
    ModelSettings,
    ModelTracing,
    Tool,
    TResponseInputItem,
    Usage,
)
from agents.items import TResponseStreamEvent
from openai.types.responses import Response, ResponseOutputItem
from openai.types.responses.response_prompt_param import ResponsePromptParam

from chat.assistant.offline.carrying import carry_out
from chat.assistant.offline.conversation import Conversation, read_conversation
from chat.assistant.offline.events import events
from chat.assistant.offline.intents import Intent, Say
from chat.assistant.offline.message import read_message
from chat.assistant.offline.named_tools import named_tool
from chat.assistant.offline.responses import function_call, message, response
from chat.assistant.offline.resuming import resumed
from chat.assistant.offline.sayings import said_about
from chat.assistant.offline.steps import Call, Progress, advance
from chat.assistant.offline.understanding import Scene

log = logging.getLogger(__name__)

PAUSE = 0.02
LONGEST_ANSWER = 3.0
"""How long an answer may take to stream, in seconds; long ones pause less between words."""


class OfflineModel(Model):
    """Understands English requests about a to-do list, without a network or a key.

    It keeps nothing: every call reads the whole conversation from the input items, finds out
    what the latest message asks for and how much of it the tools have done, and answers with
    the next tool calls or with what is to be said.
    """

    def __init__(self, pause: float = PAUSE) -> None:
        """Take the seconds between two words of a streamed answer."""
        self._pause = pause

    async def get_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> ModelResponse:
        """Return a whole answer: a message, or calls of tools.

        Only the instructions (for the present day), the input and the tools matter.
        """
        whole = _answer(system_instructions, input, tools)
        usage = whole.usage
        return ModelResponse(
            output=whole.output,
            usage=Usage(
                requests=1,
                input_tokens=usage.input_tokens if usage else 0,
                output_tokens=usage.output_tokens if usage else 0,
                total_tokens=usage.total_tokens if usage else 0,
            ),
            response_id=None,
        )

    async def stream_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> AsyncIterator[TResponseStreamEvent]:
        """Yield an answer as the Responses API streams it, a word at a time.

        It holds nothing that would have to be released: it may be cancelled at any time.
        """
        stream = list(events(_answer(system_instructions, input, tools)))
        deltas = sum(event.type == "response.output_text.delta" for event in stream)
        pause = min(self._pause, LONGEST_ANSWER / max(deltas, 1))
        for event in stream:
            if event.type == "response.output_text.delta":
                await asyncio.sleep(pause)
            yield event


def _answer(
    instructions: str | None, items: str | Sequence[TResponseInputItem], tools: Sequence[Tool]
) -> Response:
    """Return the answer to one call of the model."""
    output: list[ResponseOutputItem]
    match _next_step_or_apology(instructions, items, tools):
        case str(text):
            output = [message(text)]
        case calls:
            output = [function_call(each.name, json.dumps(each.arguments)) for each in calls]
    return response(output, len(instructions or "") + _length(items))


def _next_step_or_apology(
    instructions: str | None, items: str | Sequence[TResponseInputItem], tools: Sequence[Tool]
) -> list[Call] | str:
    """Return the next step; a fault of the parser must not cost anybody the conversation."""
    try:
        conversation = read_conversation(instructions, items)
        names = {tool.name for tool in tools}
        if not conversation.finished and (steps := named_tool(conversation.text, tools)):
            return advance(steps, conversation.outputs, names)
        return next_step(conversation, names)
    except Exception:
        # The traceback names places in this code; it holds no text of the user's.
        log.exception("the embedded model could not read a message")
        return said_about(Say("unknown"), date.min)


def next_step(conversation: Conversation, tools: set[str]) -> list[Call] | str:
    """Return the calls to make next, or what to say.

    Args:
        conversation: what the model was given.
        tools: the names of the tools that it may call.
    """
    progress = Progress(conversation.today, conversation.memory)
    return advance(carry_out(wishes(conversation), progress), conversation.outputs, tools)


def wishes(conversation: Conversation) -> list[Intent]:
    """Return what the message that is to be answered asks for, as far as it is still to do."""
    if conversation.finished:
        return [Say("unknown")]
    intents = read_message(conversation.text, Scene(conversation.today, conversation.memory))
    return resumed(intents, conversation.answered) if conversation.answered else intents


def _length(part: Any) -> int:
    """Return how many characters of text are in a part of the input; images count as none."""
    match part:
        case str():
            return 0 if part.startswith("data:") else len(part)
        case dict():
            return sum(_length(value) for value in part.values())
        case list():
            return sum(_length(value) for value in part)
        case _:
            return 0
