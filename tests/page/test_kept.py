from markupsafe import Markup

from chat.page.kept import SHORT, Kept


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
