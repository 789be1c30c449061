"""The interface's words in another language: a made one, that puts every message in « and »."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest
from babel.messages.pofile import read_po

from chat.settings import Settings
from tests.made_language import TEMPLATE, make_language
from tests.page.browsing import Browser
from tests.page.dom import Element, parse
from tests.running import Running, running
from tests.servers import Cast

ROOT = Path(__file__).parents[2]
EXTRACT = (
    *("-m", "babel.messages.frontend", "--quiet", "extract", "--mapping-file", "pyproject.toml"),
    *("--no-wrap", "--omit-header", "--no-location", "--sort-output", "--keyword", "marked"),
)
SPOKEN = ("title", "aria-label", "placeholder", "alt")
UNSPOKEN = {"script", "style", "time", "code"}  # times are Babel's, code is nobody's words
GALLERY = ROOT / "chat" / "gallery"
# What the server said, but took back before it was exported.
GONE = "Note You have three messages left. never mind early. Once upon a time. old"
UNITS = {"json", "pdf", "png", "kb", "mb", "gb", "each", "text"}


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A folder with a catalogue in which every message stands in « and »."""
    return make_language(tmp_path / "locales", "eo")


@pytest.fixture
async def served(settings: Settings, locales: Path) -> AsyncIterator[Running]:
    async with running(msgspec.structs.replace(settings, locales=str(locales))) as served:
        yield served


@pytest.fixture
def reader(served: Running) -> Browser:
    """A browser that would rather read the made language."""
    http = served.client("alice")
    http.headers["Accept-Language"] = "eo, en;q=0.5"
    return Browser(http)


def _texts(element: Element) -> Iterator[str]:
    for name in SPOKEN:
        yield element.attributes.get(name, "")
    for child in element.children:
        if isinstance(child, Element):
            yield from _texts(child) if child.tag not in UNSPOKEN else ()


