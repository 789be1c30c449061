from datetime import timedelta

import pytest
from chatkit.store import NotFoundError
from chatkit.types import AttachmentUploadDescriptor, ImageAttachment
from pydantic import AnyUrl

from store import AttachmentFiles
from tests.store.making import (
    AnyStore,
    Person,
    a_file,
    a_message,
    a_thread,
    add,
    chunks,
    has_bytes,
    upload,
)


async def test_attachments_are_loaded_as_they_were_saved(store: AnyStore, alice: Person) -> None:
    url = AnyUrl("https://example.com/attachments/atc_2")
    image = ImageAttachment(
        id="atc_2",
        name="ä/../b.png",
        mime_type="image/png",
        preview_url=url,
        metadata={"kept": None},
        upload_descriptor=AttachmentUploadDescriptor(url=url, method="PUT", headers={"X": "y"}),
    )
    for attachment in (a_file("atc_1"), image):
        await store.save_attachment(attachment, alice)
        assert await store.load_attachment(attachment.id, alice) == attachment


async def test_saving_an_attachment_again_replaces_it(store: AnyStore, alice: Person) -> None:
    await store.save_attachment(a_file("atc_1"), alice)
    await store.save_attachment(a_file("atc_1", "thr_1"), alice)
    assert await store.load_attachment("atc_1", alice) == a_file("atc_1", "thr_1")


async def test_deleting_an_attachment_deletes_its_bytes(
    store: AnyStore, alice: Person, files: AttachmentFiles
) -> None:
    await upload(store, files, a_file("atc_1"), alice)
    await store.delete_attachment("atc_1", alice)
    assert not await has_bytes(files, "atc_1")
    with pytest.raises(NotFoundError, match="Attachment atc_1 not found"):
        await store.load_attachment("atc_1", alice)


async def test_deleting_an_attachment_that_nobody_has_is_as_well(
    store: AnyStore, alice: Person, files: AttachmentFiles
) -> None:
    await upload(store, files, a_file("atc_1"), alice)
    await store.delete_attachment("atc_none", alice)
    assert await has_bytes(files, "atc_1")


async def test_deleting_a_thread_deletes_the_attachments_that_only_it_used(
    store: AnyStore, alice: Person, files: AttachmentFiles, thread: str
) -> None:
    for name in ("atc_message", "atc_announced", "atc_elsewhere"):
        await upload(store, files, a_file(name), alice)
    await add(store, alice, a_message("msg_1", [a_file("atc_message", thread)]))
    await store.save_attachment(a_file("atc_announced", thread), alice)
    await store.delete_thread(thread, alice)
    for name, there in (("atc_message", False), ("atc_announced", False), ("atc_elsewhere", True)):
        assert await has_bytes(files, name) is there
    with pytest.raises(NotFoundError):
        await store.load_attachment("atc_message", alice)
    assert await store.load_attachment("atc_elsewhere", alice) == a_file("atc_elsewhere")


async def test_an_attachment_of_two_threads_goes_with_the_last_of_them(
    store: AnyStore, alice: Person, files: AttachmentFiles, thread: str
) -> None:
    await store.save_thread(a_thread("thr_2"), alice)
    await upload(store, files, a_file("atc_1"), alice)
    for name in (thread, "thr_2"):
        shared = a_file("atc_1", name)
        await store.save_attachment(shared, alice)
        await add(store, alice, a_message("msg_1", [shared], name))
    await store.delete_thread("thr_2", alice)
    assert await has_bytes(files, "atc_1")
    assert (await store.load_attachment("atc_1", alice)).id == "atc_1"
    await store.delete_thread(thread, alice)
    assert not await has_bytes(files, "atc_1")


async def test_an_attachment_saved_after_its_message_goes_with_the_thread_too(
    store: AnyStore, alice: Person, files: AttachmentFiles, thread: str
) -> None:
    await add(store, alice, a_message("msg_1", [a_file("atc_1")]))
    await upload(store, files, a_file("atc_1"), alice)
    await store.delete_thread(thread, alice)
    assert not await has_bytes(files, "atc_1")


async def test_a_deleted_message_leaves_its_attachment_to_the_thread(
    store: AnyStore, alice: Person, files: AttachmentFiles, thread: str
) -> None:
    await upload(store, files, a_file("atc_1"), alice)
    await add(store, alice, a_message("msg_1", [a_file("atc_1", thread)]))
    await store.delete_thread_item(thread, "msg_1", alice)
    assert await has_bytes(files, "atc_1")
    await store.delete_thread(thread, alice)
    assert not await has_bytes(files, "atc_1")


async def test_uploads_that_were_never_used_are_cleaned_up_once_they_are_old(
    store: AnyStore, alice: Person, files: AttachmentFiles, thread: str
) -> None:
    await upload(store, files, a_file("atc_used"), alice)
    await add(store, alice, a_message("msg_1", [a_file("atc_used", thread)]))
    await upload(store, files, a_file("atc_unused"), alice)
    await store.save_attachment(a_file("atc_announced"), alice)
    await files.write("atc_ownerless", chunks(b"bytes"), 10)
    assert await store.delete_unused_attachments(timedelta(hours=1)) == 0
    assert await has_bytes(files, "atc_unused")
    assert await store.delete_unused_attachments(timedelta(0)) == 3
    for name, there in (("atc_used", True), ("atc_unused", False), ("atc_ownerless", False)):
        assert await has_bytes(files, name) is there
    for name in ("atc_unused", "atc_announced"):
        with pytest.raises(NotFoundError):
            await store.load_attachment(name, alice)
    assert await store.load_attachment("atc_used", alice) == a_file("atc_used")
