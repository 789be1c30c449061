"""The last, still open block of a growing Markdown text: where it starts, how it grows.

`chat.page.growing` asks these questions; all answers cost no more than the text in question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from chat.page.markdown import Block

# A last line that may still become a marker, rule, fence or delimiter is not shown yet.
_UNDECIDED = re.compile(r"(?:\A|\n)[ \t]*(?:[-=*_+#>`~|:. \t]+|\d{1,9}[.)]?)\Z")
# Nor is what may be a table's head, until the line below it tells.
_TABLE_HEAD = re.compile(r"(?:\A|(?:\A|\n)(?!\|)[^\n]*\n)(\|[^\n]*(?:\n[|: -]*)?)\Z")
# After a blank line, a line that starts so ends every block before it but a fence.
_STARTER = re.compile(r"[^\s\-+*0-9]")
_PLAIN = re.compile(r"[^\n!#$%&*+./:<=>@\[\\\]^_`{|}~()-]*")
_CLOSERS = re.compile(
    r"\n?(?:</code></pre></figure>\s*|(?:</(?:p|li|ul|ol|blockquote|div|h[1-6])>\s*)+)\Z"
)
_LINE_END = re.compile(r"[ \t]*\n")
_FENCE_END = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*")
_REACH = 500  # no closing tags, words or markers that matter are longer


@dataclass(frozen=True)
class End:
    """Where the closed part of a text ends: blocks, lines and characters from its start."""

    blocks: int = 0
    line: int = 0
    offset: int = 0


def visible(text: str) -> int:
    """Return how much of an open text, in characters, is decided enough to be shown."""
    reach = max(0, len(text) - _REACH)
    if head := _TABLE_HEAD.search(text, reach):
        text = text[: head.start(1)]
    elif undecided := _UNDECIDED.search(text, reach):
        text = text[: undecided.start()]
    return len(text.rstrip(" \t\n"))


def closed_until(blocks: Sequence[Block], text: str, complete: int) -> End:
    """Return where the closed part of a text ends.

    Args:
        blocks: those of the text's complete lines.
        text: the open part of the whole text.
        complete: the length of the complete lines.
    """
    lines = text[:complete].split("\n")[:-1]
    after_blank = bool(lines) and not lines[-1].strip(" \t")
    if not blocks:  # nothing but link references and blank lines
        return End(0, len(lines), complete) if after_blank else End()
    starts_anew = after_blank and _STARTER.match(text, complete) is not None
    over = _is_complete(blocks[-1], lines) or (starts_anew and not _is_fence(blocks[-1]))
    closed = len(blocks) if over else len(blocks) - 1
    line = blocks[closed - 1].end if closed else 0
    return End(closed, line, sum(map(len, lines[:line])) + line)


def _is_fence(block: Block) -> bool:
    return bool(block.tokens) and block.tokens[0].type == "fence"


def _is_complete(block: Block, lines: Sequence[str]) -> bool:
    """Whether a block is one that ends itself, and has."""
    if not block.tokens:
        return False
    first = block.tokens[0]
    if first.type == "fence":
        end = _FENCE_END.fullmatch(lines[block.end - 1])
        return bool(end and first.map and block.end - first.map[0] > 1) and (
            end is not None and end[1].startswith(first.markup)
        )
    return first.type in {"heading_open", "hr"}


@dataclass
class Opening:
    """What is shown of the open block, and what may plainly be appended to it.

    Attributes:
        visible: how many characters of the source are rendered.
        head: the HTML before the tail element.
        foot: the HTML after it.
        fence: the marker of the code fence that is open, or empty.
        is_text: whether the tail element continues a paragraph's last line.
        held: how many characters at the end of the source must not be shown yet.
        is_over: whether the block is known to have ended.
    """

    visible: int = 0
    head: Markup = field(default_factory=Markup)
    foot: Markup = field(default_factory=Markup)
    fence: str = ""
    is_text: bool = False
    held: int = 0
    is_over: bool = False
    line: str = ""  # the last, incomplete line, as far as it matters
    blank: bool = False  # whether the line before it is blank

    @classmethod
    def of(cls, blocks: Sequence[Block], text: str, visible: int, html: Markup) -> "Opening":
        """Take stock after the first `visible` characters of a text were rendered."""
        closers = _CLOSERS.search(html, max(0, len(html) - _REACH))
        cut = closers.start() if closers else len(html)
        opened = cls(visible, html[:cut], html[cut:])
        if blocks and _is_fence(blocks[-1]):
            opened._open_fence(blocks[-1], text)
        opened.is_text = bool(blocks) and _ends_in_paragraph(blocks[-1]) and visible > 0
        opened._follow(text[max(0, len(text) - _REACH) :])
        opened.is_text &= visible == len(text.rstrip(" \t"))
        opened.is_over = False
        return opened

    def _open_fence(self, block: Block, text: str) -> None:
        lines = text[: self.visible].split("\n")
        if _is_complete(block, lines):
            return
        self.fence = block.tokens[0].markup
        line_end = _LINE_END.match(text, self.visible)
        if line_end and (block.tokens[0].map or [-1])[0] == len(lines) - 1:
            self.visible = line_end.end()  # the code begins after the marker's line

    @property
    def is_code(self) -> bool:
        """Whether the open block is a code fence."""
        return bool(self.fence)

    def html(self, tail_id: str, extension: str) -> Markup:
        """Return the open block's HTML, with the text appended since in its tail element."""
        tail = Markup('<span class="tail" id="{}">{}</span>').format(tail_id, extension)
        return self.head + tail + self.foot

    def continues(self, new: str) -> bool:
        """Whether new text may be appended as it is and look as if it were rendered.

        Keeps track of the last line as well, so it must see every piece of text once.
        """
        starts_word = new[0].isspace() or not self.line or self.line[-1].isspace()
        joined = new if starts_word else self.line.rsplit(None, 1)[-1] + new
        self._follow(new)
        if self.fence:
            return "\n" not in new and not self.is_over
        self.is_text &= "\n" not in new
        return self.is_text and _PLAIN.fullmatch(joined) is not None

    def _follow(self, new: str) -> None:
        *complete, last = (self.line + new).split("\n")
        for line in complete:
            self.is_over |= self._ends_block(line)
            self.blank = not line.strip(" \t")
        self.line = last[-_REACH:] if self.is_text else last[:_REACH]
        self.is_over |= not self.fence and self._ends_block(last)
        may_end = self.fence and re.fullmatch(r" {0,3}(`*|~*)[ \t]*", last)
        self.held = len(last) if may_end else 0

    def _ends_block(self, line: str) -> bool:
        if self.fence:
            end = _FENCE_END.fullmatch(line)
            return end is not None and end[1].startswith(self.fence)
        return self.blank and _STARTER.match(line) is not None


def _ends_in_paragraph(block: Block) -> bool:
    tokens = block.tokens
    last = len(tokens) - 1
    while last > 0 and tokens[last].nesting == -1:
        last -= 1
    return tokens[last].type == "inline" and tokens[last - 1].type == "paragraph_open"
