from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from chat.page.history import ago
from store.base import SearchesThreads
from tests.page.browsing import Browser, items
from tests.page.dom import Element
from tests.running import Running

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
    assert [link for link in rest.all("a") if link.text == "Newest threads"]


async def test_the_pages_of_a_search_go_on_with_it(alices: Browser) -> None:
    for number in range(31):
        await alices.say(f"title Milk {number}")
    await alices.hear("title Bread")
    page = await alices.read("/threads?q=milk")
    assert page.one(id="found-count").text == "More than 30 threads found"
    assert "Bread" not in titles(page)
    (older,) = [link for link in page.all("a") if link.text == "Older threads"]
    rest = await alices.read(older["href"])
    assert titles(rest) == ["Milk 0"]
    assert rest.one("input", type="search")["value"] == "milk"


async def test_a_search_is_a_form(alices: Browser) -> None:
    await alices.hear("title Milk & eggs")
    await alices.hear("say nothing of that")
    form = (await alices.read("/threads")).one("form", role="search")
    assert form["action"] == "/threads"
    assert form.has("button")
    page = await alices.read("/threads?q=EGGS")
    assert titles(page) == ["Milk & eggs"]
    assert [mark.text for mark in page.all("mark")] == ["eggs", "eggs"]
    assert page.one(class_="passage").text == "title Milk & eggs"
    assert page.one(id="found-count").text == "1 thread found"
    assert page.one("title").children == ["EGGS – History"]


async def test_a_search_finds_only_the_callers_threads(alices: Browser, charlies: Browser) -> None:
    await alices.hear("title Milk")
    page = await charlies.read("/threads?q=milk")
    assert titles(page) == []
    assert "No thread has “milk” in it." in page.text


async def test_what_is_searched_for_is_text(alices: Browser) -> None:
    await alices.hear("title Milk")
    hostile = "<script>alert(1)</script> OR milk*"
    page = await alices.read(f"/threads?q={quote(hostile)}")
    assert titles(page) == []
    assert page.one("input", type="search")["value"] == hostile
    assert "alert(1)" in page.text


async def test_a_search_for_nothing_is_the_whole_history(alices: Browser) -> None:
    await alices.hear("title Milk")
    page = await alices.read("/threads?q=++")
    assert titles(page) == ["Milk"]
    assert page.one(id="found-count").text == ""


async def test_a_store_that_cannot_search_has_no_form(served: Running, alices: Browser) -> None:
    await alices.hear("title Milk")
    store = await served.host.store()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chat.page.history.SearchesThreads", type("Nothing", (), {}))
        page = await alices.read("/threads?q=bread")
    assert isinstance(store, SearchesThreads)
    assert not page.has("form", role="search")
    assert titles(page) == ["Milk"]


async def test_the_thread_that_one_comes_from_is_marked(alices: Browser) -> None:
    first = await alices.hear("title First")
    await alices.hear("title Second")
    thread = await alices.read(first)
    (history,) = [link for link in thread.all("a") if link.text == "History"]
    page = await alices.read(history["href"])
    (marked,) = page.one("ul", class_="threads").all("a", aria_current="true")
    assert marked["href"] == f"{first}#latest"
    assert page.one("input", type="hidden", name="current")["value"] in first


async def test_the_newest_threads_are_beside_a_thread(alices: Browser, charlies: Browser) -> None:
    await charlies.hear("title Not mine")
    first = await alices.hear("title First")
    second = await alices.hear("title Second")
    nav = (await alices.read(first)).one(id="recent")
    links = nav.one("ul").all("a")
    assert [(link.text, link["href"]) for link in links] == [
        ("Second", f"{second}#latest"),
        ("First", f"{first}#latest"),
    ]
    assert [link.text for link in nav.all("a", aria_current="page")] == ["First"]


async def test_a_page_after_an_unknown_thread_is_not_found(alices: Browser) -> None:
    await alices.read("/threads?after=thr_unknown", 404)


@pytest.mark.parametrize("back", ["", "/threads"])
async def test_a_thread_is_renamed_from_its_page_and_from_the_history(
    alices: Browser, back: str
) -> None:
    thread = await alices.hear("say hi")
    page = await alices.read(back or thread)
    form = page.one("form", action=f"{thread}/title")
    assert form.fields.get("back", "") == back
    response = await alices.post(form["action"], **form.fields | {"title": "  Milk\n and eggs "})
    assert response.status_code == 303
    assert response.headers["location"] == (back or thread)
    assert titles(await alices.read("/threads")) == ["Milk and eggs"]
    assert (await alices.read(thread)).one(id="title").text == "Milk and eggs"


@pytest.mark.parametrize("what", ["title", "delete"])
async def test_a_change_leads_back_to_the_part_of_the_history_it_was_made_in(
    alices: Browser, what: str
) -> None:
    for name in ("Milk one", "Milk two"):
        thread = await alices.hear(f"title {name}")
    here = f"/threads?q=milk&current={thread.removeprefix('/threads/')}"
    form = (await alices.read(here)).one("form", action=f"{thread}/{what}")
    response = await alices.post(form["action"], **form.fields)
    assert response.headers["location"] == here


@pytest.mark.parametrize("back", ["https://example.org/threads", "//example.org/threads", "/x"])
async def test_a_change_leads_nowhere_else(alices: Browser, back: str) -> None:
    thread = await alices.hear("say hi")
    renamed = await alices.post(f"{thread}/title", title="New", back=back)
    deleted = await alices.post(f"{thread}/delete", back=back)
    assert renamed.headers["location"] == thread
    assert deleted.headers["location"] == "/threads"


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
