"""The composer without scripts: what it offers, and what its plain form sends."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chat.settings import Settings
from tests.client import ChatKitClient
from tests.page.browsing import Browser, items
from tests.page.dom import parse
from tests.page.test_events import watching
from tests.running import Running, running

TOOLS = [
    {"id": "search", "label": "Search the web", "icon": "globe"},
    {"id": "draw", "label": "Draw", "icon": "images", "persistent": True},
    {"id": "think", "label": "Think longer", "shortLabel": "Think", "icon": "atom", "pinned": True},
]
MODELS = [
    {"id": "fast", "label": "Fast", "description": "Answers at once"},
    {"id": "deep", "label": "Deep", "default": True},
    {"id": "old", "label": "Old", "disabled": True},
]


@asynccontextmanager
async def chat(settings: Settings, **options: Any) -> AsyncIterator[Running]:
    """Serve the application with an options file."""
    assert settings.database_path
    path = settings.database_path.parent / "options.json"
    path.write_text(json.dumps(options))
    async with running(msgspec.structs.replace(settings, options=str(path))) as served:
        await served.host.server()
        yield served


async def said(alices: Browser, thread: str) -> dict[str, Any]:
    """Return the newest message of a thread, as the protocol has it, once it is answered."""
    await alices.settle(thread)
    items = await ChatKitClient(alices.http).items(thread.removeprefix("/threads/"))
    return [item for item in items if item["type"] == "user_message"][-1]


async def post(alices: Browser, address: str, **fields: str) -> str:
    """Post a message and return its thread's address when the answer is complete."""
    response = await alices.post(address, **fields)
    assert response.status_code == 303, response.text
    thread = str(response.headers["location"]).removesuffix("/live#latest")
    await alices.settle(thread)
    return thread


def kept_files(settings: Settings) -> list[Path]:
    """Return the files of all attachments."""
    folder = settings.attachments_folder
    assert folder is not None
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_the_chosen_tool_and_model_go_with_the_message(settings: Settings) -> None:
    async with chat(settings, composer={"tools": TOOLS, "models": MODELS}) as served:
        alices = Browser(served.client())
        composer = (await alices.read("/")).one("form", id="composer")
        names = [radio["value"] for radio in composer.all("input", name="tool")]
        assert names == ["", "search", "draw", "think"]
        assert composer.fields["tool"] == ""
        assert composer.fields["model"] == "deep"
        assert "Answers at once" in composer.text
        thread = await post(alices, "/threads", text="say hi", tool="search", model="fast")
        message = await said(alices, thread)
    assert message["inference_options"] == {"tool_choice": {"id": "search"}, "model": "fast"}


async def test_a_persistent_tool_stays_chosen_and_another_one_does_not(settings: Settings) -> None:
    async with chat(settings, composer={"tools": TOOLS, "models": MODELS}) as served:
        alices = Browser(served.client())
        thread = await post(alices, "/threads", text="say hi", tool="search", model="fast")
        fields = (await alices.read(thread)).one("form", id="composer").fields
        assert (fields["tool"], fields["model"]) == ("", "fast")
        await post(alices, f"{thread}/messages", text="say hi", tool="draw", model="fast")
        assert (await alices.read(thread)).one("form", id="composer").fields["tool"] == "draw"


@pytest.mark.parametrize("fields", [{"tool": "rm"}, {"model": "old"}, {"model": "none"}])
async def test_what_is_not_offered_is_refused(settings: Settings, fields: dict[str, str]) -> None:
    async with chat(settings, composer={"tools": TOOLS, "models": MODELS}) as served:
        alices = Browser(served.client())
        response = await alices.post("/threads", text="say hi", **fields)
        assert response.status_code == 400
        assert "not offered" in parse(response.text).text
        assert "Nothing here yet" in (await alices.read("/threads")).text


async def test_the_default_model_goes_with_a_starter_prompt(settings: Settings) -> None:
    prompts = [{"label": "Greet", "prompt": "say hello", "icon": "sparkle"}]
    options = {"startScreen": {"prompts": prompts}, "composer": {"models": MODELS}}
    async with chat(settings, **options) as served:
        alices = Browser(served.client())
        response = await alices.press(await alices.read("/"), "Greet")
        thread = response.headers["location"].removesuffix("/live#latest")
        message = await said(alices, thread)
    assert message["content"] == [{"type": "input_text", "text": "say hello"}]
    assert message["inference_options"]["model"] == "deep"


async def test_a_prompt_may_bring_tags(settings: Settings) -> None:
    pieces = [
        {"type": "input_text", "text": "Ask "},
        {"type": "input_tag", "text": "Ron", "id": "per_3", "data": {"house": "red"}},
    ]
    prompts = [{"label": "Ask Ron", "prompt": pieces}]
    async with chat(settings, startScreen={"prompts": prompts}) as served:
        alices = Browser(served.client())
        response = await alices.press(await alices.read("/"), "Ask Ron")
        message = await said(alices, response.headers["location"].removesuffix("/live#latest"))
        unknown = await alices.post("/threads", prompt="7")
    assert [part["type"] for part in message["content"]] == ["input_text", "input_tag"]
    assert message["content"][1]["data"] == {"house": "red"}
    assert unknown.status_code == 400


