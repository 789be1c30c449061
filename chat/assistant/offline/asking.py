"""Understanding questions about the list, and wishes to see, plan or chart it."""

import re
from datetime import date, timedelta

from chat.assistant.offline import days
from chat.assistant.offline.asking_words import (
    CHART_WORDS,
    DONE_WORDS,
    LIST_NOUNS,
    LIST_WORDS,
    NEXT,
    OPEN_WORDS,
    SHOW_STARTS,
)
from chat.assistant.offline.date_meanings import count_of
from chat.assistant.offline.date_phrases import COUNT
from chat.assistant.offline.dates import only_date, take_date
from chat.assistant.offline.intents import (
    AskCount,
    AskNext,
    Intent,
    PlanDay,
    Show,
    ShowChart,
    Which,
)
from chat.assistant.offline.periods import LAST_DAYS, read_past, read_period
from chat.assistant.offline.phrase import Phrase

_PLAN_HEAD = re.compile(
    r"(?:(?:make|create|give|draw up|write|build|set up|generate|show|prepare|suggest|work out)(?:"
    r" me| us)?(?: an?| my| the)? (?:\w+ )?(?:plan|schedule|timetable)|plan(?: out)?|day"
    r" plan(?:ner)?|daily plan|organi[sz]e|structure|schedule|arrange|how (?:do|can|could|should)"
    r" (?:i|we) get (?:everything|it all|all of (?:it|this|that)|all this|my tasks) done|my day"
    r"|prioriti[sz]e|sort(?: out)?|map out|lay out|(?:what|how) (?:should|could|would|can|will"
    r"|shall) (?:i|my|we|the)(?: best)?(?: (?:do|spend|plan|organi[sz]e|structure|tackle|approach"
    r"|arrange|schedule|day|look|go|start|get done|work on))*|what is (?:the |my |a )?(?:best |good"
    r" |perfect )?(?:plan|schedule|agenda|programme|program)|(?:my|the) (?:plan|schedule)|what does"
    r" my day look)\b"
)
_PLAN_REST = re.compile(
    r"(?: (?:my|the|our|a|an|out|me|us|for|of|on|day|days|day's|morning|afternoon|evening|work|week"
    r"|tasks|todos|list|time|like|in|with|ahead|please|today's|tomorrow's|what is|to|do|and"
    r"|everything|all|open|this|things|best|it|i|have|next|whole|busy|up|is))*[ ?.!,]*"
)
_CHART_SPAN = re.compile(
    rf"(?:last|past|previous|recent|over|in) (?:the )?(?:(?:last|past) )?(?:(?P<count>{COUNT}) )?"
    r"(?P<unit>day|week|fortnight|month|year)s?|this (?P<this>week|month|year)"
    rf"|(?P<bare>{COUNT})[ -](?P<bare_unit>day|week|month|year)s?"
)
_COUNT = re.compile(
    r"(?:how many|count|what is the (?:number|count) of|the number of|number of|how long is"
    r"|how much)\b(?P<rest>.*)"
)
_EMPTY = re.compile(
    r"(?:am|are) (?:i|we) (?:all |already |completely |finally )*(?:done|finished|ready)(?: with"
    r" (?:my|the|all|everything)(?: \S+){0,3})?(?: yet| now| for today| today)*|is (?:everything"
    r"|all|my list|the list|my todo list|it all)(?: of it)? (?:all )?(?:done|empty|finished"
    r"|complete|completed|clear)(?: yet| now)?|(?:do|did) (?:i|we) (?:still )?have (?:anything"
    r"|something|much|a lot)(?: else| left| more| still)?(?: (?:to do|left|open|on my list))*|(?:is"
    r"|are) there (?:anything|something|much|a lot)(?: else| more)?(?: (?:to do|left|open|on my"
    r" list|to be done))+|(?:anything|much) (?:left|else|more)(?: to do)?|anything to do"
)
_OPEN_QUESTION = re.compile(
    r"(?:what|which|anything|any|is|am|are (?:there|my|any|all)|who|(?:do|did|have|had|should|must)"
    r" (?:i|we)|where)\b"
)
_NEED_SUBJECT = frozenset({"do", "did", "have", "go", "need", "want"})
_BARE_SHOW = re.compile(
    r"(?:show|display|list|print|see|view)(?: me)?(?: (?:it|them|all|everything|done|open|completed"
    r"|finished|pending|overdue))*(?: again)?|overview|summary|status|completed"
    r"|overdue|upcoming|late"
)
_HOW_IT_LOOKS = re.compile(
    r"how (?:does|do|is|are|busy is|full is)(?: my| the)? (?P<when>.{1,40}?)"
    r"(?: (?:look|looking|look like|looking like))"
)
_STATES_DONE = re.compile(
    r"^(?!show|list|display|see|view)\w.*\b(?:is|are)(?: all| now| already)* (?:done|fin|comp)"
    r"|^(?:all|everything) (?:done|finished|complete)"
)
_AM_I_FREE = re.compile(
    r"(?:am|are) (?:i|we) (?:free|busy|available|booked)\b|(?:do|have) (?:i|we) (?:have |got"
    r" )?(?:any |much )?(?:plans|time|appointments|meetings|deadlines)\b"
)
_ABOUT_LIST = re.compile(
    r"(?:remind|tell) me (?:of|about) (?:all )?(?:my|the) (?:open |todo )?(?:tasks|list|todos)"
)
FURTHEST_CHART = 365


def read_next(phrase: Phrase) -> AskNext | None:
    """Return that somebody asks what to do next ("what now?"), or None."""
    return AskNext() if NEXT.fullmatch(phrase.plain.strip(" ?.!,:")) else None


