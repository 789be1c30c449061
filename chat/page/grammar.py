"""The Markdown we read: CommonMark with GFM's tables, task lists, strikethrough and autolinks.

Two parsers share one set of options: `BLOCKS` finds the blocks of a text, `INLINE` what is
inside one block. Both are bounded: whatever the text, their work is linear in its length.
"""

import re
from importlib import import_module
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from chat.page.links import safe_link

BLOCK_NESTING = 60
INLINE_NESTING = 20
QUOTE_NESTING = 8  # every line of a quote is looked at once per level
TABLE_TOKENS = 12_000  # short rows are filled up, so that a small text makes a huge table
LONGEST_LINK = 2_000
EMPTY_CELLS = (
    2_000  # what short rows of one table may be filled up with; the parser's own is 65,536
)

# The package has a function of the module's name, which hides it from an import statement.
import_module("markdown_it.rules_block.table").MAX_AUTOCOMPLETED_CELLS = EMPTY_CELLS  # type: ignore[attr-defined]

_BARE_LINK = re.compile(r"(?:^|[^a-z0-9.+-])(https?)$", re.IGNORECASE)


def _bounded_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    depth = state.env.get("quote_depth", 0)
    if silent or depth == 0:
        state.env["quote_depth"] = depth + (not silent)
    elif depth >= QUOTE_NESTING:
        return False
    else:
        state.env["quote_depth"] = depth + 1
    try:
        return blockquote(state, start, end, silent)
    finally:
        state.env["quote_depth"] = depth


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.env.get("table_tokens", 0) > TABLE_TOKENS:
        return False
    before = len(state.tokens)
    found = table(state, start, end, silent)
    state.env["table_tokens"] = state.env.get("table_tokens", 0) + len(state.tokens) - before
    return found


def _bounded_autolink(state: StateInline, silent: bool) -> bool:
    """Link ``http://…`` in running text, looking back and ahead a bounded distance only."""
    if state.linkLevel > 0 or not state.src.startswith("://", state.pos):
        return False
    scheme = _BARE_LINK.search(state.pending[-8:])
    if scheme is None or state.md.linkify is None:
        return False
    start = state.pos - len(scheme[1])
    found = state.md.linkify.match_at_start(state.src[start : start + LONGEST_LINK])
    if found is None:
        return False
    url = found.url.rstrip("*")
    href = state.md.normalizeLink(url)
    if not state.md.validateLink(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[1])]
        _push_link(state, href, state.md.normalizeLinkText(url))
    state.pos = start + len(url)
    return True


def _push_link(state: StateInline, href: str, text: str) -> None:
    link = state.push("link_open", "a", 1)
    link.attrs = {"href": href}
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)


def _parser(nesting: int) -> MarkdownIt:
    parser = MarkdownIt("gfm-like2", {"html": False, "maxNesting": nesting})
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.at("blockquote", _bounded_quote, {"alt": interrupts})
    parser.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.at("linkify", _bounded_autolink)
    parser.validateLink = _is_safe  # type: ignore[method-assign]  # markdown-it's documented hook
    if parser.linkify is not None:
        # `main.py` and `README.md` are file names here, not hosts in Paraguay and Moldova.
        parser.linkify.set({"fuzzy_link": False})
        parser.linkify.add("ftp:", None).add("//", None)
    return parser


def _is_safe(url: str) -> bool:
    return len(url) <= LONGEST_LINK and safe_link(url) is not None


BLOCKS = _parser(BLOCK_NESTING)
INLINE = _parser(INLINE_NESTING)

_INLINE_RULES = [
    rule
    for name, rule in zip(
        INLINE.core.ruler.get_active_rules(), INLINE.core.ruler.getRules(""), strict=True
    )
    if name not in {"normalize", "block"}
]


def parse_inline(tokens: list[Any], env: dict[str, Any]) -> None:
    """Fill in the inline children of one block's tokens, in place.

    Args:
        tokens: what `BLOCKS` found for the block.
        env: holds the text's link ``references``.
    """
    state = StateCore("", INLINE, env)
    state.tokens = tokens
    for rule in _INLINE_RULES:
        rule(state)
