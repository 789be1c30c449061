"""Understanding how a task is to be called from now on, or when it is due."""

import re
from dataclasses import replace
from datetime import date

from chat.assistant.offline.dates import TIME, only_date, take_date, take_shift
from chat.assistant.offline.intents import Intent, Mentioned, Say, Update, Whole
from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.references import is_number, read_references
from chat.assistant.offline.tasks import split_tasks, starts_with_verb
from chat.assistant.offline.titles import title_of
from chat.assistant.offline.updating_patterns import (
    AWAY,
    CLEARS,
    CONTRAST,
    DEADLINE,
    DUE_OF,
    FROM_TO,
    GIVE,
    INCOMPLETE,
    INSTEAD,
    ITS_DATE,
    MOVE,
    POSSESSED,
    RENAME,
    RENAMES,
    STATED,
    SURELY_MOVES,
    TOWARDS,
)


def read_update(phrase: Phrase, today: date) -> Intent | None:
    """Return what to rename or to move to another day, or None where nothing is."""
    phrase = _corrected(phrase, today)
    instead = INSTEAD.search(phrase.plain)
    phrase = phrase.within(0, instead.start()) if instead else phrase
    return (
        _moved_from(phrase, today)
        or _shifted(phrase, today)
        or _moved(phrase, today, bool(instead))
        or _renamed(phrase, today)
        or _unfinished(phrase)
    )


def _corrected(phrase: Phrase, today: date) -> Phrase:
    """Take "not Friday but" out of "the report is due not Friday but Monday"."""
    contrast = CONTRAST.search(phrase.plain)
    if not contrast or not only_date(phrase.group(contrast, "wrong"), today):
        return phrase
    return phrase.without(*phrase.indexes(contrast.start() + 1, contrast.end()))


def read_deadline(phrase: Phrase, today: date) -> Update | None:
    """Return what gets a day in "add a deadline of Friday to milk", or None."""
    dated = take_date(phrase, today)
    if not (dated.due and dated.after and DEADLINE.fullmatch(dated.before.plain)):
        return None
    if dated.after.words[0].plain not in {"to", "for", "on", "of"}:
        return None
    references = read_references(dated.after[1:], today)
    return Update(references, due=dated.due) if references else None


def _unfinished(phrase: Phrase) -> Say | None:
    """Read "rename 2", which does not say to what."""
    match = INCOMPLETE.fullmatch(phrase.plain)
    ref = phrase.group(match, "ref") if match else phrase[0:0]
    if ref and (is_number(ref) or phrase.words[0].plain in {"rename", "retitle"}):
        return Say("what_change", ref.text)
    return None


def read_renaming(phrase: Phrase, today: date) -> Intent | None:
    """Return how a task is to be called where a sentence starts with "rename" or the like."""
    return _renamed(phrase, today) if RENAME.match(phrase.plain) else None


def read_clearing(phrase: Phrase, today: date) -> Update | None:
    """Return which tasks are to have no day any more, or None where none are."""
    for pattern in CLEARS:
        if match := pattern.fullmatch(phrase.plain):
            named = match.group("ref")
            ref = phrase.group(match, "ref")
            references = read_references(ref, today) if named else (Mentioned(),)
            return Update(references, clear_due=True) if references else None
    return None


def _moved_from(phrase: Phrase, today: date) -> Update | None:
    """Read "move everything from Friday to Saturday": both days are named."""
    match = FROM_TO.fullmatch(phrase.plain)
    if not match:
        return None
    old, new = (only_date(phrase.group(match, name), today) for name in ("old", "new"))
    if not old or not new:
        return None
    found = read_references(phrase.group(match, "ref"), today) or (Mentioned(),)
    references = tuple(
        replace(each, due=old) if isinstance(each, Whole) else each for each in found
    )
    return Update(references, due=new)


def _shifted(phrase: Phrase, today: date) -> Update | None:
    head = MOVE.match(phrase.plain)
    if not head:
        return None
    verb = phrase.words[0].plain
    shift = take_shift(phrase)
    rest = (shift[1] if shift else phrase).within(head.end(), len(phrase.plain))
    ref = _trimmed(rest)
    if not shift:
        alone = verb in SURELY_MOVES or head.group().startswith("put off")
        if not alone or take_date(phrase, today).due is not None:
            return None
        return Update(read_references(ref, today) or (Mentioned(),), shift=(1, 0))
    certain = not ref or is_number(ref) or verb in SURELY_MOVES | {"move", "push", "shift"}
    if not certain and verb not in {"bring"} and not head.group().startswith("put off"):
        return None
    up = "up" in {head.group().split()[-1], rest.words[-1].plain if rest else ""}
    earlier = up or verb in {"bring", "advance", "prepone"}
    by = (-abs(shift[0][0]), -abs(shift[0][1])) if earlier else shift[0]
    return Update(read_references(ref, today) or (Mentioned(),), shift=by)


