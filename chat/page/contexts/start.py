"""The page of a thread in which nothing has been said yet."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from chat.page.contexts.composer import Composer
from chat.words import gettext


@dataclass(frozen=True)
class PromptView:
    """Something that may be said first.

    Attributes:
        label: what its button says.
        field: the name of the form's field.
        value: the field's value: the text itself, or which prompt of the options it is.
    """

    label: str
    icon: Markup
    field: str
    value: str


@dataclass(frozen=True)
class StartPage:
    """``start.html``: nothing has been said yet.

    Attributes:
        prompts: what may be said with one click.
        loading: whether the composer may offer more when the server is loaded.
    """

    composer: Composer
    greeting: str
    prompts: tuple[PromptView, ...]
    loading: bool = False

    @property
    def title(self) -> str:
        """The document's title."""
        return gettext("New chat")
