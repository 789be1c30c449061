"""What servers that were written for FastAPI read of a request, hosted alone and mounted."""

import json
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from quart import Blueprint, Quart

from chat.application import create_app
from chat.mounting import beside, lifespan
from chat.settings import Settings
from tests.client import ChatKitClient, message
from tests.hosting.outside import on_hypercorn, on_uvicorn
from tests.hosting.reading import noting
from tests.running import ROOT, process, running

CONTEXTS = ["theirs:request_context", "reading:fastapi_context"]


def reading(
    settings: Settings, server: str, context: str = CONTEXTS[0], blueprint: str = ""
) -> Settings:
    return msgspec.structs.replace(
        settings,
        server=f"tests.hosting.reading:{server}",
        context=f"tests.hosting.{context}",
        blueprint=blueprint,
    )


async def told(http: httpx.AsyncClient, address: str = "/chatkit") -> dict[str, Any]:
    body = {"type": "threads.create", "params": {"input": message("Hello")}}
    answer = await http.post(address, json=body, headers={"X-Article": "42"})
    (last,) = [line for line in answer.text.splitlines() if "assistant_message" in line]
    read: dict[str, Any] = json.loads(json.loads(last[6:])["item"]["content"][0]["text"])
    return read


@pytest.mark.parametrize("context", CONTEXTS)
async def test_a_request_is_read_as_starlettes(settings: Settings, context: str) -> None:
    chosen = reading(settings, "ParsingServer", context, "tests.hosting.theirs:files")
    async with running(chosen) as served:
        read = await told(served.client(), "/chatkit?lang=de&lang=fr")
    assert read == {
        "scheme": "http",
        "host": "127.0.0.1",
        "path": "/chatkit",
        "query": "lang=de&lang=fr",
        "base": "/",
        "secure": "https",
        "sized": "size=2",
        "header": "42",
        "fields": {"lang": "fr"},
        "all": ["de", "fr"],
        "body": True,
        "type": "threads.create",
        "left": False,
    }


async def test_nothing_is_noted_where_no_application_is_around(settings: Settings) -> None:
    async with running(reading(settings, "UnmountedServer")) as served:
        read = await told(served.client())
    assert read == {"session": "none", "user": "none", "auth": "none"}


@pytest.mark.parametrize("context", CONTEXTS)
async def test_what_the_application_around_notes_is_there(settings: Settings, context: str) -> None:
    host = create_app(reading(settings, "NotingServer", context))
    application = noting(lifespan=lifespan(host))
    application.mount("/chat", host)  # type: ignore[arg-type]  # the frameworks' types differ
    async with on_uvicorn(application) as http:
        read = await told(http, "/chat/chatkit")
    assert read == {
        "state": "alice",
        "pool": "a pool",
        "session": 1,
        "file": str(http.base_url.join("/uploads/1")),
    }


@pytest.mark.parametrize("root", ["", "/behind"])
async def test_uploads_go_to_the_application_beside(settings: Settings, root: str) -> None:
    chosen = msgspec.structs.replace(
        settings,
        server="tests.hosting.theirs:UploadingServer",
        context=f"tests.hosting.{CONTEXTS[0]}",
    )
    async with on_uvicorn(beside(noting(), "/chat", chosen), root_path=root) as http:
        made = await ChatKitClient(http, "/chat").ask(
            "attachments.create", name="a.txt", mime_type="text/plain", size=4
        )
    url = made["upload_descriptor"]["url"]
    assert url == f"{str(http.base_url).rstrip('/')}{root}/uploads/{made['id']}"


async def test_a_route_of_exactly_the_name_goes_before_one_of_a_blueprint(
    settings: Settings,
) -> None:
    async def upload(file_id: str) -> str:
        return file_id

    around, mirror = Quart(__name__), Blueprint("mirror", __name__)
    mirror.post("/mirror/<file_id>")(upload)
    around.register_blueprint(mirror)
    around.post("/uploads/<file_id>")(upload)
    chosen = msgspec.structs.replace(
        settings,
        server="tests.hosting.theirs:UploadingServer",
        context=f"tests.hosting.{CONTEXTS[0]}",
    )
    around.asgi_app = beside(around.asgi_app, "/chat", chosen)  # type: ignore[assignment, method-assign]
    async with on_hypercorn(around) as http:
        made = await ChatKitClient(http, "/chat").ask(
            "attachments.create", name="a.txt", mime_type="text/plain", size=4
        )
    url = made["upload_descriptor"]["url"]
    assert url == str(http.base_url.join(f"/uploads/{made['id']}"))


async def test_a_server_may_be_in_a_package_that_is_called_as_the_hosts_module(
    settings: Settings, tmp_path: Path
) -> None:
    package = tmp_path / "app"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "words.py").write_text("from tests.hosting.theirs import TalkingServer\n")
    (package / "server.py").write_text("from .words import TalkingServer\n")
    environment = {
        "CHATKIT_SERVER": "app.server:TalkingServer",
        "CHATKIT_DATABASE": settings.database,
        "PYTHONPATH": f"{ROOT}:{tmp_path}",
    }
    async with process(environment) as served, httpx.AsyncClient(base_url=served.url) as http:
        _, events = await ChatKitClient(http).create("Hello")
    assert events[-1].item.content[0].text == "Hello."
