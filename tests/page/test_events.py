import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import msgspec
import pytest
from chatkit.types import ClientEffectEvent

from chat.live import BOOT, LiveThread
from chat.page.changes import Message
from chat.page.events import encoded, versions_of
from chat.settings import Settings
from tests.page.browsing import Browser, items
from tests.page.dom import Element, parse
from tests.running import Running, running


@dataclass
class Event:
    """One server-sent event; without a name it is HTML."""

    id: str = ""
    event: str = ""
    data: str = ""

    @property
    def changes(self) -> list[Element]:
        return parse(self.data).all("hx-partial")


class Stream:
    """A connection to a thread's changes."""

    def __init__(self, response: httpx.Response) -> None:
        self.headers = response.headers
        self._lines = response.aiter_lines()

    async def __aiter__(self) -> AsyncIterator[Event]:
        event = Event()
        data: list[str] = []
        async for line in self._lines:
            name, _, value = line.partition(": ")
            if name == "data":
                data.append(value)
            elif name in ("id", "event"):
                setattr(event, name, value)
            elif not line and event.id:
                event.data = "\n".join(data)
                yield event
                event, data = Event(), []

    async def until(self, mark: str) -> list[Event]:
        """Return the events up to the first that holds a text."""
        seen: list[Event] = []
        async with asyncio.timeout(20):
            async for event in self:
                seen.append(event)
                if mark in event.data or mark == event.event:
                    return seen
        raise AssertionError(f"the stream ended without {mark}")


@asynccontextmanager
async def watching(browser: Browser, thread: str, last: str = "") -> AsyncIterator[Stream]:
    """Open a thread's page, and connect to its changes as the page does."""
    page = await browser.read(thread)
    (element,) = [found for found in page if "hx-sse:connect" in found.attributes]
    headers = {"Last-Event-ID": last} if last else {}
    async with browser.http.stream("GET", element["hx-sse:connect"], headers=headers) as response:
        assert response.status_code == 200
        yield Stream(response)


async def glance(browser: Browser, thread: str, last: str = "") -> list[Event]:
    """Return what a page is told that only glances at its thread's changes."""
    page = await browser.read(thread)
    (element,) = [found for found in page if "hx-sse:connect" in found.attributes]
    headers = {"ChatKit-Glance": "1", **({"Last-Event-ID": last} if last else {})}
    async with (
        asyncio.timeout(20),
        browser.http.stream("GET", element["hx-sse:connect"], headers=headers) as response,
    ):
        return [event async for event in Stream(response)]


def targets(events: list[Event]) -> list[tuple[str, str]]:
    return [(change["hx-target"], change["hx-swap"]) for e in events for change in e.changes]


async def test_a_glance_tells_what_is_new_and_ends(alices: Browser) -> None:
    thread = await alices.hear("say One.")
    assert await glance(alices, thread) == []
    [event, *_] = await glance(alices, thread, f"{BOOT}.1")
    assert "One." in event.data
    assert await glance(alices, thread, event.id) == []
    await alices.say("hang", thread)
    *_, event = await glance(alices, thread, event.id)
    assert "hang" in event.data
    await alices.http.post(f"{thread}/stop")


