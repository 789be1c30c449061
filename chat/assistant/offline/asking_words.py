"""The words of questions about the list."""

import re

from chat.assistant.offline.word_sets import word_set

SHOW_STARTS = word_set(
    """
    show display list print see view get give tell check open read pull bring look review recap
    what which where do are is any anything my the all tasks task todos todo pending remaining
    done completed finished overview summary summarise summarize status agenda today's tomorrow's
    current have upcoming overdue reminders reminder am did go output who need return want expose
    full entire load reload refresh whole lists things stuff still still, unfinished outstanding
    incomplete active
    """
)

LIST_NOUNS = word_set(
    """
    list lists tasks task todos todo items item agenda reminders reminder overview summary
    todolist things chores errands plate deadlines
    """
)

DONE_WORDS = word_set(
    """
    done finished finish completed complete accomplished achieve achieved accomplish ticked closed
    did
    """
)

OPEN_WORDS = word_set(
    """
    open left pending remaining outstanding unfinished incomplete active have need must still
    should undone do due not got
    """
)

LIST_WORDS = (
    SHOW_STARTS
    | LIST_NOUNS
    | DONE_WORDS
    | OPEN_WORDS
    | word_set(
        """
        me us my our the a an of on in for to at from with and or it is are was were be been being
        that this there here i we your whole entire full current currently right now again up out
        over through around only just exactly so far already yet else more most what which all
        each every please quick quickly short brief do does can could would like shopping
        happening look remains miss grocery personal work home contents content things thing stuff
        everything something anything today tomorrow yesterday week month year recently lately
        last past earlier morning afternoon evening coming upcoming soon next days few late behind
        missed overdue going left ones one number numbers titles names details board page screen
        plate them have has had got get done gotten see looking know let say remind first view
        latest it's plan ahead need needs needed want able scheduled planned buy remember ' "
        """
    )
)

CHART_WORDS = re.compile(
    r"(?:^(?:(?:show|draw|plot|see|view|display|give|get|make|create|generate|print|open|bring up"
    r"|build|render|do|have|visuali[sz]e|check|what is|what are|how is|how are)(?: (?:me|us|a|an"
    r"|the|my|our|some|that|as|up|of|nice|little|small|quick|bar|line|new|like|at|look|into))* "
    r"|^(?:a |my |the |bar |some )*)(?:charts?|graphs?|stats?|statistics|diagrams?|histogram|bar"
    r" chart|line chart|productivity|progress|history|streak|performance|numbers|track record|trend"
    r"|trends|figures|metrics|achievements?|report card|completion (?:rate|history|chart)|completed"
    r" (?:chart|graph))(?: (?:please|of|for(?= (?:the |my )?(?:last|past|this|\d|week|month|today"
    r"|me\b|tasks|all))|over|in|on|from|about|with|chart|graph|report|so far|today|this|these|the"
    r"|last|past|my|what|i|tasks?|how|that|showing|lately|look|looking|going|coming along|did|have"
    r"|has|done|doing|completed|finished|per|each|by|day|work|been|a|an|\d+|recently)|$)|^(?:chart"
    r"|graph|plot|visuali[sz]e)(?: (?:it|that|this|my|the|what|how|out|me|done|tasks|last|past|of"
    r"|for|progress|completed|finished|everything))*(?: |$)|^how (?:am i|have i been|did i|was i"
    r"|are we|was my (?:day|week|month)) ?(?:doing|do|going|progressing|performing|coming along"
    r"|getting on|getting along|been)?(?: (?:so far|today|this|last|past|these|the|lately|recently"
    r"|with|on|my|tasks|list|todos|in|over|week|weeks|month|months|days?|year|\d+|two|three|four"
    r"|few|at|it|all|overall|general|work))*$|^(?:how|am i|was i|have i been) (?:very |really |so "
    r"|being )*productive\b|^how productive\b|^how (?:well|much|good|fast) (?:am i|have i|did i|do"
    r" i|was i)(?: (?:doing|done|do|get|got|gotten|been|finish|finished|complete|completed"
    r"|accomplish|accomplished|work|worked|achieve|achieved))+\b|^how many (?:tasks |todos |things "
    r"|items )?(?:have i |did i |i have |i )(?:done|do|finish|finished|complete|completed|get done"
    r"|got done|tick off|ticked off|managed?|accomplished?) (?:.*\b)?(?:day|days|today|yesterday"
    r"|week|weeks|month|months|year|lately|recently)\b|^how (?:was|is|were) (?:my |the |this |last "
    r"|past )*(?:week|month|day|year)\b|^(?:my )?(?:daily|weekly|monthly) (?:charts?|graphs?|stats"
    r"|statistics|reports?|progress)|\b(?:as|in|on) a (?:bar |line |little |nice )*(?:chart|graph"
    r"|diagram)$|\bdone per day\b|\bper day\b.*\b(?:done|finished|completed)\b)"
)

NEXT = re.compile(
    r"(?:and |so )?(?:what is|what comes|what are) (?:up |due |on |coming )?next(?: (?:on|in|for"
    r"|from) (?:my|the) list| up| for me| then| to do)*|what (?:should|do|can|shall|must|could)"
    r" (?:i|we) (?:do|start|tackle|work on|focus on|be doing|be working on|begin with|start with"
    r"|finish|handle)(?: (?:first|next|now|right now|with|then))*|what now|what to do(?: next| now|"
    r" first)?|where (?:do|should|shall) (?:i|we) (?:start|begin)|which (?:task|one|todo|item|of"
    r" them|thing)?(?: is| should)?(?: (?:i|be|do|first|next|most|the|more|urgent|important|due"
    r"|start|with|comes|done))+|(?:what|which)(?: (?:is|are|task|todo|one|my|the|thing|item))*"
    r" (?:most |more |next |highest |top |biggest )+(?:urgent|important|pressing|priority|due|task"
    r"|todo|thing|deadline|item)(?: (?:task|thing|todo|one|item|right now|now|is|for me|on my list"
    r"|today))*|next(?: task| one| up| todo| thing| please)*|(?:my |the )?next task|what (?:is|are)"
    r" (?:the )?(?:priority|priorities|my priorities|urgent|important)|is (?:anything|something)"
    r" (?:urgent|important|pressing)|anything urgent|(?:show me |tell me |give me )(?:my |the"
    r" )?next (?:task|one|thing|todo)"
)
