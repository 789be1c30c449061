"""Server-sent events: framing, headers, and when to send."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

from quart import Response

HEARTBEAT = b": still here\n\n"
PACE = 1 / 30
"""Seconds between two messages at least: nobody sees more than about thirty a second."""
AT_ONCE = 3
"""Messages after a silence that are not kept apart."""
GATHER = 0.01
"""Seconds that every message waits: what comes together then travels, and is shown, as one."""


def frame(data: bytes) -> bytes:
    """Return one message whose data has no line break, as JSON never has."""
    return b"data: " + data + b"\n\n"


def event_stream(chunks: AsyncGenerator[bytes, None]) -> Response:
    """Return a response that streams messages for as long as they come."""
    response = Response(
        chunks,
        content_type="text/event-stream; charset=utf-8",
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )
    response.timeout = None  # Quart would cut the stream after a minute
    return response


async def with_heartbeat(
    wait: Callable[[], Awaitable[Any]], seconds: float
) -> AsyncGenerator[bool, None]:
    """Wait for something again and again, without end.

    Args:
        wait: waits until there is something to send; it is never cancelled by a heartbeat.
        seconds: how long a silence may last.

    Yields:
        True when there is something to send, False when a heartbeat is due.
    """
    waiting: asyncio.Future[Any] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(wait())
            done, _ = await asyncio.wait({waiting}, timeout=seconds)
            if done:
                waiting.result()
                waiting = None
            yield bool(done)
    finally:
        if waiting:
            waiting.cancel()


class Pace:
    """Keeps messages apart; after a silence, the first few go out almost at once.

    A question and the beginning of its answer come together: the second must not wait long.
    """

    def __init__(self, seconds: float = PACE, at_once: int = AT_ONCE) -> None:
        """Take the time between two messages, in seconds, and how many need not keep to it."""
        self._seconds = seconds
        self._ahead = seconds * (at_once - 1)
        self._next = 0.0

    async def wait(self) -> None:
        """Return when the next message may be sent."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(self._next - loop.time() - self._ahead, GATHER))
        self._next = max(self._next, loop.time()) + self._seconds