async def test_the_stream_is_one_that_nothing_on_the_way_holds_back(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-cache, no-transform"
        assert stream.headers["x-accel-buffering"] == "no"


async def test_an_answer_grows_by_what_is_new(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        await alices.say("stream 12 0.05", thread)
        events = await stream.until('data-turn="done"')
    grown = [swap for target, swap in targets(events) if target.endswith("-tail")]
    assert set(grown) == {"beforeend"}
    assert len(grown) > 3
    shown = [item for event in events for item in items(parse(event.data))]
    first, *later = [item["data-item-type"] for item in shown]
    assert first == "user_message"
    assert set(later) == {"assistant_message"}
    # Begun it may be shown twice: empty, then with its first part. Whole it comes once.
    assert sum("Good response" in event.data for event in events) == 1
    last = items(await alices.read(thread))[-1]
    assert shown[-1].text == last.text


async def test_every_change_names_the_state_after_it(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        await alices.say("stream 5", thread)
        events = await stream.until('data-turn="done"')
    versions = [versions_of(event.id) for event in events]
    assert versions == sorted(versions)
    assert all(seen > 0 for seen, _ in versions)


async def test_who_comes_back_gets_only_what_was_missed(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        await alices.say("say one", thread)
        events = await stream.until('data-turn="done"')
    await alices.hear("title Two", thread)
    async with watching(alices, thread, last=events[-1].id) as stream:
        missed = await stream.until("Titled.")
    assert ("#items", "outerMorph") not in targets(missed)
    assert "say one" not in missed[0].data


@pytest.mark.parametrize(
    "last",
    ["gone.12", f"{BOOT}.x", "nonsense", f"{BOOT}.99999999999999999999"],
    ids=["another process", "no number", "nonsense", "no version"],
)
async def test_who_knows_another_process_gets_the_whole_state(alices: Browser, last: str) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread, last=last) as stream:
        (event,) = await stream.until("#items")
    assert [target for target, _ in targets([event])] == [
        "#head",
        "#recent",
        "#items",
        "#turn",
        "#composing",
    ]
    assert len(items(parse(event.data))) == 2


async def test_a_page_that_is_up_to_date_is_left_alone(settings: Settings) -> None:
    async with running(msgspec.structs.replace(settings, heartbeat=0.05)) as served:
        alices = Browser(served.client())
        thread = await alices.hear("say hi")
        page = await alices.read(thread)
        (element,) = [found for found in page if "hx-sse:connect" in found.attributes]
        async with alices.http.stream("GET", element["hx-sse:connect"]) as response:
            lines = aiter(response.aiter_lines())
            said = [line for _ in range(6) if (line := await anext(lines))]
    assert said == [": connected", ": still here", ": still here"]


async def test_an_answer_that_began_elsewhere_is_seen(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    message = {
        "content": [{"type": "input_text", "text": "say from the other client"}],
        "attachments": [],
        "inference_options": {},
    }
    params = {"thread_id": thread.removeprefix("/threads/"), "input": message}
    async with watching(alices, thread) as stream:
        await alices.http.post(
            "/chatkit", json={"type": "threads.add_user_message", "params": params}
        )
        events = await stream.until('data-turn="done"')
    assert "from the other client" in "".join(event.data for event in events)


async def test_a_new_title_arrives(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        await alices.post(f"{thread}/title", title="<i>New")
        (event,) = await stream.until("#head")
    assert "<title>&lt;i&gt;New</title>" in event.data
    assert parse(event.data).one("h1").text == "<i>New"


async def test_a_removed_item_goes(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    old = {item["id"] for item in items(await alices.read(thread))}
    async with watching(alices, thread) as stream:
        await alices.say("everything", thread)
        events = await stream.until('data-turn="done"')
    present = {item["id"] for item in items(await alices.read(thread))}
    shown = {item["id"] for event in events for item in items(parse(event.data))}
    gone = {target.removeprefix("#") for target, swap in targets(events) if swap == "delete"}
    assert gone
    assert shown - gone == present - old
    assert not gone & present


async def test_an_effect_is_an_event_of_its_own(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        await alices.say("everything", thread)
        events = await stream.until("chatkit.effect")
    assert msgspec.json.decode(events[-1].data) == {"name": "confetti", "data": {"colour": "gold"}}


async def test_effects_that_a_broken_connection_held_back_arrive_once(
    alices: Browser, served: Running
) -> None:
    thread = await alices.hear("say hi")
    live = served.host.turns.live(thread.removeprefix("/threads/"))
    async with watching(alices, thread) as stream:
        live.rename("New")
        for name in ("first", "second"):
            live.show_effect(ClientEffectEvent(name=name, data={}))
        events = await stream.until("second")
    html, first, _ = events
    assert (html.event, first.event) == ("", "chatkit.effect")
    async with watching(alices, thread, last=html.id) as stream:
        assert await effects(stream, live) == ["first", "second"]
    async with watching(alices, thread, last=first.id) as stream:
        assert await effects(stream, live) == ["second"]


async def effects(stream: Stream, live: LiveThread) -> list[str]:
    """Return the names of the effects that a stream has to tell up to now."""
    live.show_effect(ClientEffectEvent(name="the last", data={}))
    events = await stream.until("the last")
    return [msgspec.json.decode(e.data)["name"] for e in events if e.event][:-1]


async def test_retry_shows_the_thread_as_it_is_then(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    old = items(await alices.read(thread))[-1]["id"]
    async with watching(alices, thread) as stream:
        await alices.post(f"{thread}/retry")
        events = await stream.until('data-turn="done"')
    whole = [change for e in events for change in e.changes if change["hx-target"] == "#items"]
    assert "outerMorph" in {change["hx-swap"] for change in whole}
    assert old not in events[-1].data


async def test_an_old_widget_that_changes_is_not_put_at_the_end(alices: Browser) -> None:
    thread = await alices.hear("widget")
    page = await alices.read(thread)
    widget = items(page)[-1]
    await alices.hear("many 60", thread)
    async with watching(alices, thread) as stream:
        await alices.press(page, "Raise by ten")
        (event,) = await stream.until("Count 10")
    assert targets([event]) == [(f"#{widget['id']}", "outerMorph")]


async def test_a_deleted_thread_says_so_and_ends_the_stream(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        await alices.post(f"{thread}/delete")
        events = [event async for event in stream]
    assert events[-1].event == "chatkit.gone"
    assert "was deleted" in events[0].data


async def test_a_reader_who_leaves_does_not_stop_the_answer(alices: Browser) -> None:
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        await alices.say("stream 10", thread)
        await stream.until("word")
    page = await alices.settle(thread)
    assert page.has(data_turn="done")
    assert "word9" in items(page)[-1].text


async def test_what_users_and_models_write_stays_text(alices: Browser) -> None:
    hostile = '[x](https://e.org "<hx-partial hx-target=#main hx-swap=delete>") <hx-partial>'
    thread = await alices.hear("say hi")
    async with watching(alices, thread) as stream:
        await alices.say(f"markdown {hostile}", thread)
        events = await stream.until('data-turn="done"')
    for event in events:
        for piece in event.data.split("<hx-partial")[1:]:
            assert piece.startswith(' hx-target="#')
        assert "#main" not in {target for target, _ in targets([event])}


def test_a_message_of_many_lines_is_one_event() -> None:
    assert (
        encoded(Message("a\nb\r\nc\rd", 1), "t.1")
        == b"id: t.1\ndata: a\ndata: b\ndata: c\ndata: d\n\n"
    )
    assert encoded(Message("{}", 2, "gone"), "t.2") == b"id: t.2\nevent: gone\ndata: {}\n\n"


@pytest.mark.parametrize(
    ("token", "versions"),
    [
        (f"{BOOT}.7", (7, 7)),
        (f"{BOOT}.7.5", (7, 5)),
        ("other.7", (0, 0)),
        ("", (0, 0)),
        (f"{BOOT}.", (0, 0)),
        (f"{BOOT}.7.", (0, 0)),
        (f"{BOOT}.7.5.3", (0, 0)),
        (f"{BOOT}.\u0667", (0, 0)),
    ],
    ids=[
        *("its own", "its own with effects", "another's", "empty", "no number"),
        *("half a number", "too many numbers", "foreign digits"),
    ],
)
def test_only_tokens_of_this_process_name_versions(token: str, versions: tuple[int, int]) -> None:
    assert versions_of(token) == versions
