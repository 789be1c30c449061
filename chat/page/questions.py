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
from chat.words import gettext


@dataclass(frozen=True)
class QuestionView:
    """One question.

    Attributes:
        id: a DOM id for its parts.
        question: what is asked.
        description: what explains it; empty for nothing.
        note: how it is answered; empty where that is plain.
        own: what invites to an answer in one's own words.
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
    note: str
    own: str
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
    several = choice is not None and choice.multiple
    given = asked.answer
    return QuestionView(
        id=f"{dom_id(item.id)}-q{index}",
        question=asked.question,
        description=(asked.description or "") if isinstance(asked, StructuredInputFreeform) else "",
        note=gettext("Choose as many as you like.") if several else "",
        own=gettext("Add an answer of your own")
        if several
        else gettext("Or answer in your own words"),
        kind="checkbox" if several else "radio",
        options=tuple(option.value for option in choice.options) if choice else (),
        choice=choice_field(index),
        text=text_field(index),
        answers=tuple(given.values) if given else (),
        skipped=given.skipped if given else item.status != "pending",
    )
