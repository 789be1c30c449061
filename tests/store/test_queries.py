import re
from pathlib import Path

import pytest

import store
from store.queries import SQL, load_queries
from store.search import SEARCH_SQL

STORE = Path(store.__file__).parent


def test_every_query_is_used_and_every_used_one_exists() -> None:
    source = "\n".join(path.read_text() for path in STORE.rglob("*.py"))
    used = set(re.findall(r'\bSQL\["(\w+)"\]', source))
    pages = {f"load_{what}_{order}" for what in ("items", "threads") for order in ("asc", "desc")}
    assert set(SQL) == used | pages | {f"{page}_after" for page in pages}
    assert set(SEARCH_SQL) == set(re.findall(r'\bSEARCH_SQL\["(\w+)"\]', source))


def test_every_query_names_the_owner_or_says_that_it_is_for_all() -> None:
    text = "\n".join((STORE / name).read_text() for name in ("queries.sql", "search.sql"))
    explained = dict(re.findall(r"-- name: (\w+)\n((?:--.*\n)+)", text))
    for name, statement in [*SQL.items(), *SEARCH_SQL.items()]:
        housekeeping = re.search(r"[Hh]ousekeeping|At start", explained[name])
        assert ":owner" in statement or housekeeping, name


@pytest.mark.parametrize(
    "text",
    [
        "-- name: a\nSELECT 1;\n",
        "-- name: a\n-- Why.\nSELECT 1\n",
        "-- name: a\n-- Why.\nSELECT 1;\n-- name: a\n-- Why.\nSELECT 2;\n",
    ],
)
def test_a_query_is_one_ended_statement_that_is_explained(tmp_path: Path, text: str) -> None:
    (tmp_path / "queries.sql").write_text(text)
    with pytest.raises(ValueError, match=r"queries\.sql: a is no single"):
        load_queries(tmp_path / "queries.sql")
