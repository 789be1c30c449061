"""What is said where there is nothing to do: about the assistant, and what it understands."""

from datetime import date

from chat.assistant.offline.intents import NewTodo, Say
from chat.assistant.offline.wording import bold, day, escaped, points

EXAMPLES = (
    "“add milk, eggs and bread for tomorrow”",
    "“what is on my list?” or “plan my day”",
    "“done with 2” or “move milk to Friday”",
)
CONNECT = (
    "For free conversation, connect a real model: set `OPENAI_API_KEY`, or `OPENAI_BASE_URL` and "
    "`CHATKIT_MODEL` for a server of your own, and restart."
)
CAN_DO = f"You could say:\n\n{points(EXAMPLES)}"
WHAT_TASK = "What shall I add?"
UNSURE = "I am not sure what you mean. Shall I add"
WHICH = "Which task do you mean? Say its number or its name."

_SAYINGS = {
    "hello": f"Hello! I keep your to-do list. {CAN_DO}",
    "thanks": "You're welcome!",
    "bye": "Goodbye! Your list will be here.",
    "praise": "Glad to hear it! What is next?",
    "feeling": "I'm fine, thank you! What can I do for your list?",
    "yes": f"Gladly, but what shall I do? {CAN_DO}",
    "no": "All right, I left everything as it was.",
    "left_alone": "All right, I left that as it was.",
    "sorry": "No problem! Say “undo”, and I take the last change back.",
    "help": (
        "I look after your to-do list: I add, complete, rename, move and delete tasks, plan a day, "
        f"and chart what you got done. {CAN_DO}\n\nI am a plain built-in parser, not a language "
        f"model. {CONNECT}"
    ),
    "about": (
        "I am the built-in assistant of this chat: a plain parser of English to-do requests that "
        "works without any network or key. I am no language model and no human. "
        f"{CAN_DO}\n\n{CONNECT}"
    ),
    "connect": (
        "To talk to a real model, stop the server, set one of these, and start it again:\n\n"
        "- `OPENAI_API_KEY` for OpenAI's models\n"
        "- `OPENAI_BASE_URL` and `CHATKIT_MODEL` for any server that speaks OpenAI's API\n\n"
        "Your list and your threads stay as they are."
    ),
    "what_task": f"{WHAT_TASK} Just write it, for instance “call mum on Friday”.",
    "empty": f"I did not get any text. {CAN_DO}",
    "cannot": f"I cannot do that: I keep titles and days of tasks, and nothing else. {CAN_DO}",
    "text_file": (
        "I can put what this file lists on your list, one task a line: send it again with “add "
        f"these”. {CONNECT}"
    ),
    "other_file": f"I cannot look into pictures and files of that kind. {CAN_DO}\n\n{CONNECT}",
    "unknown": (
        "Sorry, I did not understand that. I am only a plain built-in parser of English, but I "
        f"know my way around to-do lists. {CAN_DO}\n\n{CONNECT}"
    ),
}

_HOW_TO = {
    "add": "“add milk and eggs for tomorrow” or “remind me to call mum on Friday”",
    "delete": "“delete 2” or “remove milk”",
    "complete": "“done with 2”, “finish milk” or “mark the first two as done”",
    "rename": "“rename 2 to buy oat milk”",
    "move": "“move milk to Friday”, “postpone 2 by a week” or “no date for 3”",
    "undo": "“undo” or “reopen 2”",
    "list": "“show my list” or “what is due tomorrow?”",
    "plan": "“plan my day” or “plan tomorrow”",
    "chart": "“chart of the last two weeks”",
}
_SAME_AS = {
    "create": "add", "make": "add", "remove": "delete", "clear": "delete", "finish": "complete",
    "mark": "complete", "tick": "complete", "check": "complete", "change": "rename",
    "edit": "rename", "set": "move", "postpone": "move", "reschedule": "move", "reopen": "undo",
    "show": "list", "see": "list",
}  # fmt: skip


def said_about(say: Say, today: date) -> str:
    """Return what to say about a topic."""
    if say.topic == "how":
        what = _SAME_AS.get(say.detail, say.detail)
        return f"Yes, I can do that. Just say {_HOW_TO[what]}."
    if say.topic == "what_change":
        name = escaped(say.detail)
        return f"How shall I change it? Say “rename {name} to …” or “move {name} to Friday”."
    if say.topic == "what_do":
        what = escaped(say.detail)
        return f"What shall I do with {what}? Say “done with {what}” or “delete {what}”."
    if say.topic == "today":
        return f"Today is {today:%A}, {today.day} {today:%B} {today.year}."
    if say.topic in {"too_long", "too_many"}:
        return (
            f"That is more than I can take in: I read up to {say.detail} at once. "
            f"Please send me a shorter list. {CAN_DO}"
        )
    return _SAYINGS[say.topic]


def offered(todos: tuple[NewTodo, ...], today: date) -> str:
    """Ask whether these are to be added."""
    names = [
        bold(todo.title) + (f" ({day(todo.due, today)})" if todo.due else "") for todo in todos
    ]
    if len(names) == 1:
        question = f"{UNSURE} {names[0]} to your list?"
    else:
        question = f"{UNSURE} these to your list?\n\n{points(names)}"
    return f"{question}\n\nSay “yes” if so. {CAN_DO}\n\n{CONNECT}"
