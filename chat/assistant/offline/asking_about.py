"""Understanding questions about one task: is it on the list, is it done, when is it due."""

import re
from datetime import date
from typing import Literal

from chat.assistant.offline.intents import AskAbout, Named
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.references import LIST, THING, read_references

About = Literal["exists", "done", "due"]

_ANY = (
    rf"(?:(?:an?|any|some|the|already|also|still|{THING}|anything|something|about|for|called|named"
    r"|to|with|related to|regarding|of|on|got|put) )*"
)
_ON_LIST = rf"(?: (?:on|in|to|at|from) {LIST})"
_SAID = r"(?: already| yet| now| still| again| too| somewhere| anywhere| today)*"


def _compiled(*pairs: tuple[About, str]) -> tuple[tuple[About, re.Pattern[str]], ...]:
    return tuple((about, re.compile(pattern)) for about, pattern in pairs)


_QUESTIONS = _compiled(
    (
        "due",
        r"(?:by )?when (?:is|are|was|does|do|did|should|must|can|will|shall|have|need)(?: (?:i|we"
        rf"|my|have to|need to|to|got to|supposed to|should|must))* {_ANY}(?P<ref>.+?)"
        r"(?: (?:due|supposed to be done|to be done|scheduled|planned|happening|need to be done"
        r"|have to be done|by|for))*",
    ),
    (
        "due",
        r"(?:what|which)(?: is| are)? (?:the )?(?:due )?(?:date|day|deadline|due date)(?: of| for"
        rf"| is| was| does| do)* {_ANY}(?P<ref>.+?)(?: (?:due|have|on|scheduled|for))*",
    ),
    (
        "due",
        r"how (?:much time|many days|long)(?: is| are)?(?: there| left| do i have| have i got"
        r"| remain| until| till| before| for| to)* (?P<ref>.+?)(?: is due| left)*",
    ),
    ("due", r"(?:by )?when (?P<ref>.+?) (?:is|are|has|have)(?: to be)?(?: due| done)?"),
    (
        "done",
        r"(?:is|are|was|were) (?P<ref>.+?) (?:already |all |now |marked as |marked |still )*"
        rf"(?:done|finished|complete|completed|ticked off|checked off|open|undone|bought|paid)"
        rf"{_SAID}",
    ),
    (
        "done",
        r"(?:did|have|has|had) (?:i|we) (?:already |ever |also )*(?:finish|finished|complete"
        r"|completed|done|do|tick off|ticked off|buy|bought|pay|paid|call|called|send|sent|get"
        rf"|gotten|got done|write|written|clean|cleaned|book|booked|mark|marked) {_ANY}"
        rf"(?P<ref>.+?){_SAID}",
    ),
    ("done", r"(?:am|are) (?:i|we) (?:already |all )*(?:done|finished|through) with (?P<ref>.+)"),
    (
        "done",
        rf"(?:if|whether) (?P<ref>.+?) (?:is|are|was|were) (?:done|finished|complete|open){_SAID}",
    ),
    (
        "exists",
        rf"(?:if|whether) (?:there is |i have )?{_ANY}(?P<ref>.+?)(?: (?:is"
        rf"|are))?{_SAID}{_ON_LIST}",
    ),
    (
        "exists",
        rf"(?:is|are|was|were) (?:there )?{_ANY}(?P<ref>.+?)(?: still| already)?{_ON_LIST}{_SAID}",
    ),
    (
        "exists",
        rf"(?:do|did) (?:i|we|you) (?:already |still |also )*(?:have|remember|know|see|find|got)"
        rf" {_ANY}(?P<ref>.+?){_ON_LIST}?{_SAID}",
    ),
    (
        "exists",
        rf"(?:did|have|has) (?:i|you|we) (?:already |also )*(?:add|added|put|write|written|wrote"
        rf"|noted|note|remember|remembered|include|included|got|save|saved) {_ANY}"
        rf"(?P<ref>.+?)(?: down)?{_ON_LIST}?{_SAID}",
    ),
    (
        "exists",
        r"(?:does|do) (?:my|the) (?:list|todo list|tasks) (?:already |still )?(?:have|contain"
        rf"|include|say|mention|show) {_ANY}(?P<ref>.+)",
    ),
    (
        "exists",
        rf"is there (?:already |still )?(?:an?|any|some|anything|something|{THING}) {_ANY}"
        rf"(?P<ref>.+?){_ON_LIST}?{_SAID}",
    ),
    (
        "exists",
        rf"(?:find|search(?: for)?|look for|look up|where is)(?: me)? (?:all )?(?:the |my "
        rf"|a )?{THING} (?:about|for|called|named|with|containing|on|to|of) (?P<ref>.+)",
    ),
    ("exists", rf"(?:find|search(?: for)?|look for|look up|locate) (?P<ref>.+?){_ON_LIST}"),
    ("exists", rf"search (?:in |on )?{LIST} for (?P<ref>.+)"),
    ("exists", rf"(?:where|which number) is (?P<ref>.+?){_ON_LIST}?"),
    ("exists", r"what (?:number|position) (?:is|has) (?P<ref>.+)"),
    (
        "exists",
        r"what (?:is|was|does|about)(?: (?:number|task|todo|no|item|the))* (?P<ref>#?\d{1,3}|"
        r"(?:first|second|third|fourth|fifth|last)(?: one| task| todo| item)?)(?: say| again"
        rf"{_ON_LIST}?| (?:on|of|in) {LIST})?",
    ),
)


_ON_LIST_ONLY = re.compile(
    rf"(?!(?:is|are|do|did|have|does|what|add|put)\b)(?P<ref>.+?){_ON_LIST}{_SAID}"
)


def read_question_about(phrase: Phrase, today: date, asks: bool) -> AskAbout | None:
    """Return which task a question is about and what it asks, or None."""
    plain = phrase.plain.strip(" ?.!,")
    if asks and (match := _ON_LIST_ONLY.fullmatch(plain)):
        return AskAbout(read_references(phrase.group(match, "ref"), today)[0], "exists")
    for about, pattern in _QUESTIONS:
        if match := pattern.fullmatch(plain):
            references = read_references(phrase.within(*match.span("ref")), today)
            if references and not _is_pronoun(references[0]):
                return AskAbout(references[0], about)
    return None


def _is_pronoun(reference: object) -> bool:
    """Tell whether a title is only a word like "you", about which no list can tell."""
    return isinstance(reference, Named) and reference.name.lower() in {
        "you", "me", "i", "he", "she", "we", "anyone", "anybody", "someone", "god", "your",
    }  # fmt: skip
