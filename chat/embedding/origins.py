"""CORS: what pages of the allowed origins may ask of this host; others hear nothing of it."""

from quart import Quart, Response, request

from chat.settings import Settings

METHODS = "GET, POST, PUT, OPTIONS"
KEPT = "600"
"""Seconds for which a browser may keep what it was told it may ask."""
EXPOSED = ", ".join(
    [
        *("HX-Push-Url", "HX-Replace-Url", "Content-Security-Policy", "Content-Disposition"),
        *("ChatKit-Location", "ChatKit-Turn", "ChatKit-Answer"),
    ]
)
"""What the page that embeds the chat hands on to its frame."""


def install(app: Quart, settings: Settings) -> None:
    """Let pages of the allowed origins ask an application, and answer what they ask beforehand."""
    allowed = frozenset(settings.allowed_origins)

    @app.before_request
    async def answer_beforehand() -> Response | None:
        asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        return Response(status=204) if asks else None

    @app.after_request
    async def allow(response: Response) -> Response:
        if not allowed:
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin")
        if origin not in allowed:
            return response
        headers = response.headers
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Allow-Credentials"] = "true"
        headers["Access-Control-Expose-Headers"] = EXPOSED
        if request.method == "OPTIONS":
            headers["Access-Control-Allow-Methods"] = METHODS
            headers["Access-Control-Max-Age"] = KEPT
            if wanted := request.headers.get("Access-Control-Request-Headers"):
                headers["Access-Control-Allow-Headers"] = wanted
        return response


def ancestors(settings: Settings) -> str:
    """Return whose pages may show the chat in a frame, as ``frame-ancestors`` has it."""
    return " ".join(["'self'", *settings.allowed_origins])
