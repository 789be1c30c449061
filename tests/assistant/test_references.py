"""Finding the task that the user means."""

from datetime import date

import pytest

from chat.assistant.references import Known, due_text, find, labels, quoted
from store.base import Todo
from tests.assistant.talking import NOW

TITLES = [
    "Buy milk",
    "Call Mum",
    "Call the dentist",
    "Pay electricity bill",
    "2 eggs",
    "Café with Zoë",
    "Schedule the yearly review",
]


def todo(number: int, title: str, due: date | None = None, done: bool = False) -> Todo:
    return Todo(
        id=f"todo_{number:032x}",
        title=title,
        due=due,
        created_at=NOW,
        completed_at=NOW if done else None,
    )


LIST = [todo(number, title) for number, title in enumerate(TITLES, start=1)]
SHOWN = [one.id for one in LIST[:6]]


def means(reference: str, todos: list[Todo] = LIST) -> list[str]:
    found = find(reference, Known(todos, SHOWN), lambda todo: todo.completed_at is None)
    return [todo.title for todo in found]


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        ("1", "Buy milk"),
        ("#2", "Call Mum"),
        ("number 3", "Call the dentist"),
        ("task 4", "Pay electricity bill"),
        ("2.", "Call Mum"),
        ("the first one", "Buy milk"),
        ("last", "Café with Zoë"),
        ("buy MILK", "Buy milk"),
        ("milk", "Buy milk"),
        ("“milk”", "Buy milk"),
        ("the milk", "Buy milk"),
        ("mum", "Call Mum"),
        ("dent", "Call the dentist"),
        ("electricity", "Pay electricity bill"),
        ("elecricity bil", "Pay electricity bill"),
        ("pay electrisity", "Pay electricity bill"),
        ("dentits", "Call the dentist"),
        ("cafe zoe", "Café with Zoë"),
        ("eggs", "2 eggs"),
        ("2 eggs", "2 eggs"),
        (LIST[3].id, "Pay electricity bill"),
        ("yearly reveiw", "Schedule the yearly review"),
    ],
)
def test_a_reference_finds_its_task(reference: str, title: str) -> None:
    assert means(reference) == [title]


@pytest.mark.parametrize("reference", ["", "  ", "9", "0", "-1", "taxes", "…", "todo_ff", "mul"])
def test_a_reference_that_fits_nothing_finds_nothing(reference: str) -> None:
    assert means(reference) == []


@pytest.mark.parametrize("reference", ["7", "-7", "#7", "0"])
def test_a_number_beyond_the_list_is_not_looked_for_in_titles(reference: str) -> None:
    assert means(reference, [todo(1, "Order 7 pizzas"), todo(2, "Read page 0")]) == []


def test_two_tasks_that_fit_equally_well_are_both_found() -> None:
    assert means("call") == ["Call Mum", "Call the dentist"]


def test_a_whole_title_is_meant_before_a_part_of_another() -> None:
    assert means("milk", [todo(1, "Milk powder"), todo(2, "Milk")]) == ["Milk"]


def test_what_is_shown_counts_and_not_what_is_there() -> None:
    gone = LIST[1:]
    assert means("1", gone) == []
    assert means("2", gone) == ["Call Mum"]


def test_open_tasks_are_meant_before_done_ones() -> None:
    both = [todo(1, "Milk", done=True), todo(2, "Oat milk")]
    assert means("milk", both) == ["Oat milk"]
    assert means("milk", both[:1]) == ["Milk"]


def test_an_offered_choice_is_its_task() -> None:
    twins = [todo(1, "Call", date(2025, 12, 1)), todo(2, "Call", date(2025, 12, 2))]
    choices = labels(twins, NOW.date())
    known = Known(twins, (), choices)
    assert find("Call (Tue 2 Dec)", known, lambda _: True) == [twins[1]]


def test_labels_tell_equal_titles_apart() -> None:
    day = date(2025, 12, 1)
    twins = [todo(1, "A"), todo(2, "A", day), todo(3, "A", day), todo(4, "A", day), todo(5, "B")]
    assert list(labels(twins, NOW.date())) == [
        "A (no date)",
        "A (Mon 1 Dec)",
        "A (Mon 1 Dec) · 2",
        "A (Mon 1 Dec) · 3",
        "B",
    ]


def test_a_question_offers_a_bounded_number_of_choices() -> None:
    assert len(means("call", [todo(n, f"Call {n}") for n in range(100, 150)])) == 10


def test_days_and_titles_read_well() -> None:
    assert due_text(date(2025, 11, 28), NOW.date()) == "Fri 28 Nov"
    assert due_text(date(2026, 1, 2), NOW.date()) == "Fri 2 Jan 2026"
    assert quoted(["Milk"]) == "“Milk”"
    assert quoted(["Milk", "Eggs", "Bread"]) == "“Milk”, “Eggs” and “Bread”"
