from pathlib import Path

import pytest

from store import AttachmentFiles, MemoryStore, SQLiteStore, open_store
from store.base import StoreError

FILES = AttachmentFiles(None)


def test_memory_is_an_address() -> None:
    assert isinstance(open_store("memory:", FILES), MemoryStore)


@pytest.mark.parametrize(
    "url", ["sqlite:///data/chat.db", "sqlite:////var/chat.db", "chat.db", "file:chat.db?mode=rwc"]
)
def test_a_sqlite_database_has_several_forms_of_address(url: str) -> None:
    assert isinstance(open_store(url, FILES), SQLiteStore)
    assert not Path("data").exists() or Path("data").is_dir()


@pytest.mark.parametrize("url", ["postgres://me:secret@host/db", "mysql://x", "sqlite://x", ""])
def test_an_address_that_no_store_takes_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreError, match="memory: or sqlite:///path") as refusal:
        open_store(url, FILES)
    assert "secret" not in str(refusal.value)
