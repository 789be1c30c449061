"""Chooses the store that a database's address asks for."""

from store.base import StoreError
from store.files import AttachmentFiles
from store.memory.store import MemoryStore
from store.sqlite import SQLiteStore


def open_store(url: str, files: AttachmentFiles) -> SQLiteStore | MemoryStore:
    """Return the store for an address; it opens itself at its first use.

    Args:
        url: ``memory:``; ``sqlite:///relative/path`` or ``sqlite:////absolute/path``; a plain
            path; or a SQLite URI (``file:…``).
        files: where the bytes of attachments are.

    Raises:
        StoreError: no store takes this kind of address.
    """
    scheme, separator, _ = url.partition("://")
    if url == "memory:":
        return MemoryStore(files)
    if not url or (separator and scheme != "file" and not url.startswith("sqlite:///")):
        # The rest of an address may hold a password.
        given = f"{scheme}://…" if separator else "an empty one"
        raise StoreError(f"A database address is memory: or sqlite:///path, not {given}.")
    return SQLiteStore(url, files)
