"""Code as HTML with colour classes: ``code_figure(source, "python")``.

The colours themselves are in ``static/markdown.css``, for light and dark. Some lexers take
very long for sources made to that end, so colouring is given up where it costs too much.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from io import StringIO
from time import thread_time

from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import _TokenType
from pygments.util import ClassNotFound

from chat.words import gettext

COLOURED = 30_000  # characters; longer code is shown without colours
PATIENCE = 0.15  # seconds of processor time for one text; 30,000 ordinary characters take 0.1
LONGEST_LANGUAGE = 40
SLOW = ("Angular2", "HTML + Angular2", "Ragel")  # lexers with steps that none of this bounds

# What makes a single step of a lexer slow: very long lines and runs of blanks.
_TEDIOUS = re.compile(r"[^\n]{1000}|\s{200}")
_FORMATTER: HtmlFormatter[str] = HtmlFormatter(nowrap=True)


class _TooSlow(Exception):
    """Colouring takes too long."""


@dataclass
class Patience:
    """What colouring may still cost, in seconds of processor time, in one text."""

    left: float = PATIENCE


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def code_figure(source: str, language: str = "", patience: Patience | None = None) -> str:
    """Return a figure with the language's name, a copy button and the code, not yet sanitised.

    Args:
        source: the code as it was written.
        language: the first word after the fence; an unknown one is only named.
        patience: shared by all code of one text.
    """
    lexer = _lexer(language.lower()[:LONGEST_LANGUAGE]) if language else None
    name = lexer.name if lexer else language[:LONGEST_LANGUAGE]
    coloured = _coloured(source, lexer, patience or Patience())
    return (
        f'<figure class="code"><figcaption><span>{escape(name or gettext("Code"))}</span>'
        f'<button type="button" class="needs-js" data-copy="">{escape(gettext("Copy"))}</button>'
        "</figcaption>"
        f'<pre tabindex="0"><code>{coloured}</code></pre></figure>\n'
    )


def _coloured(source: str, lexer: Lexer | None, patience: Patience) -> str:
    if lexer is None or lexer.name.startswith(SLOW) or patience.left <= 0:
        return escape(source, quote=False)
    if len(source) > COLOURED or _TEDIOUS.search(source):
        return escape(source, quote=False)
    coloured = StringIO()
    began = thread_time()
    try:
        _FORMATTER.format(_in_time(lexer.get_tokens(source), began + patience.left), coloured)
    except _TooSlow:
        return escape(source, quote=False)
    finally:
        patience.left -= thread_time() - began
    return coloured.getvalue()


def _in_time(
    tokens: Iterator[tuple[_TokenType, str]], end: float
) -> Iterator[tuple[_TokenType, str]]:
    for token in tokens:
        if thread_time() > end:
            raise _TooSlow
        yield token
