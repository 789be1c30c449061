"""People in front of browsers: what they do, and what must never happen meanwhile."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
)

from chat.settings import Settings
from tests.running import Running, running

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


class Visitor:
    """One tab of one person's browser."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.problems: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", self._follow)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(message.text)

    def _follow(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.problems.append(f"asked for {request.url}")

    def expect_problem(self, text: str) -> None:
        """Let a kind of problem pass, which must have been there: a refused request, say."""
        others = [problem for problem in self.problems if text not in problem]
        assert len(others) < len(self.problems), self.problems
        self.problems = others

    async def open(self, address: str = "/") -> None:
        """Go to an address of the site."""
        await self.page.goto(f"{self.url}{address}")

    @property
    def field(self) -> Locator:
        """Where a message is written."""
        return self.page.locator("form[data-composer] textarea")

    @property
    def items(self) -> Locator:
        """The items of the thread."""
        return self.page.locator("article[data-item-id]")

    @property
    def stop(self) -> Locator:
        """The button that stops the answer."""
        return self.page.get_by_role("button", name="Stop")

    @property
    def retry(self) -> Locator:
        """The button that asks for another answer."""
        return self.page.get_by_role("button", name="Retry")

    async def say(self, text: str) -> None:
        """Write a message and send it."""
        await self.field.fill(text)
        await self.page.get_by_role("button", name="Send").click()

    async def hear(self, text: str) -> None:
        """Write a message, send it, and wait for the whole answer."""
        shown = await self.items.count()
        await self.say(text)
        await expect(self.items.nth(shown + 1)).to_be_visible()
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is being written."""
        await expect(self.page.locator("#turn:not([data-turn='running'])")).to_be_attached(
            timeout=20_000
        )

    async def until(self, expression: str) -> None:
        """Wait until a JavaScript expression is true; the page itself may evaluate nothing."""
        for _ in range(400):
            if await self.page.evaluate(expression):
                return
            await asyncio.sleep(0.025)
        raise TimeoutError(expression)

    async def thread(self) -> str:
        """Return the address of the thread that is open."""
        await expect(self.page).to_have_url(re.compile(r"/threads/thr_\w+(#\w+)?$"))
        return self.page.url.removeprefix(self.url).partition("#")[0]

    async def html(self) -> str:
        """Return the HTML of the thread's items, without what tells nothing."""
        return " ".join((await self.page.inner_html("#items")).split())


@dataclass
class Visitors:
    """All who visit the site in a test."""

    chromium: Browser
    url: str
    _contexts: list[BrowserContext] = field(default_factory=list)
    _all: list[Visitor] = field(default_factory=list)

    async def arrive(self, address: str = "/", **options: Any) -> Visitor:
        """Return a new person's browser, with a page of the site open.

        Args:
            address: the page to open.
            options: of Playwright's ``new_context``, such as ``java_script_enabled``.
        """
        context = await self.chromium.new_context(**options)
        self._contexts.append(context)
        visitor = await self.tab(context)
        await visitor.open(address)
        return visitor

    async def tab(self, where: BrowserContext | Visitor) -> Visitor:
        """Return a new, empty tab of a person's browser."""
        context = where.page.context if isinstance(where, Visitor) else where
        visitor = Visitor(await context.new_page(), self.url)
        self._all.append(visitor)
        return visitor

    async def leave(self, but_for: str) -> None:
        """Close every browser; nothing may have gone wrong in any of them, but for one thing."""
        for context in self._contexts:
            await context.close()
        for visitor in self._all:
            problems = [problem for problem in visitor.problems if but_for not in problem]
            assert not problems, problems


@asynccontextmanager
async def open_site(
    folder: Path,
    server: str = "tests.servers:scripted",
    gallery: str = "",
    locales: str = "",
    origins: str = "",
) -> AsyncIterator[Running]:
    """Serve the application, with what it keeps in a folder; everyone who visits is a new owner."""
    settings = Settings(
        database=f"sqlite:///{folder}/chat.db",
        server=server,
        gallery=gallery,
        locales=locales,
        origins=origins,
        log_level="error",
        shutdown_grace=0.1,  # answers that a test left unfinished end with the site
    )
    async with running(settings) as served:
        await served.host.server()  # which takes seconds to load, and tests should not wait for
        yield served


@asynccontextmanager
async def visiting(
    chromium: Browser, url: str, but_for: str = "no such problem"
) -> AsyncIterator[Visitors]:
    """Let people visit a site; in the end nothing may have gone wrong, but for one thing."""
    visitors = Visitors(chromium, url)
    yield visitors
    await visitors.leave(but_for)
