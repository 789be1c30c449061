"""The guide's server runs as it is printed."""

import re
from pathlib import Path

import msgspec
import pytest

from chat.settings import Settings
from tests.client import ChatKitClient, message, text_of
from tests.running import ROOT, running

OLD = """
async def answer(messages):
    yield "You said "
    yield " and ".join(each["content"] for each in messages if each["role"] == "user")
"""


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Put the guide's first example where it can be imported, and return its name."""
    printed = re.search(r"```python\n(.*?)```", (ROOT / "docs/moving-in.md").read_text(), re.DOTALL)
    assert printed
    (tmp_path / "guides_server.py").write_text(printed[1])
    (tmp_path / "old_back_end.py").write_text(OLD)
    monkeypatch.syspath_prepend(str(tmp_path))
    return "guides_server:create"


async def test_the_old_back_end_answers(settings: Settings, guide: str) -> None:
    async with running(msgspec.structs.replace(settings, server=guide)) as served:
        alice = ChatKitClient(served.client("alice"))
        thread_id, _ = await alice.create("one")
        await alice.all("threads.add_user_message", thread_id=thread_id, input=message("two"))
        assert [text_of(item) for item in await alice.items(thread_id)] == [
            "one",
            "You said one",
            "two",
            "You said one and two",
        ]
