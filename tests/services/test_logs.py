import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator

import httpx
import msgspec
import pytest
from pydantic import BaseModel, ValidationError

from chat import logs
from chat.settings import Settings
from tests.client import ChatKitClient, message
from tests.running import running
from tests.services.serving import serving, small_app

NAMES = ("", "app", "chat", "store", "hypercorn.error")


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leave logging as it was."""
    loggers = [logging.getLogger(name) for name in NAMES]
    before = [(list(one.handlers), one.level, list(one.filters)) for one in loggers]
    yield
    for one, (handlers, level, filters) in zip(loggers, before, strict=True):
        one.handlers, one.level, one.filters = handlers, level, filters
    logging.getLogger().manager._clear_cache()  # type: ignore[attr-defined]  # as setLevel does


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    logs.configure(msgspec.structs.replace(settings, log_format="json", log_level="info"))
    async with serving(small_app(settings)) as client:
        yield client


Line = dict[str, object]


def lines(capsys: pytest.CaptureFixture[str]) -> list[Line]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


async def request_lines(capsys: pytest.CaptureFixture[str]) -> list[Line]:
    """Wait for a request's line: it is written when the client has its answer already."""
    for _ in range(1000):
        if found := [line for line in lines(capsys) if line["message"] == "request"]:
            return found
        await asyncio.sleep(0.01)
    raise TimeoutError("no request was logged")


async def test_a_request_is_one_line_without_what_people_typed(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    await client.get("/stream/secret-word?q=secret-query", headers={"Cookie": "secret=cookie"})
    [line] = await request_lines(capsys)
    assert line["method"] == "GET"
    assert line["path"] == "/stream/<word>"
    assert line["status"] == 200
    assert isinstance(line["milliseconds"], float)
    assert "secret" not in json.dumps(line)


async def test_the_answer_has_the_id_its_log_line_has(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    response = await client.post("/size")
    [line] = await request_lines(capsys)
    assert line["request_id"] == response.headers["X-Request-ID"] == response.json()["request_id"]


async def test_a_requests_own_id_is_kept_if_it_may_be_logged(client: httpx.AsyncClient) -> None:
    for given, kept in {
        "a-1.b_2": True,
        "x" * 64: True,
        "x" * 65: False,
        "": False,
        "two words": False,
        'quote"': False,
        "é": False,
    }.items():
        response = await client.get("/page", headers=[(b"X-Request-ID", given.encode())])
        assert (response.headers["X-Request-ID"] == given) is kept


async def test_what_matches_no_address_is_logged_without_its_path(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    await client.get("/wp-admin/secret")
    [line] = await request_lines(capsys)
    assert (line["path"], line["status"]) == ("-", 404)


async def test_a_stream_is_logged_when_its_reader_has_gone(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    async with client.stream("GET", "/forever") as response:
        await anext(response.aiter_bytes())
        assert lines(capsys) == []
    [line] = await request_lines(capsys)
    assert line["status"] == 200
    assert line["ended"] == "early"


async def test_a_turns_lines_have_the_id_of_its_request_and_nothing_of_its_text(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(msgspec.structs.replace(settings, log_format="json", log_level="debug"))
    async with running(settings) as served:
        response = await ChatKitClient(served.client()).post(
            "threads.create", input=message("say supersecret")
        )
        await ChatKitClient(served.client()).create("fail supersecret")
    assert "supersecret" in response.text
    written = lines(capsys)
    ended = [line for line in written if line["message"] == "turn ended"]
    assert ended[0]["request_id"] == response.headers["X-Request-ID"]
    assert ended[1]["request_id"] != ended[0]["request_id"]
    assert any("secret internal detail" in str(line.get("exception")) for line in written)
    assert "supersecret" not in json.dumps(written)


def test_nothing_that_is_logged_can_begin_a_line_of_its_own(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = 'x\n{"level": "error"}\r\x1b[2J\x85\u2028level=error "quoted" \\'
    for log_format in ("text", "json"):
        logs.configure(msgspec.structs.replace(settings, log_format=log_format, log_level="info"))
        logging.getLogger("chat.x").info("hello %s", hostile, extra={"given": hostile})
        written = capsys.readouterr().err
        assert written.isascii()
        assert written.endswith("\n")
        assert len(written.splitlines()) == 1
        assert not set(written[:-1]) & {chr(code) for code in (*range(32), 127)}
        assert written.count("level=error") <= 2 + 2 * (log_format == "json")


def test_text_lines_are_keys_and_values(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(msgspec.structs.replace(settings, log_format="text", log_level="info"))
    logging.getLogger("chat.turn").info("turn ended", extra={"turn": "trn_1", "seconds": 0.5})
    written = capsys.readouterr().err
    assert ' level=info logger=chat.turn message="turn ended" turn=trn_1 seconds=0.5' in written


def test_an_exception_is_one_line_and_quotes_no_input(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    class Message(BaseModel):
        size: int

    logs.configure(msgspec.structs.replace(settings, log_format="json"))
    quoted = "my {}, input_type=str] text".format("secret")  # the traceback has the source line
    try:
        Message.model_validate({"size": quoted})
    except ValidationError as error:
        logging.getLogger("chatkit").exception(error)
    [line] = lines(capsys)
    assert "ValidationError" in str(line["exception"])
    assert "secret" not in json.dumps(line)


def test_other_packages_are_heard_from_warnings_on(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(msgspec.structs.replace(settings, log_format="json", log_level="debug"))
    logging.getLogger("chatkit").info("Received request op: threads.create")
    logging.getLogger("openai").debug("what someone wrote")
    logging.getLogger("httpx").warning("slow")
    logging.getLogger("chat.turn").debug("detail")
    assert [line["message"] for line in lines(capsys)] == ["slow", "detail"]


def test_configuring_again_does_not_log_twice(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        logs.configure(msgspec.structs.replace(settings, log_format="json", log_level="info"))
    own = logging.getLogger("hypercorn.error")
    own.handlers = [logging.StreamHandler()]  # as Hypercorn's configuration does
    own.info("Running on http://127.0.0.1:8000")
    assert [line["message"] for line in lines(capsys)] == ["Running on http://127.0.0.1:8000"]
