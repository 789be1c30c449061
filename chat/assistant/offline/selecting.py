"""Understanding wishes that concern the text selected in the browser, or attached texts."""

import re
from datetime import date

from chat.assistant.offline.dates import take_date
from chat.assistant.offline.intents import AddAttached, UseSelection
from chat.assistant.offline.parts import cut
from chat.assistant.offline.phrase import Phrase

_SELECTION = re.compile(
    r"\b(?:(?:selected|highlighted|marked) (?:text|words?|part|lines?|passage|paragraph|stuff"
    r"|tasks?|items?|todos?|bit|section|content|one|things?|sentences?)|selection|(?:what|whatever"
    r"|the (?:text|part|words|lines|stuff|thing|passage)(?: that)?) (?:i|is|i am|i have)(?: just|"
    r" have| currently)* (?:selected|highlighted|marked|selecting|select|highlight)|what (?:text "
    r"|words |part )?did i (?:select|highlight|mark)|(?:i|have) (?:selected|highlighted)|(?:text"
    r"|part) (?:is )?selected|is selected|the selected|my highlight|anything selected)\b"
)
_ADDS = re.compile(
    r"\b(?:add|put|create|make|turn|todos?|save|remember|convert|insert|note|import|tasks? from"
    r"|split|extract|write|use|include|remind)\b"
)
_ATTACHED = re.compile(
    r"(?:add|put|create|make|import|extract|read|use|take|turn|get|convert)\b.*\b(?:file|files"
    r"|attachment|attachments|attached|document|upload|uploaded|picture|photo|image|txt)\b.*"
)
_THESE = re.compile(
    r"(?:please )?(?:add|import|put|use|read|take)(?: (?:all|of|these|those|this|them|it|that|here"
    r"|tasks?|todos?|items?|to|on|my|the|list|everything))*"
)


def read_selection(phrase: Phrase, today: date) -> UseSelection | None:
    """Return what to do with the selected text, or None where none is meant."""
    found = _SELECTION.search(phrase.plain)
    if not found:
        return None
    around = phrase.plain[: found.start()] + " " + phrase.plain[found.end() :]
    wants_to_add = bool(_ADDS.search(around))
    return UseSelection(wants_to_add, take_date(phrase, today).due if wants_to_add else None)


def beside_selection(phrase: Phrase) -> list[Phrase]:
    """Return the parts of a list that are not the selection: "add bread and the selection"."""
    parts = [part.phrase for part in cut(phrase, [])]
    return [part for part in parts if not _SELECTION.search(part.plain)]


def read_attached(phrase: Phrase, today: date, any_attached: bool) -> AddAttached | None:
    """Return that attached texts are to be added as tasks, or None.

    Args:
        phrase: the sentence without courtesy.
        today: the day it is said.
        any_attached: whether something is attached; then "add these" means that.
    """
    dated = take_date(phrase, today)
    plain = f"{dated.before.plain} {dated.after.plain}".strip()
    if _ATTACHED.fullmatch(plain) or (any_attached and _THESE.fullmatch(plain)):
        return AddAttached(dated.due) if any_attached else None
    return None
