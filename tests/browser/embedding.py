"""Pages of other people that show the chat: what is in them, and what they hear from it."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.async_api import Browser, FrameLocator, Locator, Page, expect

from tests.browser.visiting import Visitor

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A picture of one pixel, as PNG."""

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<body><script>
  window.heard = [];
  const names = ["ready", "error", "effect", "deeplink", "response.start", "response.end", "log",
    "history.open", "history.close", "thread.change", "thread.load.start", "thread.load.end",
    "tool.change"];
  for (const name of names) addEventListener("chatkit." + name, ({ type, detail, target }) => {
    heard.push([type, detail?.error ? detail.error.message : detail ?? null, target.id]);
  });
  window.add = (id) => {
    const made = document.createElement("openai-chatkit");
    made.id = id;
    made.style.height = "600px";
    document.body.append(made);
    return made;
  };
</script></body></html>
"""


class OtherSite(ThreadingHTTPServer):
    """A web server with one page, at any address.

    Attributes:
        behind: the address of a host that what is posted below ``/api``, and all that is below
            the paths of `handed_on`, is handed on to.
        handed_on: paths.
    """

    daemon_threads = True
    behind = ""
    handed_on: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Its origin, whose host is another one than that of the chat."""
        return f"http://localhost:{self.server_port}"


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, OtherSite)
        if self.path.startswith(self.server.handed_on):
            self._ask("GET")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def do_POST(self) -> None:
        assert isinstance(self.server, OtherSite)
        if self.path.startswith(("/api", *self.server.handed_on)):
            self._ask("POST")
        else:
            self.send_error(404)

    def _ask(self, method: str) -> None:
        assert isinstance(self.server, OtherSite)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with closing(HTTPConnection(self.server.behind.removeprefix("http://"))) as host:
            host.request(method, self.path.removeprefix("/api"), body, dict(self.headers))
            with host.getresponse() as answer, suppress(OSError, HTTPException):
                self._hand_on(answer)  # until either end leaves

    def _hand_on(self, answer: HTTPResponse) -> None:
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() != "transfer-encoding":
                self.send_header(name, value)
        self.end_headers()
        while piece := answer.read1(65536):
            self.wfile.write(piece)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def other_site() -> Iterator[OtherSite]:
    """Serve the page on an origin of its own for the length of the block."""
    with OtherSite(("127.0.0.1", 0), _Page) as site, serving(site):
        yield site


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    """Let a web server answer, on a thread, for the length of the block."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    thread.join()


class Embedded:
    """One element in a page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name

    @property
    def frame(self) -> FrameLocator:
        """What its frame shows."""
        return self.page.frame_locator(f"#{self.name} iframe")

    @property
    def field(self) -> Locator:
        """Where a message is written."""
        return self.frame.locator("form[data-composer] textarea")

    @property
    def items(self) -> Locator:
        """The items of the thread."""
        return self.frame.locator("article[data-item-id]")

    async def set(self, options: str) -> None:
        """Set options, written in JavaScript; `chat` is the element."""
        await self.page.evaluate(f"chat => chat.setOptions({options})", await self._element())

    async def do(self, call: str) -> Any:
        """Call a method of the element, written in JavaScript, and wait for its end."""
        return await self.page.evaluate(f"chat => chat.{call}", await self._element())

    async def heard(self, *names: str) -> list[Any]:
        """Return the events so far, as name and detail, of some names."""
        heard = await self.page.evaluate("heard")
        wanted = {f"chatkit.{name}" for name in names}
        mine = [event for event in heard if event[2] == self.name]
        return [[name, detail] for name, detail, _ in mine if name in wanted]

    async def hears(self, name: str, detail: Any = None) -> None:
        """Wait for an event with a detail that is like this: what is given is part of it."""
        await self.page.wait_for_function(
            """([id, name, wanted]) => heard.some(([event, detail, from]) =>
                event === name && from === id && (wanted === null
                || JSON.stringify(detail).includes(JSON.stringify(wanted).slice(1, -1))))""",
            arg=[self.name, f"chatkit.{name}", detail],
            timeout=20_000,
        )

    async def told(self) -> Any:
        """Return what the telling server was sent last."""
        block = self.items.last.locator("pre code")
        await expect(block).to_be_visible()
        return json.loads(await block.inner_text())

    async def attach(self, name: str, kind: str, content: bytes) -> None:
        """Choose a file, and wait until it has been sent.

        Args:
            name: what it is called.
            kind: its media type.
            content: its bytes.
        """
        await self.frame.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": kind, "buffer": content}
        )
        await expect(self.frame.locator("input[name=attachment]")).to_be_attached()

    async def say(self, text: str) -> None:
        """Write a message and send it."""
        await self.field.fill(text)
        await self.frame.get_by_role("button", name="Send").click()

    async def _element(self) -> Any:
        return await self.page.query_selector(f"#{self.name}")


