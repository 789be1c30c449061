"""The rules of tasks: what a title and a date may be, their order, and what can happen to them.

Everything that changes tasks, a tool or a click, comes through `Todos`; it is per owner, and
one owner's changes happen one after the other.
"""

import asyncio
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal, assert_never
from weakref import WeakValueDictionary

from chatkit.store import NotFoundError

from chat.errors import Refused
from store.base import KeepsTodos, Todo, owner_of

Which = Literal["open", "done", "all"]
Clock = Callable[[], datetime]

MAX_TITLE = 200
MAX_AT_ONCE = 50
MAX_OPEN = 1000
EARLIEST = timedelta(days=366)
LATEST = timedelta(days=3660)

# Control characters, half characters, and those that reorder the text around them.
_REFUSED_CATEGORIES = {"Cc", "Cs"}
_REORDERING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def local_now() -> datetime:
    """Return the present time in the server's own time zone, which decides what today is."""
    return datetime.now().astimezone()


def day_of(moment: datetime) -> date:
    """Return the day on which something happened, where the server is."""
    return moment.astimezone().date()


def clean_title(title: str) -> str:
    """Return a title as it is kept: one line, without control characters.

    Raises:
        Refused: it is empty, or longer than `MAX_TITLE` characters.
    """
    # A line break separates words like a blank does, so blanks are put in order first.
    kept = "".join(c for c in " ".join(title.split()) if not _is_refused(c)).strip()
    if not kept:
        raise Refused("A task needs a title.")
    if len(kept) > MAX_TITLE:
        raise Refused("A title can have at most %(most)s characters.", most=MAX_TITLE)
    return kept


def _is_refused(character: str) -> bool:
    return character in _REORDERING or unicodedata.category(character) in _REFUSED_CATEGORIES


def read_day(text: str | None, today: date) -> date | None:
    """Return the day that an ISO date or date and time names; None and blank mean no day.

    Raises:
        Refused: it is no such date, or too far away to be meant.
    """
    text = (text or "").strip()
    if not text:
        return None
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError:
        raise Refused("A date must look like 2025-12-24.") from None
    if not today - EARLIEST <= day <= today + LATEST:
        raise Refused("The date %(day)s is too far away.", day=day.isoformat())
    return day


def in_order(todos: Sequence[Todo], which: Which) -> list[Todo]:
    """Return the tasks that are shown, as they are numbered.

    Open tasks come by due day, those without one last, then by creation; done tasks after
    them, the latest first.
    """
    opened = sorted(
        (todo for todo in todos if todo.completed_at is None),
        key=lambda todo: (todo.due or date.max, todo.created_at),
    )
    done = sorted(
        (todo for todo in todos if todo.completed_at),
        key=lambda todo: todo.completed_at or todo.created_at,
        reverse=True,
    )
    match which:
        case "open":
            return opened
        case "done":
            return done
        case "all":
            return opened + done
        case _:
            assert_never(which)


def _check_room(there: Sequence[Todo], new: Sequence[Todo]) -> None:
    if len(in_order([*there, *new], "open")) > MAX_OPEN:
        raise Refused(
            "There can be at most %(most)s open tasks; complete some first.", most=MAX_OPEN
        )


class Todos:
    """The tasks of every owner, and everything that can be done to them."""

    def __init__(self, kept: KeepsTodos, clock: Clock = local_now) -> None:
        """Take where tasks are kept, and a clock that tells the time with a zone."""
        self._kept = kept
        self.clock = clock
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def today(self) -> date:
        """The present day, where the server is."""
        return self.clock().date()

    def changing(self, context: Any) -> asyncio.Lock:
        """Return the lock under which one owner's tasks are read and changed."""
        owner = owner_of(context)
        lock = self._locks.get(owner)
        if lock is None:
            lock = self._locks[owner] = asyncio.Lock()
        return lock

    async def load(self, context: Any) -> list[Todo]:
        """Return all of the owner's tasks, in the order they were first saved."""
        return await self._kept.load_todos(context)

    async def add(self, wishes: Sequence[tuple[str, str | None]], context: Any) -> list[Todo]:
        """Make new tasks from titles and ISO dates, all or none.

        Raises:
            Refused: a title or a date is not valid, or there are too many.
        """
        if not wishes:
            raise Refused("Tell me what to add.")
        if len(wishes) > MAX_AT_ONCE:
            raise Refused("I can add at most %(most)s tasks at once.", most=MAX_AT_ONCE)
        now = self.clock()
        new = [
            Todo(
                id=f"todo_{secrets.token_hex(16)}",
                title=clean_title(title),
                due=read_day(due, now.date()),
                # One microsecond apart, so that they keep the order they were given in.
                created_at=now + timedelta(microseconds=place),
            )
            for place, (title, due) in enumerate(wishes)
        ]
        async with self.changing(context):
            _check_room(await self.load(context), new)
            await self._kept.save_todos(new, context)
        return new

    async def complete(self, ids: Sequence[str], context: Any) -> list[Todo]:
        """Mark tasks done; those that already are stay as they are.

        Raises:
            Refused: a task is not there any more.
        """
        return await self._change(ids, {"completed_at": self.clock()}, context, done=False)

    async def reopen(self, ids: Sequence[str], context: Any) -> list[Todo]:
        """Mark tasks open again; those that already are stay as they are.

        Raises:
            Refused: a task is not there any more.
        """
        return await self._change(ids, {"completed_at": None}, context, done=True)

    async def update(self, todo_id: str, changes: dict[str, Any], context: Any) -> Todo:
        """Give a task another title or date, and return it as it is then.

        Args:
            todo_id: the task's id.
            changes: ``title`` and ``due`` as they are to be, both already checked.
            context: whose task it is.

        Raises:
            Refused: the task is not there any more.
        """
        return (await self._change([todo_id], changes, context))[0]

    async def delete(self, ids: Sequence[str], context: Any) -> list[Todo]:
        """Forget tasks, and return what they were, for `restore`.

        Raises:
            Refused: a task is not there any more.
        """
        async with self.changing(context):
            gone = await self._find(ids, context)
            for todo in gone:
                await self._kept.delete_todo(todo.id, context)
        return gone

    async def restore(self, todos: Sequence[Todo], context: Any) -> list[Todo]:
        """Bring deleted tasks back; those that are there again are left as they are.

        Raises:
            Refused: one of them cannot come back.
        """
        async with self.changing(context):
            there = await self.load(context)
            known = {todo.id for todo in there}
            missing = [todo for todo in todos if todo.id not in known]
            _check_room(there, missing)
            try:
                await self._kept.save_todos(missing, context)
            except NotFoundError:
                raise Refused("This cannot be undone any more.") from None
        return missing

    async def _change(
        self,
        ids: Sequence[str],
        changes: dict[str, Any],
        context: Any,
        *,
        done: bool | None = None,
    ) -> list[Todo]:
        """Change tasks; with `done`, only those that are done or open so far."""
        async with self.changing(context):
            changed = [
                todo.model_copy(update=changes)
                if done is None or done == bool(todo.completed_at)
                else todo
                for todo in await self._find(ids, context)
            ]
            await self._kept.save_todos(changed, context)
        return changed

    async def _find(self, ids: Sequence[str], context: Any) -> list[Todo]:
        known = {todo.id: todo for todo in await self.load(context)}
        try:
            return [known[todo_id] for todo_id in dict.fromkeys(ids)]
        except KeyError:
            raise Refused("This task is not there any more.") from None
