import pytest

from tests.assistant.offline.asking_model import added, said

TOMORROW, WEDNESDAY, FRIDAY, SATURDAY = "2026-11-23", "2026-11-25", "2026-11-27", "2026-11-28"

SEVERAL = [
    (
        "add milk, eggs and bread for tomorrow",
        [f"{x} @ {TOMORROW}" for x in ("Milk", "Eggs", "Bread")],
    ),
    ("add milk, eggs, and bread", ["Milk", "Eggs", "Bread"]),
    ("add milk and eggs and bread", ["Milk", "Eggs", "Bread"]),
    ("add milk; eggs; bread", ["Milk", "Eggs", "Bread"]),
    ("add milk & eggs", ["Milk", "Eggs"]),
    ("add milk,eggs,bread", ["Milk", "Eggs", "Bread"]),
    ("add milk, eggs,", ["Milk", "Eggs"]),
    ("add the milk, some bread and a cake", ["Milk", "Bread", "Cake"]),
    ("add 3 tasks: milk, eggs and bread", ["Milk", "Eggs", "Bread"]),
    ("add the following: milk, eggs", ["Milk", "Eggs"]),
    ("buy milk and call the dentist at 3", ["Buy milk", "Call the dentist at 3"]),
    ("buy milk, eggs and bread", ["Buy milk", "Buy eggs", "Buy bread"]),
    ("buy milk and eggs", ["Buy milk and eggs"]),
    ("buy milk. call mum. pay rent.", ["Buy milk", "Call mum", "Pay rent"]),
    ("I need to call mum, pay rent and buy milk", ["Call mum", "Pay rent", "Buy milk"]),
    ("remind me to call mum, and remind me to pay rent", ["Call mum", "Pay rent"]),
    ("do the dishes then take out the trash", ["Do the dishes", "Take out the trash"]),
    (
        "pick up the parcel, dry cleaning and kids",
        ["Pick up the parcel", "Pick up dry cleaning", "Pick up kids"],
    ),
    (
        "go to the bank, post office and library",
        ["Go to the bank", "Go to the post office", "Go to the library"],
    ),
    ("1. milk\n2. eggs\n3. call mum tomorrow", ["Milk", "Eggs", f"Call mum @ {TOMORROW}"]),
    ("- milk\n- eggs", ["Milk", "Eggs"]),
    ("* [ ] milk\n* [ ] eggs", ["Milk", "Eggs"]),
    ("• milk • eggs", ["Milk", "Eggs"]),
    ("add 1. milk 2. eggs 3. bread", ["Milk", "Eggs", "Bread"]),
    ("add these:\n- milk\n- eggs", ["Milk", "Eggs"]),
    ("add milk\neggs\nbread", ["Milk", "Eggs", "Bread"]),
    (
        "todos for tomorrow:\n1) call mum\n2) pay rent",
        [f"Call mum @ {TOMORROW}", f"Pay rent @ {TOMORROW}"],
    ),
    ("Here is my list for tomorrow:\n* milk\n* eggs", [f"Milk @ {TOMORROW}", f"Eggs @ {TOMORROW}"]),
    ("buy milk\ncall mum\npay rent", ["Buy milk", "Call mum", "Pay rent"]),
    ("shopping: milk, eggs", ["Milk", "Eggs"]),
    ("I need to buy: flour, sugar", ["Buy flour", "Buy sugar"]),
    ('add "Pay, then relax" for teh first of december', ["Pay, then relax @ 2026-12-01"]),
    ("add a task to call mum and a task to pay rent", ["Call mum", "Pay rent"]),
    ("reminder: take out the trash every Monday", ["Take out the trash every Monday"]),
    ("add **milk**, _eggs_ and `npm test`", ["Milk", "Eggs", "Npm test"]),
    ("add **bold** _and_ - plain", ["**bold** _and_ - plain"]),
    ("here's what I need: milk and eggs", ["Milk", "Eggs"]),
    ("things to do: call mum, pay rent", ["Call mum", "Pay rent"]),
    ("make a shopping list with milk and eggs", ["Milk", "Eggs"]),
    ("add milk, but not eggs", ["Milk"]),
    ("Dear assistant,\nplease add milk and eggs.\nBest, Alice", ["Milk", "Eggs"]),
]

