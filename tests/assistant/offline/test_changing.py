import pytest

from tests.assistant.offline.asking_model import first_call, said

COMPLETED = [
    ("done with 2", ["2"]), ("2 done", ["2"]), ("done: 2, 3", ["2", "3"]), ("#2 is done", ["2"]),
    ("compelte 2", ["2"]), ("finsh 2", ["2"]), ("check 2", ["2"]), ("tick off 2", ["2"]),
    ("set 2 to done", ["2"]), ("change 2 to done", ["2"]), ("close task 2", ["2"]),
    ("2 ✓", ["2"]), ("did 2", ["2"]), ("mark 2 as doen", ["2"]), ("task 2 is complete", ["2"]),
    ("I finished 2 and 3", ["2", "3"]), ("complete 1, 3 and 4", ["1", "3", "4"]),
    ("complete 1 3 4", ["1", "3", "4"]), ("complete 1,3,4", ["1", "3", "4"]),
    ("complete 1-3", ["1", "2", "3"]), ("complete 2 to 4", ["2", "3", "4"]),
    ("mark the first two as done", ["1", "2"]), ("first two are done", ["1", "2"]),
    ("the second one is done", ["2"]), ("complete the first and the third", ["1", "3"]),
    ("number two is done", ["2"]), ("finish milk", ["milk"]), ("milk done", ["milk"]),
    ("milk is done", ["milk"]), ("milk ✅", ["milk"]), ("milk: done", ["milk"]),
    ("mark milk as done", ["milk"]), ("makr milk as done", ["milk"]), ("tick milk off", ["milk"]),
    ("cross milk off my list", ["milk"]), ("check off milk and eggs", ["milk", "eggs"]),
    ("could you mark milk as done please?", ["milk"]), ("complete task milk", ["milk"]),
    ("done with the milk task", ["milk"]), ("complete the task called milk", ["milk"]),
    ('complete "call mum, then dad"', ["call mum, then dad"]), ("complete @Milk", ["Milk"]),
    ("complete mac and cheese", ["mac and cheese"]), ("finish unicorn and 2", ["unicorn", "2"]),
    ("I bought the eggs", ["eggs"]), ("bought milk and eggs", ["milk", "eggs"]),
    ("I've already bought milk", ["milk"]), ("just paid the rent", ["rent"]),
    ("rent paid", ["rent"]), ("the rent has been paid", ["rent"]), ("called mum", ["mum"]),
    ("called mum this morning", ["mum"]), ("I took the trash out", ["trash"]),
    ("picked up the parcel", ["parcel"]), ("I went to the gym", ["gym"]),
    ("I finally finished the report! 🎉", ["report"]), ("I managed to call mum", ["mum"]),
    ("got milk", ["milk"]), ("I'm done with milk and eggs", ["milk", "eggs"]),
    ("done:\n- milk\n- eggs", ["milk", "eggs"]),
]  # fmt: skip

REOPENED = [
    ("reopen 2", ["2"]), ("undo 2", ["2"]), ("uncheck 2", ["2"]), ("untick milk", ["milk"]),
    ("mark 2 as not done", ["2"]), ("mark milk as open again", ["milk"]), ("2 isn't done", ["2"]),
    ("2 is not done yet", ["2"]), ("not done: 2", ["2"]), ("milk is not finished", ["milk"]),
    ("I haven't bought milk yet", ["milk"]), ("I didn't finish 2", ["2"]), ("bring 2 back", ["2"]),
    ("put milk back on my list", ["milk"]),
]  # fmt: skip

DELETED = [
    ("delete 2", ["2"]), ("delte bread", ["bread"]), ("remvoe milk", ["milk"]),
    ("delete the second one", ["2"]), ("remove milk", ["milk"]), ("remove #2 please", ["2"]),
    ("can you please remove the milk from my list?", ["milk"]), ("get rid of milk", ["milk"]),
    ("take milk off the list", ["milk"]), ("drop 3", ["3"]), ("cancel 2", ["2"]),
    ("forget about milk", ["milk"]), ("forget the milk", ["milk"]),
    ("never mind the milk", ["milk"]),
    ("I don't need milk anymore", ["milk"]), ("no longer need milk", ["milk"]),
    ("stop reminding me about mum", ["mum"]), ("delete tasks 1-3", ["1", "2", "3"]),
    ("delete 2, 3, and 5", ["2", "3", "5"]), ("would you mind deleting 2?", ["2"]),
    ("delete these:\n- milk\n- eggs", ["milk", "eggs"]), ("no, delete 3", ["3"]),
    ("sorry, I meant delete 3", ["3"]), ("erase 3", ["3"]), ("scratch 2", ["2"]),
]  # fmt: skip

KEEP: dict[str, object] = {"title": None, "due": None, "clear_due": False}
FRIDAY = {**KEEP, "due": "2026-11-27"}
OAT_MILK = {**KEEP, "title": "Oat milk"}
NO_DATE = {**KEEP, "clear_due": True}

