import re

import pytest

from tests.page.browsing import HTMX, Browser, items, texts
from tests.page.dom import parse
from tests.running import Running


async def test_a_running_answer_is_there_as_far_as_it_got(alices: Browser) -> None:
    thread = await alices.say("hang")
    page = await alices.read(thread)
    assert page.has(data_turn="running")
    assert "word0" in texts(page)[1]
    refresh = page.one("noscript").one("meta", http_equiv="refresh")
    assert refresh["content"] == f"0; url={thread}/live#latest"
    await alices.post(f"{thread}/stop")
    assert not (await alices.read(thread)).has("meta", http_equiv="refresh")


async def test_nobody_else_sees_a_thread(alices: Browser, charlies: Browser) -> None:
    thread = await alices.hear("say mine")
    for address in (thread, f"{thread}/live", f"{thread}/events", f"{thread}?before=x"):
        response = await charlies.http.get(address)
        assert response.status_code == 404
        assert "mine" not in response.text


async def test_it_has_the_newest_items_and_pages_back_through_the_others(alices: Browser) -> None:
    thread = await alices.hear("many 120")
    page = await alices.read(thread)
    assert len(items(page)) == 50
    assert texts(page)[-1].startswith("Number 119.")
    seen = texts(page)
    while links := [link for link in page.all("a") if link.text == "Earlier messages"]:
        page = await alices.read(links[0]["href"])
        assert not page.has("form", id="composer")
        assert page.has("a", href=f"{thread}#latest")
        seen = texts(page) + seen
    assert [re.search(r"\d+", text)[0] for text in seen] == [  # type: ignore[index]
        "120",
        *(str(number) for number in range(120)),
    ]


async def test_htmx_puts_earlier_messages_above_the_others(alices: Browser) -> None:
    thread = await alices.hear("many 60")
    page = await alices.read(thread)
    (link,) = [link for link in page.all("a") if link.text == "Earlier messages"]
    response = await alices.http.get(link["href"], headers=HTMX)
    above, again = parse(response.text).all("hx-partial")
    assert (above["hx-target"], above["hx-swap"]) == ("#earlier", "afterend")
    assert len(items(above)) == 11
    assert (again["hx-target"], again["hx-swap"]) == ("#earlier", "outerHTML")
    assert again.text == ""
    assert response.headers["hx-push-url"] == "false"


async def test_messages_before_an_unknown_one_are_not_found(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    page = await alices.read(f"{thread}?before=msg_unknown", 404)
    assert "not in the thread" in page.text


async def test_htmx_gets_the_block_with_its_title_and_address(alices: Browser) -> None:
    thread = await alices.hear("title Shopping")
    there = {"HX-Current-URL": f"{alices.http.base_url}/threads"}
    response = await alices.http.get(thread, headers=HTMX | there)
    assert response.text.startswith('<title>Shopping</title><div id="main"')
    assert "<html" not in response.text
    assert response.headers["hx-push-url"] == thread
    assert "HX-Request" in response.headers["vary"]


async def test_the_same_address_is_not_a_new_entry_of_the_history(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    there = {"HX-Current-URL": f"{alices.http.base_url}{thread}"}
    response = await alices.http.get(thread, headers=HTMX | there)
    assert response.headers["hx-replace-url"] == thread
    assert "hx-push-url" not in response.headers


async def test_htmx_gets_the_whole_page_to_restore_its_history(alices: Browser) -> None:
    response = await alices.http.get(
        "/threads", headers=HTMX | {"HX-History-Restore-Request": "true"}
    )
    assert response.text.startswith("<!doctype html>")


async def test_a_title_is_shown_as_it_was_written(alices: Browser) -> None:
    thread = await alices.hear("title <b>Me & you</b>")
    page = await alices.read(thread)
    assert page.one("h1", id="title").text == "<b>Me & you</b>"
    assert not page.has("b")
    assert page.one("input", name="title")["value"] == "<b>Me & you</b>"


async def test_a_locked_thread_says_why_and_has_no_composer(alices: Browser) -> None:
    thread = await alices.hear("lock")
    page = await alices.read(thread)
    assert "This thread is finished." in page.text
    assert "hidden" in page.one("form", id="composer").attributes
    assert not page.has("form", action=f"{thread}/retry")


async def test_a_failure_is_told_in_a_sentence_with_retry(alices: Browser) -> None:
    thread = await alices.hear("fail")
    page = await alices.read(thread)
    assert page.has(data_turn="failed")
    assert "Something went wrong" in page.text
    assert "secret" not in page.text
    assert page.has("form", action=f"{thread}/retry")


async def test_a_refusal_of_the_server_is_told_as_it_put_it(alices: Browser) -> None:
    thread = await alices.hear("refuse")
    assert "The model is busy." in (await alices.read(thread)).text


async def test_notices_stay_beside_the_answer(alices: Browser) -> None:
    thread = await alices.hear("everything")
    page = await alices.read(thread)
    assert "You have three messages left." in page.one(id="turn").text


@pytest.mark.parametrize("message", ["ask", "everything"])
async def test_a_question_waits_in_place_of_the_composer(alices: Browser, message: str) -> None:
    thread = await alices.hear(message)
    page = await alices.read(thread)
    assert "hidden" in page.one("form", id="composer").attributes
    assert "Answer the question above" in page.text


async def test_hidden_items_never_reach_the_page(alices: Browser) -> None:
    thread = await alices.hear("everything")
    assert "hidden words" not in (await alices.http.get(thread)).text


async def test_an_interrupted_answer_can_be_retried(alices: Browser, served: Running) -> None:
    thread = await alices.say("hang")
    turn = served.host.turns.running(thread.removeprefix("/threads/"))
    assert turn is not None
    await served.host.turns.cancel(turn, "interrupted")
    page = await alices.read(thread)
    assert "interrupted" in page.one(id="turn").text
    assert page.has("form", action=f"{thread}/retry")
