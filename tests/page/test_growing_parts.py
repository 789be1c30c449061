"""An answer's live text, and the growing Markdown that follows it."""

from datetime import UTC, datetime

import pytest
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
)

from chat.live import GrowingText, LiveItem
from chat.page.growing_parts import growing_parts
from chat.page.markdown import render_markdown


def answer(text: str) -> AssistantMessageItem:
    return AssistantMessageItem(
        id="msg_1",
        thread_id="thr_1",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        content=[AssistantMessageContent(text=text)],
    )


def grow(live: LiveItem, delta: str) -> None:
    live.update(AssistantMessageContentPartTextDelta(content_index=0, delta=delta))


def closed(live: LiveItem) -> str:
    (markdown,) = growing_parts(live)
    markdown.finish()
    return "".join(markdown.closed)


def test_a_watcher_takes_only_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveItem(answer("One"), finished=False)
    growing_parts(live)
    taken: list[str] = []
    since = GrowingText.since

    def noted(text: GrowingText, length: int) -> str:
        taken.append(since(text, length))
        return taken[-1]

    monkeypatch.setattr(GrowingText, "since", noted)
    monkeypatch.setattr(GrowingText, "text", property(lambda _: pytest.fail("read as a whole")))
    for pieces in ((" two",), (" three", "", " four"), ()):
        for piece in pieces:
            grow(live, piece)
        growing_parts(live)
    assert taken == [" two", " three four", ""]


def test_a_text_that_was_read_as_a_whole_goes_on() -> None:
    live = LiveItem(answer("One"), finished=False)
    (markdown,) = growing_parts(live)
    grow(live, " two")
    assert live.texts[0].text == "One two"
    grow(live, " three")
    live.become(answer("One two three four"), finished=False)
    assert growing_parts(live) == [markdown]
    assert closed(live) == render_markdown("One two three four")


def test_a_text_that_became_another_is_rendered_anew() -> None:
    live = LiveItem(answer("One two three"), finished=False)
    (markdown,) = growing_parts(live)
    live.become(answer("Two"), finished=False)
    assert growing_parts(live) != [markdown]
    assert closed(live) == render_markdown("Two")
