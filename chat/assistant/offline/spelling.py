"""Reading the words of commands as they were meant; titles are never corrected."""

from collections import defaultdict
from functools import lru_cache

from chat.assistant.offline.verbs import PAST_VERBS, TASK_VERBS
from chat.assistant.offline.vocabulary import COMMAND_WORDS, EXPANSIONS, ORDINARY_WORDS

KNOWN = COMMAND_WORDS | ORDINARY_WORDS | TASK_VERBS | PAST_VERBS
SHORT, LONG = 4, 7

_CANDIDATES: dict[str, list[str]] = defaultdict(list)
for _command in sorted(COMMAND_WORDS):
    for _letter in dict.fromkeys(_command[:2]):  # the first one may be missing or swapped
        _CANDIDATES[_letter].append(_command)


@lru_cache(maxsize=4096)
def read_word(word: str) -> str:
    """Return the command word that a lower-case word stands for, else the word itself.

    Short forms are written out ("dont" becomes "do not"); a word that is in no list and
    only a slip or two from a command word is read as that one ("compelte").
    """
    if word in EXPANSIONS:
        return EXPANSIONS[word]
    if word.endswith("'s") and (stem := read_word(word[:-2])) != word[:-2]:
        return read_word(f"{stem}'s")
    if word in KNOWN or len(word) < SHORT or not (word.isalpha() and word.isascii()):
        return word
    near = [(_slips(word, command), command) for command in _CANDIDATES.get(word[0], ())]
    slips, command = min(near, default=(LONG, word))
    return command if slips < LONG else word


def _slips(word: str, command: str) -> int:
    """Return how many slips separate two words, `LONG` where they are too different."""
    allowed = 2 if len(word) >= LONG <= len(command) else 1
    if abs(len(word) - len(command)) > allowed or len(command) < SHORT - 1:
        return LONG
    slips = count_slips(word, command)
    one_letter_mistaken = len(word) == len(command) and sorted(word) != sorted(command)
    if slips > allowed or (one_letter_mistaken and len(word) <= SHORT):
        return LONG  # among words this short, another letter is another word
    return slips


def count_slips(one: str, other: str) -> int:
    """Return how many letters were missed, added, mistaken or swapped with the next."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        row = [i + 1]
        for j, wanted in enumerate(other):
            slips = min(last[j + 1] + 1, row[j] + 1, last[j] + (letter != wanted))
            if i and j and letter == other[j - 1] and wanted == one[i - 1]:
                slips = min(slips, before[j - 1] + 1)
            row.append(slips)
        before, last = last, row
    return last[-1]
