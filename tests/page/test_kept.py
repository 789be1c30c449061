import secrets
from datetime import UTC, datetime

import pytest
from chatkit.types import AssistantMessageContent, AssistantMessageItem
from markupsafe import Markup

from chat.page import articles
from chat.page.articles import article
from chat.page.item_offers import EVERYTHING, ItemOffers
from chat.page.items import ItemView, render_item
from chat.page.kept import Kept

NOW = datetime(2026, 1, 1, tzinfo=UTC)

SHORT = 500


class Renderer:
    """Renders a text, and counts how often."""

    def __init__(self) -> None:
        self.kept = Kept(8 * SHORT)
        self.rendered: list[str] = []

    def __call__(self, text: str) -> Markup:
        def render() -> Markup:
            self.rendered.append(text)
            return Markup(text)  # noqa: S704

        return self.kept.get(text, render)


def test_a_long_text_is_rendered_once() -> None:
    render = Renderer()
    text = "a" * SHORT
    assert render(text) == render(text) == text
    assert render.rendered == [text]


def test_what_was_used_longest_ago_goes_first() -> None:
    render = Renderer()
    first, second, third, fourth, fifth = (letter * SHORT for letter in "abcde")
    for text in (first, second, third, fourth, first, fifth, first, second):
        assert render(text) == text
    assert render.rendered == [first, second, third, fourth, fifth, second]


def test_what_is_larger_than_everything_that_may_be_kept_is_rendered_each_time() -> None:
    render = Renderer()
    text = "a" * 8 * SHORT
    assert render(text) == render(text) == text
    assert len(render.rendered) == 2


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was rendered and not taken from what is kept."""
    rendered: list[str] = []

    def render(view: ItemView | None) -> str:
        rendered.append(type(view).__name__)
        return render_item(view)

    monkeypatch.setattr(articles, "render_item", render)
    return rendered


def answer(text: str) -> AssistantMessageItem:
    content = [AssistantMessageContent(text=text)]
    return AssistantMessageItem(id="msg_1", thread_id="thr_1", created_at=NOW, content=content)


def test_an_item_that_does_not_change_is_rendered_once(rendered: list[str]) -> None:
    text = secrets.token_hex()
    html = [article(answer(text), {}, EVERYTHING) for _ in range(2)]
    assert html[0] == html[1]
    assert len(rendered) == 1


def test_whatever_changes_of_an_item_is_shown(rendered: list[str]) -> None:
    text = secrets.token_hex()
    html = {
        article(answer(text), {}, EVERYTHING),
        article(answer(f"{text} and more"), {}, EVERYTHING),
        article(answer(text), {"msg_1": "positive"}, EVERYTHING),
        article(answer(text), {"msg_1": "negative"}, EVERYTHING),
        article(answer(text), {}, ItemOffers(retry=False)),
    }
    assert len(html) == len(rendered) == 5
