"""Uploads that no message ever used are removed: they would fill the disk unseen."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

from chatkit.store import Store

from store.base import CleansAttachments

log = logging.getLogger(__name__)

UNUSED_FOR = timedelta(days=1)
"""How long an upload may wait for its message."""

EVERY = 6 * 60 * 60.0
"""Seconds between two cleanings."""


async def clean_regularly(store: Store[Any]) -> None:
    """Remove unused uploads now and again, until cancelled.

    Args:
        store: any store; one that cannot tell which uploads are unused is left alone.
    """
    while isinstance(store, CleansAttachments):
        try:
            removed = await store.delete_unused_attachments(UNUSED_FOR)
        except Exception:
            log.exception("unused attachments not removed")
        else:
            log.info("unused attachments removed", extra={"attachments": removed})
        await asyncio.sleep(EVERY)
