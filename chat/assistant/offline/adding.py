"""Understanding which tasks are to be added."""

import re
from datetime import date

from chat.assistant.offline.adding_patterns import (
    EMPTY_TITLES,
    EVENT,
    FOLLOWING,
    FOREIGN,
    HAS_TO_BE,
    HEADER,
    INSERT,
    LABEL,
    LIST_PHRASE,
    LISTS,
    MOST_WORDS,
    MOST_WORDS_OF_NOUN,
    REMIND,
    SCHEDULE,
    SECOND_PERSON,
    SENTENCE,
    TASK_HEAD,
    WILL,
    WISH,
    WISH_FOR,
)
from chat.assistant.offline.dates import TIME, only_date, take_date
from chat.assistant.offline.intents import Add, Intent, NewTodo, Offer
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.references import is_number
from chat.assistant.offline.tasks import split_tasks, starts_with_verb
from chat.assistant.offline.titles import title_of


def read_addition(phrase: Phrase, today: date, due: date | None = None) -> Intent | None:
    """Return the tasks that a sentence asks to add, or None where it does not.

    Args:
        phrase: the sentence without courtesy.
        today: the day it is said.
        due: the day for tasks that name none.
    """
    if header := HEADER.match(phrase.plain):
        when = only_date(phrase.group(header, "when"), today) if header["when"] else None
        if not header["when"] or when:
            return _added(_rest(phrase, header.end()), today, when or due)
    bare = _without_list(phrase)
    if bare.plain in {"remind me", "remind me of", "remind me about", "remind me to"}:
        return Add(())
    if head := TASK_HEAD.match(bare.plain):
        return _added(_rest(bare, head.end()), today, due)
    if remind := REMIND.match(bare.plain):
        return _reminder(bare, remind, today, due)
    if lists := LISTS.match(phrase.plain):
        return _added(_rest(phrase, lists.end()), today, due)
    if insert := INSERT.match(bare.plain):
        return _added(_rest(bare, insert.end()), today, due)
    scheduled = SCHEDULE.match(bare.plain)
    if scheduled and take_date(bare, today).due and not is_number(_undated(bare, today)[1:]):
        return _added(_rest(bare, scheduled.end()), today, due)
    placed = re.match(
        r"(?:put|stick|pop|throw|place|enter|get|have|write|set|add|slap|chuck"
        r"|schedule|i need|we need|need)(?: down)? ",
        bare.plain,
    )
    if placed and len(bare) < len(phrase) and not bare.plain.endswith(" back"):
        return _added(_rest(bare, placed.end()), today, due)
    label = LABEL.match(bare.plain)
    if label and (label["to"] or starts_with_verb(_rest(bare, label.end()), today)):
        return _added(_rest(bare, label.end()), today, due)
    if len(bare) < len(phrase) and re.search(
        r" (?:should|must|needs to|has to) (?:be|go)$", bare.plain
    ):
        return _added(bare[:-2], today, due)
    return None


def _undated(phrase: Phrase, today: date) -> Phrase:
    dated = take_date(phrase, today)
    return Phrase(phrase.source, dated.before.words + dated.after.words)


def _rest(phrase: Phrase, place: int) -> Phrase:
    rest = phrase.within(place, len(phrase.plain))
    if follows := FOLLOWING.match(rest.plain):
        rest = rest.within(follows.end(), len(rest.plain))
    while rest and rest.words[0].plain in {":", "-", ",", ".", "!"}:
        rest = rest[1:]
    return rest


def _without_list(phrase: Phrase) -> Phrase:
    """Take "to my list" out of a sentence."""
    found = LIST_PHRASE.search(phrase.plain)
    if not found:
        return phrase
    first, last = phrase.indexes(found.start() + 1 if found.start() else 0, found.end())
    return phrase.without(first, last)


def _added(what: Phrase, today: date, due: date | None) -> Add:
    """Return the tasks of a list; none where it only says "a task" or "something"."""
    if not what or EMPTY_TITLES.fullmatch(what.plain.strip(" .!?:")):
        return Add(())
    what = read_wish(what, today) or what
    if need := WISH_FOR.match(what.plain):
        what = _rest(what, need.end())
    return Add(split_tasks(what, today, due))


