"""Running the real application on a real socket, in this process or as one of its own."""

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

import httpx
from hypercorn.asyncio import serve
from hypercorn.config import Config
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from quart import Quart

from app import create_app
from chat.host import Host
from chat.settings import Settings

ROOT = Path(__file__).parent.parent


class CompiledTemplates(BytecodeCache):
    """Keeps what templates were compiled to, by what they say, for the next application."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what is known."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket holds."""
        assert bucket.code
        self._known[bucket.key, bucket.checksum] = bucket.code


COMPILED = CompiledTemplates()


@dataclass
class Running:
    """A served application and the clients of its people."""

    url: str
    app: Quart
    _clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)

    @property
    def host(self) -> Host:
        """The application's host."""
        host: Host = self.app.extensions["chatkit"]
        return host

    def client(self, name: str = "alice") -> httpx.AsyncClient:
        """Return a person's browser: a client that keeps its cookies."""
        if name not in self._clients:
            self._clients[name] = httpx.AsyncClient(base_url=self.url, timeout=30)
        return self._clients[name]

    async def close(self) -> None:
        """Close every client."""
        for client in self._clients.values():
            await client.aclose()


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """Serve the application on a free port of this machine for the length of the block."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = COMPILED
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    config = Config()
    config.bind = [f"fd://{listening.detach()}"]
    config.graceful_timeout = 0.2
    config.accesslog = config.errorlog = None
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))
    served = Running(f"http://127.0.0.1:{port}", app)
    try:
        await _answers(served.url)
        yield served
    finally:
        await served.close()
        stop.set()
        await serving


async def _answers(url: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(400):
            try:
                await client.get(f"{url}/healthz")
            except httpx.TransportError:
                await asyncio.sleep(0.025)
            else:
                return
    raise TimeoutError(f"{url} does not answer")


@dataclass
class Process:
    """The application as a process of its own, and those that it starts."""

    url: str
    process: asyncio.subprocess.Process

    async def kill(self) -> None:
        """End it at once, as a crash or a power cut does."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()

    def signal(self, name: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(name)

    async def wait(self) -> int:
        """Return its exit status once it has ended."""
        return await self.process.wait()

    async def terminate(self) -> int:
        """Ask it to stop, and return its exit status."""
        self.signal(signal.SIGTERM)
        return await self.wait()


@asynccontextmanager
async def process(
    environment: dict[str, str], *, log: Path | None = None, hypercorn: bool = False
) -> AsyncIterator[Process]:
    """Run the application on a free port with an environment of its own.

    Args:
        environment: the settings that it has.
        log: the file for what it writes to standard error; without it, the tests' own.
        hypercorn: whether ``hypercorn app:app`` serves it, not ``python app.py``.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {
        name: value
        for name, value in os.environ.items()
        if not re.match(r"CHATKIT_|OPENAI_|HOST$|PORT$", name)
    }
    arguments = [str(ROOT / "app.py")]
    if hypercorn:
        arguments = ["-m", "hypercorn", "--bind", f"127.0.0.1:{port}", "app:app"]
    with log.open("ab") if log else nullcontext() as stderr:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=ROOT,
            env=clean | {"PORT": str(port), "PYTHONPATH": str(ROOT)} | environment,
            stderr=stderr,
            start_new_session=True,  # so that it is killed with the processes that it starts
        )
    started = Process(f"http://127.0.0.1:{port}", child)
    try:
        await _answers(started.url)
        yield started
    finally:
        if hypercorn or child.returncode is None:
            await started.kill()
