"""Understanding what is only talk: greetings, thanks, and questions about the assistant."""

import re

from chat.assistant.offline.intents import Say, Topic

_MODEL = (
    r"(?:ai|models?|gpt\S*(?: \d\S*)?|chatgpt|llms?|openai\S*|claude|ollama|gemini|mistral|llama\S*"
    r"|language models?|api(?: keys?)?|keys?|server|vllm|brain|intelligence)"
)
_CAN = r"(?:can|could|do|should|would|shall|may)"

_TALK: tuple[tuple[str, Topic], ...] = (
    (
        r"(?:(?:hi|hello|hey|hiya|heya|howdy|yo|greetings|hallo|hola|morning|sup|what is up"
        r"|good (?:morning|afternoon|evening|day))(?: |$))+(?:there|again|everyone|all|assistant"
        r"|bot|you|buddy|friend|robot|computer|mate)?|are you there|anybody there|anyone there"
        r"|ping|test|testing",
        "hello",
    ),
    (
        r"how are you(?: doing| today| feeling)*|how is it going|how do you (?:do|feel)"
        r"|are you ok(?:ay)?|what is new|how have you been|you (?:ok|okay|good|alright)",
        "feeling",
    ),
    (
        r"(?:(?:great|perfect|ok|okay|cool|nice|awesome|super|yes|good|many|lovely|wonderful) )*"
        r"(?:thanks|thank you|cheers|merci|danke|much appreciated|i appreciate (?:it|that)"
        r"|appreciated)(?: (?:a lot|so much|very much|again|for (?:your|the|all) help|for that"
        r"|for everything|mate|buddy|a bunch|a million|that is all|you|bot|very|dear))*"
        r"|that is all(?: for (?:now|today))?(?: thanks)?",
        "thanks",
    ),
    (
        r"(?:good ?)?bye(?: bye| now| for now)?|good ?night|see (?:you|ya)(?: later| soon"
        r"| tomorrow| around)?|cya|later|ciao|so long|take care|have a (?:nice|good|great) \S+"
        r"|(?:best|kind|kindest|warm) (?:regards|wishes)(?: \w+)?|(?:best|regards|sincerely|yours"
        r"(?: sincerely)?|xoxo)(?: \w+)?|until (?:tomorrow|next time)|farewell"
        r"|talk to you (?:later|soon)",
        "bye",
    ),
    (
        r"(?:(?:that is |this is |very |so |you are |really |pretty |quite |it is |how |just )*"
        r"(?:great|cool|nice|perfect|awesome|amazing|excellent|brilliant|wonderful|fantastic|good"
        r"|lovely|super|neat|wow|helpful|the best|impressive|sweet|yay|hooray|fine|alright|ok"
        r"|okay|okey|k|got it|i see|understood|right|smart|clever|ah|oh|hm+|aha|noted)"
        r"(?: |$))+(?:job|work|one|bot|stuff|assistant|thing)?|well done|good job|i (?:love|like)"
        r" (?:you|it|this|that)|(?:ha)+|lol|👍+|❤️+|🎉+",
        "praise",
    ),
    (
        r"(?:please )?help(?: me)?(?: out)?(?: please)?|\?+|commands?|options|menu|manual|usage"
        r"|instructions|examples?|features|tutorial|guide|what|huh|eh|i am (?:lost|stuck"
        r"|confused)|i need (?:some |your )?help|i do not (?:know|understand).{0,40}|how"
        r"|what(?: else| all| kind of (?:things|stuff)| things)? (?:can|could|may) (?:you|i|we)"
        r"(?: (?:do|say|ask|write|type|help(?: me)?|offer|tell you|use you for|here|with you"
        r"|with this|for me|with|exactly|now|else|know|understand|able to do))*"
        r"|what should i (?:say|ask|type|write)(?: to you| here| now)?|what do you (?:do|offer)"
        r"|what (?:are|is) (?:you able to do|you for|this(?: for)?|your (?:features|capabilities"
        r"|skills|purpose|job|functions?|commands|abilities)|the (?:commands|options))"
        rf"|how {_CAN} (?:you|this|it|i (?:use (?:you|this|it)|start|begin|talk to you|work with"
        r" (?:you|this)))(?: (?:work|help|assist|be used))?(?: me| with this)?"
        r"|how to (?:use (?:you|this|it)|start)|how does (?:this|it)(?: \S+)? work"
        r"|(?:show|tell) me (?:what you (?:can|could) do|(?:the |some )?(?:commands|options"
        r"|examples|help)|how (?:this|it|you) works?)|what are you (?:able|capable) .{0,40}"
        r"|where (?:do|should) i (?:start|begin) with (?:you|this)|get(?:ting)? started",
        "help",
    ),
    (
        r"(?:who|what) (?:are|r) you(?: exactly| anyway| really| made of)?"
        r"|are you (?:an? )?(?:real |actual |just )*(?:human|robot|bot|chatbot|person|machine"
        r"|program|script|(?:large )?" + _MODEL + r"|intelligent|smart|alive|sentient|conscious"
        r"|clever|there|based on .{1,30}|powered by .{1,30}|using .{1,30}|offline|online)"
        r"(?: or .{1,40})?|what is your (?:name|model|version)|(?:please )?introduce yourself"
        r"|tell me (?:about|something about|more about) (?:yourself|you)|do you have a name"
        rf"|(?:which|what)(?: kind of| sort of| type of)? (?:{_MODEL}|bot|assistant|version)"
        r"(?: (?:are|is) (?:you|this|it|that)(?: using| running| based on)?| do you use"
        r"| powers you| runs here| am i (?:talking|speaking|chatting) (?:to|with))?"
        r"|who (?:made|built|created|wrote|programmed|owns) you|how were you made"
        r"|who am i (?:talking|speaking|chatting) (?:to|with)|is (?:this|that|it) (?:an? )?(?:real "
        rf")?(?:{_MODEL}|bot|human|person)|how smart are you|do you (?:understand|speak)"
        r" (?:me|english|german|french|spanish|other languages|.{1,20})|are you sure",
        "about",
    ),
    (
        rf"(?:how {_CAN} (?:i|we|you) |how to |(?:can|could) (?:i|we|you) |i want to |i would like"
        r" to |where (?:do|can) i )?(?:please )?(?:connect|use|configure|set up|setup|switch to"
        r"|enable|plug in|install|change|hook up|get|attach|link|activate|add|put|enter|set)"
        rf"(?: (?:to|you|it|this|an?|the|my|your|own|real|better|another|different|other|proper"
        rf"|bigger|large|smarter|actual|external|local|cloud|in))* {_MODEL}"
        rf"(?: (?:{_MODEL}|to this|here|to you|to it|with this|for this|instead|in|with chatkit"
        r"|model))*|openai_api_key|(?:the |my |an )?api keys?|openai_base_url|chatkit_model"
        rf"|(?:a |the )?(?:real|better) {_MODEL}|what about (?:openai|chatgpt|a real model)"
        r"|what (?:can|would|could) (?:a|the) real model do",
        "connect",
    ),
    (
        r"(?:yes|yeah|yep|yup|y|ya|ja|sure|of course|do it|go ahead|go for it|absolutely|definitely"
        r"|certainly|indeed|exactly|correct|please do|yes please|ok do it)(?: please| thanks)?",
        "yes",
    ),
    (
        r"no+|nope|nah|no(?: no)+|no thanks|no thank you|never mind(?: that| it)?|forget (?:it|that"
        r"|about it|about that)|cancel(?: that| it| this)?|stop(?: it| that)?|nothing(?: else)?"
        r"|leave (?:it|that|them|everything)(?: as (?:it is|is|they are)| alone)?|do nothing"
        r"|not (?:now|yet|really|today|at all)|abort|do not(?: do (?:it|that|anything))?"
        r"|do not bother|skip(?: it| that)?|i changed my mind|better not|rather not"
        r"|please do not|i do not want (?:to|that|it|anything)|no i do not",
        "no",
    ),
    (
        r"(?:tell me )?(?:what|which)(?: (?:day|date|weekday))* (?:is|do we have)(?: (?:it|the|this"
        r"|day|date|today))*|(?:the )?(?:today's|current) (?:date|day)|what is (?:today's|the"
        r"|the current) (?:date|day)(?: today)?|what is today|date",
        "today",
    ),
    (
        r"(?:oh )?(?:i am )?(?:so |very )?sorry|my (?:mistake|bad|fault)|oops|whoops|apologies",
        "sorry",
    ),
)
_CANNOT = re.compile(
    r"(?:share|send|e-?mail|export|print|sync|archive|sort|reorder|rearrange|colou?r) (?:me )?"
    r"(?:my|the|this) (?:(?:todo|task|shopping) )?(?:list|tasks|todos|items)\b.*"
    r"|swap #?\d+ (?:and|with) #?\d+|(?:set|change|give|raise|lower|make) (?:the )?priority\b.*"
    r"|(?:archive|prioriti[sz]e|pin|star|share|assign|tag|highlight) (?:task |number )?#?\d+\b.*"
    r"|(?:add|create|make) (?:an? )?(?:subtasks?|sub-tasks?|notes?|tags?|labels?|comments?"
    r"|attachments?|priority) (?:to|for|under|on) (?:task |number )?#?\d+\b.*"
)
_PATTERNS = tuple((re.compile(pattern), topic) for pattern, topic in _TALK)
_MARKS = re.compile(r"[^\w' ]+")
_LONGEST = 120

