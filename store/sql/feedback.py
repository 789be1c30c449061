"""Opinions on items in an SQL database."""

from collections.abc import Sequence
from typing import Any

from chatkit.types import FeedbackKind

from store.base import not_found, owner_of
from store.queries import SQL
from store.sql.base import Execute, SQLOperations, check_thread


class SQLFeedback(SQLOperations):
    """The operations of `KeepsFeedback`, which describes them."""

    async def save_feedback(
        self, thread_id: str, item_ids: Sequence[str], kind: FeedbackKind, context: Any
    ) -> None:
        """Keep one opinion on each of some items, all or none.

        Raises:
            NotFoundError: the thread or one of the items is unknown or another owner's.
        """
        of_thread = {"thread_id": thread_id, "owner": owner_of(context)}

        def save(execute: Execute) -> None:
            check_thread(execute, **of_thread)
            for item_id in item_ids:
                if not execute(SQL["save_feedback"], **of_thread, item_id=item_id, kind=kind):
                    raise not_found("Item", item_id)

        await self._write(save)

    async def load_feedback(self, thread_id: str, context: Any) -> dict[str, FeedbackKind]:
        """Return the opinions on a thread's items by item id, in the items' order.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        owner = owner_of(context)
        rows = await self._read(SQL["load_feedback"], thread_id=thread_id, owner=owner)
        if not rows:
            raise not_found("Thread", thread_id)
        return {item_id.decode(): kind.decode() for item_id, kind in rows if item_id}
