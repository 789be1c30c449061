"""What a failed request is answered with: JSON for programs, HTML for people."""

import logging

from quart import Quart, Response, jsonify, request
from quart.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from chat.errors import (
    ChatError,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    NotSupported,
    TooLarge,
    refusal_of,
)
from chat.host import HostFailed
from chat.loading import load
from chat.words import marked

log = logging.getLogger(__name__)

PROGRAMS = ("/chatkit", "/frame", "/mcp", "/attachments", "/healthz", "/readyz", "/metrics")

_BY_STATUS: dict[int, type[ChatError]] = {
    400: InvalidRequest,
    404: NotFound,
    405: MethodNotAllowed,
    413: TooLarge,
}


def install(app: Quart) -> None:
    """Register the handlers of everything that a view may raise."""
    app.register_error_handler(ChatError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)


async def _refused(error: ChatError) -> ResponseReturnValue:
    if request.path.startswith(PROGRAMS) or request.path.endswith(".json"):
        response: Response = jsonify({"error": {"code": error.code, "message": error.message}})
        response.status_code = error.status
        return response
    try:
        render = await load("chat.page.errors:render_error")
        page: ResponseReturnValue = await render(error)
    except Exception:
        log.exception("error page failed")
        return Response(error.message, error.status, content_type="text/plain; charset=utf-8")
    return page


async def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    refusal = _BY_STATUS.get(status, ChatError)
    known = refusal() if status in _BY_STATUS else ChatError(error.description)
    known.status = status
    if status not in _BY_STATUS:
        known.code = f"http.{status}"
    return await _refused(known)


async def _failed(error: Exception) -> ResponseReturnValue:
    if refusal := refusal_of(error):
        return await _refused(refusal)
    if isinstance(error, NotImplementedError):
        log.warning("not supported", exc_info=error)
        return await _refused(NotSupported())
    log.error("request failed", exc_info=error)
    message = (
        marked("This server is not set up correctly; its log says what is wrong.")
        if isinstance(error, HostFailed)
        else marked("Something went wrong on this server.")
    )
    return await _refused(ChatError(message))
