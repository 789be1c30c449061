"""What a person waits for: the page in Chromium, against the running server.

Times are what the browser itself measures, from the click or the navigation to the frame that
shows what was waited for; each is the median of a few. They depend on the machine and on what
else it does, so the least that a page can be is measured beside ours (`tests.benchmarks.bare`).
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, async_playwright

from tests.benchmarks.bare import bare_page
from tests.benchmarks.element import element
from tests.benchmarks.figures import Figure
from tests.browser.visiting import FLAGS
from tests.chromium import MISSING, find_chromium
from tests.running import process

ROUNDS = 5
READING = 0.5
"""Seconds between an answer and the next question: nobody asks sooner."""
SCRIPTS = Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
SAY = "([text, last]) => measure.say(text, last)"
LONG_THREAD = 999
"""Messages that are the answer to one, which makes a thread of a thousand."""
WORDS, PAUSE = 1000, 0.01


async def run() -> list[Figure]:
    """Measure everything that is waited for."""
    path = find_chromium()
    assert path is not None, MISSING
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "CHATKIT_SERVER": "tests.servers:scripted",
            "CHATKIT_DATABASE": f"{folder}/chat.db",
            "CHATKIT_LOG_LEVEL": "error",
        }
        async with (
            process(environment) as server,
            bare_page() as address,
            async_playwright() as playwright,
        ):
            chromium = await playwright.chromium.launch(executable_path=path, args=FLAGS)
            site, bare = Site(chromium, server.url), Site(chromium, address)
            await site.warm_up()
            figures = [
                *await first_visits(site, bare),
                *await answers(site, bare),
                await streaming(site),
                *await opening(site),
                *await element(chromium, server.url),
            ]
            await chromium.close()
            return figures


@dataclass(frozen=True)
class Site:
    """The running server, and a browser to look at it with."""

    chromium: Browser
    url: str

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[Page]:
        """Give the page of somebody who has never been here."""
        context: BrowserContext = await self.chromium.new_context(
            viewport={"width": 1280, "height": 800}
        )
        page = await context.new_page()
        await page.add_init_script(SCRIPTS)
        yield page
        await context.close()

    async def warm_up(self) -> None:
        """Wait until server and browser have done everything once."""
        async with self.visitor() as page:
            await self.new_thread(page)

    async def new_thread(self, page: Page, text: str = "burst 20", last: str = "word19") -> None:
        """Open a thread of one answer.

        Args:
            page: whose browser.
            text: what is said in it.
            last: what the answer ends with.
        """
        await page.goto(self.url)
        await page.evaluate(SAY, [text, last])
        await settled(page)


async def settled(page: Page) -> None:
    """Wait until nothing is being written."""
    await page.locator("#turn:not([data-turn='running'])").wait_for(state="attached")


Measured = dict[str, float]
Measure = Callable[[], Awaitable[Measured]]


async def typical(*measures: Measure) -> list[Measured]:
    """Return, for each way of measuring, the medians of its values; they take turns."""
    rounds = [[await measure() for measure in measures] for _ in range(ROUNDS)]
    return [
        {name: median(values[name] for values in results) for name in results[0]}
        for results in zip(*rounds, strict=True)
    ]


async def first_visits(site: Site, bare: Site) -> list[Figure]:
    """Measure what a browser that has nothing asks for, and when it shows something."""

    async def paint(url: str) -> Measured:
        async with site.visitor() as page:
            await page.goto(url)
            return {"paint": await page.evaluate("measure.firstPaint()")}

    async def visit() -> Measured:
        async with site.visitor() as page:
            traffic = await Traffic.of(page)
            await page.goto(site.url, wait_until="networkidle")
            return {"requests": traffic.requests, "bytes": traffic.received}

    async def visit_thread() -> Measured:
        async with site.visitor() as page:
            await site.new_thread(page)
            traffic = await Traffic.of(page)
            await page.reload(wait_until="load")
            await asyncio.sleep(0.5)
            return {"requests": traffic.requests, "bytes": traffic.received}

    ours, least = await typical(partial(paint, site.url), partial(paint, bare.url))
    start, thread = await typical(visit, visit_thread)
    note = f"a bare page: {least['paint']:.0f} ms"
    return [
        Figure("first contentful paint of a cold page", ours["paint"], 200, note, unit=" ms"),
        Figure("requests of a cold start page", start["requests"], 6),
        Figure("requests of a cold thread, its stream of changes included", thread["requests"], 6),
        Figure("received for a cold start page", start["bytes"] / 1024, 60, unit=" KB"),
        Figure("received for a cold thread", thread["bytes"] / 1024, 60, unit=" KB"),
    ]


@dataclass
class Traffic:
    """What a page has asked for and received, headers included."""

    requests: int = 0
    received: float = 0

    @classmethod
    async def of(cls, page: Page) -> Traffic:
        """Count from now on, with an empty cache."""
        traffic = cls()
        session: CDPSession = await page.context.new_cdp_session(page)
        await session.send("Network.enable")
        await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.requestWillBeSent", traffic.ask)
        session.on("Network.responseReceived", traffic.begin)
        session.on("Network.dataReceived", traffic.receive)
        return traffic

    def ask(self, event: dict[str, Any]) -> None:
        """Count a request."""
        self.requests += 1

    def begin(self, event: dict[str, Any]) -> None:
        """Count the headers of an answer."""
        self.received += event["response"]["encodedDataLength"]

    def receive(self, event: dict[str, Any]) -> None:
        """Count a piece of an answer."""
        self.received += event["encodedDataLength"]


async def answers(site: Site, bare: Site) -> list[Figure]:
    """Measure how soon an answer that the server has at once is there."""
    figures = []
    for count, aim in ((200, 100), (2_000, 300), (10_000, 1_000)):
        text, last = f"burst {count}", f"word{count - 1}"

        async def say(text: str = text, last: str = last) -> Measured:
            async with site.visitor() as page:
                await site.new_thread(page)
                await asyncio.sleep(READING)
                measured: Measured = await page.evaluate(SAY, [text, last])
                await settled(page)
                return measured | {"tasks": await page.evaluate("measure.longTasks()")}

        async def say_to_bare(text: str = text, last: str = last) -> Measured:
            async with bare.visitor() as page:
                await page.goto(bare.url)
                await page.evaluate(SAY, ["burst 20", "word19"])
                await asyncio.sleep(READING)
                measured: Measured = await page.evaluate(SAY, [text, last])
                return measured

        ours, least = await typical(say, say_to_bare)
        notes = {name: f"a bare page: {value:.0f} ms" for name, value in least.items()}
        if count == 200:
            name = "from Send to the first token"
            figures.append(Figure(name, ours["first"], 50, notes["first"], unit=" ms"))
        name = f"from Send to the last of {count:,} tokens"
        figures.append(Figure(name, ours["last"], aim, notes["last"], unit=" ms"))
        if count == 10_000:
            figures.append(Figure("long tasks of these 10,000", ours["tasks"], 300, unit=" ms"))
    return figures


async def streaming(site: Site) -> Figure:
    """Measure how busy an answer at reading pace keeps the browser's main thread."""
    async with site.visitor() as page:
        await site.new_thread(page)
        session = await page.context.new_cdp_session(page)
        await session.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = await busy(session)
        text, last = f"stream {WORDS} {PAUSE}", f"word{WORDS - 1}"
        taken = await page.evaluate(SAY, [text, last])
        seconds = await busy(session) - before
    name = f"main thread busy with {WORDS:,} words at {1 / PAUSE:.0f} a second"
    return Figure(name, seconds * 1000, 3000, f"of {taken['last'] / 1000:.1f} s", unit=" ms")


async def busy(session: CDPSession) -> float:
    """Return the seconds that the page's main thread has been busy."""
    metrics = (await session.send("Performance.getMetrics"))["metrics"]
    return float({metric["name"]: metric["value"] for metric in metrics}["TaskDuration"])


async def opening(site: Site) -> list[Figure]:
    """Measure how soon a long thread is there: by its address, and from the history."""
    async with site.visitor() as page:
        await site.new_thread(page, f"many {LONG_THREAD}", f"Number {LONG_THREAD - 1}.")
        thread = page.url

        async def load() -> Measured:
            await page.goto("about:blank")
            await page.goto(thread)
            return {"time": await page.evaluate("measure.shown()")}

        async def follow() -> Measured:
            await page.goto(f"{site.url}/threads")
            last = f"Number {LONG_THREAD - 1}."
            return {"time": await page.evaluate("last => measure.follow(last)", last)}

        loaded, followed = await typical(load, follow)
    return [
        Figure("a thread of 1,000 messages, by its address", loaded["time"], 200, unit=" ms"),
        Figure("the same from the history", followed["time"], 200, unit=" ms"),
    ]
