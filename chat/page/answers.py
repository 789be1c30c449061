"""From the form of a structured input to its answers, and the names of its fields.

Question *n*, counted from 0, has the fields ``choice-n`` (radio buttons or checkboxes, whose
values are the options) and ``text-n`` (an answer in one's own words). A button named
``skip`` answers nothing.
"""

from chatkit.types import (
    StructuredInput,
    StructuredInputAnswerSubmission,
    StructuredInputItem,
    StructuredInputMultipleChoice,
    StructuredInputSubmission,
)

from chat.errors import Conflict, InvalidRequest
from chat.page.widgets.fields import Form

SKIP = "skip"


def choice_field(index: int) -> str:
    """Return the name of the field that holds the options chosen for a question."""
    return f"choice-{index}"


def text_field(index: int) -> str:
    """Return the name of the field that holds an answer in one's own words."""
    return f"text-{index}"


def answers_from_form(item: StructuredInputItem, form: Form) -> StructuredInputSubmission:
    """Return what a form answers to the questions of an item.

    Where one answer is asked for, one's own words count more than a chosen option.

    Raises:
        Conflict: the questions have been answered or skipped already.
        InvalidRequest: nothing is answered, or an option that is not offered.
    """
    if item.status != "pending":
        raise Conflict("These questions have been answered already.")
    if SKIP in form:
        skipped = StructuredInputAnswerSubmission(skipped=True)
        return StructuredInputSubmission(
            status="skipped", answers={asked.id: skipped for asked in item.inputs}
        )
    answers = {
        asked.id: StructuredInputAnswerSubmission(values=values, skipped=not values)
        for index, asked in enumerate(item.inputs)
        for values in [_values(asked, index, form)]
    }
    if all(answer.skipped for answer in answers.values()):
        raise InvalidRequest("Answer a question, or skip.")
    return StructuredInputSubmission(answers=answers)


def _values(asked: StructuredInput, index: int, form: Form) -> list[str]:
    written = [text.strip() for text in form.getlist(text_field(index))]
    written = [text.replace("\r\n", "\n") for text in written if text]
    if not isinstance(asked, StructuredInputMultipleChoice):
        return written[:1]
    chosen = form.getlist(choice_field(index))
    offered = {option.value.replace("\r\n", "\n"): option.value for option in asked.options}
    values = [offered.get(value.replace("\r\n", "\n"), "") for value in chosen]
    if not all(values):
        raise InvalidRequest("This choice is not offered here.")
    return [*values, *written] if asked.multiple else [*written, *values][:1]
