"""Opinions on items in memory."""

from collections.abc import Sequence
from typing import Any

from chatkit.types import FeedbackKind

from store.base import not_found
from store.memory.base import Memory


class MemoryFeedback(Memory):
    """The operations of `KeepsFeedback`, which describes them."""

    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: Any
    ) -> None:
        """Keep one opinion on each of some items, all or none."""
        items = self._thread(thread_id, context).items
        judged = []
        for item_id in item_ids:
            item = items.get(item_id)
            if item is None or not item.finished:
                raise not_found("Item", item_id)
            judged.append(item)
        for item in judged:
            item.feedback = kind

    async def load_feedback(self, thread_id: str, context: Any) -> dict[str, FeedbackKind]:
        """Return the opinions on a thread's items by item id, in the items' order."""
        items = self._thread(thread_id, context).items
        return {item.key: item.feedback for item in items if item.feedback}
