"""What one page watcher costs: the Markdown of a long answer against that of a short one."""

from collections.abc import Callable
from time import process_time

from chat.page.growing import START, GrowingMarkdown
from tests.benchmarks.figures import Figure

TOKEN = 4  # characters
SHORT, LONG = 1_000, 10_000  # tokens
ROUNDS = 3

PROSE = """Here is **how** it works, with `inline code` and a [link](https://example.org/a) in a
sentence that is long enough to be realistic.

- first point, which says *something* useful about the matter at hand
- second point with more words than the first one has

```python
def total(items: list[int]) -> int:
    return sum(item for item in items if item > 0)
```

Another paragraph follows. It has several sentences, some of them short. Others go on for a
while, so that the paragraph gets a realistic length before it ends.

"""
SHAPES: dict[str, Callable[[int], str]] = {
    "prose, lists and code": lambda size: _filled(PROSE, size),
    "one paragraph": lambda size: _filled("words that never end, **bold** and `code` too. ", size),
    "one list": lambda size: _filled(
        "- one item of a list that goes on, with **bold** text\n", size
    ),
    "one code block": lambda size: "```python\n" + _filled("def f(x): return x + 1\n", size),
}


def _filled(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _seconds(text: str) -> float:
    """Return the processor time of an answer that a watcher looks at after every token."""
    started = process_time()
    markdown, cursor = GrowingMarkdown("open", "tail"), START
    for at in range(0, len(text), TOKEN):
        markdown.advance(text[at : at + TOKEN])
        _, cursor = markdown.changes(cursor)
    markdown.finish()
    markdown.changes(cursor)
    return process_time() - started


def run() -> list[Figure]:
    """Measure every shape of answer, and return the worst."""
    figures = []
    for name, shape in SHAPES.items():
        short, long = (
            min(_seconds(shape(tokens * TOKEN)) for _ in range(ROUNDS)) for tokens in (SHORT, LONG)
        )
        note = f"{name}: {long * 1000:.0f} ms / {short * 1000:.0f} ms"
        figures.append(
            Figure("one page watcher: 10,000-token answer / 1,000-token", long / short, 12, note)
        )
    return [max(figures, key=lambda figure: figure.value)]