async def test_a_quoted_passage_goes_with_the_message(alices: Browser) -> None:
    page = await alices.read("/")
    quote = page.one("textarea", name="quoted_text")
    assert quote["form"] == "composer"
    thread = await post(alices, "/threads", text="say why", quoted_text="two\r\nlines")
    assert (await said(alices, thread))["quoted_text"] == "two\nlines"
    assert "two lines" in (await alices.read(thread)).one("blockquote").text


async def test_a_refused_message_keeps_its_quote_tool_and_model(settings: Settings) -> None:
    async with chat(settings, composer={"tools": TOOLS, "models": MODELS}) as served:
        alices = Browser(served.client())
        thread = await alices.say("hang")
        asked = {"text": "a thought", "quoted_text": "this", "tool": "draw", "model": "fast"}
        response = await alices.post(f"{thread}/messages", **asked)
        assert response.status_code == 409
        again = parse(response.text).one("form", class_="again")
        assert again.fields == asked
        await alices.post(f"{thread}/stop")


async def test_files_uploaded_before_go_with_the_message(alices: Browser) -> None:
    sent = {"file": ("notes.txt", b"milk", "text/plain")}
    uploaded = (await alices.http.post("/attachments", files=sent)).json()
    thread = await post(alices, "/threads", text="say thanks", attachment=uploaded["id"])
    assert [each["name"] for each in (await said(alices, thread))["attachments"]] == ["notes.txt"]


async def test_files_uploaded_before_outlast_a_refused_message(alices: Browser) -> None:
    sent = {"file": ("notes.txt", b"milk", "text/plain")}
    uploaded = (await alices.http.post("/attachments", files=sent)).json()
    thread = await alices.say("hang")
    for _ in range(2):
        response = await alices.post(
            f"{thread}/messages", text="say more", attachment=uploaded["id"]
        )
        assert response.status_code == 409
    assert (await alices.http.get(f"/attachments/{uploaded['id']}")).content == b"milk"
    await alices.post(f"{thread}/stop")


async def test_nobody_can_send_what_another_has_uploaded(
    alices: Browser, charlies: Browser
) -> None:
    sent = {"file": ("notes.txt", b"milk", "text/plain")}
    uploaded = (await alices.http.post("/attachments", files=sent)).json()
    response = await charlies.post("/threads", text="say mine", attachment=uploaded["id"])
    assert response.status_code == 404


async def test_limits_are_told_before_and_enforced_after(settings: Settings) -> None:
    attachments = {
        "enabled": True,
        "maxCount": 2,
        "maxSize": {"text/csv": 100, "*": 10},
        "accept": {"text/*": [".txt", ".csv"]},
    }
    async with chat(settings, composer={"attachments": attachments}) as served:
        alices = Browser(served.client())
        page = await alices.read("/")
        field = page.one("input", type="file")
        assert field["accept"] == "text/*,.txt,.csv"
        told = page.one(id=field["aria-describedby"]).text
        assert "Up to 2 files" in told
        assert "10 bytes each" in told
        refused = []
        for files in (
            [("a.txt", b"x" * 11, "text/plain")],
            [("a.json", b"{}", "application/json")],
            [(f"{n}.txt", b"x", "text/plain") for n in range(3)],
        ):
            sent = [("file", each) for each in files]
            response = await alices.http.post("/threads", data={"text": "say hi"}, files=sent)
            refused.append(response.status_code)
        fits = {"file": ("a.csv", b"x" * 90, "text/csv")}
        response = await alices.http.post("/threads", data={"text": "say hi"}, files=fits)
    assert refused == [413, 415, 400]
    assert response.status_code == 303
    assert len(kept_files(settings)) == 1


async def test_where_attachments_are_off_there_are_none(settings: Settings) -> None:
    async with chat(settings) as served:
        alices = Browser(served.client())
        assert not (await alices.read("/")).has("input", type="file")
        files = {"file": ("a.txt", b"x", "text/plain")}
        response = await alices.http.post("/threads", data={"text": "say hi"}, files=files)
    assert response.status_code == 501


async def test_a_server_is_offered_no_more_than_it_can_do(settings: Settings) -> None:
    bare = msgspec.structs.replace(settings, server="tests.servers:bare")
    async with running(bare) as served:
        await served.host.server()
        composer = (await Browser(served.client()).read("/")).one("form", id="composer")
    assert not composer.has("input", type="file")
    assert not composer.has("button", data_dictate="")
    assert not composer.has(id="mentions")


