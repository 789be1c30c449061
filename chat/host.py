"""The host: the ChatKit server and store that the settings name, and how requests reach them.

Only the standard library and Quart are imported with this module. The rest is loaded in the
background, so that the first page and the health check are answered at once.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from quart import current_app

from chat.addresses import address, origin
from chat.embedding.options import EmbeddedOptionsKept
from chat.factories import accepted, takes_starlettes
from chat.loading import load
from chat.options_file import load_options
from chat.settings import DEFAULT_SERVER, Settings

if TYPE_CHECKING:
    from chatkit.server import ChatKitServer
    from chatkit.store import Store
    from chatkit.types import NonStreamingReq
    from quart import Request

    from chat.turns import Turns
    from store.attachments import FolderAttachmentStore
    from store.files import AttachmentFiles

log = logging.getLogger(__name__)

HEAD_START = 0.3
"""Seconds the first page has before the imports, which slow it down, begin."""

TURNS_TIME = 7.0
"""Seconds beyond their grace time that turns have: their servers to let go, which may take
`chat.turns.STOP_TIME`, and what they made to be stored."""

CLOSE_TIME = 3.0
"""Seconds that the server, and each store, may take to close."""


@dataclass(frozen=True)
class Abilities:
    """What the server can do beyond answering, so that the page offers no more.

    Attributes:
        attachments: whether it takes files at this host's own address.
        dictation: whether it can transcribe speech.
        entities: whether it can search for what may be mentioned.
    """

    attachments: bool = False
    dictation: bool = False
    entities: bool = False


class HostFailed(RuntimeError):
    """The server, context or store that the settings name cannot be loaded."""


class Host:
    """Everything that answers: the settings, the store, the server and the running turns."""

    turns: Turns
    attachment_files: AttachmentFiles

    def __init__(self, settings: Settings, prefix: str = "") -> None:
        """Take the settings, and read the options; nothing is loaded or opened yet.

        Args:
            settings: what to serve.
            prefix: the path it is below, among the servers of this process.

        Raises:
            InvalidSettings: the options cannot be used.
        """
        self.settings = settings
        self.prefix = prefix
        self.options = load_options(settings)
        self.embedded_options = EmbeddedOptionsKept()
        self.abilities = Abilities(attachments=True)  # until the server is loaded
        self.first_answer = asyncio.Event()
        self.failed = asyncio.Event()
        self._owning: asyncio.Task[tuple[Store[Any], FolderAttachmentStore]] | None = None
        self._opening: asyncio.Task[Store[Any]] | None = None
        self._serving: asyncio.Task[ChatKitServer[Any]] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._cleaning: asyncio.Task[None] | None = None
        self._stopping = False
        self._hurried = asyncio.Event()
        self._ending: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to load in the background, once the first page is answered or a moment later."""
        self._warming = asyncio.create_task(self._warm_up(), name="warm-up")

    async def store(self) -> Store[Any]:
        """Return the store, opened for this process.

        Raises:
            HostFailed: it cannot be loaded.
        """
        if self._opening is None:
            self._opening = asyncio.create_task(self._open(), name="open store")
        return await asyncio.shield(self._opening)

    async def brought_store(self) -> bool:
        """Return whether the store is one that the server brought, not that of the settings.

        Raises:
            HostFailed: it cannot be loaded.
        """
        return await self.store() is not await self._own_store()

    async def server(self) -> ChatKitServer[Any]:
        """Return the ChatKit server.

        Raises:
            HostFailed: it cannot be loaded.
        """
        if self._serving is None:
            self._serving = asyncio.create_task(self._load_server(), name="load server")
        return await asyncio.shield(self._serving)

    @property
    def loaded(self) -> bool:
        """Whether the server has been loaded, so that its `abilities` are known."""
        return self._serving is not None and self._serving.done()

    async def context(self, request: Request) -> Any:
        """Build the context that the server and the store are given for a request.

        Where a mapping names no owner, or there is no context at all, and our own stores keep
        what the server stores, it gets the browser's anonymous owner as its ``user_id``.

        Args:
            request: the request, or Quart's proxy of it; the function gets the real one,
                because a turn outlives its request, as Starlette's where it names that.
        """
        function = await _loaded("CHATKIT_CONTEXT", self.settings.context)
        real = getattr(request, "_get_current_object", lambda: request)()
        if takes_starlettes(function):
            real = (await load("chat.starlette_requests:starlettes"))(real)
        context = function(real)
        context = await context if inspect.isawaitable(context) else context
        if _names_nobody(context) and await self._keeps():
            owner = await load("chat.identity:current_owner")
            context = {**(context or {}), "user_id": owner()}
        return context

    async def _keeps(self) -> bool:
        """Return whether what a server stores is kept by stores of ours, which need an owner."""
        server = await self.server()
        own = await load("store:SQLiteStore"), await load("store:MemoryStore")
        _, attachment_store = await self._own()
        return isinstance(server.store, own) or server.attachment_store is attachment_store

    async def answer(self, request: NonStreamingReq, context: Any) -> bytes:
        """Answer a request that is not streamed; see `chat.nonstreaming.answer`."""
        answer = await load("chat.nonstreaming:answer")
        return cast(bytes, await answer(await self.server(), self.turns, request, context))

    @property
    def longest_close(self) -> float:
        """Seconds that `close` takes at most, where nothing blocks the event loop."""
        return self.settings.shutdown_grace + TURNS_TIME + 3 * CLOSE_TIME

    def hurry(self) -> None:
        """End the grace time of the turns at once; one that only begins ends at once, too."""
        self._hurried.set()

    async def close(self) -> None:
        """End the turns, within the settings' grace time; close the server, then the store.

        Each of them has its time; what fails or takes longer is logged and left behind. It
        happens once: a second call waits for the first.
        """
        if self._closing is None:
            self._closing = asyncio.create_task(self._close(), name="close host")
        await asyncio.shield(self._closing)

    async def close_turns(self) -> None:
        """Take no more turns; give the running ones their grace time, then store what is left."""
        self._stopping = True
        if self._ending is None:
            self._ending = asyncio.create_task(self._end_turns(), name="end turns")
        await asyncio.shield(self._ending)

    async def _close(self) -> None:
        for background in (self._warming, self._cleaning):
            if background:
                background.cancel()
        await self.close_turns()
        await _within(CLOSE_TIME, "server", _close_made(self._serving))
        await _within(CLOSE_TIME, "store", _close_made(self._opening))
        # Attachments use the settings' store where the server brought another. It is usually
        # the same one, and may be closed twice.
        own = asyncio.create_task(self._own_store()) if self._owning else None
        await _within(CLOSE_TIME, "own store", _close_made(own))

    async def _end_turns(self) -> None:
        if not hasattr(self, "turns"):
            return
        grace = self.settings.shutdown_grace
        patient = asyncio.create_task(self.turns.close(grace), name="grace time")
        hurried = asyncio.create_task(self._hurried.wait(), name="hurry")
        await asyncio.wait({patient, hurried}, timeout=grace, return_when=asyncio.FIRST_COMPLETED)
        hurried.cancel()
        if self._hurried.is_set() and not patient.done():
            await _within(TURNS_TIME, "turns", self.turns.close(0))
            patient.cancel()
        else:
            await _within(TURNS_TIME, "turns", patient)

    async def _own_store(self) -> Store[Any]:
        store, _ = await self._own()
        return store

    async def _warm_up(self) -> None:
        await asyncio.wait({asyncio.ensure_future(self.first_answer.wait())}, timeout=HEAD_START)
        self.first_answer.set()
        gc.disable()
        try:
            await self.store()
            await self.server()
            await _loaded("CHATKIT_CONTEXT", self.settings.context)
            clean = await load("chat.cleaning:clean_regularly")
            self._cleaning = asyncio.create_task(clean(await self.store()), name="cleaning")
        except Exception as failure:
            cause = None if isinstance(failure, HostFailed) else failure
            below = {"prefix": self.prefix} if self.prefix else {}
            log.error(str(failure), exc_info=cause, extra=below)
            self.failed.set()
        finally:
            gc.freeze()  # modules live as long as the process: never look at them again
            gc.enable()

    async def _open(self) -> Store[Any]:
        own, _ = await self._own()
        # A server may bring a store of its own, so another one has to be asked first.
        default = self.settings.server == DEFAULT_SERVER
        store = own if default else (await self.server()).store
        turns = await load("chat.turns:Turns")
        self.turns = turns(store, self.server)
        self.turns.closing = self._stopping
        keeps_turns = await load("store.base:KeepsTurns")
        if isinstance(store, keeps_turns):
            try:
                interrupted = await store.interrupt_turns()
            except Exception as error:
                raise _failure("CHATKIT_DATABASE", error) from error
            log.info("store opened", extra={"interrupted_turns": interrupted})
        return store

    async def _load_server(self) -> ChatKitServer[Any]:
        factory = await _loaded("CHATKIT_SERVER", self.settings.server)
        base = await load("chatkit.server:ChatKitServer")
        store, attachment_store = await self._own()
        offered = {
            "store": store,
            "attachment_store": attachment_store,
            "settings": self.settings,
        }
        try:
            server = factory
            if not isinstance(factory, base):
                made = factory(**accepted(factory, offered))
                server = await made if inspect.isawaitable(made) else made
        except Exception as error:
            raise _failure("CHATKIT_SERVER", error) from error
        if not isinstance(server, base):
            raise HostFailed(f"CHATKIT_SERVER: {self.settings.server} made no ChatKitServer.")
        attachments = await load("store.attachments:FolderAttachmentStore")
        entities_of = await load("chat.entities:entities_of")
        overrides = await load("chat.checks:overrides")
        self.abilities = Abilities(
            attachments=isinstance(server.attachment_store, attachments),
            dictation=overrides(server, "transcribe"),
            entities=entities_of(server) is not None,
        )
        log.info("server loaded", extra={"server": self.settings.server})
        return cast("ChatKitServer[Any]", server)

    async def _own(self) -> tuple[Store[Any], FolderAttachmentStore]:
        if self._owning is None:
            self._owning = asyncio.create_task(self._build_own(), name="build store")
        return await asyncio.shield(self._owning)

    async def _build_own(self) -> tuple[Store[Any], FolderAttachmentStore]:
        """Build the store and the attachment store that the settings describe; open nothing."""
        settings = self.settings
        open_store = await load("store:open_store")
        files = await load("store.files:AttachmentFiles")
        attachments = await load("store.attachments:FolderAttachmentStore")
        self.attachment_files = files(settings.attachments_folder)
        try:
            store = open_store(settings.database, self.attachment_files)
        except Exception as error:
            raise _failure("CHATKIT_DATABASE", error) from error
        return store, attachments(
            store,
            self.attachment_files,
            base_url=self.base_url,
            max_bytes=settings.max_attachment_bytes,
            accepted=settings.attachment_patterns,
        )

    def base_url(self, _context: Any = None) -> str:
        """Return the address this host is reached at, without a slash at its end.

        In a request, and in the turn it starts, that is where the request went; see
        `chat.addresses`.
        """
        if known := origin():
            return known + address("")
        settings = self.settings
        public = settings.public_url or f"http://{settings.host}:{settings.port}"
        return public.rstrip("/") + self.prefix


