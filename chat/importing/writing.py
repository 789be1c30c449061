"""Putting what a file holds into a store, for one owner; what is there already stays as it is."""

import re
from collections.abc import AsyncIterator, Collection, Iterable
from typing import Any, NamedTuple, TypeVar

from chatkit.store import NotFoundError, Store
from chatkit.types import (
    Attachment,
    HiddenContextItem,
    ImageAttachment,
    SDKHiddenContextItem,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
)
from pydantic import AnyUrl, TypeAdapter, ValidationError

from chat.checked_files import keep_bytes
from chat.errors import ChatError
from chat.importing.inline_images import InlineImage
from chat.importing.messages import Imported, Messages, time_of, title_of
from chat.importing.reading import Conversation, Entry, ExportedThread, digest
from chat.importing.report import LeftOut, Report
from chat.settings import Settings
from chat.stored import item_pages, load_attachment, load_thread
from store.attachments import SIZE
from store.base import StoreError
from store.files import AttachmentFiles

Made = TypeVar("Made", ThreadMetadata, ThreadItem)

_items: TypeAdapter[ThreadItem] = TypeAdapter(ThreadItem)
_NOT_THERE = (NotFoundError, NotImplementedError)  # not all stores keep attachments
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")


class Owner(NamedTuple):
    """Whose threads are made.

    Attributes:
        name: what ids are made from.
        context: what the store is given.
    """

    name: str
    context: Any


