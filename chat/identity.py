"""Who is asking: an anonymous owner per browser, known by a signed cookie.

`request_context` is the default of the setting ``CHATKIT_CONTEXT``. Nothing heavy may be
imported here, because the very first page needs it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from quart import Quart, Request, Response, current_app, g, request

from chat.addresses import common_address
from chat.current_options import current_options
from chat.embedding.tokens import HEADER as TOKEN
from chat.embedding.tokens import FrameTokens, new_owner
from chat.secret_key import load_secret_key
from chat.security import host_of
from chat.settings import DEFAULT_CONTEXT, Settings

COOKIE = "chatkit_owner"
LIFETIME = timedelta(days=400)
"""How long a browser keeps the cookie; browsers allow no more."""
REFRESH_AFTER = timedelta(days=30)
"""The age at which a cookie is signed anew, so that who comes back never loses it."""
COOKIELESS_PATHS = frozenset(
    {"/healthz", "/readyz", "/metrics", "/chatkit/frame", "/frame/options", "/frame/token"}
)

OWNER = re.compile(r"usr_[0-9a-f]{32}")
"""What an anonymous owner is called."""
CLAIM_TIME = timedelta(hours=1)
"""How long a link that makes a browser an owner's works."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}")
FRAME_TOKENS = "frame_tokens"
"""Where an application keeps its `FrameTokens`."""

_SIGNER = "owner_signer"
_SESSION_SALT = "chatkit_session"
_CLAIM_SALT = "chatkit_claim"


@dataclass(frozen=True)
class RequestContext(Mapping[str, Any]):
    """Whose request is answered; what the stores, the server and its tools are given.

    It can be read as a mapping as well, ``context["user_id"]``: many servers were written
    for contexts that are dictionaries.

    Attributes:
        user_id: the owner of everything the request may touch.
        locale: the language of the options, else the one the caller likes best, as a
            BCP 47 tag.
        request: the HTTP request itself, or None where a program asks, not a browser.
    """

    user_id: str
    locale: str
    request: Request | None

    def __getitem__(self, name: str) -> Any:
        if name not in self.__dataclass_fields__:
            raise KeyError(name)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dataclass_fields__)

    def __len__(self) -> int:
        return len(self.__dataclass_fields__)


def request_context(request: Request) -> RequestContext:
    """Return the context of a request: its anonymous owner and language.

    Args:
        request: the request that is being answered now.
    """
    locale = current_options().locale or locale_of(request)
    return RequestContext(current_owner(), locale, request)


def locale_of(request: Request) -> str:
    """Return the well-formed language tag that ``Accept-Language`` likes best, else ``en``."""
    for tag, quality in request.accept_languages:
        if quality > 0 and _LANGUAGE_TAG.fullmatch(tag):
            return tag
    return "en"


def install(app: Quart, settings: Settings) -> None:
    """Give every browser an owner, with its first answer from any page or endpoint.

    Must be installed after `chat.security`: a request that another site forged carries no
    cookie, and must not make the browser forget the one it has.

    Args:
        app: the application.
        settings: where the signing key comes from; with a `context` function other than
            the default one, the cookie is only set where that function asks for it.

    Raises:
        InvalidSettings: the key can neither be read nor made.
    """
    key = load_secret_key(settings)
    app.extensions[_SIGNER] = URLSafeTimedSerializer(key, salt=COOKIE)
    app.extensions[FRAME_TOKENS] = FrameTokens(key)
    secure_host = host_of(settings.public_url) if settings.public_url.startswith("https:") else None

    @app.before_request
    def know_owner() -> None:
        if settings.context == DEFAULT_CONTEXT and not _is_cookieless():
            current_owner()

    @app.after_request
    def remember_owner(response: Response) -> Response:
        if "new_cookie" in g and not _is_cookieless():
            response.set_cookie(
                COOKIE,
                g.new_cookie,
                max_age=LIFETIME,
                path=common_address("/"),
                secure=request.is_secure or request.host == secure_host,
                httponly=True,
                samesite="Lax",
            )
        return response


def session() -> str | None:
    """Return what names the request's owner to programs that keep no cookies.

    It is only given where the owner is a new one: whoever sends a cookie has a better name,
    and no script of a page can have it read that one out.
    """
    signer: URLSafeTimedSerializer = current_app.extensions[_SIGNER]
    return str(signer.dumps(g.owner, salt=_SESSION_SALT)) if "new_owner" in g else None


def resume(token: str) -> None:
    """Let the request be of the owner that `session` named, if it came without a cookie."""
    if "new_owner" not in g:
        return
    signer: URLSafeTimedSerializer = current_app.extensions[_SIGNER]
    owner, _ = _read(signer, token, _SESSION_SALT)
    if owner:
        g.owner = owner
        g.pop("new_owner")
        g.pop("new_cookie")


def claim_of(owner: str, settings: Settings) -> str:
    """Return what makes whoever has it an owner, for `CLAIM_TIME`: the end of a link.

    Args:
        owner: an anonymous one.
        settings: where the signing key comes from.

    Raises:
        InvalidSettings: the key can neither be read nor made.
    """
    signer = URLSafeTimedSerializer(load_secret_key(settings), salt=_CLAIM_SALT)
    return str(signer.dumps(owner))


def claimed(token: str) -> str | None:
    """Return the owner that `claim_of` made a token for, if it is genuine and not too old."""
    signer: URLSafeTimedSerializer = current_app.extensions[_SIGNER]
    return _read(signer, token, _CLAIM_SALT, CLAIM_TIME)[0]


def become(owner: str) -> None:
    """Let the browser that is answered now be another owner's from now on."""
    signer: URLSafeTimedSerializer = current_app.extensions[_SIGNER]
    g.owner = owner
    g.new_cookie = signer.dumps(owner)


def _is_cookieless() -> bool:
    return request.path in COOKIELESS_PATHS or request.path.startswith("/static/")


def current_owner() -> str:
    """Return the owner that the request's cookie names, or a new one for a browser without."""
    if "owner" in g:
        return str(g.owner)
    if token := request.headers.get(TOKEN):
        tokens: FrameTokens = current_app.extensions[FRAME_TOKENS]
        g.owner = tokens.owner(token)
        return str(g.owner)
    signer: URLSafeTimedSerializer = current_app.extensions[_SIGNER]
    owner, fresh = _read(signer, request.cookies.get(COOKIE, ""))
    g.owner = owner or new_owner()
    if not owner:
        g.new_owner = True
    if not fresh:
        g.new_cookie = signer.dumps(g.owner)
    return str(g.owner)


def _read(
    signer: URLSafeTimedSerializer,
    token: str,
    salt: str = COOKIE,
    max_age: timedelta | None = None,
) -> tuple[str | None, bool]:
    """Return the owner that something signed names, if it is genuine, and whether it is fresh."""
    seconds = int(max_age.total_seconds()) if max_age else None
    try:
        owner, signed_at = signer.loads(token, seconds, return_timestamp=True, salt=salt)
    except BadData:
        return None, False
    if not isinstance(owner, str) or not OWNER.fullmatch(owner):
        return None, False
    return owner, datetime.now(UTC) - signed_at < REFRESH_AFTER
