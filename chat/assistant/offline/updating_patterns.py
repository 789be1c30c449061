"""The ways to say what a task is called from now on, or when it is due."""

import re

DATE_NOUN = r"(?:(?:due )?(?:date|day|dates|time)|deadline|due|schedule)"
TO = r"(?:to|into|as|with|by|->|=>|→|:|=)"
MOVE = re.compile(
    r"(?:move|shift|push|postpone|reschedule|delay|defer|put off|snooze|carry over|bump|drag|put"
    r"|set|change|make|bring|schedule|adjust|advance|extend|plan|switch|update|re-schedule|do|get"
    r"|hold|suspend|leave|prepone|place|transfer)(?: back| forward| off| out| up| over)?\b"
)
# With these, any title may follow; with the others only what is surely a task of the list.
SURELY_MOVES = frozenset(
    [
        "postpone",
        "reschedule",
        "delay",
        "defer",
        "snooze",
        "carry",
        "bump",
        "adjust",
        "extend",
        "prepone",
        "re-schedule",
    ]
)
TOWARDS = re.compile(r"(?:to|till|until|for|on|onto|by|at|as|due)(?: be| due)*(?: on| by| for)?$")
AWAY = re.compile(r" (?:back|forward|forwards|off|out|up|over|along|later)$")

CERTAIN = (
    r"(?:it|that|#?\d{1,3}|(?:task|number|item) \d{1,3}"
    r"|the (?:first|second|third|last) (?:one|task))"
)
CONTRAST = re.compile(r" not (?:due )?(?P<wrong>\S.{0,40}?)(?: ,)? but(?= )")
INSTEAD = re.compile(r" (?:instead|rather)$")
RENAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:rename|retitle|relabel|re-name|reword|rephrase) (?P<ref>.+?) {TO} (?P<new>.+)",
        rf"(?:rename|retitle|call|make) (?P<ref>{CERTAIN}) (?:(?:say|read|into|to) )?(?P<new>.+)",
        rf"(?:change|edit|update|set|correct|fix) (?:the|its) (?:name|title|text|wording) {TO}"
        r" (?P<new>.+)",
        rf"(?P<ref>{CERTAIN}) (?:should|must|shall|is to|has to) be (?P<new>.+)",
        r"(?:update|edit|change|correct|modify) (?P<ref>.+?) : (?P<new>.+)",
        r"(?:change|edit|update|set|correct|fix|modify) (?:the )?(?:name|title|text|wording"
        rf"|description|label) (?:of|for|on) (?P<ref>.+?) {TO} (?P<new>.+)",
        r"(?:change|edit|update|set|correct|modify) (?P<ref>.+?)'s (?:name|title|text|wording) "
        rf"{TO} (?P<new>.+)",
        r"(?:change|replace|turn|swap|edit|update|correct|modify|substitute|switch|alter|exchange"
        r"|amend|convert) (?P<ref>.+?) (?:to|into|with|for|by|->|=>|→)(?: say| be)?"
        r" (?P<new>.+)",
        r"(?P<ref>.+?) (?:should|must|shall|has to|needs to|ought to) (?:be called|be named|say"
        r"|read|be renamed to) (?P<new>.+)",
        r"(?:call|name) (?P<ref>\S+|(?:task|number|the) \S+(?: one)?) (?P<new>.+)",
        r"(?:make|let) (?P<ref>.+?) (?:say|read|into|be called) (?P<new>.+)",
        r"(?P<ref>#?\d{1,3}|task \d{1,3}|number \d{1,3}) (?:to|is now|becomes) (?P<new>.+)",
        r"(?P<ref>.+?) (?:->|=>|→) (?P<new>.+)",
        r"i meant (?P<new>.+?)(?: ,)?(?: not .+)?",
    )
)
RENAME = re.compile(
    r"(?:rename|retitle|relabel|re-name|reword|rephrase) |.{0,20}?\b(?:name|title|text|wording) of "
)
CLEARS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:remove|clear|delete|drop|unset|erase|take(?: off| away)?|get rid of|cancel|lose|no"
        rf"|without|strip|reset)(?: (?:the|any|its|all|a|their|due|my))* {DATE_NOUN}"
        r"(?: (?:of|for|from|on|off) (?P<ref>.+))?",
        rf"(?P<ref>.+?) (?:has|have|needs?|should have|gets?|with)? ?(?:no|not a|without)(?: a|"
        rf" any)?(?: fixed)? {DATE_NOUN}(?: any ?more)?",
        rf"(?P<ref>.+?) (?:does|do) not (?:have|need) (?:a |any )?{DATE_NOUN}(?: any ?more)?",
        rf"(?:take|remove) (?P<ref>.+?) off (?:its |the )?{DATE_NOUN}",
        rf"take (?:the |its )?{DATE_NOUN} (?:off|away)(?: (?:from|of) (?P<ref>.+))?",
        rf"(?:clear|remove|delete|drop|reset) (?P<ref>.+?)'s {DATE_NOUN}",
        r"(?:unschedule|undate) (?P<ref>.+)",
        r"(?:make|set|leave|keep|mark) (?P<ref>.+?) (?:as )?(?:undated|unscheduled|without a date"
        r"|to no date|to none|whenever|anytime|to (?:some ?day|any ?time|whenever))",
        r"(?P<ref>.+?) (?:can wait|whenever|some ?day|any ?time)(?: is fine)?",
    )
)
DUE_OF = re.compile(
    rf"(?:(?:set|change|make|move|update|put|give|add|edit|adjust|extend|push"
    r"|postpone|shift)(?: the| a| an| my| new)* )?(?:the )?"
    rf"(?:new )?{DATE_NOUN} (?:of|for|on|to) (?P<ref>.+?)"
    r"(?: (?:is|to|on|as|for|=|:|should be|be))*"
)
ITS_DATE = re.compile(
    rf"(?:set|change|make|move|update|edit|adjust) (?:the|its)(?: new)?(?: {DATE_NOUN})?"
)
POSSESSED = re.compile(rf"(?:set|change|make|move|update|edit|adjust) (?P<ref>.+?)'s {DATE_NOUN}")
FROM_TO = re.compile(
    r"(?:move|shift|push|postpone|reschedule|delay|defer|bring|change|transfer)"
    rf" (?:(?:the |its )?{DATE_NOUN} (?:of|for) )?(?P<ref>.+?)(?: due)?"
    r" from (?P<old>.{1,40}?) (?:to|until|till|onto) (?P<new>.{1,40})"
)
GIVE = re.compile(
    rf"(?:give|assign) (?P<ref>.+?) (?:a |the |its )?(?:new )?(?:{DATE_NOUN})(?: (?:of|on|for|by"
    rf"|:))?"
)
DEADLINE = re.compile(
    rf"(?:add|set|put|give)(?: an?| the)?(?: new)? {DATE_NOUN}(?: (?:of|for|on|:))?"
)
INCOMPLETE = re.compile(r"(?:rename|retitle|edit|change|move|update|reschedule|modify) (?P<ref>.+)")
STATED = re.compile(
    r"(?P<ref>.+?) (?:is|are|should be|must be|has to be|needs to be|can be|will be|was)"
    r"(?: now| actually| really)*(?: due| scheduled| set| moved| postponed| done| finished"
    r"| completed| ready)*"
)
