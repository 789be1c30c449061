"""Which of this process's servers an import goes to."""

from collections.abc import Sequence

from chat.importing.failed import Failed
from chat.servers import Server


def choose(servers: Sequence[Server], named: str | None) -> Server:
    """Return the server that is named.

    Args:
        servers: all there are.
        named: the prefix of one, with or without slashes around it, ``/`` for the root; None
            where there is only one.

    Raises:
        Failed: none is named where there are several, or there is no such one.
    """
    if named is None:
        if len(servers) == 1:
            return servers[0]
        raise Failed(f"Name the server that these threads go to with --server: {_listed(servers)}.")
    prefix = f"/{named.strip('/')}".rstrip("/")
    for server in servers:
        if server.prefix == prefix:
            return server
    raise Failed(f"There is no server below {prefix or '/'}; --server takes {_listed(servers)}.")


def _listed(servers: Sequence[Server]) -> str:
    *most, last = [server.prefix or "/" for server in servers]
    return f"{', '.join(most)} or {last}" if most else last
