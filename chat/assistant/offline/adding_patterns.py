"""The ways to ask for tasks to be added, and what only looks like one."""

import re

from chat.assistant.offline.references import LIST, THING
from chat.assistant.offline.word_sets import word_set

ON_LIST = rf"(?:to|on|onto|in|into|down on) {LIST}"
LIST_PHRASE = re.compile(
    r"(?:^| )(?:to|on|onto|in|into|at|for) (?:(?:the )?(?:top|bottom|end) of )?"
    r"(?:(?:my|the|our|this|that|your)(?: (?!list)[\w-]+){0,2} (?:list|todos|tasks|agenda)"
    r"|(?:my|the|our) (?:list|todos|tasks|agenda))(?= |$)"
)
MAKE = (
    r"(?:add|create|make|set up|set|enter|insert|log|record|new|open|schedule|start|put in|put"
    r"|get(?= (?:me )?an? reminder)|give me|write|save|note|need|want|leave|file|register|include"
    r"|append)"
)
TASK_HEAD = re.compile(
    rf"(?:{MAKE}(?: me)?|another|one more|new)(?: (?:an?|another|one|the|this|these|some|my|me|new"
    r"|more|other|following|next|quick|additional|separate|different|few|couple of|couple|up"
    r"|\d{1,2}"
    rf"|two|three|four|five|six|seven|eight|nine|ten|todo|to do|important|urgent|big|small))*"
    rf" {THING}(?: {ON_LIST})?(?: (?:called|named|titled|about|for(?! (?:my|the|our|this) )|saying"
    rf"|that says|that reads|which says|with"
    r" (?:the )?(?:title|name|text)|entitled|labelled|:|-))*"
    r"(?= |$)(?P<to>(?: (?:to(?! (?:my|the) list)|that i (?:need|have|must|should)(?: to)?)(?= "
    r"|$))*)"
)
INSERT = re.compile(
    r"(?:add|insert|include|append|jot down|write down|note down|take down|put down|pencil in"
    r"|adding|pop in|note that|make a note (?:of|to|that|about)|take a note (?:of|to|that)|add in"
    r"|make note of|log that|note to self|put in|throw in|stick in|save|remember)(?! up the)(?: :|"
    r" -)?(?= |$)"
)
FOLLOWING = re.compile(
    rf"(?:(?:the|these|this|my|all|of) )*(?:(?:following|these|those|this|that|it|{THING})"
    rf"(?: {THING})?) :(?= )|that (?=i |we |the )"
)
LISTS = re.compile(
    r"(?:make|create|start|write|begin|open)(?: me)?(?: (?:an?|the|my|new))*(?: \w+)? list"
    r"(?: (?:with|of|for|containing|saying|:))*(?= |$)"
)
SCHEDULE = re.compile(r"(?:schedule|calendar|diarise|diarize)(?= )")
REMIND = re.compile(
    r"(?:(?:please )?(?:re)?mind me|remind us|(?:ping|nudge|notify|alert|tell|text|have|get)"
    r" me(?=(?: .{0,60}?)?? (?:to|about|that) )|set (?:me )?(?:an? )?(?:reminder|alarm)(?: for me)?"
    r"|(?:help me )?remember|do not (?:let (?:me|us) )?forget|let (?:me|us) not forget|do not let"
    r" (?:it|this) slip|make sure (?:that )?(?:i|we)(?: do not forget)?|see to it that i|(?:i|we)"
    r" must not forget|never let me forget|(?:never|do not ever) forget|be reminded|i (?:do not|can"
    r" not) (?:want to )?forget|(?:i|we) should not forget|keep in mind)(?P<when> .{0,60}?)??(?:"
    r" (?:to|about|that i (?:need|have|must|should|want)(?: to)?|that|of|the fact that|:|,)(?= )"
    r"|(?= ))"
)
WISH = re.compile(
    r"(?:(?:i|we|you)(?: (?:really|still|also|just|absolutely|definitely|probably|then|now|guess i"
    r"|think i|will|would|am|are|was|were|do|actually|kind of|sort of|urgently|desperately"
    r"|simply))* )?(?:need|needs|have|has|must|should|ought|got|supposed|going|want|like|love|plan"
    r"|planning|intend|intending|mean|meant|hope|hoping|required|obliged|forgot|forget|had better"
    r"|better)(?: got)?(?: to(?= )|(?<=must)|(?<=should)|(?<=better))(?: (?:probably|really"
    r"|definitely|also|still|maybe|just|finally|not forget to|remember to)(?= ))*"
)
WILL = re.compile(r"(?:i|we) (?:will|shall|am going to|are going to)(?: also| then| just)*(?= )")
EVENT = re.compile(
    r"(?:(?:i|we) (?:also |still )?(?:have(?: got)?|got)|there is)(?= )(?! to )(?: (?:an?|the|my))?"
)
LABEL = re.compile(r"(?:todo|to do|task|reminder)(?P<to> (?:to|for|about|that))?(?= )")
WISH_FOR = re.compile(
    r"(?:i|we)(?: (?:really|still|also|just|will|do|would|urgently|desperately))*"
    r" (?:need|want|require|could use|lack|miss|ran out of|run out of|have run out of|have no more"
    r"|have no|am (?:all )?out of|are (?:all )?out of|am running (?:low on|out of)"
    r"|are running (?:low on|out of)|am low on|are low on)(?= )"
    r"|(?:out of|running out of|running low on|no more|low on)(?= )|there is no more"
)
HEADER = re.compile(
    rf"(?:(?:my|new|the|one|another|more|other|some|add|and|also|here (?:is|are)|these are|this is"
    rf"|todays|today's|tomorrow's|urgent|important|quick) )*(?:(?:{THING}|stuff)(?: that)?"
    r"(?: (?:to|i|we|need|have|must|do|buy|get|should|add))+"
    rf"|{THING}|notes?|memo|note to self|asap"
    r"|(?:make|take) a note|shopping|urgent|important|quick|next|more|another|also|groceries|list"
    r"|shopping list|grocery list|task list|todo list|buy list|reminder|agenda|shopping for|errands"
    r"|chores|need|to do|to buy|what (?:i|we) (?:still )?(?:need|have)(?: to (?:do|buy|get|order))?"
    r")(?: list)?(?: for)?(?P<when> [^:]{1,40})? (?::|-)"
)
HAS_TO_BE = re.compile(
    r".+ (?:needs?|has|have|must|should|ought)(?: still| also)? (?:to be |be |to get |get )?"
    r"(?:done|doing|fixed|cleaned|cleaning|washed|washing|paid|bought|called|finished|sent|written"
    r"|\w+(?:ed|ing))\b.*"
)
SECOND_PERSON = re.compile(
    r"(?:^|.* )(?:you|your|yourself)(?: .*)?|(?:tell|give|show|send|write|read|make|sing|explain"
    r"|teach|help|let|get|play|ask|draw|find|bring|find out|generate) (?:me|us)\b.*"
    r"|(?:write|tell|create|compose|generate|draw|sing|make|code|say|translate|solve|calculate"
    r"|summari[sz]e)(?: an?| the| some)?(?: \w+){0,2} (?:poem|story|stories|joke|jokes|song|essay"
    r"|haiku|limerick|code|function|script|program|picture|image|recipe|sentence|paragraph"
    r"|sql|html|something)\b.*|(?:stop|start) (?:it|that|this|acting|being|talking|pretending)\b.*"
    r"|do (?:me|us)\b.*|call me (?!back).*|say .*|calculate \d.*|translate .*|solve .*"
    r"|summari[sz]e (?:it|this|that|the following).*"
)
EMPTY_TITLES = re.compile(
    rf"(?:(?:an?|some|the|new|my|another|more|one|few|of|to|for|in|on|{THING}|{LIST}|something"
    r"|anything|stuff|it|this|that|them|these|those|here|now|reminder|note|me|things?)(?: |$))+"
)

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
SENTENCE = re.compile(
    r"(?:^|.* )(?:i|you|he|she|we|they|it|is|are|was|were|am|be|do|does|did|who|what|when|where"
    r"|why|how|which|will|would|can|could|should|may|might|has|had|not|if|that|there)(?: .*)?"
)
