"""Understanding which days a question is about: "this week", "overdue", "on Friday"."""

import re
from datetime import date, timedelta

from chat.assistant.offline import days
from chat.assistant.offline.date_meanings import count_of
from chat.assistant.offline.date_phrases import COUNT, UNIT
from chat.assistant.offline.dates import take_date
from chat.assistant.offline.intents import AskDone, AskDue
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.wording import on_day

LAST_DAYS = re.compile(rf"\b(?:last|past|previous) (?P<count>{COUNT}) (?P<unit>{UNIT})s\b")


def read_past(phrase: Phrase, today: date) -> AskDone | None:
    """Return which days a question about what was done is about, None where it names none."""
    plain = phrase.plain
    week, month = days.week_start(today), today.replace(day=1)
    if span := LAST_DAYS.search(plain):
        back, months = days.span(count_of(span["count"]), span["unit"])
        first = days.plus(today, 1 - back - (1 if months else 0), -months) or today
        return AskDone(first, today, f"in the {span.group()}")
    if "last week" in plain:
        return AskDone(week - timedelta(7), week - timedelta(1), "last week")
    if "last month" in plain:
        return AskDone(days.plus(month, months=-1) or month, month - timedelta(1), "last month")
    if re.search(r"\b(?:recently|lately)\b", plain):
        return AskDone(today - timedelta(6), today, "in the last 7 days")
    if "week" in plain:
        return AskDone(week, today, "this week")
    if "month" in plain:
        return AskDone(month, today, "this month")
    if "year" in plain:
        return AskDone(today.replace(month=1, day=1), today, "this year")
    day = take_date(phrase, today).due
    if day and day > today:  # "on Friday" is the one that was
        day = days.plus(day, months=-12) if day > today + timedelta(7) else day - timedelta(7)
    return AskDone(day, day, on_day(day, today)) if day else None


def read_period(phrase: Phrase, today: date) -> AskDue | None:
    """Return which days a question is about, None where it names none."""
    plain = phrase.plain
    if re.search(r"\b(?:overdue|miss|late|behind|missed|past due)\b", plain):
        return AskDue(None, today - timedelta(1), "overdue")
    if re.search(
        r"\b(?:coming up|upcoming|due soon|soon|(?:this|coming) week|next few days"
        r"|next 7 days|next seven days)\b",
        plain,
    ):
        last = days.week_start(today) + timedelta(6) if "this week" in plain else None
        last = last or today + timedelta(7)
        return AskDue(today, last, "this week" if "this week" in plain else "in the next days")
    if "next week" in plain:
        first = days.week_start(today) + timedelta(7)
        return AskDue(first, first + timedelta(6), "next week")
    if "weekend" in plain:
        start = take_date(phrase, today).due or today
        last = start + timedelta(1 if start.weekday() == days.SATURDAY else 0)
        return AskDue(start, last, "at the weekend")
    if "this month" in plain:
        return AskDue(today, days.month_end(today), "this month")
    if "next month" in plain:
        first_day = days.plus(today.replace(day=1), months=1) or today
        return AskDue(first_day, days.month_end(first_day), "next month")
    due = take_date(phrase, today).due
    if due and re.search(r"\b(?:by|before|until|till)\b", plain):
        return AskDue(None, due, f"by {due:%A}, {due.day} {due:%B}")
    if "today's" in plain:
        due = today
    if "tomorrow's" in plain:
        due = today + timedelta(1)
    return AskDue(due, due, "") if due else None