_HOW_TO = re.compile(
    rf"(?:how {_CAN} (?:i|we|you|one)|how to|how does one|(?:can|could) (?:i|you|we)(?: also)?"
    r"|are you able to|is it possible to|do you know how to|what do i (?:say|type|write) to"
    r"|what happens (?:if|when) i|where can i|tell me how to|show me how to|explain how to)"
    r" (?P<what>add|create|make|delete|remove|complete|finish|mark|rename|change|edit|move"
    r"|postpone|reschedule|undo|reopen|list|show|see|plan|chart|clear|tick|check|set)\b"
)

YES = re.compile(
    r"(?:(?:yes|yeah|yep|yup|ya|ja|sure|ok|okay|okey|y|please|do|it|that|so|go|ahead|of|course"
    r"|definitely|absolutely|right|correct|exactly|indeed|alright|fine|why|not|sounds|good|add"
    r"|them|all|both|i|would|like|want|these|those|for it|and)(?: |$))+|👍+|✅|👌"
)
_YES_START = re.compile(
    r"(?:yes|yeah|yep|yup|ya|ja|sure|ok|okay|y|please|do (?:it|that|so)|go (?:ahead|for it)"
    r"|of course|definitely|absolutely|right|correct|exactly|indeed|alright|fine|why not"
    r"|sounds good|add|👍|✅|👌)"
)