UPDATED = [
    ("rename 2 to buy oat milk", "2", {**KEEP, "title": "Buy oat milk"}),
    ("change bread to whole-grain bread", "bread", {**KEEP, "title": "Whole-grain bread"}),
    ("rename milk to oat milk", "milk", OAT_MILK),
    ("renmae 2 to oat milk", "2", OAT_MILK),
    ("rename 2: oat milk", "2", OAT_MILK),
    ("rename 2 oat milk", "2", OAT_MILK),
    ("rename the second one as oat milk", "2", OAT_MILK),
    ("change the title of 2 to oat milk", "2", OAT_MILK),
    ("replace milk with oat milk", "milk", OAT_MILK),
    ("turn milk into oat milk", "milk", OAT_MILK),
    ("make 2 say oat milk", "2", OAT_MILK),
    ("2 should be oat milk", "2", OAT_MILK),
    ("milk -> oat milk", "milk", OAT_MILK),
    ('rename "milk" to "oat milk"', "milk", OAT_MILK),
    ("move milk to Friday", "milk", FRIDAY),
    ("change milk to Friday", "milk", FRIDAY),
    ("set 2 to friday", "2", FRIDAY),
    ("make 2 due Friday", "2", FRIDAY),
    ("2 to friday", "2", FRIDAY),
    ("2 is due on friday", "2", FRIDAY),
    ("schedule 2 for Friday", "2", FRIDAY),
    ("postpone 2 to Friday", "2", FRIDAY),
    ("push the dentist to friday", "dentist", FRIDAY),
    ("put milk off till Friday", "milk", FRIDAY),
    ("reschedule the dentist for friday at 4", "dentist", FRIDAY),
    ("could you move the milk task to friday?", "milk", FRIDAY),
    ("set the due date of milk to Friday", "milk", FRIDAY),
    ("change the deadline for the report to friday", "report", FRIDAY),
    ("change 2's date to friday", "2", FRIDAY),
    ("give milk a due date of Friday", "milk", FRIDAY),
    ("add a deadline of Friday to milk", "milk", FRIDAY),
    ("do 2 on friday instead", "2", FRIDAY),
    ("no date for 3", "3", NO_DATE),
    ("bring the milk forward to Friday", "milk", FRIDAY),
    ("bring forward milk to friday", "milk", FRIDAY),
    ("2 is not due Monday but Friday", "2", FRIDAY),
    ("2 is due not on monday, but on Friday", "2", FRIDAY),
    ("move milk to yesterday", "milk", {**KEEP, "due": "2026-11-21"}),
    ("move milk from Monday to Friday", "milk", FRIDAY),
    ("change the deadline of milk from Monday to Friday", "milk", FRIDAY),
    (
        "change the novel to read two novels by friday",
        "novel",
        {**FRIDAY, "title": "Read two novels"},
    ),
    ("2 should be done by Friday", "2", FRIDAY),
    ("remove the date from milk", "milk", NO_DATE),
    ("clear the due date of 2", "2", NO_DATE),
    ("milk has no deadline", "milk", NO_DATE),
    ("take the date off milk", "milk", NO_DATE),
    ("unschedule 2", "2", NO_DATE),
]


@pytest.mark.parametrize(("text", "todos"), COMPLETED, ids=[text for text, _ in COMPLETED])
def test_it_completes_what_is_done(text: str, todos: list[str]) -> None:
    assert first_call(text) == ("complete_todos", {"todos": todos})


@pytest.mark.parametrize(("text", "todos"), REOPENED, ids=[text for text, _ in REOPENED])
def test_it_reopens_what_is_not_done(text: str, todos: list[str]) -> None:
    assert first_call(text) == ("reopen_todos", {"todos": todos})


@pytest.mark.parametrize(("text", "todos"), DELETED, ids=[text for text, _ in DELETED])
def test_it_deletes_what_is_not_wanted(text: str, todos: list[str]) -> None:
    assert first_call(text) == ("delete_todos", {"todos": todos})


@pytest.mark.parametrize(("text", "todo", "changes"), UPDATED, ids=[text for text, *_ in UPDATED])
def test_it_renames_and_moves(text: str, todo: str, changes: dict[str, object]) -> None:
    assert first_call(text) == ("update_todo", {"todo": todo, **changes})


@pytest.mark.parametrize(
    "text",
    ["don't delete milk", "do not complete anything", "please don't add milk", "never delete 2"],
)
def test_it_does_not_do_what_it_is_told_not_to_do(text: str) -> None:
    assert said(text) == "All right, I left that as it was."


@pytest.mark.parametrize("text", ["rename 2", "edit 2", "change it", "rename milk"])
def test_it_asks_how_to_change_a_task(text: str) -> None:
    assert said(text).startswith("How shall I change it?")


def test_it_asks_what_to_do_with_a_bare_number() -> None:
    assert said("2").startswith("What shall I do with 2?")