class Embedder(Visitor):
    """A tab with a page that embeds the chat.

    Attributes:
        chat: the address of the chat's host.
        endpoint: the one that options name, ``api.url``.
    """

    def __init__(self, page: Page, url: str, chat: str, endpoint: str = "") -> None:
        super().__init__(page, url)
        self.chat = chat
        self.endpoint = endpoint or f"{chat}/chatkit"

    async def load(
        self, script: str = "/static/chatkit.js", *, imported: bool = False, **data: object
    ) -> None:
        """Open the page and let it load a script of the chat's host.

        Args:
            script: its path.
            imported: whether a module imports it, in place of a `script` element.
            data: the `data-` attributes of the `script` element.
        """
        if self.chat.startswith(self.url):
            await self.page.route(f"{self.url}/page", _fulfil)
        await self.page.goto(f"{self.url}/page")
        if imported:
            await self.page.evaluate("src => void import(src)", f"{self.chat}{script}")
            return
        await self.page.evaluate(
            """([src, data]) => {
                const script = Object.assign(document.createElement("script"), {src});
                Object.assign(script.dataset, data);
                document.head.append(script);
            }""",
            [f"{self.chat}{script}", data],
        )

    async def add(self, options: str | None = None, name: str = "chat") -> Embedded:
        """Add an element with options, written in JavaScript, and wait until it is ready.

        Args:
            options: its options besides `api`; None for those that only name the server.
            name: its id.
        """
        embedded = await self.bare(name)
        await embedded.set(self.options(options or ""))
        await embedded.hears("ready")
        return embedded

    async def bare(self, name: str = "chat") -> Embedded:
        """Add an element without options."""
        await self.page.wait_for_function("!!customElements.get('openai-chatkit')")
        await self.page.evaluate("name => void add(name)", name)
        return Embedded(self.page, name)

    def options(self, others: str = "", api: str = "") -> str:
        """Return options that name the chat's host, in JavaScript."""
        return f"{{api: {{url: '{self.endpoint}', domainKey: 'local', {api}}}, {others}}}"

    def _follow(self, request: Any) -> None:
        if not request.url.startswith((self.url, self.chat, "data:", "blob:")):
            self.problems.append(f"asked for {request.url}")


@asynccontextmanager
async def embedding(
    browser: Browser, url: str, chat: str, endpoint: str = ""
) -> AsyncIterator[Embedder]:
    """Open a page with the element's script for the length of the block; nothing may go wrong.

    Args:
        browser: whose new context it is in.
        url: the origin of the page.
        chat: the address of the chat's host.
        endpoint: `api.url`, where it is not the host's ``/chatkit``.
    """
    context = await browser.new_context()
    embedder = Embedder(await context.new_page(), url, chat, endpoint)
    await embedder.load()
    yield embedder
    await context.close()
    assert not embedder.problems, embedder.problems


async def _fulfil(route: Any) -> None:
    await route.fulfill(body=PAGE, content_type="text/html")
