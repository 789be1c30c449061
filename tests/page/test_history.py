from datetime import UTC, datetime, timedelta

import pytest

from chat.page.history import ago
from tests.page.browsing import Browser, items
from tests.page.dom import Element

NOON = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)


def titles(page: Element) -> list[str]:
    return [title.text for title in page.all(class_="thread-title")]


async def test_it_begins_empty(alices: Browser) -> None:
    assert "Nothing here yet" in (await alices.read("/threads")).text


async def test_it_has_the_callers_threads_newest_first(alices: Browser, charlies: Browser) -> None:
    for name in ("one", "two", "three"):
        await alices.hear(f"title {name}")
    await charlies.hear("title four")
    page = await alices.read("/threads")
    assert titles(page) == ["three", "two", "one"]
    row = page.all("li")[0]
    assert row.one("time").text == "just now"
    assert row.one("time")["title"]
    assert row.has("a", download="")


async def test_it_pages_back_to_the_oldest(alices: Browser) -> None:
    for number in range(33):
        await alices.say(f"title {number}")
    page = await alices.read("/threads")
    assert len(titles(page)) == 30
    (older,) = [link for link in page.all("a") if link.text == "Older threads"]
    rest = await alices.read(older["href"])
    assert len(titles(rest)) == 3
    assert not [link for link in rest.all("a") if link.text == "Older threads"]
    assert [link for link in rest.all("a") if link.text == "Newest"]


async def test_a_page_after_an_unknown_thread_is_not_found(alices: Browser) -> None:
    await alices.read("/threads?after=thr_unknown", 404)


@pytest.mark.parametrize("back", ["", "history"])
async def test_a_thread_is_renamed_from_its_page_and_from_the_history(
    alices: Browser, back: str
) -> None:
    thread = await alices.hear("say hi")
    page = await alices.read("/threads" if back else thread)
    form = page.one("form", action=f"{thread}/title")
    assert form.fields.get("back", "") == back
    response = await alices.post(form["action"], **form.fields | {"title": "  Milk\n and eggs "})
    assert response.status_code == 303
    assert response.headers["location"] == ("/threads" if back else thread)
    assert titles(await alices.read("/threads")) == ["Milk and eggs"]
    assert (await alices.read(thread)).one(id="title").text == "Milk and eggs"


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
async def test_a_title_that_is_none_is_refused(alices: Browser, title: str) -> None:
    thread = await alices.hear("title Kept")
    assert (await alices.post(f"{thread}/title", title=title)).status_code == 400
    assert titles(await alices.read("/threads")) == ["Kept"]


async def test_a_deleted_thread_is_gone(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    form = (await alices.read(thread)).one("form", action=f"{thread}/delete")
    response = await alices.post(form["action"])
    assert response.headers["location"] == "/threads"
    assert titles(await alices.read("/threads")) == []
    page = await alices.read(thread, 404)
    assert "does not exist" in page.text


async def test_deleting_a_thread_ends_its_answer(alices: Browser) -> None:
    thread = await alices.say("hang")
    await alices.post(f"{thread}/delete")
    await alices.read(thread, 404)


async def test_nobody_else_renames_or_deletes_it(alices: Browser, charlies: Browser) -> None:
    thread = await alices.hear("title Mine")
    assert (await charlies.post(f"{thread}/title", title="Yours")).status_code == 404
    assert (await charlies.post(f"{thread}/delete")).status_code == 404
    page = await alices.read(thread)
    assert page.one(id="title").text == "Mine"
    assert len(items(page)) == 2


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=11, minutes=59), "11 hours ago"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=6, hours=12), "6 days ago"),
        (timedelta(days=10), "8 March"),
        (timedelta(days=100), "8 December 2025"),
    ],
)
def test_a_time_is_told_as_one_would_say_it(before: timedelta, said: str) -> None:
    assert ago(NOON - before, NOON) == said
