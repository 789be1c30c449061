"""How the tests find their browser."""

from pathlib import Path

import pytest

from tests import chromium


@pytest.fixture
def browser() -> Path:
    found = chromium.find_chromium()
    assert found, "`make test` installs a browser first"
    return found


def command(folder: Path, name: str, script: str) -> Path:
    """A shell script as a command in the folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_setting_names_the_browser(
    browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.symlink_to(browser)
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert chromium.find_chromium() == mine


def test_a_named_browser_that_does_not_start_is_reported_and_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = command(tmp_path, "broken", "exit 1")
    monkeypatch.setenv("CHROMIUM", str(broken))
    assert chromium.find_chromium() is None
    assert chromium.main() == 1
    assert capsys.readouterr().out.count("\n") == 1


def test_a_command_that_only_tells_how_to_get_a_browser_is_passed_over(
    browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command(tmp_path, "chromium", "echo 'Install it as a snap.' >&2; exit 10")
    works = command(tmp_path, "google-chrome", f'exec "{browser}" "$@"')
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(chromium, "COMMANDS", ("chromium", "google-chrome"))
    assert chromium.find_chromium() == works


def test_where_no_browser_can_be_had_one_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "COMMANDS", ("chromium",))
    monkeypatch.setattr(chromium, "as_root", lambda: None)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    assert chromium.main() == 1
    assert capsys.readouterr().out.splitlines()[-1] == chromium.MISSING
