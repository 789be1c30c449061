"""What the pages of the store in memory are made of."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Generic, TypeVar

from store.records import Order

Value = TypeVar("Value")


class Ordered(Generic[Value]):
    """Values by key, in the order of first insertion; a deleted key keeps its place as a cursor."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._entries: dict[str, tuple[int, Value]] = {}
        self._order: list[tuple[int, str]] = []
        self._deleted: dict[str, int] = {}

    def __iter__(self) -> Iterator[Value]:
        return iter([self._entries[key][1] for _, key in self._order])

    def get(self, key: str) -> Value | None:
        """Return the value of a key, or None."""
        return self._entries[key][1] if key in self._entries else None

    def put(self, key: str, value: Value) -> None:
        """Insert a value at the end, or replace the key's value in its place."""
        if key in self._entries:
            number, _ = self._entries[key]
        else:
            number = next(self._numbers)
            self._order.append((number, key))
        self._entries[key] = number, value

    def remove(self, key: str, *, remember: bool = True) -> None:
        """Delete a key, if it is there.

        Args:
            key: which.
            remember: whether it can still be a cursor.
        """
        if key not in self._entries:
            return
        number, _ = self._entries.pop(key)
        del self._order[bisect_left(self._order, (number, key))]
        if remember:
            self._deleted[key] = number

    def page(
        self, after: str | None, size: int, order: Order, shown: Callable[[Value], bool]
    ) -> list[Value]:
        """Return some of the values that are shown.

        Args:
            after: the key to start after, also a deleted one; None starts at the beginning.
            size: the most values to return.
            order: ``asc`` for oldest first, ``desc`` for newest first.
            shown: which values are in pages at all.

        Raises:
            KeyError: ``after`` is not, and never was, the key of a value that is shown.
        """
        place = None if after is None else self._place(after, shown)
        places = range(len(self._order))
        if order == "asc":
            places = places[bisect_right(self._order, place) if place else 0 :]
        else:
            places = places[: bisect_left(self._order, place) if place else None][::-1]
        values = (self._entries[self._order[place][1]][1] for place in places)
        return list(islice(filter(shown, values), size))

    def _place(self, key: str, shown: Callable[[Value], bool]) -> tuple[int, str]:
        if key in self._entries and shown(self._entries[key][1]):
            return self._entries[key][0], key
        return self._deleted[key], key
