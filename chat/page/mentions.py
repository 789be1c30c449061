"""``@`` in a message: what stands for an entity becomes a tag, all else stays text.

The composer of a browser with scripts says which entities were chosen from its list, by id;
without scripts a name is enough where it means exactly one. In both cases it is the server's
own entity that is sent on, never what a browser says it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chatkit.types import UserMessageContent, UserMessageTagContent, UserMessageTextContent

from chat.entities import Entities, Entity

MOST = 20
"""Mentions that are looked up in one message; the rest stays text."""
_MENTION = re.compile(r"(?<![\w@])@(?=\S)")
_WORD = re.compile(r"[^\s@]*[\w]", re.UNICODE)


@dataclass(frozen=True)
class _Found:
    """A mention: where it ends in the text, and what it means."""

    end: int
    entity: Entity


async def with_mentions(
    text: str, chosen: Mapping[str, str], entities: Entities, context: Any
) -> list[UserMessageContent]:
    """Return a message's text with its mentions as tags.

    Args:
        text: what was typed.
        chosen: titles of entities that were chosen from the list, by id.
        entities: what can be mentioned.
        context: whose message it is.
    """
    parts: list[UserMessageContent] = []
    done = 0
    starts = [match.end() for match in _MENTION.finditer(text)][:MOST]
    for start in starts:
        if start <= done:
            continue
        found = await _find(text, start, chosen, entities, context)
        if found is None:
            continue
        if before := text[done : start - 1]:
            parts.append(UserMessageTextContent(text=before))
        parts.append(tag_of(found.entity))
        done = found.end
    if rest := text[done:]:
        parts.append(UserMessageTextContent(text=rest))
    return parts


def tag_of(entity: Entity) -> UserMessageTagContent:
    """Return an entity as a message has it."""
    return UserMessageTagContent(
        id=entity.id,
        text=entity.title,
        data=dict(entity.data),
        group=entity.group,
        interactive=entity.interactive,
    )


async def _find(
    text: str, start: int, chosen: Mapping[str, str], entities: Entities, context: Any
) -> _Found | None:
    """Return what the text after an ``@`` means, or None where that is not certain."""
    titles = {title for title in chosen.values() if _begins(text, start, title)}
    for title in sorted(titles, key=len, reverse=True):
        for entity in await entities.search(title, context):
            if chosen.get(entity.id) == title == entity.title:
                return _Found(start + len(title), entity)
    word = _WORD.match(text, start)
    if word is None:
        return None
    candidates = await entities.search(word[0], context)
    named = [each for each in candidates if _begins(text, start, each.title)]
    longest = max((len(each.title) for each in named), default=0)
    named = [each for each in named if len(each.title) == longest]
    if len(named) == 1:
        return _Found(start + longest, named[0])
    if len(candidates) == 1:
        return _Found(word.end(), candidates[0])
    return None


def _begins(text: str, start: int, title: str) -> bool:
    """Return whether a title stands at a place of a text, as words of their own."""
    end = start + len(title)
    if not title or text[start:end].casefold() != title.casefold():
        return False
    return end == len(text) or not (text[end].isalnum() and title[-1].isalnum())
