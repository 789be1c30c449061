"""``GET /``: a new thread. Answered before the model libraries are loaded."""

from quart import Response, render_template
from quart.typing import ResponseReturnValue

from chat.addresses import address
from chat.current_options import current_options
from chat.host import Host, current_host
from chat.loading import load
from chat.page.contexts.composer import Composer
from chat.page.contexts.start import StartPage
from chat.page.offers import MARKDOWN, offers_of, prompts_of
from chat.page.render import frame, partial, partials, render
from chat.words import gettext

COMPOSER = ".start ~ #composing"
"""The composer of this page; another page may be shown by the time it is complete."""


async def new_thread() -> ResponseReturnValue:
    """Show the composer of a new thread, and what one may say first.

    As long as the server is being loaded, it is not known whether it can write down speech or
    has entities: the page asks for the complete composer then, see `composer`.
    """
    host = current_host()
    options = current_options()
    if options.disclaimer:
        await load(MARKDOWN)
    page = StartPage(
        _composer(host),
        gettext(options.start_screen.greeting),
        prompts_of(options),
        loading=not host.loaded,
    )
    return await render("start.html", page)


async def composer() -> Response:
    """``GET /composer``: the composer of a new thread as it is once the server is loaded.

    Returns:
        A change of the start page, for htmx.
    """
    host = current_host()
    await host.server()
    if current_options().disclaimer:
        await load(MARKDOWN)
    html = await render_template("parts/composer.html", composer=_composer(host), **frame())
    return await partials(partial(COMPOSER, "outerMorph", html))


def _composer(host: Host) -> Composer:
    offers = offers_of(host)
    return Composer(action=address("/threads"), offers=offers, model=offers.model)
