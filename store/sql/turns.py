"""The latest turn of each thread, and what it has shown, in an SQL database."""

from collections.abc import Sequence
from typing import Any

from chatkit.types import ThreadItem

from store.base import TurnRecord, not_found, owner_of
from store.leftovers import is_empty, settled
from store.queries import SQL
from store.records import ItemRecord, dump_item, load_item, words_of_item
from store.sql.base import Execute, SQLOperations, check_thread


class SQLTurns(SQLOperations):
    """The operations of `KeepsTurns`, which describes them."""

    async def start_turn(self, record: TurnRecord, context: Any) -> None:
        """Remember a turn that runs now.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        owner = owner_of(context)

        def start(execute: Execute) -> None:
            _save_turn(execute, record, owner, self._database.announce())

        await self._write(start)

    async def keep_unfinished(
        self, thread_id: str, items: Sequence[ThreadItem], context: Any
    ) -> None:
        """Keep the present state of items that are still being made.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        of_thread = {"thread_id": thread_id, "owner": owner_of(context)}
        records = {item.id: dump_item(item) for item in items}

        def keep(execute: Execute) -> None:
            check_thread(execute, **of_thread)
            for item_id, (data, dynamic) in records.items():
                statement = SQL["keep_unfinished_item"]
                values = {"item_id": item_id, "data": data.decode()}
                execute(statement, **of_thread, **values, dynamic=dynamic)

        await self._write(keep)

    async def end_turn(self, record: TurnRecord, context: Any) -> None:
        """Store how a turn ended, and forget what it never finished.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        owner = owner_of(context)

        def end(execute: Execute) -> None:
            _save_turn(execute, record, owner, None)
            execute(SQL["forget_unfinished_items"], thread_id=record.thread_id, owner=owner)

        await self._write(end)

    async def load_turn(self, thread_id: str, context: Any) -> TurnRecord | None:
        """Return the thread's latest turn, or None where it has had none.

        Raises:
            NotFoundError: the thread is unknown or another owner's.
        """
        rows = await self._read(SQL["load_turn"], thread_id=thread_id, owner=owner_of(context))
        if not rows:
            raise not_found("Thread", thread_id)
        [(data,)] = rows
        return TurnRecord.model_validate_json(data) if data else None

    async def interrupt_turns(self) -> int:
        """Mark the running turns of ended processes interrupted, and finish what they showed."""
        return await self._write(lambda execute: _interrupt_turns(execute, self._database.others()))


def _save_turn(execute: Execute, record: TurnRecord, owner: str, process: str | None) -> None:
    of_thread = {"thread_id": record.thread_id, "owner": owner}
    running, data = record.status == "running", record.model_dump_json()
    statement = SQL["save_turn"]
    if not execute(statement, **of_thread, running=running, process=process, data=data):
        raise not_found("Thread", record.thread_id)


def _interrupt_turns(execute: Execute, living: set[str]) -> int:
    running = [
        (thread, data)
        for thread, process, data in execute(SQL["load_running_turns"])
        if not process or process.decode() not in living
    ]
    for thread, data in running:
        record = TurnRecord.model_validate_json(data)
        record.status = "interrupted"
        execute(SQL["interrupt_turn"], thread=thread, data=record.model_dump_json())
    for seq, *kept in execute(SQL["load_unfinished_items"]):
        item = load_item(ItemRecord(*kept))
        if is_empty(item):
            execute(SQL["drop_item"], seq=seq)
        else:
            item = settled(item)
            data, dynamic = dump_item(item)
            execute(SQL["finish_item"], seq=seq, data=data.decode(), dynamic=dynamic)
            if words := words_of_item(item):
                execute(SQL["add_item_words"], seq=seq, words=words)
    return len(running)
