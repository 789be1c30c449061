"""``POST /threads/<thread_id>/notices``: a reader has seen a notice."""

from __future__ import annotations

from contextlib import suppress

from chatkit.store import NotFoundError
from quart import request
from quart.typing import ResponseReturnValue

from chat.page.fragments import render_fragment
from chat.page.notices import key_of
from chat.page.render import partial, partials, see, wants_block
from chat.page.standing import standing
from chat.page.visit import visit
from store.base import KeepsTurns


async def dismiss(thread_id: str) -> ResponseReturnValue:
    """Stop showing the notice whose key is in ``dismiss``; one that is gone stays gone.

    Raises:
        NotFound: the thread is unknown or another owner's.
    """
    seen = await visit(thread_id)
    live, key = seen.live, (await request.form).get("dismiss")
    running = seen.host.turns.running(thread_id)  # then it is stored when the turn ends
    for notice in [notice for notice in live.notices if key_of(notice) == key][:1]:
        live.dismiss(notice)
        if live.record and not running and isinstance(seen.store, KeepsTurns):
            with suppress(NotFoundError):  # deleted meanwhile
                await seen.store.end_turn(live.record, seen.context)
    if not wants_block():
        return see(f"{seen.url}#latest")
    turn = (await standing(seen)).turn
    shown = render_fragment("parts/turn.html", turn=turn)
    return await partials(partial("#turn", "outerMorph", shown))
