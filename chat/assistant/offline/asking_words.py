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
    r"|build|render|do|have|visuali[sz]e|check|what is|what are|how is|how are)"
    r"(?: (?:me|us|a|an|the|my|our|some|that|as|up|of|nice|little|small|quick|bar|line|new|like"
    r"|at|look|into))* |^(?:a |my |the |bar |some )*)"
    r"(?:charts?|graphs?|stats?|statistics|diagrams?|histogram|bar chart|line chart|productivity"
    r"|progress|history|streak|performance|numbers|track record|trend|trends|figures|metrics"
    r"|achievements?|report card|completion (?:rate|history|chart)|completed (?:chart|graph))"
    r"(?: (?:please|of|for(?= (?:the |my )?(?:last|past|this|\d|week|month|today|me\b|tasks|all))"
    r"|over|in|on|from|about|with|chart|graph|report|so far|today|this|these"
    r"|the|last|past|my|what|i|tasks?|how|that|showing|lately|look|looking|going|coming along"
    r"|did|have|has|done|doing|completed|finished|per|each|by|day|work|been|a|an|\d+|recently)|"
    r"$)"
    r"|^(?:chart|graph|plot|visuali[sz]e)(?: (?:it|that|this|my|the|what|how|out|me|done|tasks"
    r"|last|past|of|for|progress|completed|finished|everything))*(?: |$)"
    r"|^how (?:am i|have i been|did i|was i|are we|was my (?:day|week|month)) ?(?:doing|do|going"
    r"|progressing|performing|coming along|getting on|getting along|been)?(?: (?:so far|today"
    r"|this|last|past|these|the|lately|recently|with|on|my|tasks|list|todos|in|over|week|weeks"
    r"|month|months|days?|year|\d+|two|three|four|few|at|it|all|overall|general|work))*$"
    r"|^(?:how|am i|was i|have i been) (?:very |really |so |being )*productive\b"
    r"|^how productive\b|^how (?:well|much|good|fast) (?:am i|have i|did i|do i|was i)"
    r"(?: (?:doing|done|do|get|got|gotten|been|finish|finished|complete|completed|accomplish"
    r"|accomplished|work|worked|achieve|achieved))+\b"
    r"|^how many (?:tasks |todos |things |items )?(?:have i |did i |i have |i )(?:done|do|finish"
    r"|finished|complete|completed|get done|got done|tick off|ticked off|managed?|accomplished?)"
    r" (?:.*\b)?(?:day|days|today|yesterday|week|weeks|month|months|year|lately|recently)\b"
    r"|^how (?:was|is|were) (?:my |the |this |last |past )*(?:week|month|day|year)\b"
    r"|^(?:my )?(?:daily|weekly|monthly) (?:charts?|graphs?|stats|statistics|reports?|progress)"
    r"|\b(?:as|in|on) a (?:bar |line |little |nice )*(?:chart|graph|diagram)$|\bdone per day\b"
    r"|\bper day\b.*\b(?:done|finished|completed)\b)"
)

NEXT = re.compile(
    r"(?:and |so )?(?:what is|what comes|what are) (?:up |due |on |coming )?next(?: (?:on|in|for"
    r"|from) (?:my|the) list"
    r"| up| for me| then| to do)*|what (?:should|do|can|shall|must|could) (?:i|we) (?:do|start"
    r"|tackle|work on|focus on|begin with|start with|finish|handle)(?: (?:first|next|now|right now"
    r"|with|then))*|what now|what to do(?: next| now| first)?|where (?:do|should|shall) (?:i|we)"
    r" (?:start|begin)|which (?:task|one|todo|item|of them|thing)?(?: is| should)?(?: (?:i|be|do"
    r"|first|next|most|the|more|urgent|important|due|start|with|comes|done))+"
    r"|(?:what|which)(?: (?:is|are|task|todo|one|my|the|thing|item))* (?:most |more |next |highest "
    r"|top |biggest )+(?:urgent|important|pressing|priority|due|task|todo|thing|deadline|item)"
    r"(?: (?:task|thing|todo|one|item|right now|now|is|for me|on my list|today))*"
    r"|next(?: task| one| up| todo| thing| please)*|(?:my |the )?next task"
    r"|what (?:is|are) (?:the )?(?:priority|priorities|my priorities|urgent|important)"
    r"|is (?:anything|something) (?:urgent|important|pressing)|anything urgent"
    r"|(?:show me |tell me |give me )(?:my |the )?next (?:task|one|thing|todo)"
)
