"""What the endpoint costs: against the SDK alone in memory, and against it on FastAPI."""

import asyncio
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

import httpx
from chatkit.server import StreamingResult

from chat.identity import RequestContext
from store import MemoryStore
from tests.benchmarks.figures import Figure
from tests.benchmarks.servers import DeltaServer
from tests.client import message
from tests.running import ROOT, process

FEW, MANY = 500, 10_500
CLIENTS, EACH = 8, 4000
ROUNDS = 3
TICK = os.sysconf("SC_CLK_TCK")


async def run() -> list[Figure]:
    """Measure both figures."""
    return [await _per_delta(), await _per_second()]


async def _per_delta() -> Figure:
    ours, theirs = [], []
    environment = {"CHATKIT_SERVER": "tests.benchmarks.servers:deltas"}
    with tempfile.TemporaryDirectory() as folder:
        environment["CHATKIT_DATABASE"] = f"{folder}/chat.db"
        async with process(environment | {"CHATKIT_LOG_LEVEL": "error"}) as server:
            await _ask(server.url, FEW)
            for _ in range(ROUNDS):
                ours.append(await _served(server.url, server.process.pid))
                theirs.append(await _in_memory())
    ratio = median(ours) / median(theirs)
    note = f"{median(ours) * 1e6:.0f} µs against {median(theirs) * 1e6:.0f} µs of processor time"
    return Figure("server time per text delta, /chatkit : SDK in memory", ratio, 1.5, note)


async def _served(url: str, pid: int) -> float:
    """Return the server process's processor seconds per delta; fixed costs cancel out."""
    costs = []
    for count in (FEW, MANY):
        before = _cpu(pid)
        await _ask(url, count)
        costs.append(_cpu(pid) - before)
    return (costs[1] - costs[0]) / (MANY - FEW)


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


async def _in_memory() -> float:
    server = DeltaServer(MemoryStore())
    context = RequestContext(user_id="usr_benchmark", locale="en", request=None)
    costs = []
    for count in (FEW, MANY):
        before = time.process_time()
        result = await server.process(_request(count), context)
        assert isinstance(result, StreamingResult)
        async for _ in result.json_events:
            pass
        costs.append(time.process_time() - before)
    return (costs[1] - costs[0]) / (MANY - FEW)


def _request(count: int) -> bytes:
    body = {"type": "threads.create", "params": {"input": message(str(count))}}
    return json.dumps(body).encode()


async def _ask(url: str, count: int) -> int:
    """Send one request and read its stream to the end, as cheaply as a client can."""
    address = httpx.URL(url)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    body = _request(count)
    writer.write(
        b"POST /chatkit HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    )
    received = 0
    while chunk := await reader.read(1 << 16):
        received += len(chunk)
    writer.close()
    await writer.wait_closed()
    return received


async def _per_second() -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "CHATKIT_SERVER": "tests.benchmarks.servers:deltas",
            "CHATKIT_DATABASE": f"{folder}/chat.db",
            "CHATKIT_LOG_LEVEL": "error",
        }
        async with process(environment) as ours, _uvicorn() as theirs:
            await asyncio.gather(_ask(ours.url, FEW), _ask(theirs, FEW))
            rates: dict[str, list[float]] = {ours.url: [], theirs: []}
            for _ in range(ROUNDS):
                for url, measured in rates.items():
                    measured.append(await _rate(url))
    mine, fastapi = (median(measured) for measured in rates.values())
    note = f"{mine:,.0f} against {fastapi:,.0f} text deltas a second, eight clients"
    return Figure("events per second, FastAPI on uvicorn : this host", fastapi / mine, 1.0, note)


async def _rate(url: str) -> float:
    began = time.perf_counter()
    await asyncio.gather(*(_ask(url, EACH) for _ in range(CLIENTS)))
    return CLIENTS * EACH / (time.perf_counter() - began)


@asynccontextmanager
async def _uvicorn() -> AsyncIterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command: Sequence[str] = (
        *(sys.executable, "-m", "uvicorn", "--factory", "tests.benchmarks.servers:fastapi_app"),
        *("--port", str(port), "--log-level", "warning"),
    )
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    url = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient() as client:
            for _ in range(400):
                try:
                    await client.get(f"{url}/healthz")
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        yield url
    finally:
        child.terminate()
        await child.wait()
