"""Structured input: the assistant's questions, to be answered or skipped."""

from dataclasses import dataclass

from chatkit.types import (
    StructuredInput,
    StructuredInputFreeform,
    StructuredInputItem,
    StructuredInputMultipleChoice,
)

from chat.page.addresses import dom_id, item_url
from chat.page.answers import SKIP, choice_field, text_field
from chat.page.item_views import ItemView


@dataclass(frozen=True)
class QuestionView:
    """One question.

    Attributes:
        id: a DOM id for its parts.
        question: what is asked.
        description: what explains it; empty for nothing.
        kind: ``radio`` or ``checkbox`` for one or several of the options.
        options: what can be chosen; empty for a question that is answered in words.
        choice: the name of the options' field.
        text: the name of the field for an answer in one's own words.
        answers: what was answered.
        skipped: whether it was not answered.
    """

    id: str
    question: str
    description: str
    kind: str
    options: tuple[str, ...]
    choice: str
    text: str
    answers: tuple[str, ...]
    skipped: bool


@dataclass(frozen=True)
class StructuredInputView(ItemView):
    """Questions of the assistant.

    Attributes:
        waiting: whether they are still to be answered.
        url: where the answers are posted to.
        skip: the name of the button that answers none of them.
    """

    waiting: bool
    url: str
    skip: str
    questions: tuple[QuestionView, ...]


def structured_input_view(item: StructuredInputItem) -> StructuredInputView:
    """Prepare the assistant's questions."""
    questions = tuple(_question(item, index) for index in range(len(item.inputs)))
    return StructuredInputView.of(
        item,
        waiting=item.status == "pending",
        url=item_url(item.thread_id, item.id, "answers"),
        skip=SKIP,
        questions=questions,
    )


def _question(item: StructuredInputItem, index: int) -> QuestionView:
    asked: StructuredInput = item.inputs[index]
    choice = asked if isinstance(asked, StructuredInputMultipleChoice) else None
    given = asked.answer
    return QuestionView(
        id=f"{dom_id(item.id)}-q{index}",
        question=asked.question,
        description=(asked.description or "") if isinstance(asked, StructuredInputFreeform) else "",
        kind="checkbox" if choice and choice.multiple else "radio",
        options=tuple(option.value for option in choice.options) if choice else (),
        choice=choice_field(index),
        text=text_field(index),
        answers=tuple(given.values) if given else (),
        skipped=given.skipped if given else item.status != "pending",
    )
