"""The words that dates are made of."""

from chat.assistant.offline.word_sets import word_set

WEEKDAYS = {
    "monday": 0, "mondays": 0, "mon": 0, "tuesday": 1, "tues": 1, "tue": 1, "wednesday": 2,
    "weds": 2, "wed": 2, "thursday": 3, "thurs": 3, "thur": 3, "thu": 3, "friday": 4, "fri": 4,
    "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip

# Short names that are words of their own: a date only after "on", "by", "next" and the like.
WORDLIKE_WEEKDAYS = frozenset({"mon", "wed", "sat", "sun"})

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4,
    "may": 5, "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9,
    "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12,
    "dec": 12,
}  # fmt: skip

COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "twenty": 20,
    "thirty": 30, "a couple of": 2, "a couple": 2, "a few": 3, "couple of": 2, "several": 3,
    "another": 1,
}  # fmt: skip

DAYS_IN_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "fifteenth": 15,
    "twentieth": 20, "thirtieth": 30,
}  # fmt: skip

HOLIDAYS = {
    "new year's day": (1, 1), "new years day": (1, 1), "new year": (1, 1),
    "valentine's day": (2, 14), "valentines day": (2, 14), "valentine's": (2, 14),
    "st patrick's day": (3, 17), "halloween": (10, 31), "christmas eve": (12, 24),
    "christmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25), "boxing day": (12, 26),
    "new year's eve": (12, 31), "new years eve": (12, 31), "new year's": (12, 31),
}  # fmt: skip

# Names that hold the name of a day without being one: "Black Friday".
BEFORE_NAMES = word_set(
    """
    black good casual easter palm ash cyber super bloody happy
    """
)

# Words after which a name of a day is no date of its own: "every Monday", "after Friday".
BEFORE_OTHERS = word_set(
    """
    after since every each last past previous any most some all than from about of through between
    a an versus vs since at
    """
)

# Words after a day that show that the task only starts there: "tomorrow I need to …".
BEFORE_WISHES = word_set(
    """
    i we to remind add at in please and then with there it is put my the do not need have must
    should also
    """
)
