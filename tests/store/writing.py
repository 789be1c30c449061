"""A process that writes items and prints the id of each one that was acknowledged.

``python -m tests.store.writing DATABASE NAME WRITERS EACH``
"""

import asyncio
import sys

from store import SQLiteStore
from tests.store.making import Person, a_thread, an_answer

ALICE = Person("alice")


async def write(store: SQLiteStore, writer: str, each: int) -> None:
    for number in range(each):
        item = an_answer(f"{writer}_{number}", "x" * 500)
        await store.add_thread_item("thr_1", item, ALICE)
        sys.stdout.write(f"{item.id}\n")
        sys.stdout.flush()


async def main(path: str, name: str, writers: int, each: int) -> None:
    store = SQLiteStore(path)
    await store.save_thread(a_thread("thr_1"), ALICE)
    await asyncio.gather(*(write(store, f"{name}_{n}", each) for n in range(writers)))
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
