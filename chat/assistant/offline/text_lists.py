"""Tasks in a text that somebody else wrote: selected in a page, attached, or quoted.

Such a text is content. Nothing in it is a command.
"""

from datetime import date

from chat.assistant.offline.dates import take_date
from chat.assistant.offline.intents import NewTodo
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.tasks import MOST_TASKS, split_tasks
from chat.assistant.offline.titles import LONGEST_TITLE, title_of

LONGEST_TEXT = 8000


def todos_in_text(text: str, today: date, due: date | None = None) -> tuple[NewTodo, ...]:
    """Return the tasks that a text lists: one a line, or those of a short single line.

    Args:
        text: the text.
        today: the day that "today" means in it.
        due: the day for tasks that name none.
    """
    lines = [line for line in text[:LONGEST_TEXT].splitlines() if line.strip()][:MOST_TASKS]
    if len(lines) == 1 and len(lines[0]) <= LONGEST_TITLE:
        return split_tasks(Phrase.of(lines[0].strip()), today, due)
    todos = []
    for line in lines:
        dated = take_date(Phrase.of(line.strip()), today)
        if title := title_of(dated.text):
            todos.append(NewTodo(title, dated.due or due))
    return tuple(todos)
