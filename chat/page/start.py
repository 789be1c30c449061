"""``GET /``: a new thread. Answered before the model libraries are loaded."""

from quart.typing import ResponseReturnValue

from chat.addresses import address
from chat.host import current_host
from chat.loading import load
from chat.page.contexts import Composer, StartPage
from chat.page.offers import MARKDOWN, offers_of, prompts_of
from chat.page.render import render
from chat.words import gettext


async def new_thread() -> ResponseReturnValue:
    """Show the composer of a new thread, and what one may say first."""
    host = current_host()
    options = host.options
    if options.disclaimer:
        await load(MARKDOWN)
    offers = offers_of(host)
    composer = Composer(action=address("/threads"), offers=offers, model=offers.model)
    page = StartPage(composer, gettext(options.start_screen.greeting), prompts_of(options))
    return await render("start.html", page)
