"""How a thread stands: its title, its latest turn, and what may be written next."""

from __future__ import annotations

from dataclasses import dataclass

from chatkit.types import (
    ActiveStatus,
    AssistantMessageItem,
    ClosedStatus,
    LockedStatus,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
)

from chat.current_options import current_options
from chat.live import LiveThread
from chat.options import ChatKitOptions
from chat.page.addresses import history_url, thread_url
from chat.page.contexts.composer import Composer
from chat.page.contexts.thread import HeadView
from chat.page.contexts.turn import TurnView
from chat.page.icons import icon
from chat.page.notices import notice_views
from chat.page.offers import offers_of
from chat.page.pages import Page, last_shown, load_newest, waits_for_answers
from chat.page.visit import Visit
from chat.words import gettext, marked

UNTITLED = marked("New thread")
FAILED = marked("Something went wrong while this was answered.")
NOTES = {"stopped": marked("Stopped."), "interrupted": marked("This answer was interrupted.")}
CLOSED = {
    "locked": marked("This thread is locked."),
    "closed": marked("This thread is closed."),
}


@dataclass(frozen=True)
class Standing:
    """What of a thread's page changes with its turns, beside the items."""

    turn: TurnView
    composer: Composer


def head_view(thread_id: str, title: str | None, back: str = "") -> HeadView:
    """Return a thread's title and addresses."""
    return HeadView(
        title or gettext(UNTITLED),
        thread_url(thread_id),
        field=title or "",
        back=back,
        history=history_url(current=thread_id),
    )


async def standing(visit: Visit) -> Standing:
    """Read how a thread stands now."""
    if visit.live.running:
        return running_standing(visit)
    page = await load_newest(visit.store, visit.live, visit.context)
    return standing_of(visit, await visit.thread(), page)


def standing_of(visit: Visit, thread: ThreadMetadata, page: Page) -> Standing:
    """Return how a thread stands, from what has been read of it."""
    if visit.live.running:
        return running_standing(visit)
    closed = _why_closed(thread)
    waiting = waits_for_answers(page.items)
    said = page.earlier is not None or any(
        isinstance(item, UserMessageItem) for item in page.finished
    )
    retry = f"{visit.url}/retry" if said and not closed and not waiting else ""
    tool, model = chosen_before(current_options(), page.finished)
    answered = isinstance(last_shown(page.items), AssistantMessageItem)
    always = current_options().thread_item_actions.retry
    return Standing(
        _turn_view(visit.live, visit.url, retry, always=always, answered=answered),
        Composer(
            action=f"{visit.url}/messages",
            offers=offers_of(visit.host),
            tool=tool,
            model=model,
            waiting=waiting,
            closed=closed,
        ),
    )


def chosen_before(options: ChatKitOptions, items: list[ThreadItem]) -> tuple[str, str]:
    """Return the tool and the model that stay chosen after the newest message of some items."""
    model = options.model or ""
    for item in reversed(items):
        if isinstance(item, UserMessageItem):
            chosen = item.inference_options
            tool = chosen.tool_choice.id if chosen.tool_choice else ""
            stays = any(each.id == tool and each.persistent for each in options.composer.tools)
            offered = {each.id for each in options.composer.models if not each.disabled}
            again = chosen.model if chosen.model in offered else model
            return tool if stays else "", again or ""
    return "", model


def running_standing(visit: Visit) -> Standing:
    """Return how a thread stands while an answer is being written in it."""
    live = visit.live
    tool, model = chosen_before(
        current_options(), [item.item for item in live.items.values() if item.finished]
    )
    return Standing(
        running_turn(visit),
        Composer(
            action=f"{visit.url}/messages",
            offers=offers_of(visit.host),
            tool=tool,
            model=model,
            stop=f"{visit.url}/stop" if live.allow_cancel else "",
            running=True,
        ),
    )


def running_turn(visit: Visit) -> TurnView:
    """Return how the answer stands that is being written: its progress and its notices."""
    progress = visit.live.progress
    return TurnView(
        "running",
        progress=progress.text if progress else "",
        icon=icon(progress.icon if progress else None),
        notices=notice_views(visit.live.notices, visit.url),
        id=visit.live.record.id if visit.live.record else "",
    )


def _turn_view(live: LiveThread, url: str, retry: str, *, always: bool, answered: bool) -> TurnView:
    """Return how the latest turn stands; what went wrong can be retried in any case."""
    record = live.record
    quiet = record is None or record.status in {"running", "done"}
    if quiet and (answered or not always):  # an answer has a Retry of its own
        retry = ""
    if record is None or record.status == "running":
        return TurnView(retry=retry)
    error = ""
    if record.status == "failed":
        error = gettext((record.error and record.error.message) or FAILED)
        if record.error and not record.error.allow_retry:
            retry = ""
    return TurnView(
        record.status,
        notices=notice_views(record.notices, url),
        note=gettext(NOTES[record.status]) if record.status in NOTES else "",
        error=error,
        retry=retry,
        id=record.id,
    )


def _why_closed(thread: ThreadMetadata) -> str:
    match thread.status:
        case ActiveStatus():
            return ""
        case LockedStatus(reason=reason) | ClosedStatus(reason=reason):
            return reason or gettext(CLOSED[thread.status.type])
