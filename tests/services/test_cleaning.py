"""What nobody uses does not stay for ever."""

import asyncio
from datetime import timedelta

import pytest

from chat import cleaning
from chat.settings import Settings
from tests.client import ChatKitClient, message
from tests.running import running


async def test_an_upload_that_no_message_used_is_gone_after_the_next_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = settings.attachments_folder
    assert folder
    async with running(settings) as served:
        client = ChatKitClient(served.client())
        ids = []
        for _ in range(2):
            sent = await client.http.post("/attachments", files={"file": ("a.txt", b"text")})
            ids.append(sent.json()["id"])
        await client.all("threads.create", input=message("say Hi.", ids[:1]))
    monkeypatch.setattr(cleaning, "UNUSED_FOR", timedelta(0))
    async with running(settings):
        for _ in range(200):
            names = {path.name for path in folder.iterdir()}
            if names == {ids[0]}:
                return
            await asyncio.sleep(0.05)
    raise AssertionError(names)