def _flat(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag not in UNSPOKEN:
            yield from _flat(child)


def _untranslated(page: Element, said: str) -> list[str]:
    """Return what stands outside of « and », and is not in what the server and its people said."""
    depth, found = 0, []
    for text in [*_flat(page), *_texts(page)]:
        outside = ""
        for piece in re.split("([«»])", text):
            depth += {"«": 1, "»": -1}.get(piece, 0)
            outside += piece if depth == 0 and piece not in "«»" else " "
        found += [outside.strip()]
    assert depth == 0
    return [text for text in found if re.search(r"[^\W\d_]", text) and not _is_said(text, said)]


def _is_said(text: str, said: str) -> bool:
    plain = " ".join(text.split()).casefold().strip(" –·")
    words = re.findall(r"[^\W\d_]+", plain)
    return plain in said or all(word in UNITS for word in words)


async def _said_in(browser: Browser, thread: str) -> str:
    exported = (await browser.http.get(f"{thread}/export.json")).json()
    return f"{_strings(exported)}\n{GONE}".casefold()


def _strings(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}\n{_strings(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "\n".join(_strings(each) for each in value)
    return str(value)


def test_the_template_holds_every_message(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    command = [sys.executable, *EXTRACT, "--output-file", str(fresh), "chat", "templates"]
    subprocess.run(command, cwd=ROOT, check=True)
    assert fresh.read_text() == TEMPLATE.read_text()


async def test_the_start_page_is_in_the_readers_language(reader: Browser) -> None:
    page = await reader.read("/")
    assert page.one("h1").text == "«What can I help with today?»"
    prompts = "\n".join(button.text for button in page.all("button", _class="prompt"))
    assert _untranslated(page, prompts.casefold()) == []


async def test_the_browsers_language_is_named(reader: Browser) -> None:
    response = await reader.http.get("/")
    html = parse(response.text).one("html")
    assert (html["lang"], html["dir"]) == ("eo", "ltr")
    assert response.headers["content-language"] == "eo"
    assert "Accept-Language" in response.headers["vary"]


async def test_who_asks_for_an_unknown_language_reads_english(reader: Browser) -> None:
    reader.http.headers["Accept-Language"] = "tlh"
    page = await reader.read("/")
    assert page.one("html")["lang"] == "en"
    assert page.one("h1").text == "What can I help with today?"


@pytest.mark.parametrize("message", ["everything", "ask", "client tool", "fail", "hello"])
async def test_a_thread_is_in_the_readers_language(reader: Browser, message: str) -> None:
    thread = await reader.hear(message)
    page = await reader.read(thread)
    assert _untranslated(page, await _said_in(reader, thread)) == []


async def test_the_page_without_scripts_is_in_the_readers_language(reader: Browser) -> None:
    thread = await reader.say("everything")
    page = await reader.read(f"{thread}/live")
    await reader.settle(thread)
    assert _untranslated(page, await _said_in(reader, thread)) == []


async def test_the_history_is_in_the_readers_language(reader: Browser) -> None:
    thread = await reader.hear("hello")
    said = await _said_in(reader, thread)
    assert _untranslated(await reader.read("/threads"), said) == []
    assert _untranslated(await reader.read("/threads?q=hello"), said) == []
    assert _untranslated(await reader.read("/threads?q=nowhere"), "nowhere") == []


async def test_what_can_be_mentioned_is_in_the_readers_language(reader: Browser) -> None:
    said = "\n".join(f"@{each.title}\n{each.title}\n{each.group}" for each in Cast.known)
    said = f"{said}\nLives under the stairs.".casefold()
    page = await reader.read("/entities?q=harr")
    assert "@Harry Potter" in page.text
    assert _untranslated(page, said) == []
    assert _untranslated(await reader.read("/entities?q=nobody"), "nobody") == []
    listed = parse((await reader.http.get("/entities?list&q=nobody")).text)
    assert listed.text == "«Nothing found»"
    preview = await reader.read("/entities/per_1/preview?title=Harry%20Potter")
    assert _untranslated(preview, said) == []
    assert _untranslated(await reader.read("/entities/per_2/preview", 404), "") == []


async def test_the_gallery_is_in_the_readers_language(reader: Browser) -> None:
    files = [*GALLERY.glob("*/*.json")]
    examples = [[path.stem, json.loads(path.read_text())] for path in files]
    with TEMPLATE.open("rb") as file:
        messages = {message.id for message in read_po(file)}
    page = await reader.read("/gallery")
    assert page.one("h1").text == "«Gallery»"
    # The examples are made up of what is nobody's words, so only the interface's are looked for.
    left = _untranslated(page, _strings(examples).casefold())
    assert [text for text in left if text in messages] == []
    sent = await reader.post("/threads/~gallery/tool-output")
    assert _untranslated(parse(sent.text), "") == []


async def test_a_refusal_is_in_the_readers_language(reader: Browser) -> None:
    assert _untranslated(await reader.read("/threads/nothing", 404), "") == []
    thread = await reader.hear("hello")
    refused = await reader.post(f"{thread}/title", title="x" * 1000)
    assert "«A thread&#39;s title has at most" in refused.text


async def test_changes_reach_a_page_in_its_readers_language(reader: Browser) -> None:
    thread = await reader.hear("hello")
    page = await reader.read(thread)
    (connection,) = [each for each in page.all("div") if "hx-sse:connect" in each.attributes]
    async with reader.http.stream("GET", connection["hx-sse:connect"]) as events:
        await reader.say("hello again", thread)
        heard = ""
        async with asyncio.timeout(20):
            async for line in events.aiter_lines():
                heard += line
                if 'aria-label="«Retry»"' in heard:
                    break
    assert 'aria-label="Retry"' not in heard


async def test_who_reads_in_two_languages_gets_the_words_of_each(
    reader: Browser, served: Running
) -> None:
    code = "```python\n" + "print('hello')\n" * 60 + "```"
    thread = await reader.hear(f"say {code}")
    first = (await reader.http.get(thread)).text
    second = (await reader.http.get(thread, headers={"Accept-Language": "en"})).text
    assert ">Copy<" not in first
    assert "«" not in second


def test_a_catalogue_that_cannot_be_read_stops_the_start_with_one_line(locales: Path) -> None:
    path = locales / "eo" / "LC_MESSAGES" / "messages.po"
    path.write_text("This is no catalogue.\n")
    environment = os.environ | {"CHATKIT_LOCALES": str(locales)}
    started = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert started.returncode != 0
    (line,) = started.stderr.strip().splitlines()
    assert str(path) in line
