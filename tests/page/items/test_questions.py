from typing import Any

import pytest
from chatkit.types import StructuredInputItem
from werkzeug.datastructures import MultiDict

from chat.errors import Conflict, InvalidRequest
from chat.page.answers import answers_from_form
from tests.page.items.making import article, item

Input = dict[str, Any]

MILK: Input = {
    "type": "multiple_choice",
    "id": "which <one>",
    "question": "Which of these two?",
    "options": [{"value": "Milk, 2 l"}, {"value": 'Milk "for" the\ncat'}],
}
DAYS = MILK | {"id": "days", "question": "Which days?", "multiple": True}
WHEN: Input = {"type": "freeform", "id": "when", "question": "When?", "description": "A day."}


def questions(*inputs: Input, **fields: Any) -> StructuredInputItem:
    asked = item("structured_input", inputs=list(inputs), **fields)
    assert isinstance(asked, StructuredInputItem)
    return asked


def test_a_question_with_options_offers_them_and_ones_own_words() -> None:
    shown = article(questions(MILK))
    options = shown.all("input", type="radio")
    assert [option["value"] for option in options] == ["Milk, 2 l", 'Milk "for" the\ncat']
    assert {option["name"] for option in options} == {"choice-0"}
    assert shown.one("input", type="text")["name"] == "text-0"
    assert shown.one("legend").text == "Which of these two?"
    assert shown.one("form")["action"] == "/threads/thr_1/items/itm_1/answers"


def test_several_options_can_be_chosen_where_several_are_asked_for() -> None:
    assert len(article(questions(DAYS)).all("input", type="checkbox")) == 2


def test_a_question_without_options_has_a_text_field() -> None:
    shown = article(questions(MILK, WHEN))
    assert shown.one("textarea")["name"] == "text-1"
    assert "A day." in shown.text


def test_there_is_a_way_to_skip() -> None:
    submit, skip = article(questions(WHEN)).all("button")
    assert (submit.text, skip.text, skip["name"]) == ("Submit", "Skip", "skip")


def test_answered_questions_can_be_read_and_not_answered_again() -> None:
    answered = WHEN | {"answer": {"values": ["on <Friday>"]}}
    skipped = MILK | {"answer": {"skipped": True}}
    shown = article(questions(answered, skipped, status="answered"))
    assert [part.text for part in shown.all("dd")] == ["on <Friday>", "Skipped"]
    assert not shown.has("form")


def test_a_form_becomes_answers_by_question() -> None:
    form = MultiDict([
        ("choice-0", "Milk, 2 l"),
        ("choice-1", "Milk, 2 l"), ("choice-1", 'Milk "for" the\r\ncat'), ("text-1", " other "),
        ("text-2", "one\r\ntwo"),
    ])  # fmt: skip
    given = answers_from_form(questions(MILK, DAYS, WHEN), form)
    assert given.status == "answered"
    assert {id: answer.values for id, answer in given.answers.items()} == {
        "which <one>": ["Milk, 2 l"],
        "days": ["Milk, 2 l", 'Milk "for" the\ncat', "other"],
        "when": ["one\ntwo"],
    }


def test_ones_own_words_count_more_than_a_chosen_option() -> None:
    form = MultiDict({"choice-0": "Milk, 2 l", "text-0": "bread"})
    assert answers_from_form(questions(MILK), form).answers["which <one>"].values == ["bread"]


def test_a_question_left_out_is_skipped_by_itself() -> None:
    given = answers_from_form(questions(MILK, WHEN), MultiDict({"text-1": "now"}))
    assert given.answers["which <one>"].skipped
    assert not given.answers["when"].skipped


def test_skip_answers_nothing_whatever_is_filled_in() -> None:
    form = MultiDict({"skip": "1", "text-0": "bread", "choice-0": "nonsense"})
    given = answers_from_form(questions(MILK), form)
    assert given.status == "skipped"
    assert all(answer.skipped and not answer.values for answer in given.answers.values())


@pytest.mark.parametrize("form", [{}, {"text-0": "   "}, {"text-5": "x"}])
def test_answering_nothing_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(InvalidRequest):
        answers_from_form(questions(MILK), MultiDict(form))


def test_an_option_that_was_not_offered_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        answers_from_form(questions(MILK), MultiDict({"choice-0": "a pony"}))


@pytest.mark.parametrize("status", ["answered", "skipped"])
def test_questions_are_answered_once(status: str) -> None:
    with pytest.raises(Conflict):
        answers_from_form(questions(WHEN, status=status), MultiDict({"text-0": "x"}))
