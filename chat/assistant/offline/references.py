"""Reading which tasks are meant: "2", "the first two", "milk", "everything but the last one"."""

import re
from datetime import date

from chat.assistant.offline.calendar_words import COUNTS
from chat.assistant.offline.dates import take_date
from chat.assistant.offline.intents import (
    FromEnd,
    Mentioned,
    Named,
    Numbered,
    Reference,
    References,
    Whole,
)
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.tasks import split_texts

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "top": 1, "next": 1,
}  # fmt: skip
NUMBERS = {word: number for word, number in COUNTS.items() if " " not in word} | {"a": 0, "an": 0}
MOST_NUMBERS = 50

THING = r"(?:tasks?|todos?|to dos?|items?|things?|ones?|entry|entries|reminders?|points?|lines?)"
LIST = (
    r"(?:(?:my|the|our|this|that|your)(?: (?!list)[\w-]+){0,2} (?:list|todos|tasks|agenda)|list"
    r"|there|here)"
)
_IT = re.compile(
    rf"(?:it|this|that|that one|this one|the same(?: one)?|(?:this|that) {THING}|the one|the task"
    rf"|the (?:new|latest|newest|previous) (?:one|{THING})|the (?:last )?(?:one|{THING})"
    r" (?:that )?(?:i|you|we) (?:have )?(?:just )?(?:added|created|mentioned|made))"
)
_THEM = re.compile(
    rf"(?:them|these|those|they|(?:all of )?(?:them|these|those)(?: all)?|them all|both(?: of them"
    rf"|(?: of)? (?:these|those)(?: {THING})?|(?: the)? {THING})?|(?:these|those) {THING}"
    rf"|(?:these|those) (?:two|three|four|five))"
)
_ALL = re.compile(
    rf"(?:absolutely |literally |simply )?(?:(?:all|every|everything)(?: (?:the|my|our|it|of|that"
    rf" is|that are|which are|which is|single|other|left|still|{THING}|list|stuff|else|i have|on"
    rf" (?:the|my) list|(?P<kind1>{{k}})))*|it all|(?:my|the|our)(?: (?:whole|entire|complete|full"
    rf"|remaining|other))?(?: (?:todo|task))? (?:list|tasks|todos|items|reminders)|the (?:whole"
    rf" )?lot|(?:the )?(?:rest|others)|(?:the )?(?:whole|entire|complete|full)(?: (?:todo|task))?"
    rf" list|(?:(?:my|the) )?(?P<kind2>{{k}})(?: {THING}| stuff| list)|(?:completed|finished"
    rf"|overdue)"
    rf")".replace(
        "{k}",
        "done|completed|finished|ticked|checked|open|overdue|late|pending"
        "|incomplete|unfinished|remaining|active|current",
    )
)
_BUT = re.compile(r" (?:except|but|besides|other than|apart from|excluding|save)(?: for| not)? ")
_DUE_END = re.compile(rf"(?:^| )(?:due|(?:that|which) (?:is|are)(?: due)?|{THING}|for|from|stuff)$")
_NUMBER = re.compile(
    rf"(?:the )?(?:(?:{THING}|numbers?|no|nos|nr|num) )*#? ?(?P<number>\d{{1,4}}|{{n}})"
    rf"(?: {THING})?".replace("{n}", "|".join(w for w, n in NUMBERS.items() if n))
)
_RANGE = re.compile(
    rf"(?:the )?(?:(?:{THING}|numbers?|from) )*(?P<first>\d{{1,3}}) ?(?:-|to|through|until|till) ?"
    r"(?P<last>\d{1,3})"
)
_ORDINAL = re.compile(
    rf"(?:the )?(?:(?P<word>{'|'.join(ORDINALS)})|(?P<digits>\d{{1,2}})(?:st|nd|rd|th))"
    rf"(?: (?:one|{THING}))?(?: (?:on|of|in|from) {LIST})?"
)
_FIRST = re.compile(
    rf"(?:the )?(?:first|top) (?P<count>\d{{1,2}}|{'|'.join(NUMBERS)}|few)(?: {THING})?"
)
_LAST = re.compile(
    rf"(?:the )?(?:very )?(?:last|final|bottom)(?: (?P<count>\d{{1,2}}|{'|'.join(NUMBERS)}|few))?"
    rf"(?: {THING})?(?: (?:on|of|in|from) {LIST})?"
)
_AROUND = re.compile(
    rf"^(?:the |my |that |this |our )?(?:{THING} (?:(?:that|which) says |called |named |titled "
    r"|saying |about |for |to |: |with )|one (?:about|for|with|called|named|to|saying) "
    r"|reminder (?:to|for|about) |task )?(?P<name>.+?)"
    rf"(?: (?:task|todo|item|reminder|entry|one|thing)s?)?(?: (?:from|off|of|on|in) {LIST})?$"
)


def read_references(phrase: Phrase, today: date) -> References:
    """Return the tasks that a phrase means; none where it is empty."""
    plain = phrase.plain.strip(" .!?,:")
    if not plain:
        return ()
    if single := _single(plain) or _whole(phrase, today):
        return (single,)
    return _listed(phrase, today)


