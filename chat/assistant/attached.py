"""Attachments as a model reads them: the text of text files, images as data, else a note.

Everything a user attached is content: it is framed, and its name is quoted.
"""

import base64
import json

from chatkit.store import NotFoundError
from chatkit.types import Attachment
from openai.types.responses import ResponseInputContentParam
from openai.types.responses.response_input_image_param import ResponseInputImageParam
from openai.types.responses.response_input_text_param import ResponseInputTextParam

from store.files import AttachmentFiles

MOST_IMAGES = 4
MOST_IMAGE_BYTES = 5 * 1024 * 1024
TEXT_TYPES = {"application/json", "application/xml", "application/yaml", "application/x-yaml"}
IMAGE_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp"}


class AttachedContent:
    """Reads the attachments of one run, the newest first, until enough is read."""

    def __init__(self, files: AttachmentFiles | None, most_characters: int) -> None:
        """Take where bytes are, and how many characters of one text file are read."""
        self._files = files
        self._most_characters = most_characters
        self._images_left = MOST_IMAGES

    async def read(self, attachment: Attachment) -> ResponseInputContentParam:
        """Return an attachment as a part of a message to the model."""
        mime_type = attachment.mime_type
        try:
            if mime_type in IMAGE_TYPES and self._images_left:
                return await self._image(attachment) or _note(attachment, "too large to be read")
            if mime_type.startswith("text/") or mime_type in TEXT_TYPES:
                return await self._text(attachment)
        except NotFoundError:
            return _note(attachment, "its content is not there")
        return _note(attachment, "it cannot be read here")

    async def _image(self, attachment: Attachment) -> ResponseInputContentParam | None:
        data = await self._bytes(attachment, MOST_IMAGE_BYTES + 1)
        if len(data) > MOST_IMAGE_BYTES:
            return None
        self._images_left -= 1
        encoded = base64.b64encode(data).decode()
        return ResponseInputImageParam(
            type="input_image",
            detail="auto",
            image_url=f"data:{attachment.mime_type};base64,{encoded}",
        )

    async def _text(self, attachment: Attachment) -> ResponseInputContentParam:
        # A character has at most four bytes; the last one may be cut in two.
        data = await self._bytes(attachment, 4 * self._most_characters + 4)
        text = data.decode(errors="replace")
        cut = len(text) > self._most_characters
        shown = text[: self._most_characters] + ("\n[the rest is left out]" if cut else "")
        frame = f"<Attachment name={_quoted(attachment.name)}>"
        return _text_part(f"{frame}\n{shown}\n</Attachment>")

    async def _bytes(self, attachment: Attachment, most: int) -> bytes:
        if self._files is None:
            raise NotFoundError
        data = bytearray()
        async for chunk in self._files.iterate(attachment.id):
            data += chunk
            if len(data) >= most:
                break
        return bytes(data[:most])


def _note(attachment: Attachment, why: str) -> ResponseInputContentParam:
    name, mime_type = _quoted(attachment.name), _quoted(attachment.mime_type)
    return _text_part(f"[The user attached the file {name} of type {mime_type}; {why}.]")


def _text_part(text: str) -> ResponseInputTextParam:
    return ResponseInputTextParam(type="input_text", text=text)


def _quoted(name: str) -> str:
    return json.dumps(name[:200], ensure_ascii=False)
