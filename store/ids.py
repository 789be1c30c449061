"""Ids that cannot be guessed and do not collide."""

import secrets
from typing import Any

from chatkit.store import Store, StoreItemType
from chatkit.types import ThreadMetadata

PREFIXES: dict[StoreItemType, str] = {
    "thread": "thr",
    "message": "msg",
    "tool_call": "tc",
    "workflow": "wf",
    "task": "tsk",
    "attachment": "atc",
    "sdk_hidden_context": "shcx",
}
"""The SDK's prefixes, for every kind of thing it asks ids for."""


def generate_id(item_type: StoreItemType) -> str:
    """Return a new id: the SDK's prefix and 128 random bits as 32 hex digits."""
    return f"{PREFIXES[item_type]}_{secrets.token_hex(16)}"


class UnguessableIds(Store[Any]):
    """The id generators of every store here, in place of the SDK's 32-bit ones."""

    def generate_thread_id(self, context: Any) -> str:
        """Return a new id for a thread."""
        return generate_id("thread")

    def generate_item_id(
        self, item_type: StoreItemType, thread: ThreadMetadata, context: Any
    ) -> str:
        """Return a new id for an item of a thread."""
        return generate_id(item_type)
