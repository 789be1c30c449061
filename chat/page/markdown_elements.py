"""Markdown's elements as HTML, not yet sanitised: our headings, links, images, tables and code."""

from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from chat.page.code import code_figure
from chat.page.grammar import INLINE
from chat.page.links import DEEPLINK, host_of, own_image, safe_link
from chat.words import gettext

TOP_HEADING = 3  # the page has an h1, an item's own heading would be an h2
LINK_BYTES = 200_000  # what all links of a block may hold: a reference is repeated at each use

Env = MutableMapping[str, Any]
Tokens = Sequence[Token]


class _Renderer(RendererHTML):
    """markdown-it's renderer, where ours differs."""

    def heading_open(self, tokens: Tokens, index: int, _o: OptionsDict, _e: Env) -> str:
        return f"<{_heading(tokens[index].tag)}>"

    def heading_close(self, tokens: Tokens, index: int, _o: OptionsDict, _e: Env) -> str:
        return f"</{_heading(tokens[index].tag)}>\n"

    def link_open(self, tokens: Tokens, index: int, _o: OptionsDict, env: Env) -> str:
        href = safe_link(str(tokens[index].attrGet("href") or ""))
        title = str(tokens[index].attrGet("title") or "")
        env["link_bytes"] = env.get("link_bytes", 0) + len(href or "") + len(title)
        env["in_link"] = True
        if href is None or env["link_bytes"] > LINK_BYTES:
            return "<a>"
        return f"<a{_link_attributes(href, title)}>"

    def link_close(self, _t: Tokens, _i: int, _o: OptionsDict, env: Env) -> str:
        env["in_link"] = False
        return "</a>"

    def image(self, tokens: Tokens, index: int, options: OptionsDict, env: Env) -> str:
        """Show our own images; link to all others, for nothing foreign is ever loaded."""
        token = tokens[index]
        source = str(token.attrGet("src") or "")
        alt = self.renderInlineAsText(token.children, options, env)
        env["link_bytes"] = env.get("link_bytes", 0) + len(source)
        if env["link_bytes"] > LINK_BYTES:
            return escape(alt)
        if own_image(source):
            return f'<img src="{escape(source)}" alt="{escape(alt)}">'
        href = safe_link(source)
        if href is None or env.get("in_link"):
            return escape(alt or source)
        host = f' <span class="image-host">{escape(host_of(href))}</span>' if host_of(href) else ""
        label = escape(alt or gettext("Image"))
        return f"<a{_link_attributes(href, '', 'image-link')}>{label}{host}</a>"

    def citation(self, tokens: Tokens, index: int, _o: OptionsDict, env: Env) -> str:
        """Leave a place for a mark, which is filled in when all else is sanitised."""
        marks = env.setdefault("citations", [])
        marks.append(tokens[index].meta["html"])
        return f'<sup class="citation-{len(marks) - 1}"></sup>'

    def fence(self, tokens: Tokens, index: int, _o: OptionsDict, env: Env) -> str:
        info = tokens[index].info.split()
        return code_figure(tokens[index].content, info[0] if info else "", env.get("patience"))

    def code_block(self, tokens: Tokens, index: int, _o: OptionsDict, _e: Env) -> str:
        return code_figure(tokens[index].content)

    def table_open(self, _t: Tokens, _i: int, _o: OptionsDict, _e: Env) -> str:
        label = escape(gettext("Table"))
        return f'<div class="table" role="region" aria-label="{label}" tabindex="0"><table>\n'

    def table_close(self, _t: Tokens, _i: int, _o: OptionsDict, _e: Env) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Tokens, index: int, _o: OptionsDict, _e: Env) -> str:
        return _cell(tokens[index])

    td_open = th_open


def _heading(tag: str) -> str:
    return f"h{min(6, int(tag[1]) + TOP_HEADING - 1)}"


def _cell(token: Token) -> str:
    align = str(token.attrGet("style") or "").partition(":")[2]
    return f'<{token.tag} class="{align}">' if align else f"<{token.tag}>"


def _link_attributes(href: str, title: str, css: str = "") -> str:
    described = f' title="{escape(title)}"' if title else ""
    classed = f' class="{css}"' if css else ""
    deep = href.lower().startswith(DEEPLINK)
    target = f' data-deeplink="{escape(href)}"' if deep else ' target="_blank"'
    return f' href="{escape(href)}"{described}{classed}{target}'


ELEMENTS = _Renderer(INLINE)
