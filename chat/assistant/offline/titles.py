"""Making the title of a task from the words that named it."""

import re

LONGEST_TITLE = 200

_BEFORE, _AFTER = " \t\n,;:.!?-•·>|", " \t\n,;:.!?-•·|"
_ARTICLE = re.compile(
    r"(?:the|some|an?(?! (?:dozen|few|couple|pair|bit|lot|bottle|bag|box|pack|little|hundred)\b))"
    r"\s+(?=\S)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:to(?! do\b)|that i|for(?= \w+ing\b)|about|called|named|titled|for me to|please|also"
    r"|then|just|(?:a |an |the )?(?:new )?(?:task|todo|to-do|reminder|item)(?: to| for| called"
    r"|:))\s+)+",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(
    r"(?P<time>at (?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|a\.m\.|p\.m\.|o'clock))?|noon|midnight)),?"
    r"\s+(?:to\s+|i\s+(?:need|have)\s+to\s+)?(?P<rest>\S.*)",
    re.IGNORECASE,
)
_QUOTES = (('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u2018", "\u2019"), ("«", "»"))
_EMPHASISED = re.compile(r"(?P<mark>\*\*?|__?|`)(?P<inner>[^*_`]+)(?P=mark)")
_DOTTED = re.compile(r"\b(?:[ap]\.m|etc|inc|jr|sr|ltd)\.$", re.IGNORECASE)
_CHECKBOX = re.compile(r"(?:[-*•·+]\s*)?\[[ xX]?\]\s*|(?:\(?\d{1,2}[.)]|[-*•·+])\s+(?=\S)")


def title_of(text: str) -> str:
    """Return a title: without articles, marks and quotes around it, its first letter large.

    Args:
        text: the words as they were typed, their day already taken out.

    Returns:
        The title, empty where nothing is left.
    """
    text = text.strip()
    text = text[point.end() :] if (point := _CHECKBOX.match(text)) else text
    text = _stripped(" ".join(text.split()))
    if emphasised := _EMPHASISED.fullmatch(text):
        text = emphasised["inner"]
    if (quoted := _unquoted(text)) != text:
        return _capitalised(_shortened(quoted))  # what is quoted is meant to the letter
    text = text[lead.end() :] if (lead := _LEAD.match(text)) else text
    text = text[article.end() :] if (article := _ARTICLE.match(text)) else text
    text = text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text
    text = _unquoted(_stripped(text))
    if time := _TIME_FIRST.fullmatch(text):
        text = f"{time['rest']} {time['time'].lower()}"
    return _capitalised(_shortened(text))


def _shortened(text: str) -> str:
    """Cut a text that is too long for a title after a word."""
    if len(text) <= LONGEST_TITLE:
        return text
    cut = text[: LONGEST_TITLE - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _stripped(text: str) -> str:
    """Take marks off both ends, but not the stop of "10 a.m."."""
    text = text.lstrip(_BEFORE)
    return text if _DOTTED.search(text) else text.rstrip(_AFTER)


def _unquoted(text: str) -> str:
    for opening, closing in _QUOTES:
        inner = text[1:-1]
        if len(text) > 2 and text[0] == opening and text[-1] == closing and opening not in inner:
            return inner.strip()
    return text


def _capitalised(text: str) -> str:
    """Make the first letter large, unless the first word has its own way ("iPhone", a link)."""
    first = text.split(None, 1)[0] if text else ""
    if not first.islower() or "://" in first or "@" in first:
        return text
    return text[0].upper() + text[1:]
