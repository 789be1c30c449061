"""Understanding which tasks are done, open again, or to be deleted."""

import re
from datetime import date

from chat.assistant.offline.changing_patterns import (
    BARE,
    CLEAR_DONE,
    CLEAR_LIST,
    EXCEPT_LAST,
    GUARDED,
    KEEP,
    OPENLY,
    UNDO,
)
from chat.assistant.offline.dates import take_date
from chat.assistant.offline.intents import (
    Act,
    Add,
    Intent,
    Mentioned,
    Named,
    Reference,
    References,
    Say,
    Undo,
    Whole,
)
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.references import THING, read_references
from chat.assistant.offline.tasks import split_tasks
from chat.assistant.offline.verbs import LINKS, PARTICLES, PAST_VERBS, SAME_PAST

_SELF = re.compile(
    r"(?:(?:i|we)(?: (?:have|had|also|just|already|finally|now|actually|even|both))*"
    r"|(?:just|already|finally)(?: (?:just|already|finally|have))*|have|ive) (?=\S)"
)
_MANAGED = re.compile(r"(?:(?:i|we) )?(?:finally |just )*(?:managed|remembered) to (?=\S+ \S)")
_WHEN_DONE = re.compile(
    r"(?:^| )(?:already|yesterday|today|earlier(?: today)?|this (?:morning|afternoon|evening)"
    r"|last night|just now|finally|at last|on (?:my|the) way(?: home)?|a (?:minute|moment|while)"
    r" ago|an hour ago|too|as well|now|btw|by the way)$"
)
_THING_SAID = re.compile(rf"^(?:the |my )?{THING} |(?<= )(?:task|todo|item|reminder|entry)$")
_CANCELLED = re.compile(r"(?:cancel|drop|skip) (?P<ref>.+)")
_FORGOTTEN = re.compile(r"forget (?P<ref>(?:the|my) .+)")
_PROMISES = re.compile(r"(?:finish|complete|finish off|finish up|finish with) (?!#?\d|it|that)")
_DELETES = frozenset(("delete", "remove", "erase", "clear", "purge", "wipe"))
_TO_DO = frozenset(("i", "we", "get", "have", "be", "show", "tell", "list", "what", "which", "how"))


def read_change(phrase: Phrase, today: date, wished: bool = False) -> Intent | None:
    """Return what is to be completed, reopened or deleted, or None where nothing is.

    Args:
        phrase: the sentence without courtesy.
        today: the day it is said.
        wished: whether it was put as "I need to …", which makes titles new tasks.
    """
    if last := EXCEPT_LAST.fullmatch(phrase.plain):
        parts = (phrase.group(last, name) for name in ("head", "but", "done"))
        phrase = Phrase(phrase.source, tuple(word for part in parts for word in part.words))
    plain = phrase.plain
    if UNDO.fullmatch(plain.strip(" .!?")):
        return Undo()
    if CLEAR_DONE.fullmatch(plain):
        return Act("delete", (Whole("done"),))
    if CLEAR_LIST.fullmatch(plain):
        return Act("delete", (Whole("open"),))
    for verb, pattern in BARE:
        if pattern.fullmatch(plain.strip(" .!")):
            everything = bool(re.search(r"\b(?:all|everything)\b", plain))
            return Act(verb, (Whole() if everything else Mentioned(),))
    return _openly(phrase, today, wished) or _guarded(phrase, today) or _reported(phrase, today)


def read_refusal(phrase: Phrase) -> Say | None:
    """Return that nothing is to be done ("don't delete milk"), or None."""
    return Say("left_alone") if KEEP.fullmatch(phrase.plain) else None


def _openly(phrase: Phrase, today: date, wished: bool) -> Act | Add | None:
    for verb, pattern in OPENLY:
        match = pattern.fullmatch(phrase.plain)
        if not match:
            continue
        name = "ref2" if match.groupdict().get("ref2") else "ref"
        if verb == "complete" and phrase.words[0].plain in _DELETES:
            continue
        ref = phrase.group(match, name)
        references = _references(ref, today)
        if (
            not references
            or ref.words[0].plain in _TO_DO
            or (wished and not all(map(_is_certain, references)))
        ):
            return None
        by_title = all(isinstance(each, Named) for each in references)
        if by_title and _PROMISES.match(phrase.plain) and take_date(phrase, today).due:
            return Add(split_tasks(phrase, today))  # "finish the report by Friday"
        return Act(verb, references)
    return None


def _guarded(phrase: Phrase, today: date) -> Act | None:
    for verb, pattern in GUARDED:
        match = pattern.fullmatch(phrase.plain)
        if not match:
            continue
        ref = phrase.group(match, "ref")
        references = _references(ref, today)
        if references and (all(map(_is_certain, references)) or _THING_SAID.search(ref.plain)):
            return Act(verb, references)
    if match := _FORGOTTEN.fullmatch(phrase.plain):
        return Act("delete", _references(phrase.group(match, "ref"), today))
    if match := _CANCELLED.fullmatch(phrase.plain):
        references = _references(phrase.group(match, "ref"), today)
        return Act("delete", references, else_add=split_tasks(phrase, today))
    return None


def _reported(phrase: Phrase, today: date) -> Act | None:
    """Read "I bought the eggs": the verb's past form, and what was done."""
    own = _SELF.match(phrase.plain)
    told = phrase.within(own.end(), len(phrase.plain)) if own else phrase
    if managed := _MANAGED.match(phrase.plain):
        told = phrase.within(managed.end(), len(phrase.plain))
    elif not told or told.words[0].plain not in PAST_VERBS:
        return None
    if len(told) == 1:
        return Act("complete", (Mentioned(),)) if own else None
    if not own and told.words[0].plain in SAME_PAST:
        return None
    first = 1
    while first < len(told) - 1 and told.words[first].plain in PARTICLES | LINKS:
        first += 1
    done = told[first:]
    while match := _WHEN_DONE.search(done.plain):
        done = done.within(0, match.start())
    if len(done) > 1 and done.words[-1].plain in PARTICLES:
        done = done[:-1]
    references = _references(take_date(done, today).before or done, today)
    return Act("complete", references) if references else None


def _references(phrase: Phrase, today: date) -> References:
    found = read_references(phrase, today)
    if any(isinstance(each, Whole) for each in found):
        return found
    while match := _WHEN_DONE.search(phrase.plain):
        phrase = phrase.within(0, match.start())
    return read_references(phrase, today)


def _is_certain(reference: Reference) -> bool:
    """Tell whether a reference can mean nothing but tasks of the list."""
    return not isinstance(reference, Named)
