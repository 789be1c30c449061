"""Files as requests send them: as the whole body, or as the part ``file`` of a form.

The file is read while it arrives and never held as a whole. Werkzeug takes the form apart;
Quart's own form parser would have to see the whole form first.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from quart import Request, current_app
from werkzeug.exceptions import RequestEntityTooLarge, RequestTimeout
from werkzeug.sansio.multipart import Data, Epilogue, Event, File, MultipartDecoder, NeedData

from chat.bodies import FRAMING
from chat.errors import InvalidRequest
from chat.uploads import attachment_too_large
from chat.words import marked
from store.media_types import UNKNOWN

FIELD = "file"
FORM = "multipart/form-data"
PIECE = 64 * 1024
MAX_PARTS = 20
BROKEN_FORM = marked("The form that should hold the file is broken.")


@dataclass(frozen=True)
class SentFile:
    """A file that is being sent.

    Attributes:
        name: the sender's name for it; empty where the request does not say.
        media_type: the type the sender claims.
        chunks: its bytes, to be read once. Reading raises `InvalidRequest` for a form that
            breaks off, and `TooLarge` for a body beyond all limits.
    """

    name: str
    media_type: str
    chunks: AsyncIterator[bytes]


async def sent_file(request: Request, limit: int) -> SentFile:
    """Return the file that a request sends.

    Args:
        request: its body is the file, or a multipart form with the file in `FIELD`.
        limit: the size in bytes from which on it is refused by its announced length already.

    Raises:
        TooLarge: the announced length is beyond the limit.
        InvalidRequest: the form is broken or has no such file.
    """
    is_form = request.mimetype == FORM
    if (request.content_length or 0) > limit + (FRAMING if is_form else 0):
        raise attachment_too_large(limit)
    body = _body(request, limit)
    if not is_form:
        return SentFile("", request.mimetype or UNKNOWN, body)
    boundary = request.mimetype_params.get("boundary")
    if not boundary:
        raise InvalidRequest(BROKEN_FORM)
    events = _events(body, boundary)
    async for event in events:
        if isinstance(event, File) and event.name == FIELD:
            claim = event.headers.get("Content-Type", UNKNOWN)
            return SentFile(event.filename, claim, _data(events))
    raise InvalidRequest("The form has no file in the field `%(field)s`.", field=FIELD)


async def _body(request: Request, limit: int) -> AsyncIterator[bytes]:
    """Yield the body as it arrives; a sender that falls silent is given up."""
    silence = current_app.config["BODY_TIMEOUT"]
    chunks = aiter(request.body)
    while True:
        try:
            async with asyncio.timeout(silence):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            return
        except RequestEntityTooLarge:
            raise attachment_too_large(limit) from None
        except TimeoutError:
            raise RequestTimeout from None
        for start in range(0, len(chunk), PIECE):
            yield chunk[start : start + PIECE]


async def _events(body: AsyncIterator[bytes], boundary: str) -> AsyncIterator[Event]:
    """Yield the parts of a form and their data, and nothing after its end.

    Raises:
        InvalidRequest: the body is not a whole form.
    """
    try:
        decoder = MultipartDecoder(boundary.encode("ascii"), 4 * PIECE, max_parts=MAX_PARTS)
        async for piece in body:
            decoder.receive_data(piece)
            while not isinstance(event := decoder.next_event(), NeedData):
                yield event
        decoder.receive_data(None)
        while not isinstance(event := decoder.next_event(), Epilogue):
            yield event
    except (ValueError, RequestEntityTooLarge):
        raise InvalidRequest(BROKEN_FORM) from None


async def _data(events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    """Yield the data of the part that has just begun."""
    async for event in events:
        if isinstance(event, Data):
            yield event.data
            if not event.more_data:
                return
