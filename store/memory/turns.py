"""The latest turn of each thread, and what it has shown, in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

from chatkit.types import ThreadItem

from store.base import TurnRecord
from store.leftovers import is_empty, settled
from store.memory.base import KeptItem, KeptThread, Memory
from store.records import dump_item, load_item, words_of_item


class MemoryTurns(Memory):
    """The operations of `KeepsTurns`, which describes them."""

    async def start_turn(self, record: TurnRecord, context: Any) -> None:
        """Remember a turn that runs now."""
        self._thread(record.thread_id, context).turn = record.model_dump_json()

    async def keep_unfinished(
        self, thread_id: str, items: Sequence[ThreadItem], context: Any
    ) -> None:
        """Keep the present state of items that are still being made."""
        kept = self._thread(thread_id, context).items
        for item in items:
            known = kept.get(item.id)
            if known is None or not known.finished:
                kept.put(item.id, KeptItem(item.id, dump_item(item), finished=False))

    async def end_turn(self, record: TurnRecord, context: Any) -> None:
        """Store how a turn ended, and forget what it never finished."""
        thread = self._thread(record.thread_id, context)
        thread.turn = record.model_dump_json()
        for item in _unfinished(thread):
            thread.items.remove(item.key, remember=False)

    async def load_turn(self, thread_id: str, context: Any) -> TurnRecord | None:
        """Return the thread's latest turn, or None where it has had none."""
        turn = self._thread(thread_id, context).turn
        return TurnRecord.model_validate_json(turn) if turn else None

    async def interrupt_turns(self) -> int:
        """Mark every running turn interrupted and finish what it had shown, for all owners."""
        interrupted = 0
        for threads in self._threads.values():
            for thread in threads:
                interrupted += _interrupt(thread)
                _finish(thread)
        return interrupted


def _unfinished(thread: KeptThread) -> Iterator[KeptItem]:
    return (item for item in thread.items if not item.finished)


def _interrupt(thread: KeptThread) -> bool:
    if thread.turn is None:
        return False
    record = TurnRecord.model_validate_json(thread.turn)
    if record.status != "running":
        return False
    record.status = "interrupted"
    thread.turn = record.model_dump_json()
    return True


def _finish(thread: KeptThread) -> None:
    for kept in _unfinished(thread):
        item = load_item(kept.record)
        if is_empty(item):
            thread.items.remove(kept.key, remember=False)
        else:
            item = settled(item)
            kept.record, kept.finished, kept.words = dump_item(item), True, words_of_item(item)
