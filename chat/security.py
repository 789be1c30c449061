"""What browsers are told to refuse, and what this server refuses: other sites' requests."""

import secrets
from ipaddress import ip_address
from urllib.parse import urlsplit

from quart import Quart, Response, g, request

from chat import bodies
from chat.errors import ForeignOrigin
from chat.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POSTED = "chatkit.posted"
"""What a scope has where its request came within one that was posted; see `chat.embedding.tunnel`.

Browsers send no cookie with what another site posts, so that none of ours may be set then.
"""

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'nonce-{nonce}'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "media-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors {ancestors}",
        "require-trusted-types-for 'script'",
        "trusted-types htmx",
    ]
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
}


def csp_nonce() -> str:
    """Return the nonce of this answer, for its ``script`` elements and ``hx-nonce``."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def policy(ancestors: str = "'none'") -> str:
    """Return the Content-Security-Policy of this answer.

    Args:
        ancestors: whose pages may show it in a frame.
    """
    return POLICY.format(nonce=csp_nonce(), ancestors=ancestors)


def install(app: Quart, settings: Settings) -> None:
    """Guard every answer of an application with headers, and it from other sites' requests.

    Templates get the global ``csp_nonce()``; request bodies get their limits (`chat.bodies`).
    To be installed before everything else that has a part in requests.

    Args:
        app: the application.
        settings: `public_url` names a host that pages of this server may also come from,
            `origins` those whose pages may show the chat.
    """
    bodies.install(app, settings)
    app.add_template_global(csp_nonce)
    own_host = host_of(settings.public_url)

    @app.before_request
    def refuse_other_sites() -> None:
        is_safe = request.method in SAFE_METHODS and POSTED not in request.scope
        if is_safe or not _is_foreign(own_host):
            return
        if request.headers.get("Origin") not in settings.allowed_origins:
            raise ForeignOrigin

    @app.after_request
    def guard(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if "Content-Security-Policy" not in response.headers:
            response.headers["Content-Security-Policy"] = policy()
        if response.mimetype == "text/html":
            response.vary.add("HX-Request")
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def is_own_name(host: str, settings: Settings) -> bool:
    """Return whether a ``Host`` header names this server in a way that nobody else can.

    A page of another site can let its own name lead to this machine (DNS rebinding) and then
    counts as the same origin; addresses and the names that the settings tell cannot be had so.

    Args:
        host: the header's value.
        settings: `host` and `public_url` are names of this server.
    """
    name = _name_of(host)
    known = {"localhost", settings.host.lower(), _name_of(host_of(settings.public_url))}
    return name in known - {""} or _is_address(name)


def _name_of(host: str) -> str:
    """Return a ``Host`` header without its port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def host_of(url: str) -> str:
    """Return a URL's host as a ``Host`` header has it, but in lower case; empty if it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return _without_default_port(parts.netloc)


def _without_default_port(host: str) -> str:
    return host.lower().removesuffix(":80").removesuffix(":443")


def _is_foreign(own_host: str) -> bool:
    """Return whether a browser says that another site's page made this request.

    Programs other than browsers send neither header; no cookie of ours rides on theirs.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return False
    return host_of(origin) not in {_without_default_port(request.host), own_host} - {""}
