import pytest

from store.words import LONGEST_WORD, MOST_TERMS, Term, spans_of, terms_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("Milk, EGGS & bread", "milk eggs bread"),
        ("snake_case don't", "snake case don t"),
        ("Crème Brûlée", "creme brulee"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁne ½", "fine 1 2"),
        ("牛乳を", "牛 乳 を"),
        ("ＡＢＣ", "abc"),  # noqa: RUF001
        ("สวัสดี", "ส ว ส ด"),
        ("हिन्दी", "हनद"),
        ("\ud800x", "x"),
        ("x" * 500, "x" * LONGEST_WORD),
    ],
)
def test_words_have_neither_case_nor_accents(text: str, words: str) -> None:
    assert words_of(text) == words


def test_a_query_is_its_pieces_of_which_the_last_may_go_on() -> None:
    assert terms_of("milk don't Milk eg") == [
        Term(("milk",)),
        Term(("don", "t")),
        Term(("eg",), is_open=True),
    ]


def test_a_query_has_a_limit() -> None:
    assert len(terms_of(" ".join(map(str, range(1000))))) == MOST_TERMS


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("milk", "Milk, more milk.", ["Milk", "milk"]),
        ("mil", "milk", ["milk"]),
        ("mil x", "milk mil", ["mil"]),
        ("19:30", "at 19:30 or 19 30, not 19", ["19:30", "19 30"]),
        ("creme", "A Cre\u0300me, a crème", ["Cre\u0300me", "crème"]),
        ("strasse", "Straße", ["Straße"]),
        ("牛乳", "明日は牛乳を", ["牛乳"]),
        ("a a-b", "a-b a", ["a-b", "a"]),
        ("nothing", "else", []),
    ],
)
def test_what_was_found_is_marked_where_it_stands(query: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(terms_of(query), text)] == found
