"""Splitting "milk, eggs and call mum on Friday" into the tasks it names."""

import re
from dataclasses import dataclass, replace
from datetime import date

from chat.assistant.offline.dates import TIME, find_dates, take_date
from chat.assistant.offline.intents import NewTodo
from chat.assistant.offline.pairs import GOING_ON
from chat.assistant.offline.parts import Joint, Part, cut
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.titles import title_of
from chat.assistant.offline.verbs import ALONE, COMPOUNDS, FOR_VERBS, LINKS, PARTICLES, TASK_VERBS

MOST_TASKS = 400

_LEAD = re.compile(
    r"(?:(?:also|then|please|maybe|and|plus|to|finally|lastly|both|i|we|should|must"
    r"|need to|have to|need|do not forget(?: to| about| the)?|remember to|remind me to"
    r"|remind me about|make sure to|make sure i|add"
    r"|(?:an?|another|one|a second) (?:task|todo|reminder) (?:to|for|about))(?: |$))+"
)
_FOR_ALL = re.compile(r"(?:^| )(?:all|both|each|everything)(?: of them)?(?: are)?$")
_COPULA = re.compile(r"(?<=\w) (?:(?:which|that) )?(?:is|are)$", re.IGNORECASE)
_TIME_END = re.compile(rf" {TIME}$", re.IGNORECASE)
_NUMBER = re.compile(r"#?\d{1,4}(?:-\d{1,4})?(?: (?:and|&) \d{1,4})?")
_DEEPER = re.compile(r" (?:with|between|from|about|regarding|to) ")


@dataclass(frozen=True, slots=True)
class _Item:
    """One task of a list, its day taken out."""

    title: str
    due: date | None
    leads: bool
    ends: bool
    for_all: bool


def split_tasks(phrase: Phrase, today: date, due: date | None = None) -> tuple[NewTodo, ...]:
    """Return the tasks that a phrase lists.

    A day at the end or in front is for all of them, unless others have their own.

    Args:
        phrase: what follows "add" or "remind me to".
        today: the day it is said.
        due: the day for tasks that name none.
    """
    drafts = _drafts(phrase, today)
    items = [_item(draft, today) for draft in drafts.texts]
    shared = _shared(items, drafts.joints) or due
    todos: list[NewTodo] = []
    for item in items:
        if item.title:
            todos.append(NewTodo(item.title, item.due or shared))
        elif item.due and todos and todos[-1].due and item.due != todos[-1].due:
            todos.append(replace(todos[-1], due=item.due))  # "gym on Monday and Wednesday"
    return tuple(todos)[:MOST_TASKS]


def split_texts(phrase: Phrase, today: date) -> list[str]:
    """Return the parts of a list of titles as they were typed, days included."""
    return _drafts(phrase, today).texts[:MOST_TASKS]


def _drafts(phrase: Phrase, today: date) -> "_Drafts":
    if len(phrase) > 2 and phrase.words[0].plain in TASK_VERBS and phrase.words[1].plain == ":":
        phrase = phrase.without(1, 2)  # "buy: milk, eggs"
    days = [phrase.indexes(found.start, found.end) for found in find_dates(phrase, today)]
    drafts = _Drafts(today)
    for part in cut(phrase, days):
        drafts.take(part)
    return drafts


def starts_with_verb(phrase: Phrase, today: date) -> bool:
    """Tell whether a phrase is a task by its verb: "call mum", not "water" or "rent on Friday"."""
    dated = take_date(phrase, today)
    if dated.leads and dated.after:
        phrase = dated.after
    if not phrase or phrase.words[0].plain not in TASK_VERBS:
        return False
    words = take_date(phrase, today).text.lower().split()
    verb, after = phrase.words[0].plain, words[1:2]
    if not after:
        return verb in ALONE
    if after[0] == "of" or (after[0] == "for" and verb not in FOR_VERBS):
        return False
    return (verb, after[0]) not in COMPOUNDS


class _Drafts:
    """The tasks of a list while it is read: each a text, or words to join to the one before."""

    def __init__(self, today: date) -> None:
        self.texts: list[str] = []
        self.joints: list[Joint] = []
        self._today = today
        self._head = ""  # the verb that the next nouns go with: "buy" of "buy milk, eggs"
        self._last = Phrase("", ())
        self._commas = False

    def take(self, part: Part) -> None:
        """Read the next part of the list."""
        phrase = part.phrase
        if lead := _LEAD.match(phrase.plain + " "):
            phrase = phrase.within(lead.end(), len(phrase.plain))
        if not phrase or (part.joint == "comma" and phrase.plain.startswith(("not ", "but not "))):
            return
        self._commas = self._commas or part.joint in {"comma", "stop"}
        if part.joint == "first":
            self._begin(phrase, part.joint)
        elif self._goes_on(phrase, part.joint):
            between = ", " if part.joint == "comma" else f" {_typed_and(part)} "
            self.texts[-1] += between + phrase.text
        else:
            self._begin(phrase, part.joint)

    def _begin(self, phrase: Phrase, joint: Joint) -> None:
        self._last = phrase
        self.joints.append(joint)
        if starts_with_verb(phrase, self._today) or joint == "stop" or not self._head:
            self._head = _head(phrase) if starts_with_verb(phrase, self._today) else ""
            self.texts.append(phrase.text)
        else:
            self.texts.append(f"{self._head} {phrase.text}")

    def _goes_on(self, phrase: Phrase, joint: Joint) -> bool:
        """Tell whether words go on with the task before them rather than begin one."""
        if not self.texts or joint == "stop":
            return False
        if phrase.words[0].plain in GOING_ON or _NUMBER.fullmatch(phrase.plain):
            return True
        dated = take_date(self._last, self._today)
        if starts_with_verb(phrase, self._today):
            return len(self._last) == 1 and self._last.words[0].plain in TASK_VERBS
        if dated.due and dated.ends:
            return not take_date(phrase, self._today).due and phrase.plain in {"not", "so"}
        known = self._last[len(self._head.split()) :] if self._head else self._last
        deeper = bool(_DEEPER.search(f" {known.plain} "))
        if self._head:
            return deeper or (joint == "and" and not self._commas)
        short = len(_TIME_END.sub("", take_date(phrase, self._today).text).split()) <= 2
        return joint == "and" and not self._commas and deeper and short


def _typed_and(part: Part) -> str:
    return "and" if part.joint.startswith("and") else part.joint


def _head(phrase: Phrase) -> str:
    """Return what the nouns of a list go with: "pick up" of "pick up the parcel"."""
    words = phrase.words
    end = 1
    while end < min(len(words) - 1, 3) and words[end].plain in PARTICLES | LINKS:
        end += 1
    if end > 1 and words[end - 1].plain in LINKS and words[end].plain in {"the", "my"}:
        end += 1
    return phrase[:end].text


def _item(text: str, today: date) -> _Item:
    dated = take_date(Phrase.of(text), today)
    every = _FOR_ALL.search(dated.before.plain) if dated.ends else None
    shown = dated.before.within(0, every.start()).text if every else dated.text
    shown = _COPULA.sub("", shown) if dated.ends else shown
    return _Item(title_of(shown), dated.due, dated.leads, dated.ends, bool(every))


def _shared(items: list[_Item], joints: list[Joint]) -> date | None:
    """Return the day that one task names for all."""
    with_day = [item for item in items if item.due]
    if len(with_day) != 1:
        return None
    only = with_day[0]
    if only.for_all or (only is items[0] and only.leads) or not only.title:
        return only.due
    apart = {"stop", "and to"} & set(joints)
    return only.due if only is items[-1] and only.ends and not apart else None
