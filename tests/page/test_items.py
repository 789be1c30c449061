"""Items, notices and closed threads as a browser without scripts has them."""

import asyncio

import pytest
from msgspec.structs import replace

from chat.settings import Settings
from tests import item_fixtures as fixtures
from tests.item_server import STEPS
from tests.page.browsing import HTMX, Browser, items, texts
from tests.page.dom import Element, parse
from tests.running import running


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A server that shows every kind of item."""
    return replace(settings, server="tests.item_server:items")


def notices(page: Element) -> list[str]:
    """Return what a page's notices say."""
    boxes = page.one("div", id="turn").all("div")
    return [box.text for box in boxes if "notice" in box.attributes.get("class", "").split()]


async def test_every_item_is_shown_but_what_is_hidden(alices: Browser) -> None:
    thread = await alices.hear("show all")
    shown = [article["data-item-type"] for article in items(await alices.read(thread))][1:]
    assert shown == [type for type, _ in fixtures.ITEMS.values()]
    thread = await alices.hear("play others")
    assert "hidden words" not in (await alices.http.get(thread)).text


async def test_what_is_written_is_kept_as_it_was_typed(alices: Browser) -> None:
    text = "  say\n\n   two  words \t\n"
    thread = await alices.hear(text)
    html = (await alices.http.get(thread)).text
    assert f">{text}</div>" in html


async def test_an_answer_is_given_anew(alices: Browser) -> None:
    thread = await alices.hear("show answer")
    await alices.hear("notices", thread)
    first = items(await alices.read(thread))[1]
    response = await alices.press(first, "Retry")
    assert (response.status_code, response.headers["location"]) == (303, f"{thread}/live#latest")
    shown = items(await alices.settle(thread))
    assert [article["data-item-type"] for article in shown] == ["user_message", "assistant_message"]
    assert shown[1]["data-item-id"] != first["data-item-id"]


@pytest.mark.parametrize("item", ["unknown", ""])
async def test_only_what_is_there_is_answered_anew(
    alices: Browser, charlies: Browser, item: str
) -> None:
    thread = await alices.hear("show answer")
    item = item or items(await alices.read(thread))[1]["data-item-id"]
    someone = alices if item == "unknown" else charlies
    assert (await someone.post(f"{thread}/items/{item}/retry")).status_code == 404


async def test_notices_are_of_three_levels_and_markdown(alices: Browser) -> None:
    page = await alices.read(await alices.hear("notices"))
    assert notices(page) == [
        "You have three messages left. More",
        "Slow Answers take longer now.",
        "Over Nothing is kept from now on.",
    ]
    assert page.one("a", href="https://more.example")


async def test_a_notice_is_dismissed_for_good(alices: Browser) -> None:
    thread = await alices.hear("notices")
    page = await alices.read(thread)
    slow = page.all("button", name="dismiss")[1]
    for _ in range(2):  # the second time it is gone already
        response = await alices.post(f"{thread}/notices", dismiss=slow["value"])
        assert (response.status_code, response.headers["location"]) == (303, f"{thread}#latest")
        assert [said.split()[0] for said in notices(await alices.read(thread))] == ["You", "Over"]


async def test_a_dismissed_notice_stays_away_after_a_restart(settings: Settings) -> None:
    async with running(settings) as served:
        alices = Browser(served.client())
        thread = await alices.hear("notices")
        page = await alices.read(thread)
        dismiss = page.all("button", name="dismiss")[0]["value"]
        await alices.post(f"{thread}/notices", dismiss=dismiss)
        cookies = dict(served.client().cookies)
    async with running(settings) as served:
        served.client().cookies.update(cookies)
        page = await Browser(served.client()).read(thread)
        assert [said.split()[0] for said in notices(page)] == ["Slow", "Over"]


async def test_htmx_gets_the_notices_that_are_left(alices: Browser) -> None:
    thread = await alices.hear("notices")
    page = await alices.read(thread)
    dismiss = page.all("button", name="dismiss")[2]
    response = await alices.http.post(
        f"{thread}/notices", data={"dismiss": dismiss["value"]}, headers=HTMX
    )
    change = parse(response.text).one("hx-partial")
    assert change["hx-target"] == "#turn"
    assert "Over" not in change.text


async def test_nobody_else_dismisses_a_notice(alices: Browser, charlies: Browser) -> None:
    thread = await alices.hear("notices")
    key = (await alices.read(thread)).all("button", name="dismiss")[0]["value"]
    assert (await charlies.post(f"{thread}/notices", dismiss=key)).status_code == 404
    assert len(notices(await alices.read(thread))) == 3


async def test_an_error_offers_retry_where_it_may_be_retried(alices: Browser) -> None:
    page = await alices.read(await alices.hear("play others"))
    assert "That was too much." in page.one("div", id="turn").text
    assert [button.text for button in page.one("div", id="turn").all("button")][-1] == "Retry"


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("lock <b>No</b> more.", "<b>No</b> more."),
        ("close It is sold.", "It is sold."),
        ("lock", "This thread is locked."),
        ("close", "This thread is closed."),
    ],
)
async def test_a_thread_that_is_over_says_why(alices: Browser, message: str, reason: str) -> None:
    page = await alices.read(await alices.hear(message))
    assert reason in page.one("div", id="composing").text
    assert "hidden" in page.one("form", id="composer").attributes


async def test_an_image_that_is_made_says_how_far_it_is(alices: Browser) -> None:
    thread = await alices.say("step images")
    for _ in range(2):
        STEPS.release()
    page = await alices.read(thread)
    async with asyncio.timeout(30):
        while not page.has("progress"):
            page = await alices.read(thread)
    assert page.one("progress")["value"] == "25"
    assert page.has("img", src=fixtures.PIXEL)
    for _ in range(3):
        STEPS.release()
    page = await alices.settle(thread)
    assert not page.has("progress")
    assert "Making" not in texts(page)[1]
