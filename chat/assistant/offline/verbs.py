"""Verbs that begin a task ("buy milk") and the forms that report it done ("bought milk")."""

from chat.assistant.offline.word_sets import word_set

TASK_VERBS = word_set(
    """
    buy call phone ring email e-mail mail text message write send post pay book order reserve get
    pick grab fetch collect bring return take drop clean wash vacuum hoover mop tidy organise
    organize sort fix repair replace change install update upgrade renew cancel sign fill file
    print scan copy read study learn practise practice review prepare prep plan draft research ask
    invite meet visit see check schedule arrange confirm make cook bake feed walk water mow plant
    paint build sell donate recycle throw pack unpack move train exercise run go stretch meditate
    watch submit present start follow talk speak discuss contact reply respond answer find look
    search compare register apply attend join charge backup download upload test debug deploy
    refactor merge release publish proofread edit measure hang iron fold do wrap shop transfer
    withdraw deposit invest insure trim cut sweep dust empty refill restock celebrate congratulate
    thank wish hand deliver ship sew knit drive park refuel rent hire interview set put open close
    finish complete attach assemble decorate defrost descale declutter dry evaluate exchange
    fasten finalise finalize finance freeze fry give gather grill groom help harvest inspect
    investigate label lend listen lock log lubricate mend migrate negotiate notify oil outline
    pitch polish pray prune pump purchase queue rake record rehearse rearrange reinstall remove
    report request rescue reset rewrite rinse scrub settle sharpen shovel shower skype sleep solve
    stock stop store subscribe support swim swap tackle teach tell track translate treat tune turn
    type unblock unclog unsubscribe use vote weed weigh wipe zoom calculate brush book-keep bathe
    bike borrow catch chase claim clear code commit create cycle design dig digitise digitize
    discard dispose draw dress explore export facetime format generate google import jog kayak
    kick launch leave load lift map note nap pair paste pet play press process program push quit
    reach recharge redeem reduce refund remind rest resolve ride rotate save say service share
    shave shut sing skim sow split spray sponsor stack stamp stay steam sterilise stitch summarise
    summarize switch verify delete volunteer wait wake wear whatsapp work wire
    """
)

# Past forms that are not the verb with -ed.
PAST_FORMS = word_set(
    """
    bought paid sent wrote written got gotten made did done went gone took taken met ran swam fed
    found told spoke spoken gave given brought left lent built sold drove driven ate eaten saw
    seen caught taught thought drank drunk swept hung dug drew drawn wore worn woke rode ridden
    threw thrown sang slept spent won read set put cut shut quit fit hit let lit
    """
)

# Verbs whose past form alone may as well begin a task: "read the book", "put out the bins".
SAME_PAST = word_set(
    """
    read set put cut shut quit fit hit let
    """
)

# A particle that belongs to the verb, as in "pick up".
PARTICLES = word_set(
    """
    up out off down back over away in on
    """
)
LINKS = word_set(
    """
    to for with at from about
    """
)

# Verbs that are a task even alone.
ALONE = word_set(
    """
    mop vacuum hoover exercise meditate shop study jog swim pray declutter stretch clean tidy cook
    """
)

# Verbs that "for" may follow; after others it shows a noun: "present for mum".
FOR_VERBS = word_set(
    """
    look search wait apply pay shop ask cook vote prepare prep register sign study pray check train
    go pack plan arrange care run bake
    """
)

# Things whose name begins like a task.
COMPOUNDS = frozenset(
    (first, second)
    for first, seconds in {
        "post": "office card cards it",
        "dry": "cleaning cleaner cleaners shampoo",
        "book": "club shelf report",
        "water": "bottle bottles melon filter",
        "phone": "charger case bill number screen",
        "paint": "brush brushes roller",
        "record": "player",
        "test": "results drive",
        "order": "number",
        "mail": "box",
        "text": "book",
        "iron": "tablets",
        "rent": "payment money contract",
        "note": "book pad",
        "return": "ticket",
        "report": "card",
        "track": "suit pants",
        "print": "paper",
        "file": "folder folders",
        "study": "group",
        "pet": "food",
        "play": "date",
        "press": "release",
        "code": "review",
        "sleep": "mask",
        "shower": "gel curtain head",
        "brush": "heads",
        "help": "desk",
        "oil": "change filter",
        "cut": "flowers",
    }.items()
    for second in seconds.split()
)

# "-ing" forms after "would you mind".
GERUNDS = {
    "adding": "add", "putting": "put", "removing": "remove", "deleting": "delete",
    "showing": "show", "listing": "list", "marking": "mark", "completing": "complete",
    "finishing": "finish", "reminding": "remind", "moving": "move", "renaming": "rename",
    "changing": "change", "creating": "create", "postponing": "postpone", "planning": "plan",
    "rescheduling": "reschedule", "undoing": "undo", "reopening": "reopen", "ticking": "tick",
    "checking": "check", "crossing": "cross", "making": "make", "telling": "tell",
    "giving": "give", "writing": "write", "noting": "note", "setting": "set",
    "pushing": "push", "getting": "get", "clearing": "clear", "cancelling": "cancel",
    "canceling": "cancel", "scheduling": "schedule", "taking": "take", "jotting": "jot",
    "helping": "help", "updating": "update", "editing": "edit", "erasing": "erase",
}  # fmt: skip


def _past(verb: str) -> str:
    """Return the regular past form of a verb."""
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return f"{verb[:-1]}ied"
    return f"{verb}ed"


DOUBLED = word_set(
    """
    planned mopped shopped chopped dropped wrapped trimmed jogged mapped logged swapped stopped
    tagged hugged zipped stirred prepped committed submitted transferred knitted booked fitted
    patted petted pinned ripped shipped skipped stepped tapped tipped scrubbed scanned referred
    deferred rubbed cancelled labelled
    """
)

PAST_VERBS = (frozenset(map(_past, TASK_VERBS)) | PAST_FORMS | DOUBLED) - {"listened"}
