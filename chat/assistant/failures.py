"""What goes wrong between a model and us, as one kind sentence, with Retry where it can help.

The log gets the cause, but never an error's own message: that may quote what a user wrote.
"""

import logging
import traceback

from agents import (
    InputGuardrailTripwireTriggered,
    MaxTurnsExceeded,
    ModelBehaviorError,
    ModelTimeoutError,
    OutputGuardrailTripwireTriggered,
)
from chatkit.errors import CustomStreamError
from openai import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

from chat.errors import Refused

log = logging.getLogger(__name__)


def kind_error(error: Exception) -> CustomStreamError:
    """Return what the user is told about a failed run, and log its cause."""
    sentence, retry = _told(error)
    log.warning("answer failed", extra={"cause": cause_of(error), "retry": retry})
    return CustomStreamError(sentence, allow_retry=retry)


def cause_of(error: BaseException) -> str:
    """Return what an error is and where it arose, without its message."""
    what = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, APIStatusError):
        return f"{what} {error.status_code} {_word(error.code)} {_word(error.request_id)}".strip()
    if isinstance(error, APIError):
        return f"{what} {_word(error.code)}".strip()
    frames = traceback.extract_tb(error.__traceback__)
    return f"{what} at {frames[-1].filename}:{frames[-1].lineno}" if frames else what


def _word(text: object) -> str:
    """Return a code that a server sent, where it looks like one; a sentence may quote someone."""
    word = str(text or "")
    return word if len(word) <= 64 and word.replace("_", "").replace("-", "").isalnum() else ""


def _told(error: Exception) -> tuple[str, bool]:
    match error:
        case InputGuardrailTripwireTriggered() | OutputGuardrailTripwireTriggered():
            return _stopped_by_guardrail(error), False
        case Refused():
            return error.message, False
        case ModelTimeoutError() | APITimeoutError():
            return "The model has not answered for too long. Please try again.", True
        case MaxTurnsExceeded():
            return "This took too many steps, so I stopped. Please ask for less at once.", True
        case ModelBehaviorError():
            return "The model's answer made no sense. Please try again.", True
        case APIStatusError():
            return _told_by_status(error)
        case APIConnectionError():
            return "The model cannot be reached right now. Please try again in a moment.", True
        case APIError():
            return "The model broke off its answer. Please try again.", True
        case _:
            return "Something went wrong while answering. Please try again.", True


def _told_by_status(error: APIStatusError) -> tuple[str, bool]:
    match error:
        case RateLimitError(code="insufficient_quota"):
            return "The model's quota is used up. Whoever runs this server can raise it.", False
        case RateLimitError():
            return "The model is busy right now. Please try again in a moment.", True
        case AuthenticationError() | PermissionDeniedError():
            return (
                "The model refused this server's key. Whoever runs this server can fix that.",
                False,
            )
        case NotFoundError():
            return "The model that this server is set up with does not exist.", False
        case BadRequestError(code="context_length_exceeded"):
            return "This conversation is too long for the model. Please start a new one.", False
        case APIStatusError(status_code=413):
            return "This message is too large for the model. Please send less.", False
        case APIStatusError(status_code=status) if status < 500:
            return "The model did not accept this message.", False
        case _:
            return "The model has a problem of its own. Please try again in a moment.", True


def _stopped_by_guardrail(
    error: InputGuardrailTripwireTriggered | OutputGuardrailTripwireTriggered,
) -> str:
    told = error.guardrail_result.output.output_info
    return told if isinstance(told, str) else "I cannot help with that."