def _trimmed(ref: Phrase) -> Phrase:
    """Take "back", "forward" or "by" off the end of what was moved."""
    while match := AWAY.search(f" {ref.plain}"):
        ref = ref.within(0, max(0, match.start() - 1))
    return ref[:-1] if ref and ref.words[-1].plain in {"by", "for"} else ref


def _moved(phrase: Phrase, today: date, instead: bool) -> Intent | None:
    """Read a sentence that ends in a day, or names it for a task."""
    dated = take_date(phrase, today)
    time = re.fullmatch(TIME, dated.after.plain) if dated.after else None
    if not dated.due or not (dated.ends or time) or not dated.before:
        return None
    before = dated.before
    towards = TOWARDS.search(before.plain)
    said = phrase.plain[len(before.plain) :].split()[:1]
    lead = towards.group() if towards else (said[0] if said else "")
    if towards:
        before = before.within(0, towards.start())
    if ITS_DATE.fullmatch(before.plain):
        return Update((Mentioned(),), due=dated.due)
    if possessed := POSSESSED.fullmatch(before.plain):
        return Update(read_references(Phrase.of(possessed["ref"]), today), due=dated.due)
    for pattern in (DUE_OF, GIVE):
        if match := pattern.fullmatch(dated.before.plain) or pattern.fullmatch(before.plain):
            ref = phrase.group(match, "ref")
            return Update(read_references(ref, today), due=dated.due) if ref else None
    if head := MOVE.match(before.plain):
        return _moved_by_verb(before, head, dated.due, lead, today)
    return _stated(phrase, before, dated.due, "to" if instead else lead, today)


def _moved_by_verb(
    before: Phrase, head: re.Match[str], due: date, lead: str, today: date
) -> Update | None:
    verb = before.words[0].plain
    ref = _trimmed(before.within(head.end(), len(before.plain)))
    particle = ref.words[0].plain if ref else ""
    surely = verb in SURELY_MOVES or head.group().startswith(("put off", "push"))
    surely = surely or (verb == "put" and before.words[-1].plain == "off")
    surely = surely or (verb == "bring" and "forward" in before.plain.split())
    moves = verb in {"move", "shift", "push", "transfer", "switch", "change", "update"} and (
        lead in {"to", "till", "until", "for", "onto"} and particle not in {"in", "into", "house"}
    )
    sets = verb in {"set", "make", "put", "place"} and lead in {"to", "due"}
    if not ref:
        return Update((Mentioned(),), due=due) if surely or moves or sets else None
    if surely or moves or sets or is_number(ref):
        return Update(read_references(ref, today), due=due)
    return None


def _stated(phrase: Phrase, before: Phrase, due: date, lead: str, today: date) -> Intent | None:
    """Read "2 is due on Friday", "3 to Monday" and the like."""
    match = STATED.fullmatch(before.plain)
    ref = phrase.group(match, "ref") if match else before
    whole = isinstance(next(iter(read_references(ref, today)), None), Whole)
    if is_number(ref) and (match or not whole or lead in {"to", "until", "till"}):
        return Update(read_references(ref, today), due=due)
    if ref and (match or lead == "to") and not starts_with_verb(ref, today):
        references = read_references(ref, today)
        title = ref[1:] if ref.words[0].plain == "my" else ref
        return Update(references, due=due, else_add=split_tasks(title, today, due))
    return None


def _renamed(phrase: Phrase, today: date) -> Intent | None:
    for pattern in RENAMES:
        match = pattern.fullmatch(phrase.plain)
        if not match:
            continue
        ref = phrase.group(match, "ref") if "ref" in match.groupdict() else phrase[0:0]
        new = phrase.group(match, "new")
        if phrase.words[0].plain in {"call", "name"} and not is_number(ref):
            continue
        if due := only_date(new, today):
            return Update(read_references(ref, today) or (Mentioned(),), due=due)
        references = read_references(ref, today) or (Mentioned(),)
        dated = take_date(new, today)
        return Update(references[:1], title=title_of(dated.text) or None, due=dated.due)
    return None
