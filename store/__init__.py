"""Persistence: threads, items, attachments, turns, feedback and tasks, by owner."""

from store.files import AttachmentFiles
from store.memory.store import MemoryStore
from store.opening import open_store
from store.sqlite import SQLiteStore

__all__ = ["AttachmentFiles", "MemoryStore", "SQLiteStore", "open_store"]
