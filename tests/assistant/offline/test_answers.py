"""What is said about the list in conversations through the real runner."""

import pytest

from tests.assistant.offline.talk import Talk
from tests.assistant.offline.todo_list import TodoList


async def test_it_says_each_day_where_they_differ() -> None:
    answer = await Talk().say("add milk tomorrow, rent on friday and bread")
    assert "- **Milk** (tomorrow)\n- **Rent** (Friday, 27 November)\n- **Bread**" in answer


@pytest.mark.parametrize("left", [0, 1, 2])
async def test_it_counts_in_correct_english(left: int) -> None:
    talk = Talk(TodoList.of("Milk", *["Eggs", "Bread"][:left]))
    answer = await talk.say("done with milk")
    assert answer.startswith("Ticked off **Milk**. ")
    expected = ["That was the last one, well done! 🎉", "1 task is left.", "2 tasks are left."]
    assert answer.endswith(expected[left])


async def test_it_says_what_is_due() -> None:
    mine = TodoList.of(("Milk", "2026-11-23"), ("Late", "2026-11-20"), "Bread")
    talk = Talk(mine)
    assert await talk.say("what's due tomorrow?") == "1 task is due tomorrow:\n\n- **Milk**"
    assert "- **Late** (since Friday, 20 November)" in await talk.say("what's due today")
    assert await talk.say("what's due on friday") == "Nothing is due on Friday, 27 November."
    assert await talk.say("what's overdue?") == (
        "1 task is overdue:\n\n- **Late** (since Friday, 20 November)"
    )


async def test_it_answers_questions_about_one_task() -> None:
    talk = Talk(TodoList.of(("Rent", "2026-11-27"), "Buy milk", "Order milk"))
    assert await talk.say("is rent on my list?") == (
        "Yes, **Rent** is on your list: number 1 and due on Friday, 27 November."
    )
    assert await talk.say("when is rent due?") == "**Rent** is due on Friday, 27 November."
    assert await talk.say("is rent done?") == (
        "Not yet: **Rent** is still open, due on Friday, 27 November."
    )
    assert "I found 2 tasks" in await talk.say("do I have milk on my list?")
    assert (
        await talk.say("is the unicorn on my list") == "No, I cannot find “unicorn” on your list."
    )


async def test_it_counts_and_says_what_is_next() -> None:
    talk = Talk(TodoList.of(("Rent", "2026-11-21"), ("Milk", "2026-11-22"), "Bread"))
    assert await talk.say("how many tasks do I have?") == (
        "You have 3 tasks to do: 1 overdue and 1 due today."
    )
    assert await talk.say("what's next?") == "Next is **Rent**, due yesterday. It is overdue."


async def test_it_tells_plans_and_charts_in_words() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs"))
    assert "- 09:00-09:45 **Milk**" in await talk.say("plan tomorrow")
    await talk.say("done with milk")
    assert await talk.say("how am I doing?") == (
        "You have done 1 task in the last 7 days. Your best day was yesterday, with 1 task."
    )


async def test_errors_of_tools_are_told_kindly() -> None:
    talk = Talk(TodoList.of("Milk"))
    answer = await talk.say("finish the unicorn and add tea")
    assert answer.startswith("Sorry, I could not find a task called “unicorn”.")
    assert "Added **Tea**." in answer


async def test_titles_cannot_break_out_of_an_answer() -> None:
    talk = Talk()
    title = "**<b>_x_</b>** [a](javascript:b) `c`"
    answer = await talk.say(f'add "{title}"')
    assert talk.mine.titles == [title]
    assert "<b>" not in answer.replace("\\<b>", "")
    assert (
        await talk.say("delete it") == f"{answer.replace('Added', 'Deleted')} Your list is empty."
    )


async def test_it_says_so_where_a_tool_is_missing() -> None:
    talk = Talk(tools=[])
    assert "I have no tool for that here" in await talk.say("add milk")
