import pytest

from chat.assistant.offline.spelling import count_slips, read_word

MISSPELT = [
    ("compelte", "complete"), ("delte", "delete"), ("shwo", "show"), ("taks", "task"),
    ("tommorow", "tomorrow"), ("tomorow", "tomorrow"), ("wensday", "wednesday"),
    ("remvoe", "remove"), ("reminde", "remind"), ("udno", "undo"), ("postopne", "postpone"),
    ("finsih", "finish"), ("hlep", "help"), ("ad", "add"), ("pls", "please"),
    ("dont", "do not"), ("whta's", "what is"), ("tmrw", "tomorrow"),
]  # fmt: skip

RIGHT = [
    "shop", "shoes", "plane", "bone", "mouse", "market", "chapter", "lease", "form", "snow",
    "planet", "mother", "adele", "month", "helmet", "dishes", "charger", "unicorn",
]  # fmt: skip


@pytest.mark.parametrize(("word", "meant"), MISSPELT, ids=[word for word, _ in MISSPELT])
def test_a_misspelt_command_is_read_as_it_was_meant(word: str, meant: str) -> None:
    assert read_word(word) == meant


@pytest.mark.parametrize("word", RIGHT)
def test_an_ordinary_word_is_left_alone(word: str) -> None:
    assert read_word(word) == word


def test_letters_swapped_with_the_next_are_one_slip() -> None:
    assert count_slips("shwo", "show") == 1
    assert count_slips("milk", "milk") == 0
    assert count_slips("", "milk") == 4
