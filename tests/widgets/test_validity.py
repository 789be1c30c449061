"""The server checks a form as the browser does, where the browser does."""

import re
from typing import Any

import pytest

from chat.errors import InvalidRequest
from chat.page.widgets.places import Place, action_at
from tests.widgets.rendering import Tree, form, root

SUBMIT = Place("children.0", "onSubmitAction")


def submitted(field: Tree, *sent: str) -> Any:
    """Submit a form with one field and return what the server is given for it."""
    tree = {"type": "Form", "onSubmitAction": {"type": "save"}, "children": [field]}
    posted = form(*((field["name"], value) for value in sent))
    payload = action_at(root(tree), SUBMIT, posted).payload
    return (payload or {}).get(field["name"])


def refusal(field: Tree, *sent: str) -> str:
    with pytest.raises(InvalidRequest) as refused:
        submitted(field, *sent)
    return refused.value.message


@pytest.mark.parametrize(
    "field",
    [
        {"type": "Input", "name": "a", "placeholder": "Mail"},
        {"type": "Textarea", "name": "a", "placeholder": "Mail"},
        {"type": "Checkbox", "name": "a", "label": "Mail"},
        {"type": "DatePicker", "name": "a", "placeholder": "Mail"},
        {"type": "RadioGroup", "name": "a", "ariaLabel": "Mail", "options": [{"value": "x"}]},
        {"type": "Select", "name": "a", "label": "Mail", "options": [{"value": "x"}]},
    ],
)
def test_what_is_required_must_be_there(field: Tree) -> None:
    assert refusal(field | {"required": True}) == "“Mail” is still missing."
    submitted(field)


def test_an_editable_text_has_its_checks_too() -> None:
    options = {"name": "a", "required": True, "pattern": "[a-z]+"}
    text = {"type": "Text", "value": "x", "name": "a", "editable": options}
    assert refusal(text, "") == "“A” is still missing."
    assert "form that is asked for" in refusal(text, "7")
    assert submitted(text, "seven") == "seven"


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("email", "ada@example.org", "ada"),
        ("email", "a.b+c@x-y.example", "a b@example.org"),
        ("url", "https://example.org/a?b", "example.org"),
        ("number", "-2.5", "two"),
        ("number", "1e3", "nan"),
        ("number", ".5", "1e999"),
    ],
)
def test_a_kind_of_input_is_checked(kind: str, right: str, wrong: str) -> None:
    field = {"type": "Input", "name": "a", "inputType": kind}
    assert submitted(field, right) == right
    assert "“A” must be" in refusal(field, wrong)
    assert submitted(field, "") == ""


def test_numbers_and_days_have_their_bounds() -> None:
    number = {"type": "Input", "name": "a", "inputType": "number", "min": 1, "max": "5"}
    assert refusal(number, "0") == "“A” must be 1 or more."
    assert refusal(number, "6") == "“A” must be 5 or less."
    day = {"type": "DatePicker", "name": "a", "min": "2026-01-10", "max": "2026-02-01T00:00:00Z"}
    assert refusal(day, "2026-01-09") == "“A” must be 2026-01-10 or later."
    assert refusal(day, "2026-02-02") == "“A” must be 2026-02-01 or earlier."
    assert submitted(day, "2026-01-10") == "2026-01-10"


def test_a_pattern_is_for_the_whole_text() -> None:
    field = {"type": "Input", "name": "a", "pattern": "[A-Z]{2}-[0-9]+"}
    assert submitted(field, "AB-12") == "AB-12"
    for wrong in ("xAB-12", "AB-12x", "AB"):
        assert "form that is asked for" in refusal(field, wrong)


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|a)*b", "(.*)*(.*)*(.*)*b"])
def test_a_hostile_pattern_takes_no_time(pattern: str) -> None:
    # With an engine that goes back and tries again, this would not end in years.
    refusal({"type": "Input", "name": "a", "pattern": pattern}, "a" * 5_000)


@pytest.mark.parametrize("pattern", ["(?=x)", "(", "(a{1000}){1000}", "a" * 9_999, "\\p{Nope}", 7])
def test_a_pattern_that_the_server_cannot_try_is_left_to_the_browser(pattern: Any) -> None:
    field = {"type": "Input", "name": "a", "pattern": pattern}
    value = "7" if pattern == 7 else "anything"
    assert submitted(field, value) == value


def test_a_disabled_field_neither_counts_nor_is_missed() -> None:
    field = {"type": "Checkbox", "name": "a", "disabled": True, "required": True}
    assert submitted(field, "true") is None


def test_an_option_that_is_disabled_cannot_be_chosen() -> None:
    options = [{"value": "x", "label": "X", "disabled": True}, {"value": "y", "label": "Y"}]
    field = {"type": "Select", "name": "a", "options": options}
    assert re.search("not offered", refusal(field, "x"))
    assert submitted(field, "y") == "y"


def test_a_button_that_does_not_submit_checks_nothing() -> None:
    field = {"type": "Input", "name": "a", "required": True}
    press = {"type": "Button", "label": "Later", "onClickAction": {"type": "later"}}
    widget = root({"type": "Form", "children": [field, press]})
    place = Place("children.0.children.1", "onClickAction")
    assert action_at(widget, place, form(("a", ""))).payload == {"a": ""}


def test_a_card_checks_before_it_confirms_but_not_before_it_cancels() -> None:
    field = {"type": "Input", "name": "a", "required": True}
    props = {
        "confirm": {"label": "Go", "action": {"type": "go"}},
        "cancel": {"label": "No", "action": {"type": "no"}},
    }
    widget = root(field, asForm=True, **props)
    with pytest.raises(InvalidRequest):
        action_at(widget, Place("", "confirm"), form(("a", "")))
    assert action_at(widget, Place("", "cancel"), form(("a", ""))).type == "no"
    plain = root(field, **props)
    assert action_at(plain, Place("", "confirm"), form(("a", ""))).type == "go"
