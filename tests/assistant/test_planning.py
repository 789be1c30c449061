"""When the tasks of a day can be done."""

from datetime import date, datetime

from chat.assistant.planning import choose, slots
from store.base import Todo
from tests.assistant.talking import NOW

DAY = date(2025, 11, 24)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 11, 24, hour, minute).astimezone()


def todo(title: str, due: date | None = None) -> Todo:
    return Todo(id=f"todo_{title}", title=title, due=due, created_at=NOW)


def test_a_later_day_begins_in_the_morning_and_has_a_lunch_break() -> None:
    assert list(slots(DAY, NOW))[:5] == [
        "09:00-09:45",
        "10:00-10:45",
        "11:00-11:45",
        "13:00-13:45",
        "14:00-14:45",
    ]


def test_today_begins_with_the_next_half_hour() -> None:
    assert next(slots(DAY, at(9, 30))) == "09:30-10:15"
    assert next(slots(DAY, at(9, 31))) == "10:00-10:45"
    assert next(slots(DAY, at(6))) == "09:00-09:45"
    assert next(slots(DAY, at(12, 10))) == "13:00-13:45"


def test_a_day_has_an_end() -> None:
    assert list(slots(DAY, at(19))) == ["19:00-19:45"]
    assert list(slots(DAY, at(19, 20))) == []
    assert list(slots(DAY, at(23, 59))) == []


def test_what_is_due_comes_before_what_has_no_date_and_later_tasks_wait() -> None:
    todos = [
        todo("late", date(2025, 11, 20)),
        todo("due", DAY),
        todo("later", date(2025, 11, 25)),
        todo("some day"),
    ]
    assert [one.title for one in choose(todos, DAY)] == ["late", "due", "some day"]
    assert len(choose([todo(str(n)) for n in range(20)], DAY)) == 8


def test_a_day_with_little_to_do_gets_what_is_due_next() -> None:
    later = [todo(str(day), date(2025, 12, day)) for day in range(1, 9)]
    assert [one.title for one in choose(later, DAY)] == ["1", "2", "3"]
    assert [one.title for one in choose([*later, todo("x")], DAY)] == ["x", "1", "2"]
    assert choose([], DAY) == []
