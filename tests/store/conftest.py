"""Every store there is, and the people whose rows are in it.

Adding a store to the conformance suite is adding it to `STORES`.
"""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from store import AttachmentFiles, MemoryStore, SQLiteStore
from tests.store.making import AnyStore, Person, a_thread

STORES: dict[str, Callable[[Path, AttachmentFiles], AnyStore]] = {
    "memory": lambda folder, files: MemoryStore(files),
    "sqlite": lambda folder, files: SQLiteStore(folder / "chat.db", files),
}


@pytest.fixture
def files(tmp_path: Path) -> AttachmentFiles:
    """The bytes of attachments."""
    return AttachmentFiles(tmp_path / "attachments")


@pytest.fixture(params=STORES)
def kind(request: pytest.FixtureRequest) -> str:
    """One kind of store after the other."""
    return str(request.param)


@pytest.fixture
async def store(kind: str, tmp_path: Path, files: AttachmentFiles) -> AsyncIterator[AnyStore]:
    """A store of each kind."""
    store = STORES[kind](tmp_path, files)
    yield store
    await store.close()


@pytest.fixture
async def empty(kind: str, tmp_path: Path, files: AttachmentFiles) -> AsyncIterator[AnyStore]:
    """Another store of that kind, which stays empty."""
    store = STORES[kind](tmp_path / "empty", files)
    yield store
    await store.close()


@pytest.fixture
async def sqlite(tmp_path: Path, files: AttachmentFiles) -> AsyncIterator[SQLiteStore]:
    """A SQLite store, for what is true of it alone."""
    store = SQLiteStore(tmp_path / "chat.db", files)
    yield store
    await store.close()


@pytest.fixture
def alice() -> Person:
    """The owner."""
    return Person("alice")


@pytest.fixture
def charlie() -> Person:
    """Somebody who must not see what is Alice's."""
    return Person("charlie")


@pytest.fixture
async def thread(store: AnyStore, alice: Person) -> str:
    """The id of a thread of Alice's, without any items."""
    await store.save_thread(a_thread("thr_1"), alice)
    return "thr_1"
