"""What is done to items: widget actions, answers to questions, opinions, tool results."""

from __future__ import annotations

import json
from typing import Any

from chatkit.actions import Action
from chatkit.types import (
    ItemFeedbackParams,
    ItemsFeedbackReq,
    StructuredInputItem,
    ThreadAddClientToolOutputParams,
    ThreadAddStructuredInputParams,
    ThreadCustomActionParams,
    ThreadsAddClientToolOutputReq,
    ThreadsAddStructuredInputReq,
    ThreadsCustomActionReq,
    ThreadsSyncCustomActionReq,
    WidgetItem,
)
from pydantic import TypeAdapter, ValidationError
from quart import Response, request
from quart.typing import ResponseReturnValue

from chat.checks import item_of
from chat.current_options import current_options
from chat.errors import Conflict, InvalidRequest, NotFound
from chat.page.answers import answers_from_form
from chat.page.articles import article
from chat.page.item_offers import ItemOffers
from chat.page.item_views import SKIPPED
from chat.page.items import dom_id
from chat.page.messages import answered
from chat.page.pages import load_feedback
from chat.page.render import partial, partials, see, wants_block
from chat.page.visit import Visit, visit
from chat.page.widgets.actions import FIELD
from chat.page.widgets.places import GONE, action_at, place_in_form
from chat.protocol import encode

_actions: TypeAdapter[Action[str, Any]] = TypeAdapter(Action[str, Any])


async def action(thread_id: str, item_id: str) -> ResponseReturnValue:
    """Do what a widget's component offers; the form says which one and holds its values.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
        Conflict: the widget was changed or removed, so that this is not offered any more.
        InvalidRequest: the item is no widget, or the component offers nothing.
        ChatError: what refuses the action.
    """
    seen = await visit(thread_id)
    form = await request.form
    try:
        item = await item_of(seen.store, thread_id, item_id, seen.context)
    except NotFound:
        if FIELD in form:  # it was pressed where it is still shown
            raise Conflict(GONE) from None
        raise
    if not isinstance(item, WidgetItem):
        raise InvalidRequest("Only a widget can send an action.")
    config = action_at(item.widget, place_in_form(form), form)
    if config.handler == "client":
        raise InvalidRequest("This is done in the browser, with JavaScript on.")
    params = ThreadCustomActionParams(
        thread_id=thread_id,
        item_id=item_id,
        action=Action[str, Any](type=config.type, payload=config.payload),
    )
    if config.streaming:
        return await answered(seen.host, ThreadsCustomActionReq(params=params), seen.context)
    await seen.host.answer(ThreadsSyncCustomActionReq(params=params), seen.context)
    return await _shown_again(seen, item_id)


async def item(thread_id: str, item_id: str) -> ResponseReturnValue:
    """Answer with an item as JSON, for the page that embeds the chat.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
    """
    seen = await visit(thread_id)
    found = await item_of(seen.store, thread_id, item_id, seen.context)
    return Response(encode(found), content_type="application/json")


async def custom_action(thread_id: str) -> ResponseReturnValue:
    """Do what the page that embeds the chat asks for.

    The form's ``action`` is JSON with ``type`` and ``payload``, as the protocol has it, and
    ``item_id`` may name the widget that it belongs to.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
        InvalidRequest: this is no action.
        ChatError: what refuses the action.
    """
    seen = await visit(thread_id)
    form = await request.form
    try:
        asked = _actions.validate_json(form.get("action", ""))
    except ValidationError:
        raise InvalidRequest("An action is JSON with a `type` and a `payload`.") from None
    params = ThreadCustomActionParams(
        thread_id=thread_id, item_id=form.get("item_id") or None, action=asked
    )
    return await answered(seen.host, ThreadsCustomActionReq(params=params), seen.context)


async def answers(thread_id: str, item_id: str) -> ResponseReturnValue:
    """Answer or skip the questions of a structured input.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
        Conflict: the questions have been answered already.
        InvalidRequest: the item asks nothing, or the answers do not fit.
    """
    seen = await visit(thread_id)
    item = await item_of(seen.store, thread_id, item_id, seen.context)
    if not isinstance(item, StructuredInputItem):
        raise InvalidRequest("This item does not ask for input.")
    params = ThreadAddStructuredInputParams(
        thread_id=thread_id,
        item_id=item_id,
        input=answers_from_form(item, await request.form),
    )
    return await answered(seen.host, ThreadsAddStructuredInputReq(params=params), seen.context)


async def feedback(thread_id: str, item_id: str) -> ResponseReturnValue:
    """Keep what the owner thinks of an item: ``kind`` is ``positive`` or ``negative``.

    Raises:
        NotFound: the thread or the item is unknown or another owner's.
        InvalidRequest: there is no such opinion, or none is asked for here.
    """
    seen = await visit(thread_id)
    if not current_options().thread_item_actions.feedback:
        raise InvalidRequest("Opinions are not asked for here.")
    kind = (await request.form).get("kind")
    if kind not in ("positive", "negative"):
        raise InvalidRequest("An opinion is `positive` or `negative`.")
    params = ItemFeedbackParams(thread_id=thread_id, item_ids=[item_id], kind=kind)
    await seen.host.answer(ItemsFeedbackReq(params=params), seen.context)
    return await _shown_again(seen, item_id)


async def tool_output(thread_id: str) -> ResponseReturnValue:
    """Give the result of the client tool that waits: JSON in ``result``, or ``skip``.

    Raises:
        NotFound: the thread is unknown or another owner's.
        Conflict: no client tool is waiting.
        InvalidRequest: the result is not JSON.
    """
    seen = await visit(thread_id)
    form = await request.form
    params = ThreadAddClientToolOutputParams(
        thread_id=thread_id, result=SKIPPED if "skip" in form else _result(form.get("result", ""))
    )
    return await answered(seen.host, ThreadsAddClientToolOutputReq(params=params), seen.context)


def _result(given: str) -> Any:
    try:
        return json.loads(given, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InvalidRequest("The result of a client tool must be JSON.") from None


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON.")


async def _shown_again(seen: Visit, item_id: str) -> ResponseReturnValue:
    """Show one item as it is now, in its place."""
    if not wants_block():
        return see(f"{seen.url}#{dom_id(item_id)}")
    item = await item_of(seen.store, seen.thread_id, item_id, seen.context)
    opinions = await load_feedback(seen.store, seen.thread_id, seen.context)
    offers = ItemOffers.of(current_options())
    return await partials(
        partial(f"#{dom_id(item_id)}", "outerMorph", article(item, opinions, offers))
    )
