import asyncio
from typing import Any

import httpx
import pytest
from chatkit.types import ThreadItem

from tests.page.browsing import HTMX, Browser, items, texts
from tests.page.dom import parse
from tests.running import Running


async def test_a_first_message_begins_a_thread(alices: Browser) -> None:
    thread = await alices.hear("say Hello.")
    page = await alices.read(thread)
    assert texts(page)[0].startswith("say Hello.")
    assert texts(page)[1].startswith("Hello.")
    assert [item["data-item-type"] for item in items(page)] == [
        "user_message",
        "assistant_message",
    ]


async def test_the_next_message_goes_on_in_the_thread(alices: Browser) -> None:
    thread = await alices.hear("say one")
    assert await alices.hear("say two", thread) == thread
    assert len(items(await alices.read(thread))) == 4


async def test_htmx_is_shown_the_thread_at_once(alices: Browser) -> None:
    response = await alices.http.post("/threads", data={"text": "say hi"}, headers=HTMX)
    assert response.status_code == 200
    thread = response.headers["hx-push-url"]
    assert thread.startswith("/threads/thr_")
    page = parse(response.text)
    assert texts(page)[0].startswith("say hi")
    assert page.one("form", data_composer="")["action"] == f"{thread}/messages"


async def test_a_new_thread_is_shown_with_its_message_however_slow_the_store_is(
    alices: Browser, served: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = await served.host.store()
    add = store.add_thread_item

    async def add_slowly(thread_id: str, item: ThreadItem, context: Any) -> None:
        await asyncio.sleep(0.2)
        await add(thread_id, item, context)

    monkeypatch.setattr(store, "add_thread_item", add_slowly)
    response = await alices.http.post("/threads", data={"text": "say hi"}, headers=HTMX)
    assert texts(parse(response.text))[0].startswith("say hi")


async def test_a_page_that_is_told_of_the_thread_by_a_stream_gets_nothing_else(
    alices: Browser,
) -> None:
    thread = await alices.hear("say hi")
    watching = HTMX | {"Chat-Watching": f"{thread}/events?since=x.1"}
    response = await alices.http.post(
        f"{thread}/messages", data={"text": "say more"}, headers=watching
    )
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["hx-push-url"] == "false"
    assert len(items(await alices.settle(thread))) == 4


@pytest.mark.parametrize("stream", ["", "/threads/thr_another/events?since=x.1", "http://[x"])
async def test_any_other_page_is_shown_the_thread(alices: Browser, stream: str) -> None:
    thread = await alices.hear("say hi")
    headers = HTMX | {"Chat-Watching": stream}
    response = await alices.http.post(
        f"{thread}/messages", data={"text": "say more"}, headers=headers
    )
    assert response.status_code == 200
    assert response.headers["hx-push-url"] == thread
    assert "say more" in parse(response.text).text


@pytest.mark.parametrize("text", ["", "   \n\t "])
async def test_an_empty_message_is_refused_with_a_sentence(alices: Browser, text: str) -> None:
    response = await alices.post("/threads", text=text)
    assert response.status_code == 400
    assert "Write something" in parse(response.text).text
    assert "Nothing here yet" in (await alices.read("/threads")).text


async def test_a_refused_message_is_not_lost(alices: Browser) -> None:
    thread = await alices.say("hang")
    response = await alices.post(f"{thread}/messages", text="a <long> thought")
    assert response.status_code == 409
    page = parse(response.text)
    assert "still being written" in page.text
    again = page.one("form", class_="again")
    assert again.fields["text"] == "a <long> thought"
    assert again["action"] == f"{thread}/messages"
    await alices.post(f"{thread}/stop")


async def test_htmx_gets_a_refusal_as_an_alert_that_changes_nothing_else(alices: Browser) -> None:
    thread = await alices.say("hang")
    response = await alices.http.post(f"{thread}/messages", data={"text": "more"}, headers=HTMX)
    assert response.status_code == 409
    assert response.headers["hx-push-url"] == "false"
    alert = parse(response.text).one("hx-partial")
    assert alert["hx-target"] == "#alerts"
    assert "still being written" in alert.text
    await alices.post(f"{thread}/stop")


async def test_nobody_else_can_write_in_a_thread(alices: Browser, charlies: Browser) -> None:
    thread = await alices.hear("say mine")
    for action in ("messages", "stop", "retry"):
        response = await charlies.post(f"{thread}/{action}", text="say yours")
        assert response.status_code == 404
    assert len(items(await alices.read(thread))) == 2


async def test_files_come_with_a_message(alices: Browser) -> None:
    response = await alices.http.post(
        "/threads",
        data={"text": "say thanks"},
        files=[
            ("file", ("notes.txt", b"milk and eggs", "text/plain")),
            ("file", ("more.csv", b"a,b\n1,2\n", "text/csv")),
        ],
    )
    page = await alices.settle(response.headers["location"].removesuffix("/live#latest"))
    message = items(page)[0]
    assert "notes.txt" in message.text
    links = [link["href"] for link in message.all("a") if "/attachments/" in link["href"]]
    contents = {(await alices.http.get(link)).content for link in links}
    assert contents == {b"milk and eggs", b"a,b\n1,2\n"}


async def test_a_file_alone_is_a_message(alices: Browser) -> None:
    response = await alices.http.post(
        "/threads", data={"text": ""}, files={"file": ("notes.txt", b"milk", "text/plain")}
    )
    assert response.status_code == 303


async def test_an_empty_file_field_is_no_file(alices: Browser) -> None:
    response = await alices.http.post(
        "/threads",
        data={"text": "say hi"},
        files={"file": ("", b"", "application/octet-stream")},
    )
    page = await alices.settle(response.headers["location"].removesuffix("/live#latest"))
    assert not [link for link in page.all("a") if "/attachments/" in link["href"]]


async def test_of_a_refused_message_no_file_is_kept(alices: Browser, served: Running) -> None:
    files = [
        ("file", ("notes.txt", b"milk", "text/plain")),
        ("file", ("tool.exe", b"MZ\x90\x00", "application/x-msdownload")),
    ]
    response = await alices.http.post("/threads", data={"text": "say hi"}, files=files)
    assert response.status_code == 415
    folder = served.host.settings.attachments_folder
    assert folder is not None
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert "say hi" in parse(response.text).one("form", class_="again").fields["text"]


async def test_stop_keeps_what_was_said_and_offers_retry(alices: Browser) -> None:
    thread = await alices.say("hang")
    page = await alices.read(thread)
    assert page.has(data_turn="running")
    stop = page.one("button", data_stop="")
    form = page.one("form", id=stop["form"])
    response = await alices.post(form["action"])
    assert response.status_code == 303
    page = await alices.read(response.headers["location"])
    assert page.has(data_turn="stopped")
    assert "word0" in texts(page)[1]
    assert page.has("form", action=f"{thread}/retry")


async def test_stop_without_an_answer_does_nothing(alices: Browser) -> None:
    thread = await alices.hear("say done")
    assert (await alices.post(f"{thread}/stop")).status_code == 303
    assert (await alices.read(thread)).has(data_turn="done")


async def test_an_answer_that_may_not_be_stopped_has_no_stop(alices: Browser) -> None:
    thread = await alices.hear("locked-stop")
    await alices.say("stream 20", thread)
    page = await alices.read(thread)
    assert page.has(data_turn="running")
    assert not page.has("button", data_stop="")
    assert (await alices.post(f"{thread}/stop")).status_code == 409
    await alices.settle(thread)


async def test_retry_answers_the_newest_message_anew(alices: Browser) -> None:
    thread = await alices.hear("say first")
    await alices.hear("say second", thread)
    before = [item["data-item-id"] for item in items(await alices.read(thread))]
    response = await alices.post(f"{thread}/retry")
    assert response.headers["location"] == f"{thread}/live#latest"
    after = [item["data-item-id"] for item in items(await alices.settle(thread))]
    assert after[:3] == before[:3]
    assert len(after) == 4
    assert after[3] != before[3]


async def test_retry_of_an_earlier_message_drops_what_followed(alices: Browser) -> None:
    thread = await alices.hear("say first")
    await alices.hear("say second", thread)
    first = items(await alices.read(thread))[0]["data-item-id"]
    await alices.post(f"{thread}/retry", item_id=first)
    assert [text.split()[0] for text in texts(await alices.settle(thread))] == ["say", "first"]


@pytest.mark.parametrize("item_id", ["msg_unknown", "../../etc"])
async def test_retry_of_an_unknown_message_is_not_found(alices: Browser, item_id: str) -> None:
    thread = await alices.hear("say first")
    assert (await alices.post(f"{thread}/retry", item_id=item_id)).status_code == 404


async def test_two_messages_at_once_start_one_answer(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    answers: list[httpx.Response] = await asyncio.gather(
        *(alices.post(f"{thread}/messages", text="stream 10") for _ in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409, 409]
    assert len(items(await alices.settle(thread))) == 4


async def test_another_sites_form_is_refused(alices: Browser) -> None:
    response = await alices.http.post(
        "/threads", data={"text": "say hi"}, headers={"Origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert "another site" in parse(response.text).text