def read_question(phrase: Phrase, today: date, asks: bool) -> Intent | None:
    """Return what to show or answer, or None where the sentence is no such wish.

    Args:
        phrase: the sentence without courtesy.
        today: the day it is said.
        asks: whether it ends in a question mark.
    """
    plain = phrase.plain.strip(" ?.!,:")
    if asks and only_date(phrase, today):
        return read_period(phrase, today)
    if _AM_I_FREE.match(plain):
        return read_period(phrase, today) or read_period(Phrase.of("today"), today)
    if _ABOUT_LIST.fullmatch(plain):
        return Show("open")
    if looks := _HOW_IT_LOOKS.fullmatch(plain):
        name = looks["when"]
        which = f"this {name}" if name in {"week", "weekend", "month"} else name
        return read_period(Phrase.of("today" if name == "day" else which), today)
    if chart := _chart(plain):
        return chart
    if plan := _plan(phrase, today):
        return plan
    if _EMPTY.fullmatch(plain):
        return AskCount()
    if count := _COUNT.fullmatch(plain):
        return _counted(phrase, count["rest"], today)
    return _show(phrase, today)


def _chart(plain: str) -> ShowChart | None:
    words = plain.split()
    if not words or len(words) > 25 or not CHART_WORDS.search(plain):
        return None
    return ShowChart(_chart_days(plain))


def _chart_days(plain: str) -> int:
    span = _CHART_SPAN.search(plain)
    if not span:
        return 7
    if span["this"]:
        return {"week": 7, "month": 30, "year": FURTHEST_CHART}[span["this"]]
    unit = span["unit"] or span["bare_unit"]
    on_days, on_months = days.span(count_of(span["count"] or span["bare"] or "one"), unit)
    if unit == "week" and on_days == 7 and span["unit"] and "last week" in plain:
        on_days = 14  # all of last week is seen from every day of this one
    return max(2, min(on_days + round(on_months * 30.42), FURTHEST_CHART))


def _plan(phrase: Phrase, today: date) -> PlanDay | None:
    head = _PLAN_HEAD.match(phrase.plain)
    if not head:
        return None
    dated = take_date(phrase, today)
    rest = f"{dated.before.plain} {dated.after.plain}".strip()
    head = _PLAN_HEAD.match(rest) or head
    about = rest[len(head.group()) :] if rest.startswith(head.group()) else ""
    asked_openly = head.group().startswith(("what", "how"))
    if not _PLAN_REST.fullmatch(about) or (asked_openly and not _means_a_day(rest, dated.due)):
        return None
    needs_day = head.group().split()[0] in {
        "organize",
        "organise",
        "structure",
        "schedule",
        "arrange",
        "sort",
        "map",
        "lay",
    }
    if (
        needs_day
        and (about.strip() or not dated.due)
        and not re.search(r"\b(?:day|days|tasks|todos|list|week|time|morning)\b", about)
    ):
        return None
    day = dated.due or today
    return PlanDay(today + timedelta(1) if "tomorrow's" in rest else day)


def _means_a_day(rest: str, due: date | None) -> bool:
    """Tell whether an open question ("what should I …") is about a day or about the plan."""
    return bool(due) or bool(re.search(r"\b(?:day|plan|schedule|agenda|morning|week)\b", rest))


def _counted(phrase: Phrase, rest: str, today: date) -> Intent | None:
    words = set(rest.split())
    if not words & (LIST_NOUNS | DONE_WORDS | {"left", "open", "do"}) or words - LIST_WORDS - {
        "have",
        "has",
        "had",
        "there",
        "long",
        "items",
        "already",
        "been",
        "got",
    } - set(_date_words(phrase, today)):
        return None
    if words & DONE_WORDS:
        if take_date(phrase, today).due or words & {"week", "month", "yesterday", "days"}:
            return ShowChart(_chart_days(phrase.plain))
        return AskCount("done")
    if due := read_period(phrase, today):
        return due
    return AskCount("open")


def _date_words(phrase: Phrase, today: date) -> list[str]:
    dated = take_date(phrase, today)
    left = f"{dated.before.plain} {dated.after.plain}".split()
    return [word for word in phrase.plain.split() if word not in left]


def _show(phrase: Phrase, today: date) -> Intent | None:
    plain = phrase.plain.strip(" ?.!,:")
    words = plain.split()
    if not words or len(words) > 20 or words[0] not in SHOW_STARTS or plain.startswith("is it "):
        return None
    if not _all_list_words(phrase, today):
        return None
    kinds = set(words)
    asks_openly = bool(_OPEN_QUESTION.match(plain))
    about_list = kinds & (LIST_NOUNS | {"everything", "all"}) and words[0] not in _NEED_SUBJECT
    if not (asks_openly or about_list or _BARE_SHOW.fullmatch(plain)):
        return None
    if not asks_openly and _STATES_DONE.search(plain):
        return None
    if kinds & DONE_WORDS and not kinds & {"not", "undone", "be"}:
        return read_past(phrase, today) or Show("done")
    if due := read_period(phrase, today):
        return due
    which: Which = "all" if kinds & {"all", "everything"} and not kinds & OPEN_WORDS else "open"
    return Show(which)


def _all_list_words(phrase: Phrase, today: date) -> bool:
    dated = take_date(phrase, today)
    rest = LAST_DAYS.sub("", f"{dated.before.plain} {dated.after.plain}").split()
    return all(word in LIST_WORDS or word in "?.!,:'" for word in rest)
