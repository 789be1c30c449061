"""What a browser without scripts shows of a running answer, step by step."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    CustomTask,
    ThreadItemUpdate,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
)
from markupsafe import Markup

from chat.live import LiveThread
from chat.page.frames import Frames
from tests.page.dom import parse

WHEN = datetime(2026, 3, 18, tzinfo=UTC)


class Screen:
    """A page that frames are sent to."""

    def __init__(self) -> None:
        self.live = LiveThread("thr_1")
        self.frames = Frames(set())
        self.html = ""
        self.line = Markup()

    def step(self) -> str:
        """Send what changed, and return what the page shows then."""
        shown = {
            item_id: item
            for item_id, item in self.live.items.items()
            if item_id not in self.frames.settled
        }
        self.html += self.frames.show(shown, self.line)
        return self.text

    @property
    def text(self) -> str:
        """What the page shows; the browser itself closes what is open."""
        return parse(self.html).text

    def message(self, item_id: str, text: str | None = None, finished: bool = False) -> None:
        """Show a message, with one part where it has text."""
        parts = [] if text is None else [AssistantMessageContent(text=text)]
        item = AssistantMessageItem(id=item_id, thread_id="thr_1", created_at=WHEN, content=parts)
        self.live.put(item, finished=finished)

    def update(self, item_id: str, update: ThreadItemUpdate) -> None:
        """Apply an update to an item."""
        self.live.update(self.live.items[item_id], update)

    def write(self, item_id: str, delta: str, part: int = 0) -> None:
        """Let a message's text grow."""
        self.update(item_id, AssistantMessageContentPartTextDelta(content_index=part, delta=delta))


@pytest.fixture
def screen() -> Screen:
    return Screen()


def part(text: str) -> AssistantMessageContentPartAdded:
    return AssistantMessageContentPartAdded(
        content_index=0, content=AssistantMessageContent(text=text)
    )


def test_a_growing_text_replaces_itself(screen: Screen) -> None:
    screen.message("a")
    screen.step()
    screen.update("a", part("Hello"))
    assert screen.step() == "Hello"
    screen.write("a", " there")
    assert screen.step() == "Hello there"


def test_closed_blocks_are_sent_once(screen: Screen) -> None:
    screen.message("a", "")
    screen.step()
    for number in range(20):
        screen.write("a", f"Paragraph {number}.\n\n")
        screen.step()
    screen.write("a", "The end.")
    assert screen.step().split()[-2:] == ["The", "end."]
    assert screen.html.count("Paragraph 3.") <= 2
    assert [screen.text.count(f"Paragraph {number}.") for number in range(20)] == [1] * 20


def test_a_finished_item_stays_as_it_is(screen: Screen) -> None:
    screen.message("a", "Half")
    screen.step()
    screen.message("a", "Half done.", finished=True)
    assert screen.step() == "Half done."
    assert screen.frames.settled == {"a"}
    sent = len(screen.html)
    screen.step()
    assert len(screen.html) == sent


def test_a_text_that_changes_is_shown_anew(screen: Screen) -> None:
    screen.message("a", "First version")
    screen.step()
    screen.update(
        "a",
        AssistantMessageContentPartDone(
            content_index=0, content=AssistantMessageContent(text="Second version")
        ),
    )
    assert screen.step() == "Second version"


def test_an_item_that_goes_away_is_not_shown(screen: Screen) -> None:
    screen.message("a", "never mind")
    assert screen.step() == "never mind"
    screen.live.remove("a")
    assert screen.step() == ""


def test_items_that_are_made_together_are_shown_together(screen: Screen) -> None:
    workflow = WorkflowItem(
        id="w",
        thread_id="thr_1",
        created_at=WHEN,
        workflow=Workflow(type="custom", tasks=[CustomTask(title="Read")], expanded=True),
    )
    screen.live.put(workflow, finished=False)
    screen.message("a", "One")
    screen.step()
    screen.update("w", WorkflowTaskAdded(task_index=1, task=CustomTask(title="Write")))
    screen.write("a", " two")
    text = screen.step()
    assert "Read" in text
    assert "Write" in text
    assert text.count("One two") == 1


def test_a_second_answer_follows_the_first(screen: Screen) -> None:
    screen.message("a", "One")
    screen.step()
    screen.message("a", "One.", finished=True)
    screen.message("b", "Two")
    screen.step()
    screen.write("b", " more")
    assert screen.step() == "One. Two more"


def test_the_progress_line_gives_way_to_the_answer(screen: Screen) -> None:
    screen.line = Markup("<p>Thinking</p>")
    assert screen.step() == "Thinking"
    screen.line = Markup("<p>Looking around</p>")
    assert screen.step() == "Looking around"
    screen.message("a", "Found it")
    assert screen.step() == "Found it"
    screen.message("a", "Found it.", finished=True)
    assert screen.step() == "Found it. Looking around"
    screen.line = Markup()
    assert screen.step() == "Found it."


@pytest.mark.parametrize(
    "begin",
    [
        lambda screen: None,
        lambda screen: screen.message("a", "Half"),
        lambda screen: screen.message("a"),
        lambda screen: setattr(screen, "line", Markup("<p>Thinking</p>")),
    ],
    ids=["nothing", "a text", "an empty message", "a line"],
)
def test_the_end_closes_what_is_open(screen: Screen, begin: Callable[[Screen], Any]) -> None:
    begin(screen)
    screen.step()
    html = f"<main>{screen.html}{screen.frames.end()}</main>"
    assert parse(html).one("main")
