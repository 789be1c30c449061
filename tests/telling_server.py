"""A ChatKit server that tells what it is sent, for pages that embed the chat.

Besides the scripts of `tests.servers`, a message's first word may be:

    told              everything that came with the message, as JSON
    call NAME JSON    a client tool call with these parameters
    press             a widget whose buttons are the browser's business, and a deep link
    effect NAME       a client effect

A client tool's result, and an action, are told as JSON, too. What the request's headers
``X-Probe`` and ``Authorization`` say is part of everything that is told.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

from chatkit.actions import Action
from chatkit.store import Store
from chatkit.types import (
    ClientEffectEvent,
    ClientToolCallItem,
    ThreadItemDoneEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    WidgetItem,
)
from chatkit.widgets import DynamicWidgetRoot

from chat.identity import RequestContext
from tests.servers import ScriptedServer

WIDGET = {
    "type": "Card",
    "children": [
        {"type": "Title", "value": "Things to press"},
        {
            "type": "Button",
            "label": "Press here",
            "onClickAction": {"type": "pressed", "payload": {"n": 1}, "handler": "client"},
        },
        {"type": "Markdown", "value": "[Go there](chatkit-link://place?x=1)"},
    ],
}


class TellingServer(ScriptedServer):
    """Tells what it is sent; see the module."""

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Tell the result of a client tool, or run the message's script."""
        if input_user_message is None:
            newest = await self.store.load_thread_items(thread.id, None, 1, "desc", context)
            call = newest.data[0]
            assert isinstance(call, ClientToolCallItem)
            yield self._telling(thread, context, {"result": call.output})
            return
        text = "".join(part.text for part in input_user_message.content)
        word, _, rest = text.partition(" ")
        match word:
            case "told":
                yield self._telling(thread, context, input_user_message.model_dump(mode="json"))
            case "call":
                name, _, arguments = rest.partition(" ")
                yield ThreadItemDoneEvent(
                    item=ClientToolCallItem(
                        **self._new("tool_call", thread, context),
                        call_id=f"call_{secrets.token_hex(8)}",
                        name=name,
                        arguments=json.loads(arguments or "{}"),
                    )
                )
            case "press":
                root = DynamicWidgetRoot.model_validate(WIDGET)
                new = self._new("message", thread, context)
                yield ThreadItemDoneEvent(item=WidgetItem(**new, widget=root))
            case "effect":
                yield ClientEffectEvent(name=rest, data={"colour": "gold"})
                yield ThreadItemDoneEvent(item=self._message(thread, context, "Look."))
            case _:
                async for event in super().respond(thread, input_user_message, context):
                    yield event

    async def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: RequestContext,
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Tell the action, a ``slow`` one after a while."""
        if action.type == "slow":
            await asyncio.sleep(0.5)
        said = {"type": action.type, "payload": action.payload, "sender": sender and sender.id}
        yield self._telling(thread, context, said)

    def _telling(
        self, thread: ThreadMetadata, context: RequestContext, said: Any
    ) -> ThreadStreamEvent:
        assert context.request
        headers = context.request.headers
        told = {
            "said": said,
            "probe": headers.get("X-Probe"),
            "authorization": headers.get("Authorization"),
        }
        text = f"```json\n{json.dumps(told)}\n```"
        return ThreadItemDoneEvent(item=self._message(thread, context, text))


def telling(store: Store[Any], attachment_store: Any) -> TellingServer:
    """Make a telling server on the host's stores."""
    return TellingServer(store, attachment_store)
