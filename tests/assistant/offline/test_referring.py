"""What "it", "them", "yes" and "undo" mean in a conversation."""

import pytest

from tests.assistant.offline.talk import Talk
from tests.assistant.offline.todo_list import TodoList


async def test_it_means_the_task_that_was_mentioned_last() -> None:
    talk = Talk()
    await talk.say("add milk")
    await talk.say("make it friday")
    assert talk.mine.open[0].due == "2026-11-27"
    await talk.say("rename it to oat milk")
    assert talk.mine.titles == ["Oat milk"]
    await talk.say("no, tomorrow")
    assert talk.mine.open[0].due == "2026-11-23"
    assert await talk.say("it's done") == (
        "Ticked off **Oat milk**. That was the last one, well done! 🎉"
    )


async def test_it_means_all_that_were_mentioned() -> None:
    talk = Talk(TodoList.of("Bread"))
    await talk.say("add milk and eggs")
    await talk.say("delete them")
    assert talk.mine.titles == ["Bread"]


async def test_it_means_what_the_same_message_mentioned() -> None:
    talk = Talk(TodoList.of("Bread"))
    await talk.say("add milk and mark it as done")
    assert [todo.title for todo in talk.mine.done] == ["Milk"]


async def test_it_means_the_very_task_that_the_same_message_added() -> None:
    talk = Talk(TodoList.of("Milk"))
    await talk.say("add milk and mark it as done")
    assert [todo.id for todo in talk.mine.done] == ["todo_2"]


async def test_it_means_what_was_quoted() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs"))
    await talk.quote("mark this as done", "Milk")
    assert [todo.title for todo in talk.mine.done] == ["Milk"]


async def test_it_means_what_was_clicked_last() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs"))
    await talk.say("show my list")
    talk.mine.todos[0].done = True
    talk.hidden("In the task card, by clicking, the user has:\n- completed “Milk” (todo_1)")
    assert await talk.say("undo") == "Reopened **Milk**."


async def test_it_means_the_only_task_there_is() -> None:
    talk = Talk(TodoList.of("Milk"))
    assert (await talk.say("done")).startswith("Ticked off **Milk**.")


async def test_it_asks_which_task_is_meant_where_nothing_was_mentioned() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs"))
    assert await talk.say("delete it") == "Which task do you mean? Say its number or its name."
    assert talk.mine.titles == ["Milk", "Eggs"]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("add bread and tea for tomorrow", ["Eggs", "Milk"]),
        ("done with milk", ["Eggs", "Milk"]),
        ("delete milk and eggs", ["Eggs", "Milk"]),
        ("rename milk to oat milk", ["Eggs", "Milk"]),
        ("move milk to friday", ["Eggs", "Milk"]),
        ("no date for milk", ["Eggs", "Milk"]),
        ("move everything to next month", ["Eggs", "Milk"]),
    ],
)
async def test_undo_takes_back_what_was_just_done(text: str, before: list[str]) -> None:
    mine = TodoList.of(("Milk", "2026-11-24"), "Eggs")
    talk = Talk(mine)
    await talk.say(text)
    await talk.say("undo")
    assert sorted(mine.titles) == before
    assert {todo.title: todo.due for todo in mine.open} == {"Milk": "2026-11-24", "Eggs": None}


async def test_undo_takes_back_all_that_a_message_did() -> None:
    talk = Talk(TodoList.of("Milk", "Eggs"))
    await talk.say("complete milk and add bread")
    await talk.say("undo that")
    assert talk.mine.titles == ["Milk", "Eggs"]


async def test_undo_of_an_answer_that_was_stopped_before_it_named_anything_says_so() -> None:
    talk = Talk(TodoList.of("Milk"))
    talk.history += [
        {"role": "user", "type": "message", "content": "add milk"},
        {"role": "assistant", "type": "message", "content": "Added "},
    ]
    assert (await talk.say("undo")).startswith("There is nothing that I could take back.")


async def test_undo_never_reaches_behind_an_answer_without_words() -> None:
    talk = Talk(TodoList.of("Buy milk", "Order milk", "Tea"))
    await talk.say("done with tea")
    assert await talk.say("done with milk") == ""
    talk.hidden("the question")
    assert (await talk.say("undo")).startswith("There is nothing that I could take back.")
    assert [todo.title for todo in talk.mine.done] == ["Tea"]


async def test_undo_says_when_there_is_nothing_to_undo() -> None:
    assert (await Talk().say("undo")).startswith("There is nothing that I could take back.")


async def test_an_offer_is_taken_with_yes() -> None:
    talk = Talk()
    assert "Shall I add **Dentist**" in await talk.say("dentist")
    assert await talk.say("yes please") == "Added **Dentist**."


async def test_an_offer_is_refused_with_no() -> None:
    talk = Talk()
    await talk.say("dentist")
    assert await talk.say("no") == "All right, I left everything as it was."
    assert talk.mine.calls == []


async def test_the_answer_to_what_to_add_is_a_task() -> None:
    talk = Talk()
    await talk.say("add a task")
    assert await talk.say("a birthday cake") == "Added **Birthday cake**."
