"""What a run knows of its thread: the newest items, as many as the settings allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agents import TResponseInputItem
from chatkit.store import Store
from chatkit.types import ThreadItem, ThreadMetadata, UserMessageItem, WidgetItem

from chat.assistant.asking import offered_choices
from chat.assistant.attached import AttachedContent
from chat.assistant.converter import TodoItemConverter, quoted_once
from chat.assistant.widgets import CARD_KEY, shown_ids
from chat.settings import Settings
from store.files import AttachmentFiles

IMAGE_CHARACTERS = 4_000
"""What an image counts for in the budget of characters."""


@dataclass(frozen=True)
class History:
    """What a run starts from.

    Attributes:
        input: the model's input, the oldest item first.
        shown: ids of tasks in the order in which the newest card lists them.
        choices: what the latest question offered and the newest message mentions, with ids.
    """

    input: list[TResponseInputItem]
    shown: list[str]
    choices: dict[str, str]


async def read_history(
    store: Store[Any],
    thread: ThreadMetadata,
    context: Any,
    settings: Settings,
    files: AttachmentFiles | None,
) -> History:
    """Read what the model is to know of a thread.

    Args:
        store: where the thread is.
        thread: the thread.
        context: whose it is.
        settings: `history_items` and `history_characters`, the most to give to the model.
        files: where the bytes of attachments are, if they can be read.
    """
    page = await store.load_thread_items(thread.id, None, settings.history_items, "desc", context)
    items = page.data
    card = next((item for item in items if _is_card(item)), None)
    converter = TodoItemConverter(
        AttachedContent(files, settings.history_characters // 4), card.id if card else None
    )
    return History(
        input=await _within_budget(items, converter, settings.history_characters),
        shown=shown_ids(card) if isinstance(card, WidgetItem) else [],
        choices=offered_choices(items),
    )


async def _within_budget(
    items: Sequence[ThreadItem], converter: TodoItemConverter, budget: int
) -> list[TResponseInputItem]:
    """Convert the newest items that fit; everything since the last message always does.

    A single item that takes more than half of the budget is passed over: a text that was
    pasted once must not hide all that was said before it.
    """
    kept: list[list[TResponseInputItem]] = []
    left = budget
    needed = True
    for item in items:
        newest_message = needed and isinstance(item, UserMessageItem)
        converted = await quoted_once(converter, item, newest_message)
        size = characters(converted)
        if needed or size <= left:
            kept.append(converted)
            left -= size
        elif size <= budget // 2:
            break
        needed = needed and not newest_message
    return [part for converted in reversed(kept) for part in converted]


def _is_card(item: ThreadItem) -> bool:
    return isinstance(item, WidgetItem) and item.widget.key == CARD_KEY


def characters(part: Any) -> int:
    """Return how many characters of text are in a part of the model's input."""
    match part:
        case str():
            return len(part)
        case {"type": "input_image"}:
            return IMAGE_CHARACTERS
        case dict():
            return sum(characters(value) for value in part.values())
        case list():
            return sum(characters(value) for value in part)
        case _:
            return 0