DAYS = [
    ("milk tomorrow, rent on Friday", [f"Milk @ {TOMORROW}", f"Rent @ {FRIDAY}"]),
    (
        "add milk for tomorrow, eggs for friday and bread",
        [f"Milk @ {TOMORROW}", f"Eggs @ {FRIDAY}", "Bread"],
    ),
    (
        "remind me to call mum and to book the flight on Friday",
        ["Call mum", f"Book the flight @ {FRIDAY}"],
    ),
    (
        "remind me to call mum tomorrow and pay rent on friday",
        [f"Call mum @ {TOMORROW}", f"Pay rent @ {FRIDAY}"],
    ),
    ("call mum tomorrow and dad on Friday", [f"Call mum @ {TOMORROW}", f"Call dad @ {FRIDAY}"]),
    ("tomorrow: milk and eggs", [f"Milk @ {TOMORROW}", f"Eggs @ {TOMORROW}"]),
    ("on Friday I need to call mum and pay rent", [f"Call mum @ {FRIDAY}", f"Pay rent @ {FRIDAY}"]),
    ("add milk and eggs, all for tomorrow", [f"Milk @ {TOMORROW}", f"Eggs @ {TOMORROW}"]),
    ("remind me on Friday at 3 to call mum", [f"Call mum at 3 @ {FRIDAY}"]),
    ("remind me tomorrow to call mum", [f"Call mum @ {TOMORROW}"]),
    ("set a reminder for tomorrow to call mum", [f"Call mum @ {TOMORROW}"]),
    ("add lunch at 12:30 tomorrow", [f"Lunch at 12:30 @ {TOMORROW}"]),
    ("tomorrow at noon lunch with Bob", [f"Lunch with Bob at noon @ {TOMORROW}"]),
    ("call Bob tomorrow evening", [f"Call Bob in the evening @ {TOMORROW}"]),
    ("Friday dinner with Bob", [f"Friday dinner with Bob @ {FRIDAY}"]),
    ("I have a dentist appointment on Friday", [f"Dentist appointment @ {FRIDAY}"]),
    ("there's a meeting on friday at 3", [f"Meeting at 3 @ {FRIDAY}"]),
    ("schedule a dentist appointment for Friday", [f"Dentist appointment @ {FRIDAY}"]),
    ("finish the report by Friday", [f"Finish the report @ {FRIDAY}"]),
    ("remind me that rent is due on Friday", [f"Rent @ {FRIDAY}"]),
    ("add report (due friday)", [f"Report @ {FRIDAY}"]),
    ("add milk with due date tomorrow", [f"Milk @ {TOMORROW}"]),
    ("add milk on wendesday", [f"Milk @ {WEDNESDAY}"]),
    ("add dinner with mum and dad on Saturday", [f"Dinner with mum and dad @ {SATURDAY}"]),
    ("water plants every monday", ["Water plants every monday"]),
    ("add gym on Monday and Wednesday", [f"Gym @ {TOMORROW}", f"Gym @ {WEDNESDAY}"]),
    ("today: call mum; tomorrow: pay rent", ["Call mum @ 2026-11-22", f"Pay rent @ {TOMORROW}"]),
    ("buy tickets for friday's show", ["Buy tickets for friday's show"]),
    ("add march to the office", ["March to the office"]),
    ("add buy may tulips", ["Buy may tulips"]),
    ("add black friday shopping", ["Black friday shopping"]),
    ("add 1/2 cup of sugar", ["1/2 cup of sugar"]),
]

TOGETHER = [
    ('add "milk, eggs" and bread', ["Milk, eggs", "Bread"]),
    ("add “call mum, then dad” and \u2018bread\u2019", ["Call mum, then dad", "Bread"]),
    ("add mac and cheese, salt and pepper", ["Mac and cheese", "Salt and pepper"]),
    ("add fish and chips", ["Fish and chips"]),
    ("call mum and dad", ["Call mum and dad"]),
    ("call Bob and Anna", ["Call Bob and Anna"]),
    ("wash and dry the car", ["Wash and dry the car"]),
    ("add meeting with Bob and Anna at 10", ["Meeting with Bob and Anna at 10"]),
    ("add meeting between Bob and Anna", ["Meeting between Bob and Anna"]),
    (
        "email Bob about the offer, the invoice and the trip",
        ["Email Bob about the offer, the invoice and the trip"],
    ),
    ("add Ben & Jerry's", ["Ben & Jerry's"]),
    ("add 2 and a half kilos of flour", ["2 and a half kilos of flour"]),
    ("read chapters 1, 2 and 3", ["Read chapters 1, 2 and 3"]),
    ("clean the bathroom (sink, tub and floor)", ["Clean the bathroom (sink, tub and floor)"]),
    ("call mum, because it's her birthday", ["Call mum, because it's her birthday"]),
    ("pay 1,000 euros to Bob", ["Pay 1,000 euros to Bob"]),
    ("add read https://example.com/a,b?c=1", ["Read https://example.com/a,b?c=1"]),
    (
        "remind me to buy paint and remove the old wallpaper",
        ["Buy paint", "Remove the old wallpaper"],
    ),
]

