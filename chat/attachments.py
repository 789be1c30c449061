"""The addresses of attachments: direct upload, the second phase of a two-phase one, download.

All of it is for our own attachment store. A server that brings another one says itself, in
its upload descriptors, where files go.
"""

from typing import Any

from chatkit.store import NotFoundError, Store
from chatkit.types import Attachment, FileAttachment, ImageAttachment
from pydantic import AnyUrl
from quart import Response, request
from quart.typing import ResponseReturnValue

from chat.checked_files import keep_bytes
from chat.errors import Conflict, InvalidRequest, NotFound, NotSupported
from chat.file_names import disposition
from chat.host import Host, current_host
from chat.media_types import is_text
from chat.metrics import UPLOAD_BYTES, UPLOADS
from chat.protocol import encode
from chat.sent_files import FORM, SentFile, sent_file
from chat.stored import load_attachment
from chat.uploads import refusing_uploads
from store.attachments import ANNOUNCED_SIZE, SIZE, FolderAttachmentStore
from store.media_types import PLAIN_IMAGES, UNKNOWN
from store.names import clean_name

# Types that are sent as what they are. Nothing else is, because a browser that is told
# "text/html" or "text/javascript" might be talked into running it.
_HARMLESS = PLAIN_IMAGES | {"application/pdf", "application/json", "text/plain", "text/csv"}

_arriving: set[str] = set()
"""The announced attachments whose bytes are being received."""


async def upload() -> ResponseReturnValue:
    """``POST /attachments``: ChatKit's direct upload, a form with the file in ``file``.

    Returns:
        The ``Attachment`` as JSON.

    Raises:
        InvalidRequest: there is no such form.
        TooLarge: the file is larger than the settings allow.
        UnsupportedType: its type is not accepted, or its bytes are of another type.
        NotSupported: the server has no attachments, or its own place for them.
    """
    host = current_host()
    if request.mimetype != FORM:
        raise InvalidRequest(
            "An upload is a form (%(form)s) with the file in the field `file`.", form=FORM
        )
    file = await sent_file(request, host.settings.max_attachment_bytes)
    return _json(await keep_upload(file, await host.context(request)))


async def receive(attachment_id: str) -> ResponseReturnValue:
    """``PUT`` or ``POST /attachments/{id}``: take the bytes of an announced attachment.

    This is where the ``upload_descriptor`` of ``attachments.create`` points. The body is the
    file, or a form with the file in ``file``. It is taken once.

    Returns:
        The ``Attachment`` as JSON, without the descriptor.

    Raises:
        NotFound: the attachment is unknown or another owner's.
        Conflict: its bytes are there already, or just arriving.
        InvalidRequest: its size is not the announced one; it can be sent again.
        TooLarge, UnsupportedType, NotSupported: as for `upload`.
    """
    host = current_host()
    context = await host.context(request)
    store = await host.store()
    announced = await _load(store, attachment_id, context)
    await _own_store(host)
    if announced.upload_descriptor is None or attachment_id in _arriving:
        raise Conflict("This attachment has been uploaded already.")
    _arriving.add(attachment_id)
    try:
        file = await sent_file(request, host.settings.max_attachment_bytes)
        expected = (announced.metadata or {}).get(ANNOUNCED_SIZE)
        claim = announced.mime_type
        media_type, size = await _keep_bytes(host, attachment_id, claim, file, expected)
        attachment = await _arrived(host, attachment_id, media_type, context)
    finally:
        _arriving.discard(attachment_id)
    _count(size)
    return _json(attachment)


async def download(attachment_id: str) -> ResponseReturnValue:
    """``GET /attachments/{id}``: the bytes; plain images are shown, all else is downloaded.

    Raises:
        NotFound: the attachment is unknown, another owner's, or has no bytes yet.
    """
    host = current_host()
    store = await host.store()
    attachment = await _load(store, attachment_id, await host.context(request))
    if attachment.upload_descriptor is not None:
        raise NotFound("This attachment has not been uploaded yet.")
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "ETag": f'"{attachment.id}"',
        "Vary": "Cookie",
    }
    if request.if_none_match.contains(attachment.id):
        return Response(status=304, headers=headers)
    return await _bytes_of(host, attachment, headers)


