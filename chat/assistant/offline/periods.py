"""Understanding which days a question is about: "this week", "overdue", "on Friday"."""

import re
from datetime import date, timedelta

from chat.assistant.offline import days
from chat.assistant.offline.dates import take_date
from chat.assistant.offline.intents import AskDue
from chat.assistant.offline.phrase import Phrase


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
