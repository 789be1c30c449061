"""The ways to say that a task is done, open again, or to be deleted."""

import re

from chat.assistant.offline.intents import Verb
from chat.assistant.offline.references import LIST, THING

DONE = (
    r"(?:all )?(?:done|finished|complete|completed|closed|ticked(?: off)?|checked(?: off)?"
    r"|crossed(?: off| out)?|handled|dealt with|taken care of|sorted(?: out)?|accomplished"
    r"|resolved|through|bought|paid|settled|wrapped up|done with|as done"
    r"|✅|✓|✔|✔️|☑|☑️|👍)"
)
UNDONE = (
    rf"(?:not (?:yet |really |actually )?{DONE}(?: yet)?|undone|open|incomplete|unfinished|active"
    r"|todo|to do|pending|unchecked|unticked|uncompleted|reopened)"
)
_IS = (
    r"(?:is|are|was|were|am|has been|have been|has|got|gets|can be|should be|will be|"
    r"is to be|must be|as|:|=|-)"
)
_SOON = r"(?:all |now |already |just |finally |also |both |completely |at last |actually )*"
_OFF = rf"(?: (?:off|from|on|in|of|out of)(?: {LIST})?)?"
_SUBJECT = (
    r"(?:(?:i|we)(?: (?:have|had|did|am|are|was))?|have|had|has been|ive|just|already|finally)"
)


def _compiled(*pairs: tuple[Verb, str]) -> tuple[tuple[Verb, re.Pattern[str]], ...]:
    return tuple((verb, re.compile(pattern)) for verb, pattern in pairs)


# What can be said of any task, by its title too.
OPENLY = _compiled(
    (
        "reopen",
        rf"(?:mark|set|flag|make|put|move|turn|change|label|tick|switch) (?P<ref>.+?) ?(?:back )?"
        rf"(?:as |to |to be |into )?{UNDONE}(?: again| please)?",
    ),
    (
        "reopen",
        r"(?:reopen|uncomplete|unfinish|uncheck|untick|unmark|reactivate|unclose|un-complete"
        r"|un-finish|un-tick|undo|restore|revive|bring back|recover|undelete)"
        rf"(?: the completion of)? (?P<ref>.+?)(?: again| back)?{_OFF}",
    ),
    (
        "reopen",
        rf"(?P<ref>.+?) (?:is|are|was|were) (?:still |actually |in fact )*{UNDONE}"
        r"(?: yet| again| after all)?",
    ),
    (
        "reopen",
        r"(?:not (?:yet )?done|undone|open again|unfinished|not finished)(?: with| :)? "
        r"(?P<ref>.+)",
    ),
    (
        "reopen",
        r"(?:(?:i|we) )?(?:did|have|had|am|are) not (?:yet |actually |really |quite )*(?:done"
        r"|finished|finish|completed|complete|do|bought|buy|got|get|gotten|paid|pay|called|call"
        r"|did|through)(?: with)? (?P<ref>.+?)(?: yet| after all| actually| so far)*",
    ),
    (
        "complete",
        rf"(?:mark|set|flag|make|label|put|tick|check|cross|count|consider|turn|switch|move"
        rf"|change|update|call|declare) (?P<ref>.+?)(?: off)?"
        rf" (?:as |off as |down as |to |to be |into |over to |= )?{DONE}(?: please)?",
    ),
    ("complete", rf"(?:check|cross|strike|mark|tick|knock|scratch) (?P<ref>.+?) off{_OFF}"),
    (
        "reopen",
        rf"put (?P<ref>.+?) back (?:on|onto|to|in|into) {LIST}",
    ),
    (
        "delete",
        r"(?:do not|stop|no need to|you need not|quit) remind(?:ing)? me (?:to|about|of|that)"
        r" (?P<ref>.+?)(?: any ?more| any longer| again)?",
    ),
    (
        "complete",
        r"(?:mark|set) (?:as )?(?:done|complete|completed|finished)(?: :)? (?P<ref>.+)",
    ),
    (
        "complete",
        r"(?:complete|finish|finish off|finish up|finish with|tick off|check off|cross off|cross"
        r" out|strike off|strike out|strike through|mark off|close out|accomplish|tick|cross)"
        rf"(?: :)? (?P<ref>.+?)(?: (?:off|as done|as complete|as completed|now))?{_OFF}",
    ),
    (
        "complete",
        rf"(?:{_SUBJECT} )*{_SOON}(?:done|finished|completed|did|ticked off|crossed off|checked"
        r" off|dealt with|took care of|taken care of|handled|accomplished|through|sorted)"
        rf"(?: with| :)? (?P<ref>.+?){_OFF}",
    ),
    ("complete", rf"(?P<ref>.+?) {_IS} {_SOON}{DONE}(?: now| too| already| as well| with)?"),
    ("complete", rf"(?P<ref>.+?) {DONE}"),
    ("complete", rf"{DONE}(?: :| -)? (?P<ref>.+)"),
    (
        "delete",
        r"(?:delete|remove|erase|get rid of|discard|eliminate|purge|scrap|scratch|trash|axe"
        r"|ditch|nuke|wipe out|wipe)(?: :)?(?: from (?:my|the) list)? (?P<ref>.+?)"
        rf"(?: (?:off|from|out of|on|in|of) {LIST})?(?: again| now| completely| forever)?",
    ),
    (
        "delete",
        rf"(?:take|get|cross|knock|strike|kick|throw|keep|pull|clear|drop|cancel|leave)"
        rf" (?P<ref>.+?) (?:off|from|out of|out)(?: of)? {LIST}",
    ),
    ("delete", rf"(?:take|knock|clear) off (?P<ref>.+?)(?: (?:from|of) {LIST})?"),
    (
        "delete",
        r"(?:i|we) (?:do|will|am|are) (?:not|no longer)(?: really)? (?:need|want|have|going)"
        r"(?: to)?(?: (?:do|buy|get|call|pay|see|to do))? (?P<ref>.+?)"
        r" (?:any ?more|any longer|after all|on (?:my|the) list)",
    ),
    (
        "delete",
        r"(?:i |we )?no longer (?:need|want)(?: to (?:do|buy|get|call|pay))? (?P<ref>.+)",
    ),
    ("delete", r"never mind (?:about )?(?P<ref>.+)|forget about (?P<ref2>.+)"),
)

