"""What the user clicked, kept in the thread as hidden context, so that the model knows of it."""

from datetime import UTC, datetime
from typing import Any

from chatkit.store import Store
from chatkit.types import ClientToolCallItem, HiddenContextItem, ThreadMetadata

MOST_KEPT = 20


async def record_click(
    store: Store[Any], thread: ThreadMetadata, sentence: str, context: Any
) -> None:
    """Keep one sentence about a click.

    Clicks that follow each other share one item: a user who ticks off thirty tasks must not
    push the conversation out of what the model is given.
    """
    page = await store.load_thread_items(thread.id, None, 1, "desc", context)
    newest = page.data[0] if page.data else None
    if isinstance(newest, ClientToolCallItem) and newest.status == "pending":
        return  # its answer is only taken while it is the newest item
    if isinstance(newest, HiddenContextItem) and isinstance(newest.content, dict):
        clicks = newest.content.get("clicks")
        if isinstance(clicks, list):
            content = {"clicks": [*clicks, sentence][-MOST_KEPT:]}
            item = newest.model_copy(update={"content": content})
            await store.save_item(thread.id, item, context)
            return
    item = HiddenContextItem(
        id=store.generate_item_id("sdk_hidden_context", thread, context),
        thread_id=thread.id,
        created_at=datetime.now(UTC),
        content={"clicks": [sentence]},
    )
    await store.add_thread_item(thread.id, item, context)
