"""The least that a page can be, to measure beside ours: hand-written, and it only appends text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PAGE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bare</title>
<style>body { max-width: 46rem; margin: auto; font: 1rem/1.5 system-ui }</style></head>
<body><main id="items"><h1>What can I do for you?</h1></main>
<form data-composer><textarea name="text"></textarea><button class="send">Send</button></form>
<script>
const form = document.querySelector("form");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = document.createElement("article");
  answer.id = `answer-${Math.random()}`;
  answer.className = "assistant_message";
  answer.innerHTML = '<p class="markdown"></p>';
  document.getElementById("items").append(answer);
  const response = await fetch("/", { method: "POST", body: form.elements.text.value });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    answer.firstChild.append(value);
  }
});
</script></body></html>"""


@asynccontextmanager
async def bare_page() -> AsyncIterator[str]:
    """Serve the page; posted ``burst N``, it answers with N words at once. Yields its address."""
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        _, _, length = head.partition("content-length: ")
        asked = await reader.readexactly(int(length.split()[0])) if length else b""
        words = int(asked.split()[1]) if asked else 0
        text = " ".join(f"word{number}" for number in range(words)).encode()
        type_, body = (b"text/plain", text) if words else (b"text/html; charset=utf-8", PAGE)
        writer.write(
            b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
            b"Content-Type: %b\r\nContent-Length: %d\r\n\r\n" % (type_, len(body))
        )
        writer.write(body)
        await writer.drain()
    writer.close()
