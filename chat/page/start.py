"""``GET /``: a new thread. Answered before the model libraries are loaded."""

from quart.typing import ResponseReturnValue

from chat.host import current_host
from chat.page.contexts import Composer, StartPage
from chat.page.render import render
from chat.settings import DEFAULT_SERVER

# What the default assistant understands; another server's users know what it is for.
PROMPTS = (
    "Add milk, eggs and bread for tomorrow",
    "What is on my list?",
    "Plan my day",
)


async def new_thread() -> ResponseReturnValue:
    """Show the composer of a new thread, and what one may say first."""
    settings = current_host().settings
    composer = Composer(action="/threads", accepts=settings.attachment_types)
    prompts = PROMPTS if settings.server == DEFAULT_SERVER else ()
    return await render("start.html", StartPage(composer, prompts))
