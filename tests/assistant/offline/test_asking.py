import re

import pytest

from tests.assistant.offline.asking_model import first_call
from tests.assistant.offline.talk import Talk
from tests.assistant.offline.todo_list import TodoList

SHOWN = [
    "what's on my list", "what's on my list?", "whta's on my list", "shwo my taks", "lsit",
    "show my tasks", "list", "my tasks", "tasks?", "let me see my todos", "can i see my list?",
    "could you show me my list?", "what do I have to do?", "I'd like to see my tasks",
    "show me what's left", "what's still open", "which tasks are not done", "open my list",
    "i need to see my list", "give me an overview", "remind me what I have to do",
    "do you know what's on my list?", "what have I not done", "pending tasks",
]  # fmt: skip

DONE = [
    "what did I finish", "show completed tasks", "which tasks are done", "shwo me what i finsihed",
    "done tasks",
]  # fmt: skip

DONE_IN_A_TIME = [
    ("what have I done today?", "today", ["Today"]),
    ("what did i get done yesterday", "yesterday", ["Yesterday"]),
    ("what did I do this week", "this week", ["Today", "Yesterday", "Monday"]),
    ("what did I do on Monday?", "on Monday, 16 November", ["Monday"]),
    ("show what I finished last week", "last week", ["Last week"]),
    ("what did I complete in the last 3 days", "in the last 3 days", ["Today", "Yesterday"]),
    ("what have I done this year", "this year", ["Today", "Yesterday", "Monday", "Last week"]),
    ("what did I do last month?", "last month", []),
]  # fmt: skip

READ = [
    "what's due today", "what is due this week?", "anything due tomorrow?", "what's overdue",
    "what's for tomorrow", "tasks for friday", "and tomorrow?", "tomorrow's tasks",
    "how many tasks do I have", "how many tasks do i have left?", "am i done?",
    "is there anything left to do", "what's next", "what should I do next?", "what now?",
    "what's my most urgent task?", "how does friday look?", "am I free tomorrow?",
    "do I have plans for friday?", "what's coming up",
]  # fmt: skip

ASKED_ABOUT = [
    "is milk on my list?", "do I have milk on my list?", "did I already add milk?",
    "milk on my list?", "is milk done?", "did I finish milk?", "have I bought milk?",
    "when is milk due?", "what's the due date of milk?", "what's number 2?",
    "is there anything about the dentist?", "could you check if milk is on my list?",
    "do you know when rent is due?", "tell me if milk is on the list",
]  # fmt: skip

PLANS = [
    ("plan my day", "2026-11-22"), ("plan tomorrow", "2026-11-23"), ("plna my day", "2026-11-22"),
    ("can you help me plan tomorrow?", "2026-11-23"), ("plan my friday", "2026-11-27"),
    ("make a plan for monday", "2026-11-23"), ("organise my day", "2026-11-22"),
    ("what should i do today?", "2026-11-22"), ("what's the plan for today", "2026-11-22"),
    ("plan 24 December", "2026-12-24"),
]  # fmt: skip

CHARTS = [
    ("chart of the last two weeks", 14), ("show me a chart", 7), ("how am I doing", 7),
    ("how am I doing this month?", 30), ("show me a chart for the last 30 days", 30),
    ("stats", 7), ("my progress", 7), ("how productive was I last month?", 30),
    ("how many tasks did i finish this week", 7), ("show the last 3 weeks as a chart", 21),
    ("graph the last 10 days", 10), ("statistics please", 7),
]  # fmt: skip

SELECTIONS = [
    "what did I select", "add the selected text", "add what I highlighted for tomorrow",
    "turn the selection into a todo", "can you add the text I selected?", "read my selection",
]  # fmt: skip


@pytest.mark.parametrize("text", SHOWN)
def test_it_shows_the_open_list(text: str) -> None:
    assert first_call(text) == ("show_todos", {"which": "open"})


@pytest.mark.parametrize("text", DONE)
def test_it_shows_what_is_done(text: str) -> None:
    assert first_call(text) == ("show_todos", {"which": "done"})


@pytest.mark.parametrize(
    ("text", "when", "titles"), DONE_IN_A_TIME, ids=[text for text, *_ in DONE_IN_A_TIME]
)
async def test_it_tells_what_was_done_in_a_time(text: str, when: str, titles: list[str]) -> None:
    mine = TodoList.of("Open", "Today", "Yesterday", "Monday", "Last week")
    for title, day in (("Today", 22), ("Yesterday", 21), ("Monday", 16), ("Last week", 15)):
        [todo] = mine.find(title, mine.todos)
        todo.done, todo.completed = True, f"2026-11-{day}"
    answer = await Talk(mine).say(text)
    assert re.findall(r"\*\*(.+?)\*\*", answer) == titles
    assert f" {when}" in answer


@pytest.mark.parametrize("text", ["show all my tasks", "show everything", "list all"])
def test_it_shows_everything(text: str) -> None:
    assert first_call(text) == ("show_todos", {"which": "all"})


@pytest.mark.parametrize("text", READ)
def test_it_reads_the_open_tasks_to_answer_a_question(text: str) -> None:
    assert first_call(text) == ("list_todos", {"which": "open"})


@pytest.mark.parametrize("text", ASKED_ABOUT)
def test_it_reads_all_tasks_to_answer_a_question_about_one(text: str) -> None:
    assert first_call(text) == ("list_todos", {"which": "all"})


@pytest.mark.parametrize(("text", "day"), PLANS, ids=[text for text, _ in PLANS])
def test_it_plans_the_day_that_is_meant(text: str, day: str) -> None:
    assert first_call(text) == ("plan_day", {"day": day})


@pytest.mark.parametrize(("text", "days"), CHARTS, ids=[text for text, _ in CHARTS])
def test_it_charts_the_days_that_are_meant(text: str, days: int) -> None:
    assert first_call(text) == ("show_chart", {"days": days})


@pytest.mark.parametrize("text", SELECTIONS)
def test_it_asks_the_browser_for_the_selected_text(text: str) -> None:
    assert first_call(text) == ("get_selected_text", {})
