"""Reading a whole message: its lines, the lists among them, and answers to what was asked."""

import re
from datetime import date
from itertools import pairwise

from chat.assistant.offline.clauses import begins_command
from chat.assistant.offline.courtesy import without_courtesy
from chat.assistant.offline.dates import take_date
from chat.assistant.offline.intents import Act, Add, Intent, NewTodo, Offer, Say, Topic
from chat.assistant.offline.memory import Memory
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.talking import is_yes
from chat.assistant.offline.tasks import split_tasks
from chat.assistant.offline.understanding import Scene, read_line

LONGEST_MESSAGE = 8000
MOST_LINES = 300
MOST_TASKS = 300

_BULLET = re.compile(
    r"\s*(?:[-*•·+\u2013]\s*\[[ xX]?\]|[-*•·+\u2013]|\(?\d{1,2}[.)]|\[[ xX]?\])\s+(?=\S)"
)
_INLINE_NUMBER = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)]\s+(?=\S)")

# Of several remarks, the first of these is answered.
_WEIGHT: tuple[Topic, ...] = (
    "left_alone", "connect", "about", "how", "help", "today", "no", "what_do", "unknown",
    "feeling", "yes", "thanks", "bye", "praise", "sorry", "hello",
)  # fmt: skip


def read_message(text: str, scene: Scene) -> list[Intent]:
    """Return what a message asks for, in order; at least one intent.

    Args:
        text: what the user typed.
        scene: the day and what was said before.
    """
    if not text.strip():
        return [_about_files(scene.memory) or Say("empty")]
    if len(text) > LONGEST_MESSAGE:
        return [Say("too_long", f"{LONGEST_MESSAGE:,} characters")]
    text = text.capitalize() if text.isupper() and len(text.split()) > 1 else text
    memory = scene.memory
    if memory.asked == "offer" and is_yes(Phrase.of(text).plain):
        return [Add(_offered(scene))]
    lines = _lines(text)
    if len(lines) > MOST_LINES:
        return [Say("too_many", f"{MOST_LINES:,} lines")]
    intents = _read_lines(lines, scene)
    if memory.asked == "what_task" and all(_is_vague(intent) for intent in intents):
        todos = split_tasks(without_courtesy(Phrase.of(text)).phrase, scene.today)
        return [Add(todos)] if todos else [Say("unknown")]
    settled = _settled(intents)
    if sum(len(each.todos) for each in settled if isinstance(each, Add | Offer)) > MOST_TASKS:
        return [Say("too_many", f"{MOST_TASKS} tasks")]
    about_files = _about_files(memory) if all(map(_is_vague, settled)) else None
    return [about_files] if about_files else settled


def _about_files(memory: Memory) -> Say | None:
    """Return what to say where a message is about the files that came with it."""
    if memory.attached:
        return Say("text_file")
    return Say("other_file") if memory.other_files else None


def _offered(scene: Scene) -> tuple[NewTodo, ...]:
    """Return what the message before was offered to be added as."""
    found = _settled(_read_lines(_lines(scene.memory.before), scene))
    return tuple(
        todo for intent in found if isinstance(intent, Offer | Add) for todo in intent.todos
    )


def _is_vague(intent: Intent) -> bool:
    return isinstance(intent, Offer) or intent == Say("unknown")


def _lines(text: str) -> list[str]:
    """Return the lines of a text; points that are numbered within a line get their own."""
    lines: list[str] = []
    for line in text.replace("•", "\n• ").splitlines():
        numbers = list(_INLINE_NUMBER.finditer(line))
        if [int(number[1]) for number in numbers] == list(range(1, len(numbers) + 1)):
            edges = [0, *(number.start() for number in numbers if number.start()), len(line)]
        else:
            edges = [0, len(line)]
        lines.extend(line[a:b] for a, b in pairwise(edges))
    return [line for line in lines if line.strip()]


def _read_lines(lines: list[str], scene: Scene) -> list[Intent]:
    if act := _act_on_list(lines, scene):
        return [act]
    reading = _Reading(scene)
    for line in lines:
        bullet = _BULLET.match(line)
        if (bullet and len(lines) > 1) or reading.listing:
            reading.take_point(line[bullet.end() :] if bullet else line)
        else:
            reading.take_line(line)
    return reading.intents


def _act_on_list(lines: list[str], scene: Scene) -> Act | None:
    """Read "delete these:" with one title a line below."""
    head = lines[0].rstrip() if lines else ""
    if len(lines) < 2 or not head.endswith(":"):
        return None
    points = [line[match.end() :] if (match := _BULLET.match(line)) else line for line in lines[1:]]
    head = re.sub(r"\b(?:these|the following|those)(?: (?:tasks|todos|ones|items))?\s*:$", "", head)
    joined = f"{head.rstrip(' :')} {', '.join(point.strip() for point in points)}"
    found = read_line(joined, scene)
    only = found[0] if len(found) == 1 else None
    return only if isinstance(only, Act) else None


class _Reading:
    """The intents of a message while its lines are read."""

    def __init__(self, scene: Scene) -> None:
        self.intents: list[Intent] = []
        self.listing = False
        self._due: date | None = None
        self._scene = scene

    def take_line(self, line: str) -> None:
        """Read a line that is no point of a list; it may introduce one."""
        intents = read_line(line, self._scene)
        if line.rstrip().endswith(":") or Add(()) in intents:
            self.listing = True
            self._due = take_date(Phrase.of(line), self._scene.today).due
            intents = [each for each in intents if isinstance(each, Add) and each.todos] or (
                [Add(())] if Add(()) in intents else []
            )
        self.intents.extend(intents)

    def take_point(self, line: str) -> None:
        """Read a point of a list: a task, unless it is plainly a command."""
        phrase = Phrase.of(line)
        if begins_command(phrase):
            self.intents.extend(read_line(line, self._scene))
        else:
            self.intents.append(Add(split_tasks(phrase, self._scene.today, self._due)))


def _settled(intents: list[Intent]) -> list[Intent]:
    """Join what belongs together and drop remarks beside commands."""
    todos = any(isinstance(intent, Add) and intent.todos for intent in intents)
    done: list[Intent] = []
    for intent in intents:
        this = Add(intent.todos) if isinstance(intent, Offer) and todos else intent
        if isinstance(this, Add) and done and isinstance(done[-1], Add):
            done[-1] = Add(done[-1].todos + this.todos)
        elif not (isinstance(this, Add) and todos and not this.todos):
            done.append(this)
    orders = [each for each in done if not isinstance(each, Say | Offer)]
    if orders:
        return [*orders, *(each for each in done if each == Say("left_alone"))]
    offered = tuple(todo for each in done if isinstance(each, Offer) for todo in each.todos)
    if offered:
        return [Offer(offered)]
    said = [each for each in done if isinstance(each, Say)]
    said.sort(key=lambda each: _WEIGHT.index(each.topic) if each.topic in _WEIGHT else 0)
    return list(said[:1]) or [Say("unknown")]
