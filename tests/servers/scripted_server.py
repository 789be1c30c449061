"""A ChatKit server that does what it is told.

`ScriptedServer` does what a message's first word says, so a test reads as what it sends:

    say TEXT          one finished message
    stream N [PAUSE]  N words, one delta each, PAUSE seconds apart (0.02)
    burst N           N words without ever waiting
    markdown TEXT     streams TEXT character by character
    everything        every kind of item, every kind of update and every kind of event
    fail              two words, then an exception
    refuse            a `CustomStreamError` with Retry
    hang              one word, then silence
    stubborn          goes on sending after it was cancelled
    title TEXT        gives the thread a title
    lock              locks the thread
    tool              a pending client tool call
    ask               a pending structured input
    widget            a widget whose button counts
    locked-stop       from now on the thread's turns may not be stopped
    deaf              ignores that it was cancelled, for three seconds
    silent            an empty message, then silence
    interleaved       a second message that is finished before the first
    many N            N finished messages
    late TEXT         a finished message that grows by TEXT, then silence
    replaced          a finished message that grows, and after half a second is another
    continued         a finished workflow that is taken up again, then silence
    search TEXT       a progress line with an icon, then silence
    slow-title TEXT   gives the thread a title after a third of a second
"""

import asyncio
from typing import Any

from chatkit.store import Store

from tests.servers.cast import Cast
from tests.servers.everything import Everything
from tests.servers.texts import Texts
from tests.servers.thread_scripts import ThreadScripts
from tests.servers.trouble import Trouble


class ScriptedServer(Texts, Trouble, ThreadScripts, Everything):
    """Does what the message says; see the module."""

    entities = Cast()


def scripted(store: Store[Any], attachment_store: Any) -> ScriptedServer:
    """Make a scripted server on the host's stores."""
    return ScriptedServer(store, attachment_store)


async def slow_to_load(store: Store[Any], attachment_store: Any) -> ScriptedServer:
    """Make a scripted server after a while, as one that imports much."""
    await asyncio.sleep(2)
    return ScriptedServer(store, attachment_store)
