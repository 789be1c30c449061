"""Taking off what is only polite: "hi, could you please … for me, thanks"."""

import re
from dataclasses import dataclass

from chat.assistant.offline.phrase import Phrase
from chat.assistant.offline.verbs import GERUNDS

_GREETING = (
    r"(?:hi|hello|hey|hiya|heya|howdy|yo|greetings|good (?:morning|afternoon|evening|day))(?:"
    r" there)?|assistant|bot|buddy|friend|dear|computer"
)
_SMALL_WORDS = (
    r"please|kindly|okay|ok|k|so|well|um|uh|uhm|hmm|hm|oh|ah|ahh|right|alright|great|cool|perfect"
    r"|nice|awesome|excellent|lovely|wonderful|super|yes|yeah|yep|yup|sure|actually|also|and|then"
    r"|plus|just|quick|quickly|simply|maybe|perhaps|thanks|thank you|sorry|excuse me|first of all"
    r"|firstly|secondly|finally|lastly|now|but|oops|whoops|anyway|btw|by the way|in addition"
    r"|additionally|furthermore|one more thing|another thing|after that|afterwards|thank you very"
    r" much|thanks a lot|for me|no(?= [,.] \S)|hold on|wait|ooh|wow|yay|hooray|phew|listen|look"
)
_ASKING = (
    r"(?:would|do) you mind(?: please)?|(?:may|can|could) i ask you to|(?:can|could|would|will|may"
    r"|might) (?:you|we|i)(?: (?:please|kindly|maybe|possibly|just|also|perhaps|go ahead and|be so"
    r" kind as to|be so kind to|be so good as to|be able to|quickly|then|now))*(?: help me(?: to|"
    r" by| with)?)?|would it be (?:possible|ok|okay)(?: for you)? to|is it possible(?: for you)? to"
    r"|(?:are|were) you able to|any chance (?:you (?:can|could)|of)|(?:i|we) would (?:really"
    r" )?(?:like|love|appreciate it|prefer)(?: it)?(?: (?:you|if you(?: could| would| can)?))?(?:"
    r" to)?|(?:i|we) (?:want|need|wish|would like) you to|i want to|i wanna|i wish to|it would be"
    r" (?:great|nice|lovely|good|awesome) (?:if you (?:could|would|can)|to)|i was wondering if you"
    r" (?:could|can|would)|i wonder if you (?:could|can|would)|(?:be so kind|be a dear|be nice)(?:"
    r" as)?(?: and| to)|do me a favou?r(?: and)?|go ahead and|let us|let me(?! not)|feel free to"
    r"|you (?:can|could|may|should)|i think (?:you|we) (?:can|should)|please help me(?: to)?|help"
    r" me(?: to| by)?|i am going to|make sure (?:you|to)|be sure to|try to|time to|it is time to"
    r"|how about|what about|why do not you|for now|i (?:guess|suppose|think|believe|reckon)(?= (?:i"
    r"|we) )|(?:check|find out|look up|do you know|can you tell)(?: me)?(?= (?:what|which|when"
    r"|whether|if) )|(?:show|tell|let|see|remind)(?: me| us)?(?: know)?(?= (?:what|which|how|when"
    r"|whether|if|where)\b)|i meant(?: to)?(?= (?:add|delete|remove|complete|finish|mark|move"
    r"|rename|show|reopen|postpone|tick)\b)"
)
_LEADING = re.compile(rf"(?:{_ASKING}|{_GREETING}|{_SMALL_WORDS}|[,.!:;…-]|\.\.\.)(?: |$)")
_TRAILING = re.compile(
    r"(?:^|(?<= ))(?:please|kindly|thanks(?: a lot| so much| very much| in advance| again| mate)?"
    r"|thank you(?: (?:so|very) much| in advance| again| kindly)?|many thanks|cheers|for me"
    r"|if (?:you|u) (?:can|could|do not mind|would|please|like)|if (?:possible|that is ok(?:ay)?)"
    r"|(?:will|would|can|could) you|ok|okay|right now|immediately|asap|at once|straight away"
    r"|as well|too|also|already|now|again|then|(?:when|whenever) you can|would you kindly"
    r"|my (?:friend|dear)|mate|bro|dude|buddy|man|lol|haha|x|xx)$"
)
_CLOSING_MARKS = frozenset(",.!?:;)…-")
_LONGEST_TAIL = 6
_FRIENDLY = frozenset("🙏🙂😊😀😄😁👍❤️🙌😅🤗😉😃😎🥰💪✨🎉👏😇☺️♥️🫶👋😘🙃")
_ALSO = re.compile(r"(?:^(?:and|also|plus)\b)|\b(?:too|as well|also)(?: [.!?])*$")


@dataclass(frozen=True, slots=True)
class Plea:
    """What remains of a sentence.

    Attributes:
        phrase: the words that say what is wanted; none where all is courtesy.
        polite: whether it was asked for ("could you …"), which makes a question a command.
        also: whether it adds to what was said before ("and eggs too").
        asks: whether it ends in a question mark.
    """

    phrase: Phrase
    polite: bool
    also: bool
    asks: bool


def without_courtesy(phrase: Phrase) -> Plea:
    """Take polite words off both ends of a sentence."""
    asks = phrase.plain.rstrip(" !.)").endswith("?")
    also = bool(_ALSO.search(phrase.plain))
    bare, polite = _without_lead(phrase)
    bare = _without_tail(bare)
    if not bare:
        return Plea(bare, polite, False, asks)
    first = bare.words[0]
    if polite and first.plain in GERUNDS:
        base = Phrase.of(GERUNDS[first.plain]).words[0].plain
        word = type(first)(first.start, first.end, base)
        bare = Phrase(bare.source, (word, *bare.words[1:]))
    return Plea(bare, polite, also, asks)


def _without_lead(phrase: Phrase) -> tuple[Phrase, bool]:
    plain, place, polite = phrase.plain, 0, False
    while place < len(plain):
        if match := _LEADING.match(plain, place):
            polite = polite or bool(re.match(_ASKING, match.group()))
            place = match.end()
        elif _is_friendly(word := plain[place:].split(" ", 1)[0]):
            place += len(word) + 1
        else:
            break
    return phrase.within(place, len(plain)), polite


def _without_tail(phrase: Phrase) -> Phrase:
    words = phrase.words
    end = len(words)
    marks = _CLOSING_MARKS - {")"} if "(" in phrase.plain else _CLOSING_MARKS
    while end:
        last = words[end - 1].plain
        if last in marks or _is_friendly(last):
            end -= 1
            continue
        near = " ".join(word.plain for word in words[max(0, end - _LONGEST_TAIL) : end])
        match = _TRAILING.search(near)
        if not match:
            break
        rest = len(match.group())
        while rest > 0:
            end -= 1
            rest -= len(words[end].plain) + 1
    return phrase[:end]


def _is_friendly(word: str) -> bool:
    """Tell whether a word is nothing but faces, hands and hearts."""
    return all(character in _FRIENDLY for character in word)
