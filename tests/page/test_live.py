import asyncio

import httpx

from tests.page.browsing import Browser, items, texts
from tests.page.dom import parse


async def test_the_answer_is_in_the_page_while_it_is_made(alices: Browser) -> None:
    thread = await alices.say("stream 2000 0.05")
    seen = ""
    async with alices.http.stream("GET", f"{thread}/live") as response:
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        async for piece in response.aiter_text():
            seen += piece
            if "word3 " in seen:
                break
    assert "word1999" not in seen
    assert "<title>" in seen
    await alices.post(f"{thread}/stop")


async def test_the_finished_page_says_what_the_thread_says_and_leads_there(alices: Browser) -> None:
    thread = await alices.say(
        "markdown # Plan\n\n- **eggs**\n- `milk`\n\n| a | b |\n|-|-|\n| 1 | 2 |\n"
    )
    page = await alices.read(f"{thread}/live")
    final = await alices.read(thread)
    assert " ".join(texts(page)[-1].split()) in texts(final)[-1]
    refresh = page.all("meta", http_equiv="refresh")[-1]
    assert refresh["content"] == f"0; url={thread}#latest"
    assert page.has("a", href=f"{thread}#latest")


async def test_its_start_comes_at_once(alices: Browser) -> None:
    thread = await alices.say("silent")
    async with alices.http.stream("GET", f"{thread}/live") as response:
        start = ""
        async for piece in response.aiter_text():
            start += piece  # a network may cut it anywhere
            if "<article" in start and "silent" in start:
                break
    assert "<title>" in start
    assert "</html>" not in start
    await alices.post(f"{thread}/stop")


async def test_stop_is_a_form_that_is_there_from_the_start(alices: Browser) -> None:
    thread = await alices.say("hang")
    async with alices.http.stream("GET", f"{thread}/live") as response:
        start = await anext(aiter(response.aiter_text()))
    assert f'action="{thread}/stop"' in start
    assert "data-stop" in start
    assert 'data-turn="running"' in start
    await alices.post(f"{thread}/stop")


async def test_a_stop_ends_the_page_that_streams(alices: Browser) -> None:
    thread = await alices.say("hang")
    reading = asyncio.create_task(alices.http.get(f"{thread}/live", timeout=20))
    await asyncio.sleep(0.3)
    await alices.post(f"{thread}/stop")
    page = parse((await reading).text)
    assert page.all("meta", http_equiv="refresh")
    assert "word0" in texts(page)[-1]


async def test_where_nothing_is_written_it_leads_to_the_thread(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    response = await alices.http.get(f"{thread}/live")
    assert (response.status_code, response.headers["location"]) == (303, f"{thread}#latest")


async def test_every_kind_of_item_appears_in_it(alices: Browser) -> None:
    thread = await alices.say("everything")
    response: httpx.Response = await alices.http.get(f"{thread}/live")
    if response.status_code == 200:
        page = parse(response.text)
        shown = {item["data-item-id"] for item in items(page)}
        final = {item["data-item-id"] for item in items(await alices.read(thread))}
        assert final <= shown


async def test_what_is_being_done_is_said_as_it_is_with_scripts(alices: Browser) -> None:
    thread = await alices.say("search <b>milk</b>")
    async with alices.http.stream("GET", f"{thread}/live") as response:
        seen = ""
        async for piece in response.aiter_text():
            seen += piece
            if "Looking for" in seen and "</p></div>" in seen:
                break
    (line,) = parse(seen).all("p", _class="progress")
    (with_scripts,) = (await alices.read(thread)).all("p", _class="progress")
    assert line.text == with_scripts.text == "Looking for <b>milk</b>"
    assert line.one("svg").attributes == with_scripts.one("svg").attributes
    await alices.post(f"{thread}/stop")


async def test_a_reader_who_leaves_does_not_stop_the_answer(alices: Browser) -> None:
    thread = await alices.say("stream 10 0.05")
    async with alices.http.stream("GET", f"{thread}/live") as response:
        await anext(aiter(response.aiter_text()))
    page = await alices.settle(thread)
    assert "word9" in texts(page)[-1]
