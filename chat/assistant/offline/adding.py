"""Understanding which tasks are to be added."""

import re
from datetime import date

from chat.assistant.offline.dates import TIME, only_date, take_date
from chat.assistant.offline.intents import Add, Intent, NewTodo, Offer
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.references import LIST, THING, is_number
from chat.assistant.offline.tasks import split_tasks, starts_with_verb
from chat.assistant.offline.titles import title_of
from chat.assistant.offline.word_sets import word_set

_ON_LIST = rf"(?:to|on|onto|in|into|down on) {LIST}"
_LIST_PHRASE = re.compile(
    r"(?:^| )(?:to|on|onto|in|into|at|for) (?:(?:the )?(?:top|bottom|end) of )?"
    r"(?:(?:my|the|our|this|that|your)(?: (?!list)[\w-]+){0,2} (?:list|todos|tasks|agenda)"
    r"|(?:my|the|our) (?:list|todos|tasks|agenda))(?= |$)"
)
_MAKE = (
    r"(?:add|create|make|set up|set|enter|insert|log|record|new|open|schedule|start|put in|put"
    r"|give me|write|save|note|need|want|leave|file|register|include|append)"
)
_TASK_HEAD = re.compile(
    rf"(?:{_MAKE}(?: me)?|another|one more|new)(?: (?:an?|another|one|the|this|these|some|my|me|new"
    r"|more|other|following|next|quick|additional|separate|different|few|couple of|couple|up|\d{1,2}"
    rf"|two|three|four|five|six|seven|eight|nine|ten|todo|to do|important|urgent|big|small))* {THING}"
    rf"(?: {_ON_LIST})?(?: (?:called|named|titled|about|saying|that says|that reads|which says|with"
    r" (?:the )?(?:title|name|text)|entitled|labelled|:|-))*"
    r"(?= |$)(?P<to>(?: (?:to(?! (?:my|the) list)|that i (?:need|have|must|should)(?: to)?))*)"
)
_INSERT = re.compile(
    r"(?:add|insert|include|append|jot down|write down|note down|take down|put down|pencil in|adding"
    r"|pop in|note that|make a note (?:of|to|that|about)|take a note (?:of|to|that)|add in"
    r"|make note of|log that|note to self|put in|throw in|stick in|save|remember)"
    r"(?! up the)(?: :| -)?(?= |$)"
)
_FOLLOWING = re.compile(
    rf"(?:(?:the|these|this|my|all|of) )*(?:(?:following|these|those|{THING})(?: {THING})?) :(?= )"
)
_SCHEDULE = re.compile(r"(?:schedule|calendar|diarise|diarize)(?= )")
_REMIND = re.compile(
    r"(?:(?:please )?(?:re)?mind me|remind us"
    r"|(?:ping|nudge|notify|alert|tell|text|have|get) me(?=(?: .{0,60}?)?? (?:to|about|that) )"
    r"|set (?:me )?(?:an? )?(?:reminder|alarm)(?: for me)?|(?:help me )?remember"
    r"|do not (?:let (?:me|us) )?forget|let (?:me|us) not forget|do not let (?:it|this) slip"
    r"|make sure (?:that )?(?:i|we)(?: do not forget)?|see to it that i|(?:i|we) must not forget"
    r"|never let me forget|i (?:do not|can not) (?:want to )?forget"
    r"|(?:i|we) should not forget|keep in mind)(?P<when> .{0,60}?)??"
    r"(?: (?:to|about|that i (?:need|have|must|should|want)(?: to)?|that|of|the fact that|:|,)(?= )"
    r"|(?= ))"
)
_WISH = re.compile(
    r"(?:(?:i|we|you)(?: (?:really|still|also|just|absolutely|definitely|probably|then|now|guess i"
    r"|think i|will|would|am|are|do|actually|kind of|sort of|urgently|desperately|simply))* )?"
    r"(?:need|needs|have|has|must|should|ought|got|supposed|going|want|like|love|plan|planning"
    r"|intend|intending|mean|meant|hope|hoping|gotta|required|obliged|forgot|forget|had better|better)"
    r"(?: got)?(?: to(?= )|(?<=must)|(?<=should)|(?<=better))"
)
_WISH_FOR = re.compile(
    r"(?:i|we)(?: (?:really|still|also|just|will|do|would|urgently|desperately))*"
    r" (?:need|want|require|could use|lack|miss|ran out of|run out of|have run out of|have no more"
    r"|have no|am (?:all )?out of|are (?:all )?out of|am running (?:low on|out of)"
    r"|are running (?:low on|out of)|am low on|are low on)(?= )"
    r"|(?:out of|running out of|running low on|no more|low on)(?= )|there is no more"
)
_HEADER = re.compile(
    rf"(?:(?:my|new|the|more|other|some|add|next|and|here (?:is|are)|these are|this is|todays"
    rf"|today's|tomorrow's|urgent|important|quick) )*(?:{THING}|note|notes|memo|note to self"
    rf"|shopping|groceries|shopping list|grocery list|list|task list|todo list|to buy|buy list"
    rf"|reminder|agenda|shopping for|errands|chores|need|to do)(?: list)?(?: for)?"
    rf"(?P<when> [^:]{{1,40}})? (?::|-)"
)
_HAS_TO_BE = re.compile(
    r".+ (?:needs?|has|have|must|should|ought)(?: still| also)? (?:to be |be |to get |get )?"
    r"(?:done|doing|fixed|cleaned|cleaning|washed|washing|paid|bought|called|finished|sent|written"
    r"|\w+(?:ed|ing))\b.*"
)
_SECOND_PERSON = re.compile(
    r"(?:^|.* )(?:you|your|yourself)(?: .*)?|(?:tell|give|show|send|write|read|make|sing|explain"
    r"|teach|help|let|get|play|ask|draw|find|bring|find out|generate) (?:me|us)\b.*"
    r"|(?:write|tell|create|compose|generate|draw|sing|make|code|say|translate|solve|calculate"
    r"|summari[sz]e)(?: an?| the| some)?(?: \w+){0,2} (?:poem|story|stories|joke|jokes|song|essay"
    r"|haiku|limerick|code|function|script|program|picture|image|recipe|sentence|paragraph"
    r"|sql|html|something)\b.*|(?:stop|start) (?:it|that|this|acting|being|talking|pretending)\b.*"
    r"|do (?:me|us)\b.*|call me (?!back).*|say .*|calculate \d.*|translate .*|solve .*|summari[sz]e (?:it|this|that|the following).*"
)
_WHEN_CLAUSE = re.compile(
    r"(?:on my|on the|in my|to my|for my) (?:list|todos|agenda)(?: for)?|for me|that|please"
)
_EMPTY_TITLES = re.compile(
    rf"(?:(?:an?|some|the|new|my|another|more|one|few|of|to|for|in|on|{THING}|{LIST}|something"
    r"|anything|stuff|it|this|that|them|these|those|here|now|reminder|note|me|things?)(?: |$))+"
)


