"""What was seen while it was made is what is there after a reload."""

import pytest
from playwright.async_api import expect

from tests.browser.visiting import Visitors

MARKDOWN = """# Plan

Some *text* with `code`, a [link](https://example.org "title") and https://example.com.

```python
def greet(name: str) -> str:
    return f"Hello {name}"
```

| what | how many |
|------|---------:|
| milk | 2        |
| eggs | 12       |

1. one
2. two
   - nested

> quoted

- [x] done
- [ ] open

A [reference][later] that is defined at the end.

[later]: https://example.net
"""


@pytest.mark.parametrize(
    "message",
    [
        "say Hello.",
        "stream 40 0.01",
        f"markdown {MARKDOWN}",
        "everything",
        "interleaved",
        "widget",
        "ask",
        "tool",
        "fail",
        "refuse",
        "many 40",
    ],
    ids=lambda message: message.split()[0],
)
async def test_live_and_reloaded_are_the_same(visitors: Visitors, message: str) -> None:
    alice = await visitors.arrive()
    await alice.hear("say hi")
    await alice.say(message)
    await alice.page.wait_for_selector("[data-item-type=user_message] >> nth=1")
    await alice.settle()
    if message == "tool":  # which this browser runs, and the server thanks for
        await expect(alice.items.last).to_contain_text("Thank you.")
        await alice.settle()
    live = await alice.html()
    turn = " ".join((await alice.page.inner_html("#turn")).split())
    await alice.page.reload()
    assert await alice.html() == live
    assert " ".join((await alice.page.inner_html("#turn")).split()) == turn
