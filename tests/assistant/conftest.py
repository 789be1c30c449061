from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from chat.assistant.server import TodoServer
from chat.assistant.todos import Todos
from chat.settings import Settings
from store import MemoryStore, SQLiteStore
from store.attachments import FolderAttachmentStore
from store.files import AttachmentFiles
from tests.assistant.talking import NOW, Talk
from tests.fake_openai import FakeOpenAI

Serve = Callable[..., TodoServer]


@pytest.fixture
async def openai() -> AsyncIterator[FakeOpenAI]:
    async with FakeOpenAI().serve() as service:
        yield service


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SQLiteStore]:
    store = SQLiteStore(str(tmp_path / "chat.db"))
    yield store
    await store.close()


@pytest.fixture
def todos(store: SQLiteStore) -> Todos:
    return Todos(store, lambda: NOW)


@pytest.fixture
async def serve(openai: FakeOpenAI, store: SQLiteStore) -> AsyncIterator[Serve]:
    """Make servers over the fake service; they are closed at the end."""
    servers: list[TodoServer] = []

    def make(
        store: SQLiteStore | MemoryStore = store, step_seconds: float = 0, **settings: Any
    ) -> TodoServer:
        files = AttachmentFiles(None)
        given: dict[str, Any] = {"openai_base_url": openai.url, "model": "test-model"}
        chosen = Settings(**{**given, "model_timeout": 5, **settings})
        attachments = FolderAttachmentStore(
            store, files, base_url=lambda _: "", max_bytes=1000, accepted=["*/*"]
        )
        server = TodoServer(
            store, attachments, chosen, step_seconds=step_seconds, clock=lambda: NOW
        )
        servers.append(server)
        return server

    yield make
    for server in servers:
        await server.close()


@pytest.fixture(params=["responses", "chat_completions"])
def api(request: pytest.FixtureRequest) -> str:
    """Each of the two APIs."""
    return str(request.param)


@pytest.fixture
def alice(serve: Serve, api: str) -> Talk:
    """Alice, talking to a model over each of the APIs."""
    return Talk(serve(model_api=api))
