import stat
import subprocess
import sys
from pathlib import Path

import pytest

from chat.secret_key import load_secret_key
from chat.settings import InvalidSettings, Settings


def settings_in(folder: Path, secret_key: str = "") -> Settings:
    return Settings(database=f"sqlite:///{folder}/chat.db", secret_key=secret_key)


def test_the_first_start_makes_a_key_that_only_its_user_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    key = load_secret_key(settings_in(folder))
    assert len(key) >= 64
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret.key"]
    assert load_secret_key(settings_in(folder)) == key


def test_a_set_key_needs_no_file(tmp_path: Path) -> None:
    assert load_secret_key(settings_in(tmp_path, "sixteen or more!")) == "sixteen or more!"
    assert not list(tmp_path.iterdir())


def test_a_database_in_memory_has_a_key_for_the_process() -> None:
    settings = Settings(database=":memory:")
    assert load_secret_key(settings) != load_secret_key(settings)


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64])
def test_a_spoilt_key_stops_the_start_with_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(content)
    with pytest.raises(InvalidSettings) as stopped:
        load_secret_key(settings_in(tmp_path))
    assert str(tmp_path / "secret.key") in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert (tmp_path / "secret.key").read_bytes() == content


def test_a_folder_that_cannot_be_made_stops_the_start_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(InvalidSettings, match="CHATKIT_SECRET_KEY"):
        load_secret_key(settings_in(tmp_path / "file" / "data"))


def test_processes_that_start_together_use_one_key(tmp_path: Path) -> None:
    script = (
        "import sys; from chat.settings import Settings;"
        "from chat.secret_key import load_secret_key;"
        "sys.stdin.read();"
        f"print(load_secret_key(Settings(database='sqlite:///{tmp_path}/chat.db')))"
    )
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(6)
    ]
    for process in starting:  # each waits for the end of its input, to be at the start together
        assert process.stdin
        process.stdin.close()
    keys = set()
    for process in starting:
        assert process.stdout
        keys.add(process.stdout.read())
        process.stdout.close()
        assert process.wait() == 0
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
