"""Limits on what goes to the model and on what comes back from it.

A tripwire's ``output_info`` is the sentence that the user reads.
"""

from typing import Any

from agents import (
    Agent,
    GuardrailFunctionOutput,
    RunContextWrapper,
    TResponseInputItem,
    input_guardrail,
    output_guardrail,
)

from chat.assistant.context import TodoContext
from chat.assistant.instructions import CONFIDENTIAL, RULES

LONGEST_QUOTE = 120
"""How much of the instructions an answer may repeat before it counts as reciting them."""


@input_guardrail(name="message length", run_in_parallel=False)
def message_is_short_enough(
    run: RunContextWrapper[TodoContext],
    agent: Agent[TodoContext],
    items: str | list[TResponseInputItem],
) -> GuardrailFunctionOutput:
    """Stop a message that is too long to be about tasks, before any model is paid for it."""
    context = run.context
    return GuardrailFunctionOutput(
        output_info=(
            f"Your message is too long for me: it has {context.message_length:,} characters, "
            f"and I can read {context.longest_message:,}. Please shorten it."
        ),
        tripwire_triggered=context.message_length > context.longest_message,
    )


@output_guardrail(name="confidentiality")
def answer_keeps_to_itself(
    run: RunContextWrapper[TodoContext], agent: Agent[TodoContext], output: Any
) -> GuardrailFunctionOutput:
    """Take an answer back that recites what only the model may see."""
    text = " ".join(str(output).split())
    rules = " ".join(RULES.split())
    parts = (rules[at : at + LONGEST_QUOTE] for at in range(0, len(rules), LONGEST_QUOTE))
    recites = any(len(part) == LONGEST_QUOTE and part in text for part in parts)
    return GuardrailFunctionOutput(
        output_info="I took my answer back, because it was about my own workings. Ask me anew.",
        tripwire_triggered=recites or any(mark in text for mark in CONFIDENTIAL),
    )
