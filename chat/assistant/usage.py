"""What models cost: tokens, counted for the metrics and written to the log."""

import logging

from agents import Usage

from chat.metrics import TOKENS

log = logging.getLogger(__name__)


def count(usage: Usage, model: str, purpose: str) -> None:
    """Count the tokens of a run; one that asked no model is not worth a line.

    Args:
        usage: what the Agents SDK has added up.
        model: the model's name as the settings give it.
        purpose: what the tokens were for: an answer or a title.
    """
    if not usage.requests:
        return
    TOKENS.labels(model, "input").inc(usage.input_tokens)
    TOKENS.labels(model, "output").inc(usage.output_tokens)
    log.info(
        "model used",
        extra={
            "model": model,
            "purpose": purpose,
            "requests": usage.requests,
            "input_tokens": usage.input_tokens,
            "output_tokens": usage.output_tokens,
        },
    )
