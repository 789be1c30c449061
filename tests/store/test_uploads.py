import pytest
from chatkit.store import NotFoundError
from chatkit.types import AttachmentCreateParams, FileAttachment, ImageAttachment
from pydantic import AnyUrl

from store import AttachmentFiles
from store.attachments import AttachmentTooLarge, AttachmentTypeRefused, FolderAttachmentStore
from store.base import StoreError
from tests.store.making import AnyStore, Person, a_file, has_bytes, upload


@pytest.fixture
def attachments(store: AnyStore, files: AttachmentFiles) -> FolderAttachmentStore:
    """An attachment store over each kind of store, for small texts and images."""
    return FolderAttachmentStore(
        store,
        files,
        base_url=lambda context: f"https://{context.user_id}.example",
        max_bytes=1000,
        accepted=("image/*", "text/plain"),
    )


def announced(mime_type: str, size: int = 1000) -> AttachmentCreateParams:
    return AttachmentCreateParams(name="../../etc/passwd", size=size, mime_type=mime_type)


async def test_an_announced_file_says_where_its_bytes_are_to_go(
    attachments: FolderAttachmentStore, alice: Person
) -> None:
    made = await attachments.create_attachment(announced("text/plain"), alice)
    assert isinstance(made, FileAttachment)
    assert made.id.startswith("atc_")
    assert len(made.id) == 36
    assert made.name == "passwd"
    assert made.metadata == {"announced_size": 1000}
    assert made.upload_descriptor is not None
    assert made.upload_descriptor.method == "PUT"
    assert made.upload_descriptor.url == AnyUrl(f"https://alice.example/attachments/{made.id}")


@pytest.mark.parametrize("mime_type", ["image/png", "image/jpeg", "image/gif", "IMAGE/WebP; q=1"])
async def test_a_plain_image_has_a_preview(
    attachments: FolderAttachmentStore, alice: Person, mime_type: str
) -> None:
    made = await attachments.create_attachment(announced(mime_type), alice)
    assert isinstance(made, ImageAttachment)
    assert made.mime_type == mime_type.lower().partition(";")[0]
    assert made.preview_url == AnyUrl(f"https://alice.example/attachments/{made.id}")


async def test_a_type_by_another_name_is_the_usual_one(
    attachments: FolderAttachmentStore, alice: Person
) -> None:
    made = await attachments.create_attachment(announced("image/jpg"), alice)
    assert isinstance(made, ImageAttachment)
    assert made.mime_type == "image/jpeg"


async def test_an_image_that_can_run_scripts_is_a_file_and_must_be_named_to_be_accepted(
    attachments: FolderAttachmentStore, alice: Person
) -> None:
    with pytest.raises(AttachmentTypeRefused, match="SVG"):  # image/* does not mean it
        await attachments.create_attachment(announced("IMAGE/SVG+XML; q=1"), alice)
    attachments._accepted += ("image/svg+xml",)
    made = await attachments.create_attachment(announced("image/svg+xml"), alice)
    assert isinstance(made, FileAttachment)


async def test_a_file_that_says_it_is_too_large_is_refused(
    attachments: FolderAttachmentStore, alice: Person
) -> None:
    with pytest.raises(AttachmentTooLarge, match="at most 1000 bytes"):
        await attachments.create_attachment(announced("text/plain", 1001), alice)


@pytest.mark.parametrize(
    "mime_type", ["application/pdf", "text/html", "", "image", "image/", "image/a b", "image/x/y"]
)
async def test_a_type_that_is_not_accepted_is_refused(
    attachments: FolderAttachmentStore, alice: Person, mime_type: str
) -> None:
    with pytest.raises(AttachmentTypeRefused, match="not accepted"):
        await attachments.create_attachment(announced(mime_type), alice)


async def test_an_upload_needs_an_owner(attachments: FolderAttachmentStore) -> None:
    with pytest.raises(StoreError):
        await attachments.create_attachment(announced("text/plain"), Person(""))


async def test_deleting_an_attachment_deletes_its_bytes_and_leaves_the_record_to_the_sdk(
    attachments: FolderAttachmentStore, store: AnyStore, files: AttachmentFiles, alice: Person
) -> None:
    await upload(store, files, a_file("atc_1"), alice)
    await attachments.delete_attachment("atc_1", alice)
    assert not await has_bytes(files, "atc_1")
    await store.delete_attachment("atc_1", alice)
    with pytest.raises(NotFoundError):
        await attachments.delete_attachment("atc_1", alice)


async def test_nobody_deletes_anothers_bytes(
    attachments: FolderAttachmentStore,
    store: AnyStore,
    files: AttachmentFiles,
    alice: Person,
    charlie: Person,
) -> None:
    await upload(store, files, a_file("atc_1"), alice)
    with pytest.raises(NotFoundError):
        await attachments.delete_attachment("atc_1", charlie)
    assert await has_bytes(files, "atc_1")
