"""Settings: what they accept, what they refuse, and that the README tells the truth."""

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from chat.settings import InvalidSettings, Settings, load_settings, variable
from tests.running import ROOT


def test_defaults_need_no_environment() -> None:
    assert load_settings({}) == Settings()
    assert load_settings({}).embedded_model


def test_an_empty_variable_keeps_the_default() -> None:
    assert load_settings({"CHATKIT_DATABASE": "", "PORT": " "}) == Settings()


def test_values_are_typed() -> None:
    settings = load_settings(
        {"PORT": "0", "CHATKIT_TRACING": "true", "CHATKIT_HEARTBEAT": "2.5", "HOST": "::"}
    )
    assert (settings.port, settings.tracing, settings.heartbeat) == (0, True, 2.5)
    assert settings.host == "::"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PORT": "eighty"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"CHATKIT_MODEL_API": "soap"}, "CHATKIT_MODEL_API"),
        ({"CHATKIT_TRACING": "perhaps"}, "CHATKIT_TRACING"),
        ({"CHATKIT_HEARTBEAT": "0"}, "CHATKIT_HEARTBEAT"),
        ({"CHATKIT_SERVER": "no colon"}, "CHATKIT_SERVER"),
        ({"CHATKIT_SECRET_KEY": "short"}, "CHATKIT_SECRET_KEY"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}, "CHATKIT_MODEL"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_that_names_it(
    environment: dict[str, str], named: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        load_settings(environment)
    sentence = str(refused.value)
    assert named in sentence
    assert "\n" not in sentence


def test_a_wrong_value_stops_the_start_with_that_line() -> None:
    environment = os.environ | {"PORT": "eighty"}
    ended = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert ended.stderr.strip().count("\n") == 0
    assert ended.stderr.startswith("PORT:")


@pytest.mark.parametrize(
    "environment",
    [
        {"CHATKIT_SERVER": "nowhere.to:be_found"},
        {"CHATKIT_CONTEXT": "tests.servers:nothing"},
        {"CHATKIT_DATABASE": "oracle://somewhere"},
        {"CHATKIT_SERVER": "tests.running:process"},
    ],
)
async def test_what_cannot_be_loaded_stops_the_start_too(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (name,) = environment
    clean = {"CHATKIT_DATABASE": f"{tmp_path}/chat.db", "PORT": "0", "PYTHONPATH": str(ROOT)}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "app.py",
        cwd=ROOT,
        env=os.environ | clean | environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await asyncio.wait_for(child.communicate(), 60)
    assert child.returncode == 1
    assert name in errors.decode()
    assert "Traceback" not in errors.decode()


def test_secrets_are_not_shown() -> None:
    settings = load_settings({"OPENAI_API_KEY": "sk-very-secret", "CHATKIT_SECRET_KEY": "x" * 20})
    assert "sk-very-secret" not in repr(settings)
    assert "x" * 20 not in repr(settings)


def test_a_refused_secret_is_not_shown() -> None:
    with pytest.raises(InvalidSettings) as refused:
        load_settings({"CHATKIT_SECRET_KEY": "tiny-secret"})
    assert "tiny-secret" not in str(refused.value)


def test_the_readme_lists_every_setting_with_its_default() -> None:
    readme = (ROOT / "README.md").read_text()
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| *`?([^`|]*?)`? *\|", readme, re.MULTILINE))
    assert rows == {
        variable(field.name): msgspec.to_builtins(field.default, str_keys=True)
        if isinstance(field.default, str)
        else msgspec.json.encode(field.default).decode()
        for field in msgspec.structs.fields(Settings)
    }


def test_nothing_is_put_beside_a_database_that_no_store_opens() -> None:
    assert Settings(database="oracle://somewhere").data_folder is None
