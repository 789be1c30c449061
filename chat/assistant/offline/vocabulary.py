"""The words that commands are made of, and how people shorten or misspell them."""

from chat.assistant.offline.word_sets import word_set

EXPANSIONS = {
    "what's": "what is", "whats": "what is", "where's": "where is", "when's": "when is",
    "who's": "who is", "how's": "how is", "hows": "how is", "that's": "that is",
    "everything's": "everything is", "thats": "that is", "it's": "it is", "there's": "there is",
    "here's": "here is", "let's": "let us", "lets": "let us", "i'm": "i am", "im": "i am",
    "i've": "i have", "ive": "i have", "i'd": "i would", "i'll": "i will", "we're": "we are",
    "we've": "we have", "we'll": "we will", "we'd": "we would", "you're": "you are",
    "don't": "do not", "dont": "do not", "doesn't": "does not", "doesnt": "does not",
    "didn't": "did not", "didnt": "did not", "isn't": "is not", "isnt": "is not",
    "aren't": "are not", "wasn't": "was not", "haven't": "have not", "havent": "have not",
    "hasn't": "has not", "hasnt": "has not", "hadn't": "had not", "can't": "can not",
    "cant": "can not", "cannot": "can not", "couldn't": "could not", "won't": "will not",
    "shouldn't": "should not", "wouldn't": "would not", "they're": "they are", "gotta": "have to",
    "gonna": "going to", "wanna": "want to", "lemme": "let me", "gimme": "give me", "u": "you",
    "ur": "your", "pls": "please", "plz": "please", "plss": "please", "plese": "please",
    "pleas": "please", "thx": "thanks", "thnx": "thanks", "tnx": "thanks", "ty": "thanks",
    "tysm": "thanks", "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow",
    "tomoz": "tomorrow", "2moro": "tomorrow", "2morrow": "tomorrow", "2day": "today",
    "2nite": "tonight", "tonite": "tonight", "wknd": "weekend", "ad": "add", "aad": "add",
    "dd": "add", "sho": "show", "lsit": "list", "del": "delete", "rm": "remove", "to-dos": "todos",
    "to-do": "todo", "to-do's": "todos", "todo's": "todos", "tasklist": "task list",
    "todolist": "todo list", "wut": "what", "wat": "what", "whts": "what is",
    "evrything": "everything", "alot": "a lot", "tho": "though", "cos": "because", "bc": "because",
    "w/": "with", "eod": "end of day", "eow": "end of week", "eom": "end of month",
    "eoy": "end of year", "re-open": "reopen", "un-check": "uncheck", "un-do": "undo",
    "re-name": "rename", "thank-you": "thank you", "thankyou": "thank you",
    "goodmorning": "good morning", "dun": "done", "cud": "could", "wud": "would", "shud": "should",
    "teh": "the",
    "rmind": "remind", "ya": "you", "yah": "yes", "nvm": "never mind", "nevermind": "never mind",
}  # fmt: skip

# What a misspelt word may have been meant to be.
COMMAND_WORDS = word_set(
    """
    add remind reminder remember forget show display list lists task tasks todo todos complete
    completed finish finished delete deleted remove rename change move postpone reschedule undo
    reopen mark done today tomorrow tonight monday tuesday wednesday thursday friday saturday
    sunday january february april august september october november december weekend month
    months week weeks days everything first second third fourth last plan chart help please thanks
    could would should what many overdue progress selected selection create schedule cancel
    uncheck untick check tick number deadline hello update edit erase next
    morning evening afternoon statistics reminders priority
    """
)

# Words that are near to a command word and yet meant as they are.
ORDINARY_WORDS = word_set(
    """
    adds aid and ask bad cad dad fad had lad mad pad odd ads shop shops shot snow slow sow stow
    shoe shoes chow list lint lisa mist gist fist lost last lists task tank tack talk take tasks
    tusk mask bask risk desk dusk tasty done dome bone gone none tone zone lone dune dine don doze
    mark mars mary park dark bark lark make move love more mode mole dove rove moved mouse house
    finish fish furnish finnish complete compete compare replete deplete delete delegate elite
    dilute remove remote renew remodel improve reprove rename remake resume change charge chance
    chang hang chunk range orange postpone plan plane plant plans clan plain plank pan chart charm
    cart chat char charts hart start help held hello hell heap heal heel kelp yelp helm please
    pleased place lease pleasant thanks thank tanks think banks today toddy toady monday mundane
    friday fried friend fridge sunday sundae sundry week weak seek weed weeds well weeks reek wool
    month mouth moth north months mouths days daisy dates data date dares first thirst fast fest
    firsts third thirty bird second seconds fourth forth forty late lust cast past mast vast post
    would wood world could cloud cold should shoulder shield what whale wheat that hat whom when
    many mane mani man manny text test next nest best rest tent texts taxi tax undo under until
    untie reopen repeat ripen open opened remind remain remains rewind reminds mind reminded
    reminder remainder remember member ember december november september number lumber numbers
    cucumber timber forget forge target forgot forger budget create crate creates cream great
    treat crease schedule cancel cancer candle cancels camel panel channel check checks cheek
    chess chick chuck cheese cheque tick pick stick thick trick ticks tuck sick kick lick update
    upset updates upgrade edit exit audit edits credit tidy display displays erase ease erased
    phrase raise chase august gust weekend weekends weekday weekdays tomorrows tonight tonic march
    match starch larch marsh april apron everyone everywhere anything something nothing progress
    process programs program project select selected election selection collection reflection
    overdue overdone overuse unpack untick unlock uncheck statistic reopened hallo hollow yellow
    cello jello evening evenings meeting opening morning mourning lining afternoon priory
    prioritise priorities tiles title titles file files mail mails nail sail deadlines headline
    line lines todo todos also alto moss mock moon mop mow most must shower shove sheep shelf
    shirts shirt sheets sheet thaw draw throw grow know now adda ada adam adele deleted delicate
    delivery deli duel completed completes completing finished finishes finishing removed removes
    changed changes changing moves moving marked markets market planned planning planner planet
    helped helping calls tell cell ball tasked tasking asks asked mash math path bath listen
    listed
    """
)
