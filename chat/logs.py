"""Logs: one line an event, each with the id of the request it belongs to.

A log never holds what people write: requests are logged by the template of their path, and
what validation errors quote is left out.
"""

import contextvars
import json
import logging
import re
import sys
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from hypercorn.typing import (
    ASGIReceiveCallable,
    ASGISendCallable,
    ASGISendEvent,
    HTTPScope,
)
from quart import Quart, Request, g

from chat.bodies import PatientConnection
from chat.settings import Settings

log = logging.getLogger(__name__)

OWN_LOGGERS = ("app", "chat", "store")
CLIENT_GONE = 499
"""The status logged for a request whose client did not wait for an answer."""

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
"""The id of the request that is being answered; the turn it starts keeps it."""

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PLAIN_VALUE = re.compile(r"[!#-<>-\[\]-~]+")
_QUOTED_INPUT = re.compile(r"input_value=.*, input_type=")
_STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def configure(settings: Settings) -> None:
    """Send all logs to standard error, in the settings' format and from their level on.

    Other packages are heard from warnings on, whatever the level: below, some of them log
    what people write. Configuring again replaces what was configured before.

    Args:
        settings: `log_format` and `log_level`.
    """
    handler = StandardError()
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    root = logging.getLogger()
    root.handlers = [kept for kept in root.handlers if not isinstance(kept, StandardError)]
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OWN_LOGGERS:
        logging.getLogger(name).setLevel(settings.log_level.upper())
    server = logging.getLogger("hypercorn.error")
    server.setLevel(logging.INFO)
    server.addFilter(_hand_to_root)


class StandardError(logging.StreamHandler[Any]):
    """Writes to what is standard error at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        self.stream = sys.stderr
        super().emit(record)


def _hand_to_root(record: logging.LogRecord) -> bool:
    """Take a record from a logger that Hypercorn gives a handler with a format of its own."""
    logging.getLogger().handle(record)
    return False


class Lines(logging.Formatter):
    """Formats each event as one line."""

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return what a line says: when, how bad, who, in which request, what, and its extras."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if current := request_id.get():
            said["request_id"] = current
        said["message"] = _without_input(record.getMessage())
        for name, value in vars(record).items():
            if name not in _STANDARD_FIELDS:
                said.setdefault(name, value)
        if record.exc_info and record.exc_info[0]:
            said["exception"] = _without_input(self.formatException(record.exc_info))
        if record.stack_info:
            said["stack"] = self.formatStack(record.stack_info)
        return said


def _without_input(text: str) -> str:
    """Leave out what a validation error quotes: it may be a message's text."""
    return _QUOTED_INPUT.sub("input_value=…, input_type=", text)


class TextLines(Lines):
    """``key=value`` lines; what is not a plain word is quoted and escaped as in JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the event as one line."""
        return " ".join(f"{key}={_value(value)}" for key, value in self.fields(record).items())


class JsonLines(Lines):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the event as one line."""
        return json.dumps(self.fields(record), default=str)


def _value(value: object) -> str:
    text = str(value)
    return text if _PLAIN_VALUE.fullmatch(text) else json.dumps(text)


class LoggedConnection(PatientConnection):
    """A connection that gives its request an id and logs it when its answer has ended."""

    _request: Request | None = None
    _status = CLIENT_GONE
    _complete = False

    async def __call__(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        """Answer the request and log it, streams when they end."""
        current = _id_for(self.scope)
        request_id.set(current)
        began = time.perf_counter()

        async def send_and_note(message: ASGISendEvent) -> None:
            if message["type"] == "http.response.start":
                self._status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", current.encode())]
            elif message["type"] == "http.response.body":
                self._complete = not message.get("more_body", False)
            await send(message)

        try:
            await super().__call__(receive, send_and_note)
        finally:
            self._log(time.perf_counter() - began)

    async def handle_request(self, request: Request, send: ASGISendCallable) -> None:
        """Answer the request, and keep it for the log."""
        self._request = request
        await super().handle_request(request, send)

    def _log(self, seconds: float) -> None:
        rule = self._request.url_rule if self._request else None
        said = {
            "method": self.scope["method"],
            "path": rule.rule if rule else "-",
            "status": self._status,
            "milliseconds": round(seconds * 1000, 1),
        }
        if not self._complete:
            said["ended"] = "early"
        log.info("request", extra=said)


def _id_for(scope: HTTPScope) -> str:
    """Return the request's own id, where it brings one that may be logged, or a new one."""
    for name, value in scope["headers"]:
        if name.lower() == b"x-request-id":
            given = value.decode("latin-1")
            if _GIVEN_ID.fullmatch(given):
                return given
    return uuid.uuid4().hex


def install(app: Quart) -> None:
    """Log every request of an application, and give it an id: ``quart.g.request_id``.

    The id is that of the header ``X-Request-ID``, which the answer has too, if it is one.
    """
    app.asgi_http_class = LoggedConnection

    @app.before_request
    def know_request_id() -> None:
        g.request_id = request_id.get()
