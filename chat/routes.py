"""Every address of this host, and the function that answers it.

The functions are named, not imported: their modules are loaded when they are first needed,
in the background, so that the start page and the health check need not wait for them.
"""

from typing import Any, NamedTuple

from quart import Quart
from quart.typing import ResponseReturnValue

from chat.host import current_host
from chat.loading import load, resolve


class Route(NamedTuple):
    """One address: its methods, its path, and the view ``module:function``.

    Attributes:
        needs_store: whether it waits for the server's store.
        common: whether it is one for all servers of this process, at their root.
    """

    methods: str
    path: str
    view: str
    needs_store: bool = True
    common: bool = False


ROUTES = [
    Route("GET", "/", "chat.page.start:new_thread", needs_store=False),
    Route("GET", "/composer", "chat.page.start:composer", needs_store=False),
    Route("POST", "/threads", "chat.page.messages:create_thread"),
    Route("GET", "/threads", "chat.page.history:threads"),
    Route("GET", "/threads/<thread_id>", "chat.page.thread:thread"),
    Route("GET", "/threads/<thread_id>/live", "chat.page.live:live_page"),
    Route("GET", "/threads/<thread_id>/events", "chat.page.events:events"),
    Route("POST", "/threads/<thread_id>/messages", "chat.page.messages:add_message"),
    Route("POST", "/threads/<thread_id>/stop", "chat.page.messages:stop"),
    Route("POST", "/threads/<thread_id>/retry", "chat.page.messages:retry"),
    Route("POST", "/threads/<thread_id>/title", "chat.page.history:rename"),
    Route("POST", "/threads/<thread_id>/delete", "chat.page.history:delete"),
    Route("POST", "/threads/<thread_id>/items/<item_id>/action", "chat.page.interactions:action"),
    Route("POST", "/threads/<thread_id>/items/<item_id>/answers", "chat.page.interactions:answers"),
    Route(
        "POST", "/threads/<thread_id>/items/<item_id>/feedback", "chat.page.interactions:feedback"
    ),
    Route("POST", "/threads/<thread_id>/items/<item_id>/retry", "chat.page.messages:retry_item"),
    Route("POST", "/threads/<thread_id>/notices", "chat.page.dismissing:dismiss"),
    Route("POST", "/threads/<thread_id>/tool-output", "chat.page.interactions:tool_output"),
    Route("GET", "/threads/<thread_id>/items/<item_id>", "chat.page.interactions:item"),
    Route("POST", "/threads/<thread_id>/action", "chat.page.interactions:custom_action"),
    Route("GET POST", "/claim/<token>", "chat.page.claiming:claim", needs_store=False),
    Route("GET", "/entities", "chat.page.entities:entities"),
    Route("POST", "/entities", "chat.page.entities:listed"),
    Route("POST", "/entities/preview", "chat.page.entities:previewed"),
    Route("GET", "/entities/<path:entity_id>/preview", "chat.page.entities:preview"),
    Route("GET", "/theme.css", "chat.page.theme:style_sheet", needs_store=False),
    Route("GET", "/theme/fonts/<index>", "chat.page.theme:font", needs_store=False),
    Route("GET", "/gallery", "chat.gallery.views:gallery"),
    Route("POST", "/threads/~gallery/<path:rest>", "chat.gallery.views:sent"),
    Route("GET", "/chatkit/frame", "chat.embedding.frame:frame", needs_store=False),
    Route("POST", "/frame/options", "chat.embedding.frame:options", needs_store=False),
    Route("POST", "/frame/token", "chat.embedding.frame:token", needs_store=False),
    Route("GET", "/embed", "chat.embedding.frame:embed", needs_store=False),
    Route("GET", "/threads/<thread_id>/export.json", "chat.export:thread"),
    Route("GET", "/export.json", "chat.export:everything"),
    Route("POST", "/attachments", "chat.attachments:upload"),
    Route("GET", "/attachments/<attachment_id>", "chat.attachments:download"),
    Route("POST PUT", "/attachments/<attachment_id>", "chat.attachments:receive"),
    Route("POST", "/chatkit", "chat.endpoint:chatkit"),
    Route("GET", "/static/chatkit.js", "chat.embedding.scripts:element", False, common=True),
    Route("GET", "/static/chatkit-loader.js", "chat.embedding.scripts:loader", False, common=True),
    Route("POST", "/mcp", "chat.mcp:mcp"),
    Route(
        "GET", "/static/built/<digest>/<name>", "chat.assets:asset", needs_store=False, common=True
    ),
    Route("GET", "/healthz", "chat.health:healthz", needs_store=False, common=True),
    Route("GET", "/readyz", "chat.health:readyz", needs_store=False, common=True),
    Route("GET", "/metrics", "chat.metrics:metrics", needs_store=False, common=True),
]

SERVERS = Route("GET", "/", "chat.page.servers:servers", needs_store=False, common=True)
"""What is at the root where no server is."""


def install(app: Quart, *, common: bool, own: bool) -> None:
    """Register routes.

    Args:
        app: the application.
        common: whether it answers for all servers of this process.
        own: whether it has a server of its own.
    """
    for route in ROUTES if own else [SERVERS, *ROUTES]:
        if not (common if route.common else own):
            continue
        app.add_url_rule(
            route.path,
            endpoint=f"{route.view} {route.methods}",
            view_func=_view(route),
            methods=route.methods.split(),
        )


def _view(route: Route) -> Any:
    async def answer(**parameters: str) -> ResponseReturnValue:
        if route.needs_store:
            await current_host().store()
            view = await load(route.view)
        else:
            view = resolve(route.view)  # light enough not to queue behind the model libraries
        response: ResponseReturnValue = await view(**parameters)
        return response

    return answer
