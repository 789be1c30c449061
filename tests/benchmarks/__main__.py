"""Runs every benchmark and prints one table: ``python -m tests.benchmarks [name…]``."""

import asyncio
import inspect
import sys
from collections.abc import Awaitable
from importlib import import_module

import uvloop

from tests.benchmarks.figures import Figure, table

BENCHMARKS = ("stores", "chatkit", "markdown", "page", "browser")


async def measured(name: str) -> list[Figure]:
    """Run one benchmark: ``run()`` of its module, a function or a coroutine function."""
    result: list[Figure] | Awaitable[list[Figure]]
    result = import_module(f"tests.benchmarks.{name}").run()
    return await result if inspect.isawaitable(result) else result


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all, each on an event loop like the server's."""
    figures: list[Figure] = []
    for name in names or BENCHMARKS:
        print(f"Measuring {name} …", file=sys.stderr, flush=True)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            figures += runner.run(measured(name))
    print(table(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
