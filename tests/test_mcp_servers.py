"""The file that ``CHATKIT_MCP_SERVERS`` may name: what it accepts, and how it is refused."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chat.mcp_servers import MCPServer, load_mcp_servers
from chat.settings import InvalidSettings, Settings, load_settings
from tests.running import ROOT

SECRET = "a-secret-that-nobody-may-see"
GUIDE = ROOT / "docs/mcp.md"
URL = "https://tools.example.org/mcp"

Load = Callable[..., tuple[MCPServer, ...]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Write a file, and return the servers that it names."""

    def read(content: str, name: str = "mcp.toml", **environment: str) -> tuple[MCPServer, ...]:
        (tmp_path / name).write_text(content)
        return load_mcp_servers(Settings(mcp_servers=str(tmp_path / name)), environment)

    return read


def test_addresses_alone_need_no_file() -> None:
    [first, second] = load_mcp_servers(Settings(mcp_servers=f"{URL}, http://b.org/x.json"))
    assert (first.url, first.name, first.timeout, first.headers) == (
        URL,
        "tools.example.org",
        30.0,
        {},
    )
    assert second.url == "http://b.org/x.json", "an address is no file"
    assert load_mcp_servers(Settings()) == ()


def test_a_server_may_have_all_that_there_is(load: Load) -> None:
    [weather, plain] = load(
        f"""
        [[servers]]
        url = "{URL}"
        name = "weather"
        headers = {{ Authorization = "Bearer ${{TOKEN}}", X-Team = "kitchen" }}
        timeout = 5
        tools = ["get_weather"]

        [[servers]]
        url = "http://localhost:9000/mcp"
        """,
        TOKEN=SECRET,
    )
    assert weather.headers == {"Authorization": f"Bearer {SECRET}", "X-Team": "kitchen"}
    assert (weather.name, weather.timeout) == ("weather", 5)
    assert weather.tools == frozenset({"get_weather"})
    assert (plain.name, plain.timeout, plain.tools) == ("localhost", 30, None)


def test_the_file_may_be_json(load: Load) -> None:
    content = f'{{"servers": [{{"url": "{URL}", "headers": {{"X-Key": "${{KEY}}"}}}}]}}'
    [server] = load(content, "mcp.json", KEY=SECRET)
    assert server.headers == {"X-Key": SECRET}