# What is a task of its own ("clean the kitchen"), unless a number, "it" or the list follows.
GUARDED = _compiled(
    (
        "complete",
        rf"(?:check|close|resolve|conclude|wrap up|cross|strike|mark|do|x|✅|✓|✔|☑)"
        rf"(?: :| off)? (?P<ref>.+?){_OFF}",
    ),
    ("complete", r"(?P<ref>.+?) (?:✅|✓|✔|✔️|☑|x|ok|okay|yes|check|off|tick|finish)"),
    (
        "delete",
        r"(?:drop|bin|take(?= .* off$)|throw out|throw away|cancel|clear|clear out|clean out|clean"
        r" up|clean|empty|forget|skip|kill|reset|toss|dump|flush|destroy|exclude|abandon|del|minus"
        r"|-)"
        rf"(?: off)? (?P<ref>.+?)(?: off$| (?:off|from|out of|on|in|of) {LIST})?",
    ),
    (
        "reopen",
        r"(?:open|put|bring|unarchive|recover)(?: back)? (?P<ref>.+?)(?: back| again)"
        rf"(?: (?:on|to|in) {LIST})?",
    ),
    ("reopen", rf"(?P<ref>.+?) {UNDONE}"),
)

# "mark everything as done except milk": the exception belongs to what is meant.
EXCEPT_LAST = re.compile(
    r"(?P<head>(?:mark|set|tick|check|cross|complete|finish) (?:all|everything)\b.*?)"
    rf"(?P<done> (?:off|as|as {DONE}|{DONE}|off as {DONE}))"
    r"(?P<but> (?:except|but|besides|other than|apart from|excluding)(?: for| not)? .+)"
)

BARE = _compiled(
    (
        "complete",
        rf"(?:{_SUBJECT} )*{_SOON}(?:done|finished|complete|completed|did it|ready|✅|✓|✔|☑)"
        r"(?: now| already| too| with (?:it|that))?|mark (?:as )?(?:done|complete|completed)"
        r"|finish|check|tick off|check off|tick|complete",
    ),
    ("delete", r"delete|remove|erase"),
    ("reopen", r"reopen|not done(?: yet)?|uncheck|untick"),
)

UNDO = re.compile(
    r"(?:undo|revert|reverse|roll back|take back|restore|bring back)(?: (?:it|that|this|them|please"
    r"|again|the|my|your|last|latest|previous|one|change|changes|action|step|command|deletion"
    r"|delete|completion|what you did|what you just did|deleted|thing|task|just|now))*|take (?:it"
    r"|that|them) back|put (?:it|them|that) back|go back|(?:ctrl|control|cmd)[ +-]?z|back|i did not"
    r" mean (?:to do )?(?:that|it|this)|that was (?:a mistake|wrong|an accident|not what i (?:meant"
    r"|wanted))|(?:that is )?not what i (?:meant|wanted|said)|bring (?:it|that|them) back|get (?:it"
    r"|that|them) back|wrong(?: one| task)?|mistake"
)

CLEAR_LIST = re.compile(
    rf"(?:start (?:over|afresh|fresh|again|from scratch|anew)|clear|clear (?:all|list|it all)"
    rf"|(?:clear|empty|wipe|reset|purge|clean)(?: (?:out|up|off))? (?:{LIST}|everything"
    rf"|all(?: (?:my"
    r"|the) tasks)?)|delete (?:list|all)|remove all|empty list|reset|new list|fresh start)"
)
CLEAR_DONE = re.compile(
    rf"(?:clear|clean|clean up|clear out|empty|tidy up|archive|sweep)(?: (?:out|up|off|away))?(?:"
    rf" all)?(?: of)?(?: the| my)? (?:completed|done|finished|ticked|checked)(?: (?:{THING}|list"
    rf"|stuff))?(?: (?:from|off|of|on|in) {LIST})?"
)
KEEP = re.compile(
    r"keep (?!in mind).+|(?:do not|never) (?:you )?(?:delete|remove|complete|finish|add|mark|tick"
    r"|erase|change|move|rename|clear|touch|postpone|close|reopen|cancel|drop|edit|update|undo|show"
    r"|list)\b.*"
)
