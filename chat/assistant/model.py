"""Which model answers, as the settings say: the embedded one, OpenAI's, or a compatible server's.

What a message asks for in its ``inference_options.model`` is not followed: whoever runs the
server decides what it pays for.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from agents import (
    Model,
    ModelResponse,
    ModelRetryAdvice,
    ModelRetryAdviceRequest,
    ModelSettings,
    ModelTimeoutError,
    OpenAIChatCompletionsModel,
    OpenAIResponsesModel,
    set_tracing_disabled,
)
from agents.items import TResponseStreamEvent
from agents.models import get_default_model, get_default_model_settings
from openai import AsyncOpenAI

from chat.settings import Settings

OPENAI = "https://api.openai.com/v1"
EMBEDDED = "embedded"
RETRIES = 2


@dataclass(frozen=True)
class ChosenModel:
    """The model of this server.

    Attributes:
        model: what the Agents SDK calls.
        name: its name, for the log and the metrics.
        settings: how it is called.
        embedded: whether it is the offline model, which needs no help with titles.
    """

    model: Model
    name: str
    settings: ModelSettings
    embedded: bool = False


def choose_model(settings: Settings) -> ChosenModel:
    """Return the model that the settings name; tracing is off unless they switch it on."""
    set_tracing_disabled(not settings.tracing)
    if settings.embedded_model:
        # Its vocabulary need not be loaded where another model answers.
        from chat.assistant.offline.model import OfflineModel

        return ChosenModel(OfflineModel(), EMBEDDED, ModelSettings(), embedded=True)
    name = settings.model or get_default_model()
    client = AsyncOpenAI(
        api_key=settings.openai_api_key or "none",
        base_url=settings.openai_base_url or OPENAI,
        timeout=settings.model_timeout or None,
        max_retries=RETRIES,
    )
    official = not settings.openai_base_url
    call = get_default_model_settings(name) if official else ModelSettings()
    if settings.model_api == "chat_completions":
        # Without asking, a streamed chat completion does not say how many tokens it took.
        call = call.resolve(ModelSettings(include_usage=True))
        model: Model = OpenAIChatCompletionsModel(name, client)
    else:
        model = OpenAIResponsesModel(name, client)
    return ChosenModel(PatientModel(model, client, settings.model_timeout), name, call)


class PatientModel(Model):
    """A model that may be slow but not silent: its stream is cut off when nothing comes.

    The HTTP client's own time limit does not notice a server that only sends comments.
    """

    def __init__(self, model: Model, client: AsyncOpenAI, seconds: float) -> None:
        """Take a model, its client, and how long it may be silent (0: for ever)."""
        self._model = model
        self._client = client
        self._seconds = seconds or None

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        """Return a whole answer.

        Raises:
            ModelTimeoutError: it took too long.
        """
        try:
            async with asyncio.timeout(self._seconds):
                return await self._model.get_response(*args, **kwargs)
        except TimeoutError:
            raise ModelTimeoutError(self._seconds or 0) from None

    async def stream_response(
        self, *args: Any, **kwargs: Any
    ) -> AsyncIterator[TResponseStreamEvent]:
        """Yield the model's events.

        Raises:
            ModelTimeoutError: it was silent for too long.
        """
        events: Any = self._model.stream_response(*args, **kwargs)
        try:
            while True:
                try:
                    async with asyncio.timeout(self._seconds):
                        event = await anext(events)
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    raise ModelTimeoutError(self._seconds or 0) from None
                yield event
        finally:
            await events.aclose()

    def get_retry_advice(self, request: ModelRetryAdviceRequest) -> ModelRetryAdvice | None:
        """Return what the model itself advises."""
        return self._model.get_retry_advice(request)

    async def close(self) -> None:
        """Close the model's connections."""
        await self._model.close()
        await self._client.close()
