"""What can go wrong for a caller, as flat classes that carry their status and code.

The endpoint renders them as ``{"error": {"code", "message"}}``, the page as HTML;
neither ever shows more than the sentence that is written here or given at the raise.
"""

from chat.words import gettext


class ChatError(Exception):
    """The request could not be answered."""

    status = 500
    code = "internal"

    def __init__(self, message: str | None = None, **values: object) -> None:
        """Take the sentence to show; without one, the class's docstring is shown.

        Args:
            message: a sentence, or with values a template of one, such as ``“%(name)s” is empty.``
            values: what its places are filled with.
        """
        self._template = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self._values = values
        super().__init__(self._template % values if values else self._template)

    @property
    def message(self) -> str:
        """One sentence that the caller may read, in the caller's language."""
        said = gettext(self._template)
        return said % self._values if self._values else said


def refusal_of(error: Exception) -> ChatError | None:
    """Return what an exception of a server refuses, or None where it is an ordinary failure.

    Args:
        error: one like FastAPI's has a ``status_code`` and, as what is said, a ``detail``; those
            of HTTP clients, whose status is another server's, have no such words.
    """
    status, detail = getattr(error, "status_code", None), getattr(error, "detail", None)
    if not isinstance(status, int) or not 400 <= status < 600 or detail is None:
        return None
    refusal = ChatError(detail if isinstance(detail, str) and detail else None)
    refusal.status, refusal.code = status, f"http.{status}"
    return refusal


class InvalidRequest(ChatError):
    """This request is not valid."""

    status, code = 400, "request.invalid"


class ForeignOrigin(ChatError):
    """This request came from another site and was refused."""

    status, code = 403, "origin.foreign"


class NotFound(ChatError):
    """This does not exist, or is not yours."""

    status, code = 404, "not_found"


class MethodNotAllowed(ChatError):
    """This address does not take that method."""

    status, code = 405, "method.not_allowed"


class TurnRunning(ChatError):
    """An answer is still being written in this thread. Stop it, or wait until it is done."""

    status, code = 409, "turn.running"


class Conflict(ChatError):
    """This has changed in the meantime. Reload to see how it is now."""

    status, code = 409, "conflict"


class TooLarge(ChatError):
    """This is larger than this server accepts."""

    status, code = 413, "too_large"


class WrongHost(ChatError):
    """This server is not known by that name; CHATKIT_PUBLIC_URL tells it the name."""

    status, code = 421, "host.wrong"


class UnsupportedType(ChatError):
    """Files of this type are not accepted here."""

    status, code = 415, "type.unsupported"


class NotSupported(ChatError):
    """This server does not support that."""

    status, code = 501, "not_supported"


class ShuttingDown(ChatError):
    """This server is shutting down. Try again in a moment."""

    status, code = 503, "shutting_down"


class Refused(ChatError):
    """The assistant refused this."""

    status, code = 400, "refused"


class ActionFailed(ChatError):
    """This could not be done."""

    status, code = 500, "action.failed"
