"""Cutting a message into its sentences, and a sentence into its commands."""

import re
from datetime import date

from chat.assistant.offline.dates import take_date
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.references import THING
from chat.assistant.offline.verbs import PAST_VERBS, TASK_VERBS

ENDS = frozenset(".!?")
_BETWEEN = frozenset(("and", "then", "&", ",", ";", "plus", "but", "also", "-", ":", "+"))

_CERTAIN_REF = (
    rf"(?:#?\d|numbers? |no |the (?:first|second|third|fourth|fifth|last|rest|one|others|{THING})\b"
    rf"|{THING}\b|(?:it|that|this|them|those|these|everything|both)\b|all\b)"
)
_ACTS = (
    r"(?:delete|remove|complete|finish|reopen|undo|uncheck|untick|tick off|tick|check off|check"
    r"|cross off|cross out|postpone|move|reschedule|push|erase|close|drop|mark|rename|change|delay"
    r"|snooze|cancel)"
)
# What begins a command wherever it stands.
_STRONG = re.compile(
    r"(?:please )?(?:add (?!up )\S|keep |remind me\b|remember to |do not (?:let me )?forget\b"
    r"|(?:show|list|display|tell|give)(?: me)? (?:my|the|all|what|how)\b|show me\b"
    r"|(?:what|which) (?:is|are|do|did|have|should|tasks?)\b|how (?:many|am)\b"
    r"|plan (?:my|today|tomorrow|the day)\b|(?:can|could|would|will) you\b|i (?:need|have"
    r"|want) to\b"
    rf"|{_ACTS} (?:off )?{_CERTAIN_REF}|mark .{{1,80}}? (?:as |off as |as not )*(?:done|finished"
    r"|complete|completed|undone|open)(?: |$)|rename .{1,80}? (?:to|as) |undo\b"
    r"|(?:move|postpone|push|reschedule|delay|change|set) .{1,80}? (?:to|until|by|till) (?!do )"
    rf"|i (?:have |just |already |also )*(?:{'|'.join(sorted(PAST_VERBS))}) "
    r"|(?:i am |we are )?(?:done|finished) with |set (?:a |the )?reminder|(?:put|stick) .{1,60}? on"
    r" (?:my|the) list|all done\b|everything (?:is )?done\b|how about\b|make a (?:chart|plan)"
    r"|delete (?:all|every))"
)
# What begins a command after another one, but would be a task in a list of wishes.
_WEAK = re.compile(
    rf"(?:please )?(?:{_ACTS}|get rid of|show|list|plan|chart|take|throw out) \S|help$|undo$"
)
# What is a command after "add buy milk", but not after "remind me to buy milk".
_FIRM = re.compile(r"(?:please )?(?:delete|complete|reopen|rename|uncheck|untick|mark) \S")
_ACTS_ON = re.compile(rf"(?:please )?(?:{_ACTS}|done with|finished with|i |get rid of)\b")
_PAST = re.compile(rf"(?:{'|'.join(sorted(PAST_VERBS))}) \S")
_SHARED = re.compile(
    r"(?:move|push|postpone|reschedule|shift|change|set|delay|snooze|(?P<rename>rename))(?= )"
)
_FROM_TO = re.compile(r"(?!and )\S.{0,80}? (?:to|as|until|till|for) \S")
_LIST_OF_TASKS = re.compile(
    r"(?:please )?(?:add|remind me to|remember to|do not (?:let me )?forget to|i (?:need|have|must"
    r"|should|want)(?: to)?|i should|todo|to do|tasks?|reminder|note to self"
    r"|(?:add|create|make) (?:an? )?(?:new )?(?:task|todo|reminder)s?(?: to| :)?)(?: :)?"
    r" (?P<verb>[\w-]+) \S"
)


def sentences(phrase: Phrase) -> list[Phrase]:
    """Cut a line after full stops, question and exclamation marks outside brackets."""
    places, depth = [], 0
    words = phrase.words
    for i, word in enumerate(words):
        depth = max(0, depth + (word.plain in "([{") - (word.plain in ")]}"))
        ended = word.plain[0] in ENDS and not depth
        if ended and i + 1 < len(words) and words[i + 1].plain[0] not in ENDS:
            places.append(i + 1)
    return phrase.split(places)


def commands(phrase: Phrase, today: date) -> list[Phrase]:
    """Cut a sentence in front of each command that follows "and", a comma or the like."""
    plain = phrase.plain
    lists_tasks = _lists_tasks(plain)
    adds = plain.startswith(("add ", "put "))
    tells = plain.startswith(("i ", "we ")) or bool(_PAST.match(plain))
    places, offset = [], 0
    for i, word in enumerate(phrase.words):
        if i and phrase.words[i - 1].plain in _BETWEEN and word.plain not in _BETWEEN:
            begins = (
                _STRONG.match(plain, offset)
                or (not lists_tasks and _WEAK.match(plain, offset))
                or (adds and _FIRM.match(plain, offset))
                or (tells and _PAST.match(plain, offset))
            )
            if begins:
                places.append(i)
        offset += len(word.plain) + 1
    pieces = [_trimmed(piece) for piece in phrase.split(places)]
    return [each for piece in pieces if piece for each in _each_with_verb(piece, today)]


def _each_with_verb(phrase: Phrase, today: date) -> list[Phrase]:
    """Repeat the verb of "move milk to Friday and bread to Saturday" for each of its parts."""
    head = _SHARED.match(phrase.plain)
    if not head:
        return [phrase]
    verb = phrase.within(0, head.end())
    places = [
        i + 1
        for i, word in enumerate(phrase.words)
        if word.plain in {"and", ","} and _FROM_TO.match(phrase[i + 1 :].plain)
    ]
    pieces = [_trimmed(piece) for piece in phrase.split(places)]
    if head["rename"]:
        alike = all(re.match(r"#?\d", piece.plain) for piece in pieces[1:])
    else:
        alike = all(take_date(piece, today).ends for piece in pieces)
    if len(pieces) < 2 or not alike:
        return [phrase]
    others = [Phrase(phrase.source, verb.words + piece.words) for piece in pieces[1:]]
    return [pieces[0], *others]


def begins_command(phrase: Phrase) -> bool:
    """Tell whether a phrase is plainly a command rather than the title of a task."""
    return bool(_STRONG.match(phrase.plain))


def _lists_tasks(plain: str) -> bool:
    """Tell whether a sentence lists things to do as verbs: "add buy milk and …"."""
    match = _LIST_OF_TASKS.match(plain)
    if match and match["verb"] in TASK_VERBS:
        return True
    first = plain.split(None, 1)[0] if plain else ""
    return first in TASK_VERBS and not _ACTS_ON.match(plain)


def _trimmed(phrase: Phrase) -> Phrase:
    while phrase and phrase.words[-1].plain in _BETWEEN:
        phrase = phrase[:-1]
    return phrase
