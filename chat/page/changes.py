"""What changed in a thread since a page last heard of it, as changes to that page.

A watcher holds a version and, for each answer that is being written, how much of it the
page has. It queues nothing: each time it looks, it renders the state that is there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from chatkit.types import AssistantMessageItem, ClientEffectEvent, UserMessageItem
from markupsafe import Markup, escape

from chat.current_options import current_options
from chat.live import LiveItem
from chat.page.articles import Opinions, article, items_view
from chat.page.contexts.thread import RecentView
from chat.page.fragments import render_fragment
from chat.page.growing import Append, Cursor, ExtendOpen, GrowingMarkdown, ReplaceOpen
from chat.page.growing_parts import growing_parts
from chat.page.header import header_of
from chat.page.item_offers import ItemOffers
from chat.page.items import dom_id, part_ids
from chat.page.pages import load_feedback, load_newest
from chat.page.recent import recent_view
from chat.page.render import partial
from chat.page.standing import Standing, head_view, standing, standing_of
from chat.page.visit import Visit
from chat.words import gettext

GONE = "chatkit.gone"
"""The event that tells a page that its thread was deleted."""
EFFECT = "chatkit.effect"
"""The event that carries a client effect, ``{"name", "data"}``."""
UPSERT = "upsert"
"""The swap style of ``static/swaps.js``: morph the element with the same id, or append."""


@dataclass(frozen=True)
class Message:
    """One server-sent event; without a name it is HTML for htmx.

    Attributes:
        heard: the version up to which the page was told the effects, with this message.
    """

    data: str
    heard: int
    event: str = ""


class Watcher:
    """What one page has been shown of a thread."""

    def __init__(self, visit: Visit, since: int, heard: int) -> None:
        """Take a thread, and the versions up to which the page shows it and was told effects.

        Both are 0 where they are not known.
        """
        self._visit = visit
        self._live = visit.live
        self._offers = ItemOffers.of(current_options())
        self._shown: dict[str, list[tuple[GrowingMarkdown, Cursor]]] = {}
        self._ahead: dict[str, int] = {}  # items shown in a newer version than `seen`
        self._stands: dict[str, str] = {}  # what was shown beside the items, by its selector
        self._heard = heard or self._live.version  # effects up to here are not for this page
        self.seen = since

    def missed(self) -> list[Message]:
        """Return the effects that belong to what the page shows already."""
        return self._effects(self.seen)

    async def look(self) -> list[Message]:
        """Return what the page must do to show the present state.

        Raises:
            NotFound: the thread was deleted.
        """
        live, seen = self._live, self.seen
        if live.deleted:
            self.seen = live.version
            return [Message(_gone(), self.seen), Message("{}", self.seen, GONE)]
        # What changes while the store is read may come too late for this look: it counts as
        # not seen, so that the next look shows it.
        version = live.version
        html = await (self._everything() if seen < live.reloaded else self._news(seen))
        heard = self._heard
        effects = self._effects(version)
        # The connection may break between any two messages: the HTML tells no effect.
        shown = [Message(html, heard if effects else self._heard)] if html else []
        self.seen = version
        self._ahead = {item_id: at for item_id, at in self._ahead.items() if at > version}
        return shown + effects

    def _effects(self, version: int) -> list[Message]:
        """Return the effects up to a version that have not been told yet."""
        heard, self._heard = self._heard, max(self._heard, version)
        return [
            Message(_encoded(effect), at, EFFECT)
            for at, effect in self._live.effects
            if heard < at <= version
        ]

    async def _everything(self) -> str:
        """Render all that may have changed on the page."""
        visit, live = self._visit, self._live
        thread = await visit.thread()
        recent = await recent_view(visit)
        page = await load_newest(visit.store, live, visit.context)
        self._shown.clear()
        items = items_view(page, visit.thread_id, self._offers)
        for entry in page.items:
            self._note(entry)
        now = standing_of(visit, thread, page)
        html = [
            self._head(recent),
            partial("#items", "outerMorph", render_fragment("parts/items.html", items=items)),
            *self._standing(now),
        ]
        return "".join(html)

    async def _news(self, seen: int) -> str:
        visit, live = self._visit, self._live
        changed = [
            item_id
            for item_id, item in live.items.items()
            if item.version > self._ahead.get(item_id, seen)
        ]
        removed = [item_id for item_id, at in live.removed.items() if at > seen]
        stands: list[Markup] = []
        retitled = ""
        if live.status_version > seen:
            stands = self._standing(await standing(visit))
        if live.title_version > seen:
            retitled = self._head(await recent_view(visit))
        finished = [id_ for id_ in changed if id_ in live.items and self._needs_context(id_)]
        newest, opinions = await self._context_of(finished)
        newest |= set(changed).difference(finished)  # even if it is finished by now
        html = [partial(f"#{dom_id(item_id)}", "delete") for item_id in removed]
        for item_id in removed:
            self._shown.pop(item_id, None)
        for item_id in changed:
            if item := live.items.get(item_id):
                html += self._item(item_id, item, opinions, newest)
        return "".join([retitled, *html, *stands])

    def _needs_context(self, item_id: str) -> bool:
        """Return whether the store must tell where an item stands, or what is thought of it.

        What a person has just said is the newest item, and nobody has an opinion on it.
        """
        item = self._live.items[item_id]
        just_said = self._live.running and isinstance(item.item, UserMessageItem)
        return item.finished and not just_said

    async def _context_of(self, finished: list[str]) -> tuple[set[str], Opinions]:
        """Return what must be read to show finished items: where they are, what is thought.

        An item that was finished at once may be new, or an old one that changed: only the
        newest belong at the end of the page.
        """
        visit = self._visit
        if not finished:
            return set(), {}
        if all(item_id in self._shown for item_id in finished):
            opinions = await load_feedback(visit.store, visit.thread_id, visit.context)
            return set(finished), opinions
        page = await load_newest(visit.store, self._live, visit.context)
        return {item.id for item in page.finished}, page.feedback

    def _item(
        self, item_id: str, item: LiveItem, opinions: Opinions, newest: set[str]
    ) -> list[Markup]:
        if (steps := self._growth(item_id, item)) is not None:
            return steps
        html = article(item, opinions, self._offers)
        known = item_id in self._shown
        self._note(item)
        if not html:
            return []
        if item.finished and not known and item_id not in newest:
            return [partial(f"#{dom_id(item_id)}", "outerMorph", html)]
        return [partial("#items", UPSERT, html)]

    def _growth(self, item_id: str, item: LiveItem) -> list[Markup] | None:
        """Return the steps that let an answer grow on the page, or None to show it anew."""
        shown = self._shown.get(item_id)
        if not shown or item.finished:
            return None
        parts = growing_parts(item)
        if [growing for growing, _ in shown] != parts:
            return None
        steps: list[Markup] = []
        for index, (growing, cursor) in enumerate(shown):
            operations, shown[index] = _taken(growing, cursor)
            ids = part_ids(item_id, index)
            for operation in operations:
                match operation:
                    case Append(html=html):
                        steps.append(partial(f"#{ids.open}", "beforebegin", html))
                    case ReplaceOpen(html=html):
                        steps.append(partial(f"#{ids.open}", "innerHTML settle:0", html))
                    case ExtendOpen(text=text):
                        steps.append(partial(f"#{ids.tail}", "beforeend", text))
        return steps

    def _note(self, entry: object) -> None:
        """Remember how much of an answer the page has, right after it was rendered."""
        if not isinstance(entry, LiveItem):
            return
        item_id = entry.item.id
        self._ahead[item_id] = entry.version
        if entry.finished:
            self._shown.pop(item_id, None)
        elif isinstance(entry.item, AssistantMessageItem):
            self._shown[item_id] = [(part, part.cursor) for part in growing_parts(entry)]
        else:
            self._shown[item_id] = []

    def _standing(self, now: Standing) -> list[Markup]:
        """Show the turn and the composer, where they are not shown like this already."""
        fresh: dict[str, str] = {
            "#turn": render_fragment("parts/turn.html", turn=now.turn),
            "#composing": render_fragment("parts/composer.html", composer=now.composer),
        }
        changed = [name for name, html in fresh.items() if self._stands.get(name) != html]
        self._stands = fresh
        return [partial(name, "outerMorph", fresh[name]) for name in changed]

    def _head(self, recent: RecentView) -> Markup:
        head = head_view(self._visit.thread_id, self._live.title)
        header = header_of(current_options())
        title = render_fragment("parts/head.html", head=head, header=header)
        newest = render_fragment("parts/recent.html", recent=recent, header=header)
        return Markup().join(
            [
                Markup("<title>{}</title>").format(head.title),
                partial("#head", "outerMorph", title),
                partial("#recent", "outerMorph", newest),
            ]
        )


def _taken(
    growing: GrowingMarkdown, cursor: Cursor
) -> tuple[list[Append | ReplaceOpen | ExtendOpen], tuple[GrowingMarkdown, Cursor]]:
    operations, moved = growing.changes(cursor)
    return operations, (growing, moved)


def _gone() -> str:
    said = escape(gettext("This thread was deleted."))
    return partial("#alerts", "innerHTML", render_fragment("parts/alert.html", message=said))


def _encoded(effect: ClientEffectEvent) -> str:
    return json.dumps({"name": effect.name, "data": effect.data}, ensure_ascii=False)