def _names_nobody(context: Any) -> bool:
    if isinstance(context, Mapping):
        return not context.get("user_id")
    return context is None


async def _close_made(making: asyncio.Task[Any] | None) -> None:
    """Close what a task makes, or has made, where it can be closed."""
    if making is None:
        return
    try:
        made = await making
    except HostFailed:
        return  # it was logged when it failed
    if close := getattr(made, "close", None):
        closed = close()
        if inspect.isawaitable(closed):
            await closed


async def _within(seconds: float, what: str, work: Awaitable[None]) -> None:
    """Do one part of closing; log it where it fails, and leave it behind where it takes longer.

    Args:
        seconds: how long to wait.
        what: the part's name in the log.
        work: what to do; it is cancelled then, but not waited for any more.
    """
    task = asyncio.ensure_future(work)
    await asyncio.wait({task}, timeout=seconds)
    if not task.done():
        log.warning("not closed in time", extra={"part": what, "seconds": seconds})
        task.cancel()
    elif not task.cancelled() and (failure := task.exception()):
        log.error("not closed", exc_info=failure, extra={"part": what})


async def _loaded(setting: str, reference: str) -> Any:
    try:
        return await load(reference)
    except Exception as error:
        raise _failure(setting, error) from error


def _failure(setting: str, error: Exception) -> HostFailed:
    """Return a failure whose message is one line; the log has the traceback."""
    if isinstance(error, HostFailed):
        return error
    log.debug("cause", exc_info=error)
    reason = " ".join(str(error).split()) or type(error).__name__
    return HostFailed(f"{setting}: {reason}")


def current_host() -> Host:
    """Return the host of the application that handles the current request."""
    return cast(Host, current_app.extensions["chatkit"])