async def test_a_server_that_can_is_offered_dictation_and_mentions(
    served: Running, alices: Browser
) -> None:
    await served.host.server()
    page = await alices.read("/")
    assert page.one("button", data_dictate="")["aria-label"] == "Dictate"
    assert page.one("button", data_mention="")["aria-label"] == "Mention"
    response = await alices.http.get("/")
    assert "microphone=(self)" in response.headers["permissions-policy"]


async def test_a_disclaimer_is_markdown_below_the_composer(settings: Settings) -> None:
    text = "May be **wrong** <script>alert(1)</script>"
    async with chat(settings, disclaimer={"text": text, "highContrast": True}) as served:
        alices = Browser(served.client())
        for address in ("/", await alices.hear("say hi")):
            shown = (await alices.read(address)).one(class_="disclaimer contrast")
            assert shown.one("strong").text == "wrong"
            assert not shown.has("script")


async def test_the_header_shows_what_the_options_say(settings: Settings) -> None:
    header = {
        "title": {"text": "Kitchen"},
        "leftAction": {"icon": "home", "href": "https://example.org/", "label": "Home"},
    }
    history = {"enabled": False, "showDelete": False, "showRename": False}
    async with chat(settings, header=header, history=history) as served:
        alices = Browser(served.client())
        page = await alices.read(await alices.hear("title Soup"))
    bar = page.one("header")
    assert bar.one("h1").text == "Kitchen"
    assert bar.one("a", aria_label="Home")["href"] == "https://example.org/"
    assert not bar.has("a", href="/threads")
    assert "Rename" not in bar.text
    assert "Delete" not in bar.text


async def test_without_a_header_the_title_is_there_for_those_who_cannot_see(
    settings: Settings,
) -> None:
    async with chat(settings, header={"enabled": False}) as served:
        alices = Browser(served.client())
        page = await alices.read(await alices.hear("title Soup"))
    assert not page.has("header", class_="bar")
    assert page.has("h1", class_="visually-hidden")


async def test_retry_is_offered_for_what_failed_even_where_it_is_off(settings: Settings) -> None:
    async with chat(settings) as served:
        alices = Browser(served.client())
        done = await alices.hear("say hi")
        failed = await alices.hear("fail")
        assert not (await alices.read(done)).has("form", action=f"{done}/retry")
        assert (await alices.read(failed)).has("form", action=f"{failed}/retry")


async def test_what_is_switched_off_is_nowhere_and_refused(settings: Settings) -> None:
    async with chat(settings) as served:
        alices = Browser(served.client())
        thread = await alices.hear("say hi")
        async with watching(alices, thread) as stream:
            await alices.say("say two", thread)
            live = "".join(event.data for event in await stream.until('data-turn="done"'))
        html = (await alices.http.get(thread)).text
        item = items(parse(html))[-1]["data-item-id"]
        refused = [
            await alices.post(f"{thread}/items/{item}/feedback", kind="positive"),
            await alices.post(f"{thread}/items/{item}/retry"),
            await alices.post(f"{thread}/retry"),
        ]
        assert len(items(await alices.read(thread))) == 4
    for shown in (live, html):
        assert 'aria-label="Copy"' in shown
        assert 'aria-label="Good response"' not in shown
        assert 'aria-label="Retry"' not in shown
    assert [response.status_code for response in refused] == [400, 400, 400]


async def test_what_was_chosen_is_called_by_its_label_live_and_later(settings: Settings) -> None:
    async with chat(settings, composer={"tools": TOOLS, "models": MODELS}) as served:
        alices = Browser(served.client())
        thread = await post(alices, "/threads", text="say hi", tool="search", model="fast")
        async with watching(alices, thread) as stream:
            await alices.post(f"{thread}/messages", text="say two", tool="think", model="deep")
            events = await stream.until('data-turn="done"')
        live = [item for event in events for item in items(parse(event.data))]
        stored = items(await alices.read(thread))
    lists = [item.one("ul", _class="item-chosen").text for item in stored[::2]]
    assert "Search the web" in lists[0]
    assert "Fast" in lists[0]
    assert "Think longer" in lists[1]
    said = next(item for item in live if item["data-item-type"] == "user_message")
    assert said.one("ul", _class="item-chosen").text == lists[1]


async def test_the_locale_of_the_options_goes_before_the_browsers(settings: Settings) -> None:
    from chat.identity import request_context

    async with (
        chat(settings, locale="de-DE") as served,
        served.app.test_request_context("/", headers={"Accept-Language": "fr"}),
    ):
        from quart import request

        assert request_context(request).locale == "de-DE"


async def test_the_page_speaks_the_language_of_the_options(settings: Settings) -> None:
    assert settings.database_path
    catalogue = settings.database_path.parent / "locales" / "de" / "LC_MESSAGES"
    catalogue.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    (catalogue / "messages.po").write_text(header)
    spoken = msgspec.structs.replace(settings, locales=str(catalogue.parents[1]))
    async with chat(spoken, locale="de-DE") as served:
        response = await served.client().get("/", headers={"Accept-Language": "en"})
    assert response.headers["content-language"] == "de"