def is_number(phrase: Phrase) -> bool:
    """Tell whether a phrase means tasks by numbers, by "it", or as a whole, not by titles."""
    found = read_references(phrase, date.min)
    return bool(found) and not any(isinstance(each, Named) for each in found)


def _single(plain: str) -> Reference | None:
    if _IT.fullmatch(plain):
        return Mentioned()
    if _THEM.fullmatch(plain):
        return Mentioned(several=True)
    return None


def _whole(phrase: Phrase, today: date) -> Whole | None:
    plain = phrase.plain.strip(" .!?,:")
    if but := _BUT.search(plain):
        whole = _whole(phrase.within(0, but.start()), today)
        rest = phrase.within(but.end(), len(phrase.plain))
        if whole:
            return Whole(whole.which, whole.due, whole.overdue, read_references(rest, today))
    if match := _ALL.fullmatch(plain):
        kinds = {match["kind1"], match["kind2"], plain}
        if kinds & {"done", "completed", "finished", "ticked", "checked"}:
            return Whole("done")
        return Whole("open", overdue=bool(kinds & {"overdue", "late"}))
    return _whole_of_day(phrase, today)


def _whole_of_day(phrase: Phrase, today: date) -> Whole | None:
    plain = phrase.plain
    if match := re.fullmatch(rf"(?:all )?(?:of )?(?:today's|todays) (?:{THING}|stuff)", plain):
        return Whole("open", due=today)
    if match := re.fullmatch(rf"(?:all )?(?:of )?tomorrow's (?:{THING}|stuff)", plain):
        return Whole("open", due=take_date(Phrase.of("tomorrow"), today).due)
    dated = take_date(phrase, today)
    if not dated.due or not dated.ends:
        return None
    before = dated.before
    while match := _DUE_END.search(before.plain):
        before = before.within(0, match.start())
        if not before:
            return None
    return Whole("open", due=dated.due) if _ALL.fullmatch(before.plain) else None


def _listed(phrase: Phrase, today: date) -> References:
    """Read a list of numbers, ordinals and titles."""
    numbers = [_numbered(piece) for piece in _pieces(phrase)]
    if any(numbers):
        pieces = zip(_pieces(phrase), numbers, strict=True)
        found = [each for piece, some in pieces for each in some or _titled(piece)]
    else:
        found = [each for title in split_texts(phrase, today) for each in _titled(title)]
    return tuple(dict.fromkeys(found))[:MOST_NUMBERS]


def _pieces(phrase: Phrase) -> list[str]:
    """Cut at commas, "and" and between bare numbers."""
    pieces = re.split(r" ?(?:,|;) ?(?:and )?| (?:and|&|\+|plus|as well as) ", phrase.plain)
    cut: list[str] = []
    for piece in filter(None, (piece.strip(" .!?:") for piece in pieces)):
        is_row = re.fullmatch(r"#?\d{1,3}(?: #?\d{1,3})+", piece)
        cut.extend(piece.split() if is_row else [piece])
    return cut


def _numbered(piece: str) -> list[Reference]:
    """Read a piece as numbers; nothing where it is a title."""
    if re.fullmatch(r"\d{1,3}(?:[,+/&]\d{1,3})+", piece):
        return [Numbered(int(number)) for number in re.split(r"\D", piece)]
    if match := _RANGE.fullmatch(piece):
        first, last = int(match["first"]), int(match["last"])
        return [Numbered(n) for n in range(first, min(last, first + MOST_NUMBERS) + 1)]
    if match := _NUMBER.fullmatch(piece):
        return [Numbered(_number(match["number"]))]
    if match := _FIRST.fullmatch(piece):
        return [Numbered(n + 1) for n in range(min(_number(match["count"]), MOST_NUMBERS))]
    if match := _LAST.fullmatch(piece):
        return [FromEnd(min(_number(match["count"]), MOST_NUMBERS))]
    if match := _ORDINAL.fullmatch(piece):
        return [Numbered(int(match["digits"]) if match["digits"] else ORDINALS[match["word"]])]
    return []


def _number(word: str | None) -> int:
    if word is None:
        return 1
    return int(word) if word.isdigit() else NUMBERS.get(word, 3)


def _titled(text: str) -> list[Reference]:
    """Read one part of a list of titles; a number or "it" may be among them."""
    plain = text.lower()
    if numbers := _numbered(plain):
        return numbers
    if single := _single(plain):
        return [single]
    name = read_name(Phrase.of(text))
    return [Named(name)] if name else []


def read_name(phrase: Phrase) -> str:
    """Return the title that words around it lead to: "the milk task" is "milk"."""
    match = _AROUND.match(phrase.plain)
    name = phrase.group(match, "name") if match else phrase
    text = (name or phrase).text.strip(" .,:;!?\"'@#\u201c\u201d\u2018\u2019")
    text = text.removesuffix("'s")
    return re.sub(r"^(?:the|my|a|an|some|that)\s+(?=\S)", "", text, flags=re.IGNORECASE)
