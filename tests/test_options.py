"""The options file: what it may say, what is refused, and that docs/options.md tells the truth."""

import json
import os
import re
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from chat.options import ChatKitOptions, Options
from chat.options_file import WITHOUT_A_FILE, load_options
from chat.settings import InvalidSettings, Settings
from tests.running import ROOT

TOOL = {"id": "search", "label": "Search", "icon": "globe"}


def written(folder: Path, content: Any, name: str = "options.json") -> Settings:
    """Write an options file and return settings that name it."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return Settings(options=str(path))


def refusal(folder: Path, content: Any) -> str:
    """Return the sentence that an options file is refused with."""
    with pytest.raises(InvalidSettings) as refused:
        load_options(written(folder, content))
    return str(refused.value)


def test_an_empty_file_has_the_defaults_of_chatkit(tmp_path: Path) -> None:
    options = load_options(written(tmp_path, {}))
    assert options == ChatKitOptions()
    assert options.start_screen.greeting == "What can I help with today?"
    assert options.composer.placeholder == "Message the AI"
    assert options.look.color_scheme == "light"
    assert not options.thread_item_actions.feedback


def test_without_a_file_everything_is_offered() -> None:
    options = load_options(Settings(server="mine:create"))
    assert options == WITHOUT_A_FILE
    assert options.look.color_scheme == "system"
    assert options.thread_item_actions.retry
    assert options.composer.attachments
    assert not options.start_screen.prompts


def test_json_and_toml_say_the_same(tmp_path: Path) -> None:
    toml = """
        locale = "de-DE"
        [startScreen]
        greeting = "Hallo"
        [theme]
        colorScheme = "dark"
        [[composer.models]]
        id = "fast"
        label = "Fast"
    """
    same = {
        "locale": "de-DE",
        "startScreen": {"greeting": "Hallo"},
        "theme": {"colorScheme": "dark"},
        "composer": {"models": [{"id": "fast", "label": "Fast"}]},
    }
    from_toml = load_options(written(tmp_path, toml, "options.toml"))
    assert from_toml == load_options(written(tmp_path, same))
    assert from_toml.model == "fast"


def test_a_theme_may_be_a_colour_scheme_alone(tmp_path: Path) -> None:
    assert load_options(written(tmp_path, {"theme": "dark"})).look.color_scheme == "dark"


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ({"header": {"leftAction": {"onClick": "x"}}}, "header.leftAction"),
        ({"startscreen": {}}, "`startscreen`"),
        ({"theme": "blue"}, "theme"),
        ({"theme": {"color": {"accent": {"primary": "#00f", "level": 7}}}}, "color.accent.level"),
        ({"theme": {"color": {"accent": {"primary": "url(x)", "level": 1}}}}, "accent.primary"),
        ({"theme": {"color": {"grayscale": {"hue": 400, "tint": 1}}}}, "grayscale.hue"),
        (
            {"theme": {"color": {"surface": {"background": "#fff", "foreground": "}"}}}},
            "surface.foreground",
        ),
        ({"theme": {"typography": {"baseSize": 40}}}, "typography.baseSize"),
        ({"theme": {"typography": {"fontFamily": "x; } body {"}}}, "typography.fontFamily"),
        (
            {"theme": {"typography": {"fontSources": [{"family": "A", "src": "//cdn/a.woff2"}]}}},
            "fontSources[0].src",
        ),
        (
            {"theme": {"typography": {"fontSources": [{"family": "A", "src": "none.woff2"}]}}},
            "fontSources[0].src",
        ),
        ({"composer": {"attachments": {"enabled": True, "maxCount": 0}}}, "attachments.maxCount"),
        ({"composer": {"attachments": {"enabled": True, "accept": {"pdf": []}}}}, "accept['pdf']"),
        ({"composer": {"tools": [TOOL | {"icon": "no-such-icon"}]}}, "composer.tools[0].icon"),
        ({"composer": {"tools": [TOOL, TOOL]}}, "composer.tools[1].id"),
        (
            {"composer": {"models": [{"id": "a", "label": "A", "disabled": True}]}},
            "composer.models",
        ),
        (
            {"header": {"leftAction": {"icon": "home", "href": "javascript:x", "label": "Home"}}},
            "header.leftAction.href",
        ),
        (
            {"header": {"leftAction": {"icon": "castle", "href": "/", "label": "Home"}}},
            "header.leftAction.icon",
        ),
        ({"startScreen": {"prompts": [{"label": "A", "prompt": []}]}}, "prompts[0].prompt"),
        ({"disclaimer": {}}, "disclaimer"),
        ("{", "options.json"),
        ("[]", "options.json"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line_with_its_path(
    tmp_path: Path, content: Any, path: str
) -> None:
    sentence = refusal(tmp_path, content)
    assert sentence.startswith("CHATKIT_OPTIONS: ")
    assert path in sentence
    assert "\n" not in sentence


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidSettings, match="No such file"):
        load_options(Settings(options="/nowhere/options.json"))


def test_a_wrong_option_stops_the_start_with_that_line(tmp_path: Path) -> None:
    settings = written(tmp_path, {"theme": {"radius": "oval"}})
    environment = os.environ | {
        "CHATKIT_OPTIONS": settings.options,
        "CHATKIT_DATABASE": f"{tmp_path}/chat.db",
        "PORT": "0",
    }
    ended = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert ended.stderr.strip().count("\n") == 0
    assert "theme.radius" in ended.stderr


def structures(annotation: Any) -> list[type[Options]]:
    """Return the groups of options that a type may hold, and whether in a list."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType, list, tuple):
        return [found for each in get_args(annotation) for found in structures(each)]
    return [annotation] if isinstance(annotation, type) and issubclass(annotation, Options) else []


def options_of(group: type[Options], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every option below a group: its path and its default as the documentation says it."""
    hints = get_type_hints(group, include_extras=False)
    for field in msgspec.structs.fields(group):
        name = f"{path}{field.encode_name}"
        annotation = hints[field.name]
        below = structures(annotation)
        listed = any(
            get_origin(each) in (list, tuple) for each in (annotation, *get_args(annotation))
        )
        if not below or listed or not isinstance(field.default, Options):
            yield name, default_of(field)
        for each in below:
            if listed and each.__name__ in ("PromptText", "PromptTag"):
                continue  # pieces of a message, which the protocol itself has
            yield from options_of(each, f"{name}[]." if listed else f"{name}.")


def default_of(field: Any) -> str:
    """Return a default as JSON; nothing where there is none."""
    if field.default is msgspec.NODEFAULT:
        return "" if field.default_factory is msgspec.NODEFAULT else "{}"
    if field.default is None:
        return ""
    return msgspec.json.encode(field.default).decode()


def test_the_documentation_lists_every_option_with_its_default() -> None:
    _, text = (ROOT / "docs" / "options.md").read_text().split("## All options")
    text, _ = text.split("## What a file cannot hold")
    rows = dict(re.findall(r"^\| `([\w.\[\]]+)` \| *`?([^`|]*?)`? *\|", text, re.MULTILINE))
    assert rows == dict(options_of(ChatKitOptions))
