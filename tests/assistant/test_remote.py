"""The assistant uses tools of other programs: a real MCP server over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from chatkit.types import NoticeEvent, ProgressUpdateEvent

from chat.assistant import remote
from chat.settings import InvalidSettings, Settings, load_settings
from tests.assistant.conftest import Serve
from tests.assistant.talking import Talk
from tests.fake_openai import Answer, Call, FakeOpenAI
from tests.mcp_server import Weather

DOWN = "http://127.0.0.1:9/mcp"


@pytest.fixture
async def weather() -> AsyncIterator[Weather]:
    async with Weather().serve() as weather:
        yield weather


@pytest.fixture
def alice(serve: Serve, api: str, weather: Weather) -> Talk:
    return Talk(serve(model_api=api, mcp_servers=weather.url))


@pytest.fixture
def offline(serve: Serve, weather: Weather) -> Talk:
    return Talk(serve(openai_base_url="", model="", mcp_servers=weather.url))


def offered(openai: FakeOpenAI) -> list[str]:
    tools = openai.chats[0].body["tools"]
    return [tool.get("function", tool)["name"] for tool in tools]


def told(openai: FakeOpenAI) -> str:
    """Return what the model was given when it was asked last."""
    return json.dumps(openai.chats[-1].body)


async def test_the_model_calls_a_tool_of_another_program(
    openai: FakeOpenAI, alice: Talk, weather: Weather
) -> None:
    call = Call("get_weather", {"city": "Paris", "days": 3})
    openai.will(Answer(calls=[call]), "It stays sunny.", "Weather")
    assert await alice.say("how is the weather in Paris?") == "It stays sunny."
    assert weather.asked == ["Paris"]
    assert "Paris: sunny for 3 days" in told(openai)
    assert "other programs': get_weather" in told(openai)
    assert "Using get_weather" in [event.text for event in alice.got(ProgressUpdateEvent)]


async def test_a_tool_of_the_same_name_as_ours_gets_another_one(
    openai: FakeOpenAI, alice: Talk
) -> None:
    openai.will(Answer(calls=[Call("127_0_0_1_list_todos")]), "Hm.", "Tools")
    await alice.say("list")
    assert {"list_todos", "127_0_0_1_list_todos"} <= set(offered(openai))
    assert len(offered(openai)) == len(set(offered(openai)))
    assert "not the user's" in told(openai)


async def test_what_a_failing_tool_says_reaches_the_model(openai: FakeOpenAI, alice: Talk) -> None:
    call = Call("get_weather", {"city": "Atlantis"})
    openai.will(Answer(calls=[call]), "I could not find out.", "Weather")
    assert await alice.say("how is the weather in Atlantis?") == "I could not find out."
    assert not alice.got(NoticeEvent)


@pytest.mark.parametrize(("tool", "letter"), [("read_everything", "x"), ("attach", "y")])
async def test_a_long_answer_is_cut(
    openai: FakeOpenAI, serve: Serve, weather: Weather, tool: str, letter: str
) -> None:
    alice = Talk(serve(mcp_servers=weather.url, history_characters=1000))
    openai.will(Answer(calls=[Call(tool)]), "Much.", "Much")
    await alice.say("read everything")
    assert letter * 900 in told(openai)
    assert letter * 1001 not in told(openai)


async def test_a_tool_that_takes_too_long_is_given_up(
    openai: FakeOpenAI, serve: Serve, weather: Weather
) -> None:
    alice = Talk(serve(mcp_servers=weather.url, mcp_timeout=0.2))
    openai.will(Answer(calls=[Call("sleep")]), "It sleeps.", "Sleep")
    assert await alice.say("wait") == "It sleeps."
    assert "did not work just now" in told(openai)


async def test_nobody_waits_for_the_call_of_another(
    openai: FakeOpenAI, serve: Serve, weather: Weather
) -> None:
    server = serve(mcp_servers=weather.url)
    alice, bob = Talk(server, "alice"), Talk(server, "bob")
    openai.will(Answer(calls=[Call("sleep")]))
    waiting = asyncio.create_task(alice.say("wait"))
    await weather.asleep.wait()
    openai.will(Answer(calls=[Call("get_weather", {"city": "Rome"})]), "Sunny.", "Rome")
    assert await bob.say("how is the weather in Rome?") == "Sunny."
    openai.will("It is awake.", "Sleep")
    weather.awake.set()
    assert await waiting == "It is awake."


async def test_a_server_that_goes_down_between_list_and_call_is_told_to_the_model(
    openai: FakeOpenAI, serve: Serve
) -> None:
    weather = Weather()
    alice = Talk(serve(mcp_servers=weather.url))
    openai.will("Hello.", "Greeting")
    async with weather.serve():
        await alice.say("hello")
    openai.will(Answer(calls=[Call("get_weather", {"city": "Rome"})]), "I cannot tell.", "Hm.")
    assert await alice.say("weather in Rome?") == "I cannot tell."
    assert "did not work just now" in told(openai)
    await alice.say("and now?")
    assert alice.got(NoticeEvent)


async def test_a_server_that_is_down_costs_one_kind_sentence(
    openai: FakeOpenAI, serve: Serve, weather: Weather
) -> None:
    alice = Talk(serve(mcp_servers=f"{DOWN}, {weather.url}"))
    openai.will("Hello.", "Greeting")
    assert await alice.say("hello") == "Hello."
    [notice] = alice.got(NoticeEvent)
    assert notice.message == "The tools of “127.0.0.1” cannot be reached; I go on without them."
    assert "get_weather" in offered(openai)


async def test_a_server_that_was_started_anew_is_connected_again(
    openai: FakeOpenAI, serve: Serve
) -> None:
    weather = Weather()
    alice = Talk(serve(mcp_servers=weather.url))
    for city in ("Paris", "Rome"):
        async with weather.serve():
            call = Call("get_weather", {"city": city})
            openai.will(Answer(calls=[call]), "Sunny.")
            if city == "Paris":
                openai.will("Weather")
            assert await alice.say(f"weather in {city}?") == "Sunny."
    assert weather.asked == ["Paris", "Rome"]


async def test_a_server_that_comes_later_is_found(
    openai: FakeOpenAI, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "TRY_AGAIN_AFTER", 0.0)
    weather = Weather()
    alice = Talk(serve(mcp_servers=weather.url))
    openai.will("Hello.", "Greeting", "Hello again.")
    await alice.say("hello")
    assert alice.got(NoticeEvent)
    async with weather.serve(stateless=True):
        await alice.say("hello")
        assert not alice.got(NoticeEvent)


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("use get_weather with city=Paris", "Paris: sunny for 1 days"),
        ("Please use the tool `get_weather` with city: New York, days: 4", "New York: sunny for 4"),
        ('call get_weather {"city": "Oslo", "days": 2}', "Oslo: sunny for 2 days"),
        ("use get weather for Rome", "Rome: sunny for 1 days"),
        ("use get_weather", "say “use get_weather with city=…”"),
    ],
)
async def test_the_embedded_model_uses_a_tool_that_is_named(
    offline: Talk, message: str, answer: str
) -> None:
    assert answer in await offline.say(message)


@pytest.mark.parametrize("message", ["add use get_weather", "what is the weather?", "use soap"])
async def test_the_embedded_model_uses_no_tool_that_is_not(
    offline: Talk, weather: Weather, message: str
) -> None:
    await offline.say(message)
    assert not weather.asked


@pytest.mark.parametrize(
    "addresses", ["tools.example.org", "ftp://x.org/", "http://", "http://a.org, x", "http://a:b/"]
)
def test_what_is_no_address_stops_the_start(addresses: str) -> None:
    with pytest.raises(InvalidSettings, match="CHATKIT_MCP_SERVERS: "):
        load_settings({"CHATKIT_MCP_SERVERS": addresses})


def test_each_server_is_used_once() -> None:
    both: dict[str, Any] = {"mcp_servers": "http://a.org/mcp, http://b.org/mcp,http://a.org/mcp,"}
    assert Settings(**both).mcp_addresses == ("http://a.org/mcp", "http://b.org/mcp")