def read_talk(plain: str) -> Say | None:
    """Return what to talk about where a sentence is only talk, else None."""
    if len(plain) > _LONGEST:
        return None
    words = " ".join(_MARKS.sub(" ", plain).split()) or plain.strip()
    for pattern, topic in _PATTERNS:
        if pattern.fullmatch(words):
            return Say(topic)
    return None


def read_unable(plain: str) -> Say | None:
    """Return that something is asked for which these lists do not have, else None."""
    return Say("cannot") if _CANNOT.fullmatch(plain) else None


def read_how_to(plain: str, asks: bool) -> Say | None:
    """Return which command to explain where a question is about commands, else None.

    "How do I delete a task?" and "can you rename tasks?" are such; "can you delete 2?" is not.
    """
    match = _HOW_TO.match(plain)
    if not match or len(plain) > _LONGEST:
        return None
    about = plain[match.end() :]
    in_general = re.fullmatch(
        r"(?: (?:an?|my|the|some|several|multiple|new|old|things?|tasks?|todos?|items?|entry"
        r"|entries|one|reminders?|stuff|something|list|lists|due|dates?|deadlines?|for|to|of|as|done"
        r"|on|from|complete|finished|off|here|it|again|me|day|name|title))*[ ?.!]*",
        about,
    )
    wants_to_know = not plain.startswith(("can ", "could ", "are you", "is it"))
    general_noun = bool(re.search(r"\b(?:tasks|todos|items|things|reminders|dates|an?)\b", about))
    if wants_to_know or (in_general and general_noun and asks):
        return Say("how", match["what"])
    return None


def is_yes(plain: str) -> bool:
    """Tell whether an answer agrees."""
    words = " ".join(_MARKS.sub(" ", plain).split()) or plain.strip()
    return len(words) < _LONGEST and bool(YES.fullmatch(words) and _YES_START.match(words))