async def keep_upload(file: SentFile, context: Any) -> Attachment:
    """Keep a file that the current request sends, as a new attachment of the caller.

    Args:
        file: what is sent.
        context: whose attachment it will be.

    Raises:
        TooLarge, UnsupportedType, InvalidRequest, NotSupported: as for `upload`.
    """
    host = current_host()
    attachment_store = await _own_store(host)
    attachment_id = attachment_store.generate_attachment_id(file.media_type, context)
    media_type, size = await _keep_bytes(host, attachment_id, file.media_type, file)
    described = _described(host, context, attachment_id, file.name, media_type)
    attachment = described.model_copy(update={"metadata": {SIZE: size}})
    try:
        await (await host.store()).save_attachment(attachment, context)
    except BaseException:
        await host.attachment_files.delete(attachment_id)
        raise
    _count(size)
    return attachment


async def _arrived(host: Host, attachment_id: str, media_type: str, context: Any) -> Attachment:
    """Store that an announced attachment is there; it may have been deleted meanwhile."""
    store = await host.store()
    try:
        announced = await _load(store, attachment_id, context)
        kept = {"thread_id": announced.thread_id, "metadata": announced.metadata}
        described = _described(host, context, attachment_id, announced.name, media_type)
        attachment = described.model_copy(update=kept)
        await store.save_attachment(attachment, context)
    except BaseException:
        await host.attachment_files.delete(attachment_id)
        raise
    return attachment


async def _own_store(host: Host) -> FolderAttachmentStore:
    attachment_store = (await host.server()).attachment_store
    if not isinstance(attachment_store, FolderAttachmentStore):
        raise NotSupported("This server takes no files at this address.")
    return attachment_store


async def _load(store: Store[Any], attachment_id: str, context: Any) -> Attachment:
    try:
        return await load_attachment(store, attachment_id, context)
    except NotFoundError:
        raise NotFound("This attachment does not exist, or is not yours.") from None


async def _keep_bytes(
    host: Host, attachment_id: str, claim: str, file: SentFile, size: int | None = None
) -> tuple[str, int]:
    settings = host.settings
    with refusing_uploads():
        return await keep_bytes(
            host.attachment_files,
            attachment_id,
            claim,
            file.chunks,
            patterns=settings.attachment_patterns,
            limit=settings.max_attachment_bytes,
            size=size,
        )


def _described(
    host: Host, context: Any, attachment_id: str, name: str, media_type: str
) -> Attachment:
    name = clean_name(name)
    if media_type not in PLAIN_IMAGES:
        return FileAttachment(id=attachment_id, name=name, mime_type=media_type)
    url = AnyUrl(f"{host.base_url(context)}/attachments/{attachment_id}")
    return ImageAttachment(id=attachment_id, name=name, mime_type=media_type, preview_url=url)


def _count(size: int) -> None:
    UPLOADS.inc()
    UPLOAD_BYTES.inc(size)


def _json(attachment: Attachment) -> Response:
    return Response(encode(attachment), content_type="application/json")


async def _bytes_of(host: Host, attachment: Attachment, headers: dict[str, str]) -> Response:
    try:
        size = await host.attachment_files.size(attachment.id)
    except NotFoundError:
        raise NotFound("The file of this attachment is not here any more.") from None
    media_type = attachment.mime_type if attachment.mime_type in _HARMLESS else UNKNOWN
    kind = "inline" if media_type in PLAIN_IMAGES else "attachment"
    response = Response(
        host.attachment_files.iterate(attachment.id),
        content_type=f"{media_type}; charset=utf-8" if is_text(media_type) else media_type,
        headers=headers | {"Content-Disposition": disposition(kind, attachment.name)},
    )
    response.content_length = size
    response.timeout = None  # Quart would cut a slow download after a minute
    return response
