import itertools
import re
from collections.abc import Callable

import pytest

from chat.page.code import Patience
from chat.page.markdown import BUDGET, parse_blocks, render_block, render_markdown

HOSTILE: dict[str, Callable[[int], str]] = {
    "opening brackets": lambda size: "[" * size,
    "images in images": lambda size: "![" * (size // 2),
    "nested brackets": lambda size: "[" * (size // 2) + "a" + "]" * (size // 2),
    "openers of emphasis": lambda size: "*a **b " * (size // 7),
    "quotes in quotes": lambda size: "> " * (size // 2) + "a",
    "lazy lines of deep quotes": lambda size: ">" * 40 + " a\n" + "b\n" * (size // 2),
    "lists in lists": lambda size: "- " * (size // 2) + "a",
    "list items": lambda size: "- a\n" * (size // 4),
    "backticks": lambda size: "".join("a" + "`" * n for n in range(int((2 * size) ** 0.5))),
    "schemes without an address": lambda size: "http:// " * (size // 8),
    "colons and slashes": lambda size: "://" * (size // 3),
    "dots and at signs": lambda size: "a.@" * (size // 3),
    "ampersands": lambda size: "&" * size,
    "wide tables": lambda size: ("|".join("a" * 256) + "\n" + "|".join("-" * 256) + "\n"
                                 + "a\n" * 256 + "\n") * (size // 1540),
    "one long reference used often": lambda size: f"[a]: {'x' * 1900}\n\n" + "[a]" * (size // 3),
    "one very long line": lambda size: "word " * (size // 5),
    "newlines": lambda size: "\n" * size,
}  # fmt: skip


def texts(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_it_renders_what_github_renders() -> None:
    html = render_markdown("| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n~~old~~")
    assert '<th class="center">a</th>' in html
    assert '<td class="right">2</td>' in html
    assert html.count('type="checkbox"') == 2
    assert html.count('checked=""') == 1
    assert "<s>old</s>" in html


def test_html_in_the_text_is_text() -> None:
    html = render_markdown('<script>alert(1)</script>\n\n<b onclick="x()">bold</b>')
    assert "<script" not in html
    assert "<b " not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "java&#x73;cript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_a_link_to_an_unsafe_address_is_no_link(address: str) -> None:
    html = render_markdown(f"[x]({address}) <{address}>\n\n[r]\n\n[r]: {address}")
    assert not re.search(r'href="(?!%5C|/%5C)', html)


def test_links_open_in_a_new_tab_that_knows_nothing_of_this_one() -> None:
    html = render_markdown("[a](https://a.example/?x=1&y=2) https://b.example/x mail@c.com")
    assert html.count('target="_blank" rel="noopener noreferrer"') == 3
    assert 'href="https://a.example/?x=1&amp;y=2"' in html
    assert 'href="mailto:mail@c.com"' in html


def test_file_names_are_no_hosts() -> None:
    assert "<a" not in render_markdown("Edit main.py and README.md first.")


def test_a_deep_link_is_marked_for_the_script() -> None:
    html = render_markdown("[open](chatkit-link://task?id=1)")
    assert 'data-deeplink="chatkit-link://task?id=1"' in html
    assert "_blank" not in html


def test_an_image_from_elsewhere_is_a_link_with_its_alt_text() -> None:
    html = render_markdown("![a *photo*](https://elsewhere.example/p.png)")
    assert "<img" not in html
    assert "a photo elsewhere.example" in texts(html)
    assert 'href="https://elsewhere.example/p.png"' in html


def test_an_image_without_words_says_what_it_is_and_where() -> None:
    html = render_markdown("![](https://www.elsewhere.example/%3Cb%3E/p.png)")
    assert "Image elsewhere.example" in texts(html)
    assert "p.png" not in texts(html)


def test_an_image_inside_a_link_does_not_nest_links() -> None:
    html = render_markdown("[![photo](https://a.example/p.png) more](https://b.example)")
    assert html.count("<a ") == 1
    assert "photo more" in texts(html)


def test_an_image_of_our_own_is_shown() -> None:
    html = render_markdown("![photo](/attachments/atc_1)")
    assert '<img src="/attachments/atc_1" alt="photo" loading="lazy">' in html


def test_headings_leave_room_for_those_of_the_page() -> None:
    html = render_markdown("# a\n\n## b\n\n###### c")
    assert "<h3>a</h3>" in html
    assert "<h4>b</h4>" in html
    assert "<h6>c</h6>" in html


def test_code_has_colours_a_language_and_a_copy_button() -> None:
    html = render_markdown("```python\ndef f(): return '<a>'\n```")
    assert "<span>Python</span>" in html
    assert 'data-copy="">Copy</button>' in html
    assert '<span class="k">def</span>' in html
    assert "&lt;a&gt;" in html


@pytest.mark.parametrize("language", ["", "no-such-language", '"><script>', "x" * 5_000])
def test_code_in_an_unknown_language_is_shown_as_it_is(language: str) -> None:
    html = render_markdown(f"```{language}\n  a < b\n```")
    assert "  a &lt; b" in html
    assert "<script" not in html
    assert len(html) < 1_000


def test_code_that_would_take_long_to_colour_is_plain() -> None:
    html = render_markdown("```c\n" + "\n" * 20_000 + "int a;\n```")
    assert "int a;" in html
    assert "<span class" not in html


def test_all_code_of_a_text_shares_the_time_for_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count()  # every look at it is a second later
    monkeypatch.setattr("chat.page.code.thread_time", lambda: next(clock))
    monkeypatch.setattr("chat.page.code.Patience", lambda: pytest.fail("patience of its own"))
    monkeypatch.setattr("chat.page.markdown.Patience", lambda: Patience(10))
    html = render_markdown("```python\nx = 1\n```\n" * 3)
    first, second, third = html.split("</figure>")[:3]
    assert '<span class="n">x</span>' in first
    assert '<span class="n">x</span>' not in second + third
    assert html.count("x") >= 3


def test_the_html_of_a_text_is_that_of_its_blocks() -> None:
    text = "# a\n\nb [r]\n\n- c\n- d\n\n```\ne\n```\n\n[r]: https://a.example\n"
    found = parse_blocks(text)
    assert len(found.blocks) == 4
    blocks = [render_block(block, found.references) for block in found.blocks]
    assert "".join(blocks) == render_markdown(text)


def test_line_ends_and_nul_do_not_matter() -> None:
    assert render_markdown("a\r\n\r\n- b\r- c\0") == render_markdown("a\n\n- b\n- c\ufffd")


def test_what_is_nested_too_deeply_is_shown_in_full_but_plain() -> None:
    html = render_markdown("\n".join("  " * depth + f"- item {depth}" for depth in range(80)))
    assert all(f"item {depth}\n" in html for depth in range(79))


def test_a_text_beyond_the_budget_is_shown_in_full_but_plain_at_its_end() -> None:
    text = "**a**\n" * BUDGET
    html = render_markdown(text)
    assert "<strong>a</strong>" in html
    plain = html.partition('<pre class="plain">')[2]
    assert plain.count("**a**") + html.count("<strong>a</strong>") == BUDGET


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_rendered_in_time_and_space(name: str) -> None:
    """They do not end within the test's time limit where the work grows with the square."""
    html = render_markdown(HOSTILE[name](200_000))
    assert len(html) < 4_000_000


def test_a_megabyte_on_one_line_is_no_matter() -> None:
    assert "word" in render_markdown("word " * 200_000)
    assert "&amp;" in render_markdown("&" * 1_000_000)
