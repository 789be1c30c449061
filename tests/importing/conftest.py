import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from chatkit.types import ThreadItem

from chat.identity import RequestContext
from chat.importing import command
from chat.servers import Server
from chat.settings import Settings
from store import AttachmentFiles, SQLiteStore

ALICE = "usr_" + "a" * 32
BOB = "usr_" + "b" * 32

Import = Callable[..., Awaitable[str]]
Threads = Callable[..., Awaitable[dict[str, Sequence[ThreadItem]]]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=f"sqlite:///{tmp_path}/data/chat.db", log_level="error")


@pytest.fixture
def import_(tmp_path: Path, settings: Settings) -> Import:
    """Write something to a file, import it, and return what was said.

    Text is written as it is, a list of objects may be written as JSON lines, all else is JSON.
    """

    async def run(
        content: Any, owner: str | None = ALICE, *, lines: bool = False, **changes: Any
    ) -> str:
        file = tmp_path / "moving.json"
        if lines:
            content = "\n".join(json.dumps(each) for each in content)
        data = content if isinstance(content, str | bytes) else json.dumps(content)
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        server = Server("", msgspec.structs.replace(settings, **changes))
        said = await command.run(file, owner, server)
        return " ".join(said)

    return run


@pytest.fixture
def threads(settings: Settings) -> Threads:
    """Return an owner's threads as they are stored: the items of each by its title."""

    async def load(owner: str = ALICE) -> dict[str, Sequence[ThreadItem]]:
        store = SQLiteStore(settings.database, AttachmentFiles(None))
        context = RequestContext(owner, "en", None)
        found: dict[str, Sequence[ThreadItem]] = {}
        try:
            for thread in (await store.load_threads(1000, None, "asc", context)).data:
                page = await store.load_thread_items(thread.id, None, 2000, "asc", context)
                title = thread.title or ""
                found[f"{title} again" if title in found else title] = page.data
        finally:
            await store.close()
        return found

    return load


def told(items: Sequence[ThreadItem]) -> list[str]:
    """Return what items say, a string each."""
    return [_told(item) for item in items]


def _told(item: Any) -> str:
    match item.type:
        case "user_message" | "assistant_message":
            return f"{item.type.partition('_')[0]}: {' '.join(part.text for part in item.content)}"
        case "task":
            return f"{item.task.title}: {item.task.content}"
        case kind:
            return str(kind)
