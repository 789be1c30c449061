import asyncio
import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from chatkit.store import NotFoundError

from store import AttachmentFiles
from store.base import AttachmentTooLarge
from tests.store.making import chunks

BAD_IDS = ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a.b", "a\0b", "x" * 200, "ä", "a b"]


@pytest.fixture(params=["folder", "memory"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AttachmentFiles:
    """Files in a folder that is not there yet, and files in memory."""
    return AttachmentFiles(tmp_path / "new" / "files" if request.param == "folder" else None)


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def everything(kept: AttachmentFiles, attachment_id: str) -> bytes:
    return b"".join([part async for part in kept.iterate(attachment_id, 3)])


async def test_bytes_are_read_as_they_were_written(kept: AttachmentFiles) -> None:
    assert await kept.write("atc_1", chunks(b"\0\xff", b"", b"12345678"), 10) == 10
    assert await everything(kept, "atc_1") == b"\0\xff12345678"
    assert await kept.size("atc_1") == 10
    assert await kept.head("atc_1", 4) == b"\0\xff12"
    assert await kept.head("atc_1") == b"\0\xff12345678"


async def test_there_may_be_no_bytes_at_all(kept: AttachmentFiles) -> None:
    assert await kept.write("atc_1", chunks(), 10) == 0
    assert await everything(kept, "atc_1") == await kept.head("atc_1") == b""


async def test_writing_again_replaces_what_was_there(kept: AttachmentFiles) -> None:
    await kept.write("atc_1", chunks(b"long before"), 100)
    await kept.write("atc_1", chunks(b"after"), 100)
    assert await everything(kept, "atc_1") == b"after"


async def test_too_many_bytes_are_refused_and_leave_what_was_there(kept: AttachmentFiles) -> None:
    await kept.write("atc_1", chunks(b"before"), 100)
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"1234"

    with pytest.raises(AttachmentTooLarge, match="at most 10 bytes"):
        await kept.write("atc_1", endless(), 10)
    assert taken == 3
    assert await everything(kept, "atc_1") == b"before"


@pytest.mark.parametrize("failure", [ConnectionError, asyncio.CancelledError])
async def test_an_upload_that_breaks_off_leaves_nothing(
    kept: AttachmentFiles, tmp_path: Path, failure: type[BaseException]
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise failure

    with pytest.raises(failure):
        await kept.write("atc_1", broken(), 10)
    with pytest.raises(NotFoundError):
        await kept.size("atc_1")
    assert names_in(tmp_path) == []


async def test_deleted_bytes_are_gone(kept: AttachmentFiles) -> None:
    await kept.write("atc_1", chunks(b"x"), 10)
    await kept.delete("atc_1")
    await kept.delete("atc_1")
    for read in (kept.size("atc_1"), kept.head("atc_1"), everything(kept, "atc_1")):
        with pytest.raises(NotFoundError, match="Attachment atc_1 not found"):
            await read


@pytest.mark.parametrize("name", BAD_IDS)
async def test_no_id_is_a_way_out_of_the_folder(
    kept: AttachmentFiles, tmp_path: Path, name: str
) -> None:
    (tmp_path / "x").write_text("outside")
    for attempt in (
        kept.write(name, chunks(b"x"), 10),
        kept.size(name),
        kept.head(name),
        everything(kept, name),
    ):
        with pytest.raises(NotFoundError):
            await attempt
    await kept.delete(name)
    assert names_in(tmp_path) == ["x"]


async def test_old_bytes_are_told_from_new_ones(kept: AttachmentFiles) -> None:
    assert await kept.older_than(timedelta(0)) == []
    await kept.write("atc_1", chunks(b"x"), 10)
    assert await kept.older_than(timedelta(minutes=1)) == []
    assert await kept.older_than(timedelta(0)) == ["atc_1"]


async def test_what_a_killed_upload_left_is_deleted_once_it_is_old(tmp_path: Path) -> None:
    kept = AttachmentFiles(tmp_path)
    left = tmp_path / ".atc_1.abc.part"
    left.write_text("half")
    assert await kept.older_than(timedelta(minutes=1)) == []
    assert left.exists()
    os.utime(left, (1, 1))
    assert await kept.older_than(timedelta(minutes=1)) == []
    assert not left.exists()


async def test_what_is_not_of_our_making_is_nothing_to_clean_up(tmp_path: Path) -> None:
    kept = AttachmentFiles(tmp_path)
    for name in ("README", "notes.txt", "film.part", "atc_1.bak"):
        (tmp_path / name).write_text("somebody's own")
    (tmp_path / "atc_folder").mkdir()
    assert await kept.older_than(timedelta(0)) == []
    assert len(list(tmp_path.iterdir())) == 5  # noqa: ASYNC240 - a test may wait


async def test_others_on_the_machine_cannot_read_the_files(tmp_path: Path) -> None:
    kept = AttachmentFiles(tmp_path / "files")
    await kept.write("atc_1", chunks(b"x"), 10)
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "files" / "atc_1").stat().st_mode & 0o777 == 0o600
