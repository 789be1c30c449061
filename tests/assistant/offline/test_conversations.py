"""What is done to the list in conversations through the real runner."""

from tests.assistant.offline.talk import Talk
from tests.assistant.offline.todo_list import TodoList


async def test_it_adds_several_tasks_and_says_so() -> None:
    talk = Talk()
    answer = await talk.say("add milk, eggs and bread for tomorrow")
    assert [(todo.title, todo.due) for todo in talk.mine.open] == [
        ("Milk", "2026-11-23"),
        ("Eggs", "2026-11-23"),
        ("Bread", "2026-11-23"),
    ]
    assert answer == "Added 3 tasks for tomorrow:\n\n- **Milk**\n- **Eggs**\n- **Bread**"


async def test_it_does_several_things_at_once_in_order() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs", "Bread"))
    answer = await talk.say("complete milk, delete eggs and add tea, then show my list")
    assert talk.mine.called == ["complete_todos", "delete_todos", "add_todos"]
    assert talk.mine.titles == ["Bread", "Tea"]
    assert [part.split()[0] for part in answer.split("\n\n")] == ["Ticked", "Deleted", "Added"]


async def test_it_completes_everything() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs"))
    assert await talk.say("everything done") == (
        "Ticked off **Milk** and **Eggs**. That was the last one, well done! 🎉"
    )
    assert talk.mine.called == ["list_todos", "complete_todos"]
    assert await talk.say("complete all") == "Your list is empty already."


async def test_it_leaves_out_what_is_excepted() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs", "Bread"))
    await talk.say("delete everything except milk")
    assert talk.mine.titles == ["Milk"]


async def test_it_clears_only_what_is_done() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs"))
    await talk.say("done with milk")
    answer = await talk.say("clear completed")
    assert answer == "Deleted **Milk**. 1 task is left."
    assert await talk.say("clear completed") == "There are no done tasks."


async def test_it_finds_the_last_one() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs", "Bread"))
    await talk.say("delete the last one")
    assert talk.mine.titles == ["Milk", "Eggs"]


async def test_it_moves_everything_that_is_due_on_a_day() -> None:
    mine = TodoList.of(("Milk", "2026-11-22"), ("Late", "2026-11-20"), ("Rent", "2026-11-27"))
    await Talk(mine).say("move all of today's tasks to tomorrow")
    days = {todo.title: todo.due for todo in mine.todos}
    assert days == {"Milk": "2026-11-23", "Late": "2026-11-23", "Rent": "2026-11-27"}


async def test_it_moves_everything_from_one_day_to_another() -> None:
    mine = TodoList.of(("Milk", "2026-11-27"), ("Tea", "2026-11-27"), ("Rent", "2026-11-26"))
    await Talk(mine).say("move everything from friday to saturday")
    days = {todo.title: todo.due for todo in mine.todos}
    assert days == {"Milk": "2026-11-28", "Tea": "2026-11-28", "Rent": "2026-11-26"}


async def test_it_postpones_from_the_day_a_task_has() -> None:
    mine = TodoList.of(("Dentist", "2026-11-27"))
    answer = await Talk(mine).say("postpone the dentist by a week")
    assert answer == "Moved **Dentist** from Friday, 27 November to Friday, 4 December."


async def test_it_postpones_from_today_where_a_task_has_no_day() -> None:
    answer = await Talk(TodoList.of("Dentist")).say("postpone the dentist by 2 days")
    assert answer == "Moved **Dentist** to Tuesday, 24 November; it had no date before."


async def test_each_part_of_a_sentence_gets_its_own_day() -> None:
    mine = TodoList.of("Milk", "Bread")
    await Talk(mine).say("move milk to Friday and bread to Saturday")
    assert {todo.title: todo.due for todo in mine.todos} == {
        "Milk": "2026-11-27",
        "Bread": "2026-11-28",
    }


async def test_a_task_that_is_not_there_is_added_where_its_verb_may_begin_one() -> None:
    talk = Talk(TodoList.of("Dentist"))
    await talk.say("cancel the dentist")
    await talk.say("cancel the gym membership tomorrow")
    assert [(todo.title, todo.due) for todo in talk.mine.open] == [
        ("Cancel the gym membership", "2026-11-23")
    ]


async def test_a_statement_about_a_day_moves_a_known_task_and_adds_an_unknown_one() -> None:
    talk = Talk(TodoList.of("Rent"))
    await talk.say("rent is due on friday")
    await talk.say("the report is due tomorrow")
    assert {todo.title: todo.due for todo in talk.mine.open} == {
        "Rent": "2026-11-27",
        "Report": "2026-11-23",
    }


async def test_more_tasks_than_fit_into_a_call_are_added_in_several() -> None:
    talk = Talk()
    await talk.say("add " + ", ".join(f"thing {number}" for number in range(90)))
    assert len(talk.mine.todos) == 90
    assert talk.mine.called == ["add_todos"] * 3
