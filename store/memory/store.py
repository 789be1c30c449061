"""The store for a process that need not remember."""

from store.memory.attachments import MemoryAttachments
from store.memory.feedback import MemoryFeedback
from store.memory.items import MemoryItems
from store.memory.search import MemorySearch
from store.memory.threads import MemoryThreads
from store.memory.todos import MemoryTodos
from store.memory.turns import MemoryTurns


class MemoryStore(
    MemoryThreads,
    MemoryItems,
    MemoryAttachments,
    MemoryTurns,
    MemoryFeedback,
    MemoryTodos,
    MemorySearch,
):
    """ChatKit's `Store` in dictionaries, and all of our capabilities.

    It passes the same tests as the others, but for lasting longer than the process.

    Args:
        files: where the bytes of attachments are, to be deleted with them.
    """
