"""Understanding a message: from what was typed to what is wanted."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from chat.assistant.offline.adding import (
    read_addition,
    read_event,
    read_need,
    read_offer,
    read_task,
    read_wish,
)
from chat.assistant.offline.asking import read_next, read_question
from chat.assistant.offline.asking_about import read_question_about
from chat.assistant.offline.changing import read_change, read_refusal
from chat.assistant.offline.clauses import commands, sentences
from chat.assistant.offline.courtesy import Plea, without_courtesy
from chat.assistant.offline.dates import only_date, take_date
from chat.assistant.offline.intents import Add, Intent, Mentioned, Offer, Say, Update, UseSelection
from chat.assistant.offline.memory import Memory
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.selecting import beside_selection, read_attached, read_selection
from chat.assistant.offline.talking import read_how_to, read_talk, read_unable
from chat.assistant.offline.tasks import split_tasks
from chat.assistant.offline.updating import (
    read_clearing,
    read_deadline,
    read_renaming,
    read_update,
)
from chat.assistant.offline.word_sets import word_set

LONGEST_COMMAND = 600
MOST_WORDS_BESIDE = 3
MOST_COMMANDS = 50
_ASKS = re.compile(
    r"(?:do (?:i|we|you|they)|(?:did|have|has|does|am|is|are|was|were|should|can|could|will|would"
    r"|must) (?:i|we|you|it|he|she|they|there))\b"
)
_NOT_THEN = re.compile(r"not .{1,40}? (?:,|but) ")
_INSTEAD = re.compile(r"(?:^| )(?:instead|rather|better|would be better|is better)$")
ASKING = word_set("why how what who when where which whose")
HELPING = word_set("should shall is are do does did was were has have will would am may might")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a message is read against: the day, and what was said before."""

    today: date
    memory: Memory


def read_line(line: str, scene: Scene) -> list[Intent]:
    """Return what one line of a message asks for, in order."""
    found = (
        command
        for sentence in sentences(Phrase.of(_unquoted(line)))
        for command in commands(sentence, scene.today)
    )
    intents = [
        intent
        for command in islice(found, MOST_COMMANDS)
        for intent in read_command(command, scene)
    ]
    if any(not isinstance(intent, Offer | Say) for intent in intents):
        return [intent for intent in intents if not _is_remark(intent)]
    return intents


def _unquoted(line: str) -> str:
    """Take the quotation marks off a line that is quoted as a whole."""
    line = line.strip()
    quoted = len(line) > 2 and line[0] in "\"'\u201c" and line[-1] in "\"'\u201d"
    return line[1:-1] if quoted and not set(line[1:-1]) & set('"\u201c\u201d') else line


def _is_remark(intent: Intent) -> bool:
    """Tell whether what may be tasks is rather a remark beside a command: "What a day!"."""
    if not isinstance(intent, Offer):
        return False
    return any(len(todo.title.split()) > MOST_WORDS_BESIDE for todo in intent.todos)


def read_command(phrase: Phrase, scene: Scene) -> list[Intent]:
    """Return what one command or remark asks for: nearly always one thing."""
    plea = without_courtesy(phrase)
    intent = _read(phrase, plea, scene) or Say("unknown")
    if not isinstance(intent, UseSelection) or not intent.add:
        return [intent]
    others = [
        read_addition(part, scene.today, intent.due)
        or Add(split_tasks(part, scene.today, intent.due))
        for part in beside_selection(plea.phrase)
    ]
    return [intent, *others]


def _read(phrase: Phrase, plea: Plea, scene: Scene) -> Intent | None:
    today, bare = scene.today, plea.phrase
    if next_up := read_next(phrase) or read_next(bare):
        return next_up
    if talk := read_talk(phrase.plain) or read_talk(bare.plain):
        return talk
    if not bare:
        return Say("yes" if re.search(r"\w", phrase.plain) else "unknown")
    if len(bare.plain) > LONGEST_COMMAND:
        return read_addition(bare, today) or _wished(bare, plea, today)
    return (
        read_refusal(bare)
        or read_unable(bare.plain)
        or read_how_to(phrase.plain, plea.asks)
        or read_selection(bare, today)
        or read_attached(bare, today, bool(scene.memory.attached))
        or read_question(bare, today, plea.asks)
        or read_question_about(bare, today, plea.asks and not plea.polite)
        or _read_order(bare, plea, scene)
    )


def _read_order(bare: Phrase, plea: Plea, scene: Scene) -> Intent | None:
    today = scene.today
    first = bare.words[0].plain.split()[0]
    if first in ASKING or (first in HELPING and plea.asks and not plea.polite):
        return None
    if not plea.polite and _ASKS.match(bare.plain):
        return None
    dated = take_date(bare, today)
    if dated.leads and dated.after.words != bare.words and dated.after:
        later = without_courtesy(dated.after)
        found = _wished(later.phrase, later, today, dated.due) or read_addition(
            later.phrase, today, dated.due
        )
        if found:
            return found
    return (
        read_clearing(bare, today)
        or read_renaming(bare, today)
        or read_deadline(bare, today)
        or _new_day(bare, scene)
        or read_addition(bare, today)
        or read_event(bare, today)
        or read_need(bare, today)
        or read_change(bare, today)
        or read_update(bare, today)
        or _wished(bare, plea, today)
        or read_task(bare, today, plea.asks)
        or _more(bare, plea, today)
        or _only_numbers(bare)
        or read_offer(bare, today, plea.asks)
    )


def _new_day(bare: Phrase, scene: Scene) -> Update | None:
    """Read "tomorrow instead": another day for the task that was just mentioned."""
    if not scene.memory.mentioned:
        return None
    rest = _INSTEAD.search(bare.plain)
    day = bare.within(0, rest.start()) if rest else bare
    if contrast := _NOT_THEN.match(day.plain):
        day = day.within(contrast.end(), len(day.plain))
    due = only_date(day, scene.today)
    return Update((Mentioned(),), due=due) if due else None


def _only_numbers(bare: Phrase) -> Say | None:
    if re.fullmatch(r"#?\d{1,3}(?: ?,? ?(?:and )?#?\d{1,3}){0,9}", bare.plain):
        return Say("what_do", bare.text)
    return None


def _wished(bare: Phrase, plea: Plea, today: date, due: date | None = None) -> Intent | None:
    """Read "I need to …": a task, unless it can only concern the list."""
    if wish := read_wish(bare, today):
        order = without_courtesy(wish).phrase
        return (
            read_question(order, today, plea.asks)
            or read_addition(order, today, due)
            or read_change(order, today, wished=True)
            or Add(split_tasks(wish, today, due))
        )
    return read_need(bare, today, due)


def _more(bare: Phrase, plea: Plea, today: date) -> Intent | None:
    """Read "and eggs too" as more of what was added before."""
    return Add(split_tasks(bare, today)) if plea.also and not plea.asks else None
