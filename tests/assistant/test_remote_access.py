"""Tools of other programs that want a credential, and what happens where it is refused."""

import asyncio
import json
import logging
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import pytest
from chatkit.types import ErrorEvent, NoticeEvent

from chat.assistant import remote
from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk
from tests.fake_openai import Answer, Call, FakeOpenAI
from tests.mcp_server import Weather

SECRET = "the-right-secret-of-the-weather"
WRONG = "a-wrong-secret-of-the-weather"
REFUSED = (
    "The tools of “weather” are not available, because access to them was refused; "
    "I go on without them."
)


@pytest.fixture
async def weather() -> AsyncIterator[Weather]:
    async with Weather().serve() as weather:
        weather.token = SECRET
        yield weather


@pytest.fixture
def file(weather: Weather, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name the server in a file, with its secret in the environment."""
    monkeypatch.setenv("WEATHER_TOKEN", SECRET)
    entry = {
        "url": weather.url,
        "name": "weather",
        "headers": {"Authorization": "Bearer ${WEATHER_TOKEN}"},
    }
    return write(tmp_path, entry)


def write(folder: Path, *entries: Mapping[str, object]) -> str:
    path = folder / "mcp.json"
    path.write_text(json.dumps({"servers": entries}))
    return str(path)


def offered(openai: FakeOpenAI) -> set[str]:
    tools = openai.chats[0].body["tools"]
    return {tool.get("function", tool)["name"] for tool in tools}


async def test_a_server_that_demands_a_header_gets_it(
    openai: FakeOpenAI, serve: Serve, weather: Weather, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    alice = Talk(serve(mcp_servers=file))
    call = Call("get_weather", {"city": "Paris"})
    openai.will(Answer(calls=[call]), "It stays sunny.", "Weather")
    assert await alice.say("how is the weather in Paris?") == "It stays sunny."
    assert weather.asked == ["Paris"]
    assert not alice.got(NoticeEvent)
    assert SECRET not in caplog.text
    assert SECRET not in json.dumps([chat.body for chat in openai.chats])


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_credential_costs_one_clear_sentence(
    openai: FakeOpenAI,
    serve: Serve,
    weather: Weather,
    file: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    status: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("WEATHER_TOKEN", WRONG)
    weather.refusal = status
    alice = Talk(serve(mcp_servers=file))
    openai.will("Hello.", "Greeting")
    assert await alice.say("hello") == "Hello."
    assert [notice.message for notice in alice.got(NoticeEvent)] == [REFUSED]
    assert not alice.got(ErrorEvent)
    assert "get_weather" not in offered(openai)
    assert "add_todos" in offered(openai)
    assert "tools refused" in caplog.text
    assert WRONG not in caplog.text
    assert WRONG not in json.dumps([chat.body for chat in openai.chats])
    assert WRONG not in str(alice.events)


async def test_a_credential_that_is_missing_is_told_in_the_same_way(
    openai: FakeOpenAI, serve: Serve, weather: Weather, tmp_path: Path
) -> None:
    alice = Talk(serve(mcp_servers=write(tmp_path, {"url": weather.url, "name": "weather"})))
    openai.will("Hello.", "Greeting")
    await alice.say("hello")
    assert [notice.message for notice in alice.got(NoticeEvent)] == [REFUSED]


async def test_who_is_refused_and_who_is_down_are_told_apart(
    openai: FakeOpenAI, serve: Serve, weather: Weather, tmp_path: Path
) -> None:
    refusing = {"url": weather.url, "name": "weather"}
    down = {"url": "http://127.0.0.1:9/mcp", "name": "news"}
    alice = Talk(serve(mcp_servers=write(tmp_path, refusing, down)))
    openai.will("Hello.", "Greeting")
    assert await alice.say("hello") == "Hello."
    assert [notice.message for notice in alice.got(NoticeEvent)] == [
        "The tools of “news” cannot be reached; I go on without them.",
        REFUSED,
    ]


async def test_a_credential_that_ends_between_list_and_call_is_told_to_the_model(
    openai: FakeOpenAI, serve: Serve, weather: Weather, file: str
) -> None:
    alice = Talk(serve(mcp_servers=file))
    openai.will("Hello.", "Greeting")
    await alice.say("hello")
    weather.token = "another"
    openai.will(Answer(calls=[Call("get_weather", {"city": "Rome"})]), "I may not look.")
    assert await alice.say("weather in Rome?") == "I may not look."
    assert "not available: access to it was refused" in json.dumps(openai.chats[-1].body)
    openai.will("Still not.")
    await alice.say("and now?")
    assert [notice.message for notice in alice.got(NoticeEvent)] == [REFUSED]


async def test_a_credential_that_is_right_again_is_used(
    openai: FakeOpenAI,
    serve: Serve,
    weather: Weather,
    file: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remote, "TRY_AGAIN_AFTER", 0.0)
    alice = Talk(serve(mcp_servers=file))
    weather.token = "another"
    openai.will("Hello.", "Greeting", "Hello again.")
    await alice.say("hello")
    assert alice.got(NoticeEvent)
    weather.token = SECRET
    await alice.say("hello")
    assert not alice.got(NoticeEvent)


async def test_the_embedded_model_says_it_too(serve: Serve, weather: Weather, file: str) -> None:
    alice = Talk(serve(openai_base_url="", model="", mcp_servers=file))
    assert "Paris: sunny" in await alice.say("use get_weather with city=Paris")
    weather.token = "another"
    said = await alice.say("use get_weather with city=Rome")
    assert "That tool is not available: access to it was refused." in said
    assert "added" in (await alice.say("add milk")).lower()


async def test_a_server_that_repeats_its_secret_does_not_tell_the_model(
    openai: FakeOpenAI, serve: Serve, file: str
) -> None:
    alice = Talk(serve(mcp_servers=file))
    openai.will(Answer(calls=[Call("tell_secret")]), "Hm.", "Secret")
    await alice.say("which secret?")
    told = json.dumps(openai.chats[-1].body)
    assert "I was sent ***." in told
    assert SECRET not in told


async def test_a_secret_in_a_tools_description_is_not_told_to_the_model(
    openai: FakeOpenAI, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weather = Weather()
    weather.token = f'{SECRET}"quoted"'  # which JSON writes in another way
    monkeypatch.setenv("WEATHER_TOKEN", weather.token)
    async with weather.serve():
        headers = {"Authorization": "Bearer ${WEATHER_TOKEN}"}
        alice = Talk(serve(mcp_servers=write(tmp_path, {"url": weather.url, "headers": headers})))
        openai.will("Hello.", "Greeting")
        await alice.say("hello")
    told = json.dumps(openai.chats[0].body)
    assert "what was sent: ***." in told
    assert SECRET not in told


async def test_only_the_tools_that_are_listed_are_offered(
    openai: FakeOpenAI,
    serve: Serve,
    weather: Weather,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    weather.token = ""
    tools = ["get_weather", "list_todos", "get_news"]
    alice = Talk(
        serve(mcp_servers=write(tmp_path, {"url": weather.url, "name": "met", "tools": tools}))
    )
    openai.will("Hello.", "Greeting")
    await alice.say("hello")
    assert {"get_weather", "met_list_todos"} <= offered(openai)
    assert not {"sleep", "attach", "read_everything"} & offered(openai)
    [missing] = [record for record in caplog.records if record.message == "tool not offered"]
    assert vars(missing)["tool"] == "get_news"


async def test_a_server_may_have_a_time_of_its_own(
    openai: FakeOpenAI, serve: Serve, weather: Weather, tmp_path: Path
) -> None:
    weather.token = ""
    alice = Talk(serve(mcp_servers=write(tmp_path, {"url": weather.url, "timeout": 0.2})))
    openai.will(Answer(calls=[Call("sleep")]), "It sleeps.", "Sleep")
    assert await alice.say("wait") == "It sleeps."
    assert "did not work just now" in json.dumps(openai.chats[-1].body)


async def test_a_secret_is_not_sent_on_to_another_origin(
    openai: FakeOpenAI, serve: Serve, tmp_path: Path
) -> None:
    asked: list[str] = []

    def moved(name: str, to: str) -> Callable[[StreamReader, StreamWriter], Awaitable[None]]:
        async def answer(reader: StreamReader, writer: StreamWriter) -> None:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            asked.append(f"{name} {SECRET in head}")
            answered = f"HTTP/1.1 307 Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
            writer.write(answered.encode())
            writer.close()

        return answer

    other = await asyncio.start_server(moved("other", "/"), "127.0.0.1", 0)
    elsewhere = f"http://127.0.0.1:{other.sockets[0].getsockname()[1]}/mcp"
    own = await asyncio.start_server(moved("own", elsewhere), "127.0.0.1", 0)
    url = f"http://127.0.0.1:{own.sockets[0].getsockname()[1]}/mcp"
    async with other, own:
        entry = {"url": url, "headers": {"Authorization": f"Bearer {SECRET}"}}
        alice = Talk(serve(mcp_servers=write(tmp_path, entry)))
        openai.will("Hello.", "Greeting")
        assert await alice.say("hello") == "Hello."
        assert alice.got(NoticeEvent)
    assert set(asked) == {"own True"}
