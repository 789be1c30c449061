"""The guide's examples run as they are printed."""

import re
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from chat.importing import command
from chat.loading import resolve
from chat.servers import Server
from chat.settings import Settings, load_settings
from tests.client import ChatKitClient, message, text_of
from tests.hosting.outside import on_hypercorn, on_uvicorn
from tests.importing.test_command import HELLO
from tests.page.browsing import Browser
from tests.running import ROOT, running

OLD = """
async def answer(messages):
    yield "You said "
    yield " and ".join(each["content"] for each in messages if each["role"] == "user")


SESSIONS = {"s3cret": "alice"}


def user_of(session):
    return SESSIONS[session]
"""
OLD_FASTAPI = """
from fastapi import FastAPI, Request, Response

from old_back_end import answer, user_of

app = FastAPI()


@app.post("/login")
async def login(response: Response):
    response.set_cookie("session", "s3cret")


@app.post("/ask")
async def ask(request: Request):
    said = [{"role": "user", "content": (await request.body()).decode()}]
    words = "".join([piece async for piece in answer(said)])
    return f"{user_of(request.cookies['session'])}: {words}"
"""
OLD_QUART = """
from quart import Quart, Response, request

from old_back_end import answer, user_of

app = Quart(__name__)


@app.post("/login")
async def login():
    response = Response("")
    response.set_cookie("session", "s3cret")
    return response


@app.post("/ask")
async def ask():
    said = [{"role": "user", "content": (await request.get_data()).decode()}]
    words = "".join([piece async for piece in answer(said)])
    return f'"{user_of(request.cookies["session"])}: {words}"'
"""
LOGIN = "\n\nfrom old_back_end import user_of\n"

Serving = Callable[[Any], AbstractAsyncContextManager[httpx.AsyncClient]]


def printed(name: str) -> list[str]:
    """Return the guide's examples of a file, in their order."""
    guide = (ROOT / "docs/moving-in.md").read_text()
    return re.findall(rf"```python\n(# {name}\n.*?)```", guide, re.DOTALL)


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the guide's server and context where they can be imported, beside an old back end."""
    for module in ("mine", "both", "old_application", "old_back_end"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    server, context = printed("mine.py")
    (tmp_path / "mine.py").write_text(server + context + LOGIN)
    (tmp_path / "old_back_end.py").write_text(OLD)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("guide")
async def test_the_old_back_end_answers(settings: Settings) -> None:
    async with running(msgspec.structs.replace(settings, server="mine:create")) as served:
        alice = ChatKitClient(served.client("alice"))
        thread_id, _ = await alice.create("one")
        await alice.all("threads.add_user_message", thread_id=thread_id, input=message("two"))
        assert [text_of(item) for item in await alice.items(thread_id)] == [
            "one",
            "You said one",
            "two",
            "You said one and two",
        ]


@pytest.mark.parametrize(
    ("example", "old", "serving"),
    [(0, OLD_FASTAPI, on_uvicorn), (1, OLD_QUART, on_hypercorn)],
    ids=["beside FastAPI", "in Quart"],
)
async def test_both_answer_the_same_people_in_one_process(
    settings: Settings,
    guide: Path,
    monkeypatch: pytest.MonkeyPatch,
    example: int,
    old: str,
    serving: Serving,
) -> None:
    (guide / "old_application.py").write_text(old)
    (guide / "both.py").write_text(printed("both.py")[example])
    monkeypatch.setenv("CHATKIT_SERVER", "mine:create")
    monkeypatch.setenv("CHATKIT_CONTEXT", "mine:context")
    monkeypatch.setenv("CHATKIT_DATABASE", settings.database)
    async with serving(resolve("both:app")) as http:
        assert (await http.post("/login")).status_code == 200
        assert (await http.post("/ask", content="one")).json() == "alice: You said one"
        alice = Browser(http)
        thread = await alice.hear("one", below="/chat")
        assert thread.startswith("/chat/threads/")
        assert "You said one" in (await alice.read(thread)).text
        thread_id, _ = await ChatKitClient(http, "/chat").create("two")
        assert (await http.get(f"/chat/threads/{thread_id}")).status_code == 200
        (guide / "old.json").write_text(HELLO)
        await command.run(guide / "old.json", "alice", Server("", load_settings()))
        assert "Hello" in (await http.get("/chat/threads")).text
        assert (await http.post("/ask", content="two")).json() == "alice: You said two"