def read_addition(phrase: Phrase, today: date, due: date | None = None) -> Intent | None:
    """Return the tasks that a sentence asks to add, or None where it does not.

    Args:
        phrase: the sentence without courtesy.
        today: the day it is said.
        due: the day for tasks that name none.
    """
    if header := _HEADER.match(phrase.plain):
        when = only_date(phrase.group(header, "when"), today) if header["when"] else None
        if not header["when"] or when:
            return _added(_rest(phrase, header.end()), today, when or due)
    bare = _without_list(phrase)
    if head := _TASK_HEAD.match(bare.plain):
        return _added(_rest(bare, head.end()), today, due)
    if remind := _REMIND.match(bare.plain):
        return _reminder(bare, remind, today, due)
    if insert := _INSERT.match(bare.plain):
        return _added(_rest(bare, insert.end()), today, due)
    scheduled = _SCHEDULE.match(bare.plain)
    if scheduled and take_date(bare, today).due and not is_number(_undated(bare, today)[1:]):
        return _added(_rest(bare, scheduled.end()), today, due)
    placed = re.match(
        r"(?:put|stick|pop|throw|place|enter|get|have|write|set|add|slap|chuck"
        r"|schedule|i need|we need|need)(?: down)? ",
        bare.plain,
    )
    if placed and len(bare) < len(phrase):
        return _added(_rest(bare, placed.end()), today, due)
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
    if follows := _FOLLOWING.match(rest.plain):
        rest = rest.within(follows.end(), len(rest.plain))
    while rest and rest.words[0].plain in {":", "-", ",", ".", "!"}:
        rest = rest[1:]
    return rest


