"""``GET /`` where no server is at the root: which ones there are below it."""

from quart import Response

from chat.addresses import common_address
from chat.hosts import current_hosts
from chat.page.contexts.servers import ServerLink, ServersPage
from chat.page.render import render


async def servers() -> Response:
    """Show the servers of this process; one is called what its header says, else as its path."""
    links = [
        ServerLink(
            common_address(f"{host.prefix}/"),
            host.options.header.title.text or host.prefix.removeprefix("/"),
        )
        for host in current_hosts().all
    ]
    return await render("servers.html", ServersPage(tuple(links)))
