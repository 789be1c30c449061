"""What nobody uses does not stay for ever."""

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

from chat.settings import Settings
from tests.running import running


async def test_an_upload_that_no_message_used_for_a_day_is_gone_after_the_next_start(
    settings: Settings,
) -> None:
    folder = Path(settings.attachments_folder)
    async with running(settings) as served:
        for name in ("old.txt", "new.txt"):
            await served.client().post("/attachments", files={"file": (name, b"text")})
        _age(folder, settings, "old.txt")
    async with running(settings) as served:
        for _ in range(200):
            if len(_files(folder)) == 1:
                break
            await asyncio.sleep(0.05)
    assert len(_files(folder)) == 1