def _without_list(phrase: Phrase) -> Phrase:
    """Take "to my list" out of a sentence."""
    found = _LIST_PHRASE.search(phrase.plain)
    if not found:
        return phrase
    first, last = phrase.indexes(found.start() + 1 if found.start() else 0, found.end())
    return phrase.without(first, last)


def _added(what: Phrase, today: date, due: date | None) -> Add:
    """Return the tasks of a list; none where it only says "a task" or "something"."""
    if not what or _EMPTY_TITLES.fullmatch(what.plain.strip(" .!?:")):
        return Add(())
    return Add(split_tasks(what, today, due))


def _reminder(phrase: Phrase, remind: re.Match[str], today: date, due: date | None) -> Add:
    """Read "remind me on Friday at 3 to call mum"."""
    rest = _rest(phrase, remind.end())
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


def read_wish(phrase: Phrase) -> Phrase | None:
    """Return what somebody says they need to do ("I have to …"), or None where they do not."""
    if match := _WISH.match(phrase.plain):
        return _rest(phrase, match.end())
    return None


def read_need(phrase: Phrase, today: date, due: date | None = None) -> Add | None:
    """Return the things that somebody says they need ("I need milk", "we're out of eggs")."""
    if match := _WISH_FOR.match(phrase.plain):
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
    if asks or len(phrase) > MOST_WORDS or _SECOND_PERSON.fullmatch(phrase.plain):
        return None
    dated = take_date(phrase, today)
    todos = split_tasks(phrase, today, due)
    rest = dated.after if dated.leads and dated.after else dated.before or dated.after
    if not todos or not title_of(rest.text):
        return None
    if starts_with_verb(rest, today) or _HAS_TO_BE.fullmatch(phrase.plain):
        return Add(todos)
    if dated.due and len(phrase) <= MOST_WORDS_OF_NOUN and not _is_sentence(rest):
        return Add(todos)
    return None


FOREIGN = word_set(
    """
    und der die das den dem ein eine ist nicht bitte mir mich morgen hinzu zur zum auf liste meine
    le la les du des un une est pas et mes mon ma ajoute moi demain rappelle supprime
    el los las para por favor una mi mis y lista agrega borra
    il di che per een het en van ik mijn toevoegen och att lista
    """
)
MOST_WORDS = 60
MOST_WORDS_OF_NOUN = 14
_SENTENCE = re.compile(
    r"(?:^|.* )(?:i|you|he|she|we|they|it|is|are|was|were|am|be|do|does|did|who|what|when|where"
    r"|why|how|which|will|would|can|could|should|may|might|has|had|not|if|that|there)(?: .*)?"
)


def _is_sentence(phrase: Phrase) -> bool:
    return bool(_SENTENCE.fullmatch(phrase.plain))


def _is_foreign(plain: str) -> bool:
    """Tell whether words are hardly English: then they are no list of things to add."""
    words = set(plain.split())
    return len(words) > 1 and bool(words & FOREIGN or not plain.isascii())


def read_offer(phrase: Phrase, today: date, asks: bool) -> Offer | None:
    """Return what might be meant as tasks: a few plain words, or a short list of them."""
    plain = phrase.plain
    if asks or not 0 < len(phrase) <= MOST_WORDS_OF_NOUN or _is_sentence(phrase):
        return None
    if _SECOND_PERSON.fullmatch(plain) or _is_foreign(plain):
        return None
    letters = sum(character.isalpha() or character.isspace() for character in plain)
    if letters < 0.8 * len(plain) or not re.search(r"[^\W\d_]{3}", plain):
        return None
    todos = split_tasks(phrase, today)
    return Offer(todos) if todos else None
