from datetime import date

import pytest

from chat.assistant.offline.dates import only_date, take_date, take_shift
from chat.assistant.offline.phrase import Phrase

SUNDAY = date(2026, 11, 22)

NAMED = [
    ("today", "2026-11-22"), ("yesterday", "2026-11-21"),
    ("the day before yesterday", "2026-11-20"),
    ("tonight", "2026-11-22"), ("this evening", "2026-11-22"),
    ("tomorrow", "2026-11-23"), ("tommorow", "2026-11-23"), ("tmrw", "2026-11-23"),
    ("the day after tomorrow", "2026-11-24"), ("on Friday", "2026-11-27"),
    ("by friday", "2026-11-27"), ("this Friday", "2026-11-27"), ("next Friday", "2026-11-27"),
    ("on Sunday", "2026-11-29"), ("this Sunday", "2026-11-22"), ("on tues", "2026-11-24"),
    ("Tuesday next week", "2026-11-24"), ("a week from Friday", "2026-12-04"),
    ("this weekend", "2026-11-22"), ("next weekend", "2026-11-28"), ("next week", "2026-11-23"),
    ("next month", "2026-12-01"), ("end of month", "2026-11-30"),
    ("by the end of the month", "2026-11-30"), ("end of next month", "2026-12-31"),
    ("by the end of the year", "2026-12-31"), ("end of December", "2026-12-31"),
    ("next year", "2027-01-01"), ("in 3 days", "2026-11-25"), ("in a week", "2026-11-29"),
    ("in two weeks", "2026-12-06"), ("within a fortnight", "2026-12-06"),
    ("in a couple of days", "2026-11-24"), ("in 3 months", "2027-02-22"),
    ("10 days from now", "2026-12-02"), ("24 December", "2026-12-24"),
    ("the first of December", "2026-12-01"),
    ("the 24th of December", "2026-12-24"), ("December 24", "2026-12-24"),
    ("Dec 24th", "2026-12-24"), ("Dec. 24, 2027", "2027-12-24"), ("24 Dec 2027", "2027-12-24"),
    ("Friday, 27 November", "2026-11-27"), ("on the 24th", "2026-11-24"),
    ("by the 3rd", "2026-12-03"), ("the 1st of next month", "2026-12-01"), ("24.12.", "2026-12-24"),
    ("24.12", "2026-12-24"), ("24/12/2026", "2026-12-24"), ("24-12-2026", "2026-12-24"),
    ("24/12/27", "2027-12-24"), ("2026-12-24", "2026-12-24"), ("2026/12/24", "2026-12-24"),
    ("12/24", "2026-12-24"), ("on 5/1", "2027-01-05"), ("3 March", "2027-03-03"),
    ("22 November", "2026-11-22"), ("21 November", "2027-11-21"), ("29 February", "2028-02-29"),
    ("in July", "2027-07-01"), ("in March 2028", "2028-03-01"), ("by Christmas", "2026-12-25"),
    ("due: friday", "2026-11-27"), ("before friday", "2026-11-27"),
]  # fmt: skip

NO_DATES = [
    "march to the office", "you may go", "sun cream", "enjoy the sun", "24/7 support",
    "1/2 cup of sugar", "after friday", "every monday", "black friday shopping",
    "friday's meeting", "31 April", "32 December", "45/45", "chapter 3", "meeting at 3.10",
    "vacation from Monday to Friday", "for 2 days", "christmas presents", "may", "2026-13-40",
    "in 99999 years",
]  # fmt: skip

LEFT = [
    ("call mum tomorrow about the trip", "call mum about the trip"),
    ("tomorrow call mum", "call mum"),
    ("call mum tomorrow morning", "call mum in the morning"),
    ("this evening call mum", "call mum in the evening"),
    ("meeting on Friday at 3", "meeting at 3"),
    ("book a flight for March 3, 2027", "book a flight"),
    ("Friday dinner with Bob", "Friday dinner with Bob"),
]

SHIFTS = [
    ("postpone 2 by a week", (7, 0), "postpone 2"),
    ("push it back 3 days", (3, 0), "push it back"),
    ("two days later", (2, 0), ""),
    ("move it a week earlier", (-7, 0), "move it"),
    ("delay the report by a month", (0, 1), "delay the report"),
]


@pytest.mark.parametrize(("text", "day"), NAMED, ids=[text for text, _ in NAMED])
def test_it_knows_which_day_is_meant(text: str, day: str) -> None:
    assert only_date(Phrase.of(text), SUNDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NO_DATES)
def test_it_sees_no_day_where_there_is_none(text: str) -> None:
    assert take_date(Phrase.of(text), SUNDAY).due is None


@pytest.mark.parametrize(("text", "left"), LEFT, ids=[text for text, _ in LEFT])
def test_it_takes_the_day_out_of_the_words(text: str, left: str) -> None:
    dated = take_date(Phrase.of(text), SUNDAY)
    assert dated.due
    assert dated.text == left


@pytest.mark.parametrize(("text", "shift", "left"), SHIFTS, ids=[text for text, *_ in SHIFTS])
def test_it_reads_how_far_a_day_is_moved(text: str, shift: tuple[int, int], left: str) -> None:
    found = take_shift(Phrase.of(text))
    assert found
    assert found[0] == shift
    assert found[1].text == left


def test_next_friday_is_in_the_next_week_and_on_friday_in_this_one() -> None:
    monday = date(2026, 11, 23)
    assert only_date(Phrase.of("on friday"), monday) == date(2026, 11, 27)
    assert only_date(Phrase.of("next friday"), monday) == date(2026, 12, 4)


def test_a_weekday_that_is_today_means_the_one_in_a_week() -> None:
    friday = date(2026, 11, 27)
    assert only_date(Phrase.of("on friday"), friday) == date(2026, 12, 4)


def test_the_calendar_may_end() -> None:
    assert only_date(Phrase.of("in 9999 years"), date.max) is None
    assert only_date(Phrase.of("next week"), date.max) is None