def _reminder(phrase: Phrase, remind: re.Match[str], today: date, due: date | None) -> Add:
    """Read "remind me on Friday at 3 to call mum"."""
    rest = _rest(phrase, remind.end())
    if re.fullmatch(TIME, rest.plain):
        return Add(())
    if not (remind["when"] or "").strip():
        return _added(rest, today, due)
    when = phrase.group(remind, "when")
    dated = take_date(when, today)
    time = f"{dated.before.plain} {dated.after.plain}".strip() if dated.due else when.plain
    if time and not re.fullmatch(TIME, time):
        return _added(_rest(phrase, remind.start("when")), today, due)
    shown = " ".join(filter(None, (dated.part, time)))
    todos = split_tasks(rest, today, dated.due or due)
    return Add(tuple(NewTodo(f"{todo.title} {shown}".strip(), todo.due) for todo in todos))


def read_wish(phrase: Phrase, today: date) -> Phrase | None:
    """Return what somebody says they need to do ("I have to …"), or None where they do not."""
    will = WILL.match(phrase.plain)
    if will and starts_with_verb(rest := _rest(phrase, will.end()), today):
        return rest
    match = WISH.match(phrase.plain)
    if not match or match.group().endswith("going to"):
        return None
    return _rest(phrase, match.end())


def read_event(phrase: Phrase, today: date) -> Add | None:
    """Return what somebody says they have on a day ("I have a meeting on Friday"), or None."""
    match = EVENT.match(phrase.plain)
    due = take_date(phrase, today).due if match else None
    if not match or not due or due < today:
        return None
    return Add(split_tasks(_rest(phrase, match.end()), today))


def read_need(phrase: Phrase, today: date, due: date | None = None) -> Add | None:
    """Return the things that somebody says they need ("I need milk", "we're out of eggs")."""
    if match := WISH_FOR.match(phrase.plain):
        rest = _rest(phrase, match.end())
        if rest.plain.startswith(("help", "you ", "your ", "a break", "advice", "to ")):
            return None
        return _added(rest, today, due)
    return None


def read_task(phrase: Phrase, today: date, asks: bool, due: date | None = None) -> Intent | None:
    """Return the tasks that are only named: "buy milk", "dentist on Friday at 3".

    What may or may not be a task is offered rather than added.

    Args:
        phrase: the sentence without courtesy.
        today: the day it is said.
        asks: whether it ends in a question mark.
        due: the day for tasks that name none.
    """
    if asks or len(phrase) > MOST_WORDS or SECOND_PERSON.fullmatch(phrase.plain):
        return None
    dated = take_date(phrase, today)
    todos = split_tasks(phrase, today, due)
    rest = dated.after if dated.leads and dated.after else dated.before or dated.after
    if not todos or not title_of(rest.text):
        return None
    if starts_with_verb(rest, today) or HAS_TO_BE.fullmatch(phrase.plain):
        return Add(todos)
    coming = dated.due and dated.due >= today
    if coming and len(phrase) <= MOST_WORDS_OF_NOUN and not _is_sentence(rest):
        return Add(todos)
    return None


def _is_sentence(phrase: Phrase) -> bool:
    return bool(SENTENCE.fullmatch(phrase.plain))


def _is_foreign(plain: str) -> bool:
    """Tell whether words are hardly English: then they are no list of things to add."""
    words = set(plain.split())
    return len(words) > 1 and bool(words & FOREIGN or not plain.isascii())


def read_offer(phrase: Phrase, today: date, asks: bool) -> Offer | None:
    """Return what might be meant as tasks: a few plain words, or a short list of them."""
    plain = phrase.plain
    if asks or not 0 < len(phrase) <= MOST_WORDS_OF_NOUN or _is_sentence(phrase):
        return None
    if SECOND_PERSON.fullmatch(plain) or _is_foreign(plain):
        return None
    letters = sum(character.isalpha() or character.isspace() for character in plain)
    if letters < 0.8 * len(plain) or not re.search(r"[^\W\d_]{3}", plain):
        return None
    todos = split_tasks(phrase, today)
    return Offer(todos) if todos else None