def test_a_header_may_be_what_another_file_holds(load: Load, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{SECRET}\n")
    beside = f'servers = [{{ url = "{URL}", headers = {{ X-Key = "${{file:token}}" }} }}]'
    anywhere = beside.replace("file:token", f"file:{tmp_path}/token")
    for content in (beside, anywhere):
        assert load(content)[0].headers == {"X-Key": SECRET}


def test_secrets_are_not_shown(load: Load) -> None:
    [server] = load(
        f'servers = [{{ url = "{URL}?key={SECRET}", headers = {{ X-Key = "{SECRET}" }} }}]'
    )
    assert SECRET not in repr(server)
    settings = Settings(mcp_servers=f"https://me:{SECRET}@a.org/mcp,{URL}?key={SECRET}")
    assert SECRET not in repr(settings)


def headers(text: str) -> str:
    return f'servers = [{{ url = "{URL}", headers = {{ {text} }} }}]'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("servers = [", "mcp.toml: "),
        ("servers = []", "servers: Expected `array` of length >= 1"),
        ("server = []", "unknown field `server`"),
        ('servers = [{ name = "x" }]', "missing required field `url`"),
        ('servers = [{ url = "tools.example.org" }]', r"servers\[0\]: 'tools.example.org' is no"),
        (f'servers = [{{ url = "ftp://me:{SECRET}@x.org/a" }}]', "'ftp://x.org/a' is no address"),
        (f'servers = [{{ url = "{URL}/${{TOKEN}}" }}]', "a secret belongs into a header"),
        (f'servers = [{{ url = "{URL}", timeout = 0 }}]', r"servers\[0\].timeout"),
        (f'servers = [{{ url = "{URL}", tools = [] }}]', r"servers\[0\].tools"),
        (f'servers = [{{ url = "{URL}", hedaers = {{}} }}]', "unknown field `hedaers`"),
        (
            f'servers = [{{ url = "{URL}", name = "a" }}, {{ url = "{URL}", name = "a" }}]',
            r"servers\[1\]: There are two servers with the name 'a'",
        ),
        (headers('X-Key = "${NOWHERE}"'), "X-Key: The environment variable NOWHERE is not set"),
        (headers('X-Key = "${EMPTY}"'), "The environment variable EMPTY is not set"),
        (headers('X-Key = "${file:nowhere}"'), "nowhere: No such file"),
        (headers('X-Key = "${file:empty}"'), "empty: it is empty"),
        (headers('X-Key = "${file:bytes}"'), "bytes: it is not text"),
        (headers('X-Key = "${file:}"'), r"written as \$\{NAME\} or \$\{file:path\}"),
        (headers('X-Key = "${TO-KEN}"'), r"written as \$\{NAME\}"),
        (headers('X-Key = "${TOKEN"'), r"written as \$\{NAME\}"),
        (headers(f'X-Key = "{SECRET}\\r\\nX-Other: 1"'), "one line of ASCII"),
        (headers(f'X-Key = "{SECRET}ü"'), "one line of ASCII"),
        (headers('X-Key = " "'), "one line of ASCII"),
        (headers('X-Key = "${LINES}"'), "one line of ASCII"),
        (headers("X-Key = 7"), "Expected `str`, got `int`"),
        (headers(f'"X {SECRET}" = "x"'), "headers: One has a name that no header can have"),
        (headers(f'X-Key = "{SECRET}", x-key = "{SECRET}"'), "x-key: This header is there twice"),
    ],
)
def test_what_cannot_be_used_is_one_line_without_a_secret(
    load: Load, tmp_path: Path, content: str, reason: str
) -> None:
    (tmp_path / "empty").write_text(" \n")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidSettings, match=reason) as refused:
        load(content, EMPTY=" ", LINES=f"{SECRET}\n{SECRET}")
    sentence = str(refused.value)
    assert sentence.startswith(f"CHATKIT_MCP_SERVERS: {tmp_path}/mcp.toml: ")
    assert "\n" not in sentence
    assert SECRET not in sentence


@pytest.mark.parametrize(
    "address",
    [
        f"ftp://me:{SECRET}@x.org/?key={SECRET}",
        f"me:{SECRET}@x.org/mcp",
        f"http://me:a/{SECRET}@x.org/mcp",
        f"x.org/mcp?key={SECRET}",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_secret(address: str) -> None:
    with pytest.raises(InvalidSettings, match=r"nor a \.json or \.toml file") as refused:
        load_settings({"CHATKIT_MCP_SERVERS": address})
    assert SECRET not in str(refused.value)


def test_a_file_that_cannot_be_used_stops_the_start_with_one_line(tmp_path: Path) -> None:
    file = tmp_path / "mcp.toml"
    file.write_text(headers('X-Key = "${NOWHERE}"'))
    ended = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=os.environ | {"CHATKIT_MCP_SERVERS": str(file), "CHATKIT_DATABASE": "memory:"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert ended.stderr == (
        f"CHATKIT_MCP_SERVERS: {file}: servers[0].headers.X-Key: "
        "The environment variable NOWHERE is not set.\n"
    )


def test_the_file_in_the_documentation_is_one(load: Load, tmp_path: Path) -> None:
    printed = re.search(r"```toml\n# mcp.toml\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    assert printed
    (tmp_path / "desk").write_text(SECRET)
    content = printed[1].replace("/run/secrets/desk", f"{tmp_path}/desk")
    [tools, desk] = load(content, TOOLS_TOKEN=SECRET)
    assert tools.headers == {"Authorization": f"Bearer {SECRET}"}
    assert desk.headers == {"X-Api-Key": SECRET}