class Importer:
    """Puts threads into a store.

    Args:
        store: where they go.
        files: where the bytes of attachments go; None where the server takes none here.
        settings: which files are accepted, and how large they may be.
        owner: whose threads they become.
        base_url: the address that attachments are reached at, without a slash at its end.
        ours: whether the store is one of this project's. Another one might let a thread be
            overwritten that is somebody else's and has the same id, which the SDK's interface
            does not forbid: what is new gets an id there that is made of the owner. And it may
            compare times with those that the SDK makes, which have no zone.
    """

    def __init__(
        self,
        store: Store[Any],
        files: AttachmentFiles | None,
        settings: Settings,
        owner: Owner,
        base_url: str,
        *,
        ours: bool,
    ) -> None:
        self.report = Report()
        self._store = store
        self._files = files
        self._settings = settings
        self._owner, self._context = owner
        self._base_url = base_url
        self._ours = ours
        self._touched: dict[str, bool] = {}

    async def add(self, entries: Iterable[Entry]) -> None:
        """Add everything that was read."""
        for entry in entries:
            match entry:
                case ExportedThread():
                    await self._add_exported(entry.data)
                case Conversation():
                    await self._add_conversation(entry)
                case _:
                    self.report.left_out[LeftOut.ENTRY] += 1

    async def _add_exported(self, data: dict[str, Any]) -> None:
        try:
            thread = ThreadMetadata.model_validate({**data, "items": None, "metadata": {}})
        except ValidationError:
            self.report.left_out[LeftOut.ENTRY] += 1
            return
        thread, known = await self._begin(thread, keeps_id=self._ours)
        items = (self._exported_item(thread.id, item, known) for item in data["items"]["data"])
        await self._fill(thread, known, [Imported(item) for item in items if item])

    def _exported_item(
        self, thread_id: str, data: Any, known: Collection[str] | None
    ) -> ThreadItem | None:
        try:
            item = _items.validate_python({**data, "thread_id": thread_id})
        except (ValidationError, TypeError):
            self.report.left_out[LeftOut.ITEM] += 1
            return None
        if isinstance(item, HiddenContextItem | SDKHiddenContextItem):
            self.report.left_out[LeftOut.HIDDEN] += 1
            return None
        keeps_id = self._ours or item.id in (known or ())
        if not keeps_id or not _ID.fullmatch(item.id):
            return item.model_copy(update={"id": f"msg_{digest([thread_id, item.id])}"})
        return item

    async def _add_conversation(self, conversation: Conversation) -> None:
        thread_id = f"thr_{digest([self._owner, conversation.key])}"
        items = Messages(conversation, thread_id, self.report).items()
        if not items:
            return
        created = time_of(conversation.about) or items[0].item.created_at
        title = title_of(conversation)
        thread = ThreadMetadata(id=thread_id, title=title, created_at=created)
        thread, known = await self._begin(thread, keeps_id=True)
        await self._fill(thread, known, items)

    async def _begin(
        self, thread: ThreadMetadata, *, keeps_id: bool
    ) -> tuple[ThreadMetadata, set[str] | None]:
        """Return a thread as it is stored, and the ids of its items if it was there before.

        A thread that another owner has, too, becomes one of its own with another id.
        """
        if _ID.fullmatch(thread.id):
            try:
                if found := await self._find(thread.id):
                    return found
                if keeps_id:
                    await self._save(thread)
                    return thread, None
            except NotFoundError:
                pass
        other = thread.model_copy(update={"id": f"thr_{digest([self._owner, thread.id])}"})
        if found := await self._find(other.id):
            return found
        await self._save(other)
        return other, None

    async def _save(self, thread: ThreadMetadata) -> None:
        await self._store.save_thread(self._timed(thread), self._context)

    def _timed(self, made: Made) -> Made:
        """Return a thread or an item with its time as the store has it."""
        if self._ours:
            return made
        local = made.created_at.astimezone().replace(tzinfo=None)
        return made.model_copy(update={"created_at": local})

    async def _find(self, thread_id: str) -> tuple[ThreadMetadata, set[str]] | None:
        try:
            found = await load_thread(self._store, thread_id, self._context)
        except NotFoundError:
            return None
        pages = item_pages(self._store, thread_id, self._context)
        return found, {item.id async for page in pages for item in page}

    async def _fill(
        self, thread: ThreadMetadata, known: set[str] | None, items: list[Imported]
    ) -> None:
        new = [each for each in items if each.item.id not in (known or ())]
        for each in new:
            item = each.item
            if isinstance(item, UserMessageItem):
                item = await self._with_attachments(item, each.images)
            await self._store.add_thread_item(thread.id, self._timed(item), self._context)
        self.report.items += len(new)
        self._count(thread.id, is_new=known is None, grew=bool(new))

    def _count(self, thread_id: str, *, is_new: bool, grew: bool) -> None:
        """Count a thread once, also where its messages are read in several parts."""
        before = self._touched.get(thread_id)
        if before is None:
            self.report.new_threads += is_new
            self.report.longer_threads += not is_new and grew
            self.report.known_threads += not is_new and not grew
        elif grew and not before:
            self.report.known_threads -= 1
            self.report.longer_threads += 1
        self._touched[thread_id] = bool(before) or is_new or grew

    async def _with_attachments(
        self, message: UserMessageItem, images: Iterable[InlineImage]
    ) -> UserMessageItem:
        """Return a message with those of its attachments whose bytes are here."""
        kept: list[Attachment] = []
        missing: list[str] = []
        for attachment in message.attachments:
            try:
                kept.append(await load_attachment(self._store, attachment.id, self._context))
            except _NOT_THERE:
                self.report.left_out[LeftOut.FILE] += 1
                missing.append(f"[File: {attachment.name}]")
        for place, image in enumerate(images, 1):
            if attachment_kept := await self._keep(image, message, place):
                kept.append(attachment_kept)
            else:
                self.report.left_out[LeftOut.IMAGE] += 1
                missing.append("[Image]")
        more = [UserMessageTextContent(text=text) for text in missing]
        return message.model_copy(
            update={"attachments": kept, "content": [*message.content, *more]}
        )

    async def _keep(
        self, image: InlineImage, message: UserMessageItem, place: int
    ) -> ImageAttachment | None:
        """Keep an image as an attachment, if it is one and may be kept."""

        async def chunks() -> AsyncIterator[bytes]:
            yield image.data

        if self._files is None:
            return None
        attachment_id = f"atc_{digest([message.thread_id, message.id, place])}"
        try:
            media_type, size = await keep_bytes(
                self._files,
                attachment_id,
                image.media_type,
                chunks(),
                patterns=self._settings.attachment_patterns,
                limit=self._settings.max_attachment_bytes,
            )
        except (ChatError, StoreError):
            return None
        attachment = ImageAttachment(
            id=attachment_id,
            name=f"image-{place}.{media_type.partition('/')[2]}",
            mime_type=media_type,
            preview_url=AnyUrl(f"{self._base_url}/attachments/{attachment_id}"),
            metadata={SIZE: size},
        )
        try:
            await self._store.save_attachment(attachment, self._context)
        except NotImplementedError:
            await self._files.delete(attachment_id)
            return None
        return attachment