WAYS_TO_ASK = [
    "add milk", "ad milk", "Add Milk", "ADD MILK", "add: milk", "add milk please",
    "please add milk", "hi! add milk please", "hey there, could you add milk for me? thanks!",
    "could you please add milk?", "can u add milk pls", "would you mind adding milk?",
    "I'd like to add milk", "I was wondering if you could add milk", "do me a favor and add milk",
    "yes please add milk", "ok, add milk then", "add milk to my list", "add to my list: milk",
    "put milk on the shopping list", "can you put milk on my list", "stick milk on my list",
    "add a task: milk", "add a new todo called milk", "create a reminder for milk",
    "new task: milk", "todo: milk", "Reminder: milk", "note: milk", "note to self: milk",
    "jot down milk", "write down that I need milk", "remind me about milk", "remember the milk",
    "don't forget the milk", "don't let me forget the milk", "I need milk", "we're out of milk",
    "I ran out of milk", "we need milk", "also milk", "and milk too", "milk as well",
    'add "milk"', "add some milk", "add 'milk' please 🙏", "thanks! also add milk",
]  # fmt: skip

WAYS_TO_NAME_A_TASK = [
    "call mum", "remind me to call mum", "remnd me to call mum", "I need to call mum",
    "i have to call mum", "I must call mum", "gotta call mum", "I should probably call mum",
    "I still have to call mum", "I'll call mum", "I forgot to call mum", "need to call mum",
    "make sure I call mum", "help me remember to call mum", "let me not forget to call mum",
    "never forget to call mum", "don't forget to call mum", "I was supposed to call mum",
    "could you remind me to call mum?", "I need to be reminded to call mum",
    "i need a reminder to call mum", "add a task to call mum", "todo call mum",
    "remember this: call mum", "let's call mum", "“call mum”",
]  # fmt: skip

TITLES = [
    ("add iPhone charger", "iPhone charger"),
    ("add milk 🥛", "Milk 🥛"),
    ("add a dozen eggs", "A dozen eggs"),
    ("add 2 bottles of milk", "2 bottles of milk"),
    ("add pay $24.12 to Bob", "Pay $24.12 to Bob"),
    ("add call Dr. Smith at 10 a.m.", "Call Dr. Smith at 10 a.m."),
    ("add <script>alert(1)</script>", "<script>alert(1)</script>"),
    ("throw out the trash", "Throw out the trash"),
    ("clean the kitchen", "Clean the kitchen"),
    ("check the oven", "Check the oven"),
    ("close the window", "Close the window"),
    ("move the sofa to the basement", "Move the sofa to the basement"),
    ("change the bulb", "Change the bulb"),
    ("make dinner", "Make dinner"),
    ("plan the party", "Plan the party"),
    ("organize my desk", "Organize my desk"),
    ("find my keys", "Find my keys"),
    ("put the bins out", "Put the bins out"),
    ("the car needs to be washed", "Car needs to be washed"),
]


@pytest.mark.parametrize(("text", "todos"), SEVERAL, ids=[text for text, _ in SEVERAL])
def test_it_adds_every_task_that_is_named(text: str, todos: list[str]) -> None:
    assert added(text) == todos


@pytest.mark.parametrize(("text", "todos"), DAYS, ids=[text for text, _ in DAYS])
def test_it_gives_each_task_its_day(text: str, todos: list[str]) -> None:
    assert added(text) == todos


@pytest.mark.parametrize(("text", "todos"), TOGETHER, ids=[text for text, _ in TOGETHER])
def test_it_keeps_together_what_belongs_together(text: str, todos: list[str]) -> None:
    assert added(text) == todos


@pytest.mark.parametrize("text", WAYS_TO_ASK)
def test_it_adds_milk_however_it_is_asked(text: str) -> None:
    assert added(text) == ["Milk"]


@pytest.mark.parametrize("text", WAYS_TO_NAME_A_TASK)
def test_it_takes_down_what_somebody_has_to_do(text: str) -> None:
    assert added(text) == ["Call mum"]


@pytest.mark.parametrize(("text", "title"), TITLES, ids=[text for text, _ in TITLES])
def test_it_leaves_titles_as_they_were_meant(text: str, title: str) -> None:
    assert added(text) == [title]


@pytest.mark.parametrize(
    "text", ["add", "add a task", "new task", "add something to my list", "remind me at 5"]
)
def test_it_asks_what_to_add_where_nothing_is_named(text: str) -> None:
    assert said(text).startswith("What shall I add?")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("milk", ["Milk"]),
        ("milk, eggs, bread", ["Milk", "Eggs", "Bread"]),
        ("milk\neggs", ["Milk", "Eggs"]),
    ],
    ids=["one word", "a list", "lines"],
)
def test_it_offers_to_add_what_may_or_may_not_be_a_task(text: str, titles: list[str]) -> None:
    answer = said(text)
    assert "Shall I add" in answer
    assert all(f"**{title}**" in answer for title in titles)


def test_a_title_is_never_longer_than_a_task_may_have() -> None:
    [title] = added(f"add read {'very ' * 100}long")
    assert len(title) <= 200
    assert title.endswith("very…")
