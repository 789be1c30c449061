"""All hosts of this process, one a server, started and closed together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

from quart import current_app

from chat.host import Host


class Hosts:
    """What serves and ends the process needs to know of its hosts."""

    def __init__(self, hosts: Sequence[Host], shutdown_grace: float) -> None:
        """Take the hosts.

        Args:
            hosts: one a server.
            shutdown_grace: seconds that running answers are given when they close.
        """
        self.all = tuple(hosts)
        self.shutdown_grace = shutdown_grace

    @property
    def failed(self) -> bool:
        """Whether a setting of one of them turned out to be wrong."""
        return any(host.failed.is_set() for host in self.all)

    async def failure(self) -> None:
        """Wait until one of them has failed."""
        waiting = {asyncio.create_task(host.failed.wait()) for host in self.all}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    @property
    def longest_close(self) -> float:
        """Seconds that `close` takes at most, where nothing blocks the event loop."""
        return max(host.longest_close for host in self.all)

    def hurry(self) -> None:
        """End the grace time of all turns at once."""
        for host in self.all:
            host.hurry()

    async def close_turns(self) -> None:
        """End the turns of all; see `Host.close_turns`."""
        await asyncio.gather(*(host.close_turns() for host in self.all))

    async def close(self) -> None:
        """Close all; see `Host.close`."""
        await asyncio.gather(*(host.close() for host in self.all))


def current_hosts() -> Hosts:
    """Return the hosts of the application that handles the current request."""
    return cast(Hosts, current_app.extensions["chatkit_hosts"])
