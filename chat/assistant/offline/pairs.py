"""Pairs that belong together although an "and" joins them."""

from chat.assistant.offline.word_sets import word_set

PAIRS = frozenset(
    tuple(pair.split("+"))
    for pair in word_set(
        """
        mac+cheese macaroni+cheese salt+pepper fish+chips bread+butter ham+cheese ham+eggs
        bacon+eggs butter+jelly butter+jam pb+j gin+tonic rum+coke wine+cheese cheese+wine
        cheese+crackers cheese+onion cream+sugar milk+cookies milk+sugar oil+vinegar vinegar+oil
        rice+beans spaghetti+meatballs sweet+sour surf+turf chips+dip chips+salsa cookies+cream
        strawberries+cream peaches+cream tea+biscuits mum+dad mom+dad dad+mum dad+mom mama+papa
        grandma+grandpa granny+grandad aunt+uncle bride+groom black+white rock+roll drum+bass
        bed+breakfast research+development terms+conditions pros+cons lost+found washer+dryer
        nuts+bolts needle+thread hammer+nails bow+arrow cap+gown pen+paper pencil+paper
        pots+pans plates+cups knife+fork knives+forks cup+saucer lock+key arts+crafts odds+ends
        health+safety profit+loss supply+demand trial+error law+order hide+seek meet+greet
        question+answer questions+answers q+a r+d b+b ben+jerry's johnson+johnson marks+spencer
        procter+gamble barnes+noble dungeons+dragons d+d back+forth up+running up+down in+out
        pick+mix bits+pieces more+more over+over again+again copy+paste cut+paste drag+drop
        plug+play search+replace wash+dry wash+fold wash+iron wash+fold rinse+repeat cook+clean
        eat+drink come+see go+get go+buy go+see try+find try+get sit+wait wait+see birds+bees
        cats+dogs dogs+cats day+night night+day thanksgiving+christmas hair+makeup hair+beard
        """
    )
)

# What "and" begins that only goes on with the task before it.
GOING_ON = word_set(
    """
    because since but which who whom whose if when while so before after unless although though
    including especially preferably ideally not or where that maybe otherwise except at with
    e.g i.e etc like such for
    """
)
