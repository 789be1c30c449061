"""What the page offers and how it looks: ChatKit's ``ChatKitOptions``, as far as a page has them.

Names, types and defaults are those of the npm package ``@openai/chatkit``, so that what was
written for ChatKit's own front end means the same here; docs/options.md says what each does.
Callbacks cannot be in a file: they are left out, and their place is taken by links, by the
server's own capabilities, and by DOM events. Only msgspec is imported: the start page is
answered before anything heavier is loaded.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from chat.words import marked

Locale = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$")]
Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Words = Annotated[str, msgspec.Meta(min_length=1)]
Bytes = Annotated[int, msgspec.Meta(ge=1)]
Count = Annotated[int, msgspec.Meta(ge=1)]
Step = Annotated[int, msgspec.Meta(ge=0, le=3)]
Tint = Annotated[int, msgspec.Meta(ge=0, le=9)]
Shade = Annotated[int, msgspec.Meta(ge=-4, le=4)]
Hue = Annotated[float, msgspec.Meta(ge=0, le=360)]
ColorScheme = Literal["light", "dark", "system"]

DEFAULT_SIZE = 100 * 1024 * 1024


class Options(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """What every group of options has in common: it is frozen, and refuses unknown names."""


class HeaderTitle(Options, frozen=True, kw_only=True):
    """The title in the header; without a text, that of the thread."""

    enabled: bool = True
    text: str | None = None


class HeaderAction(Options, frozen=True, kw_only=True):
    """One more button in the header: on the host's own page, a link.

    Attributes:
        icon: one of ChatKit's header icons.
        href: where it leads; None where the page that embeds the chat has a callback.
        label: what it is called, for people who do not see the icon.
    """

    icon: Identifier
    href: Words | None = None
    label: Words | None = None


class HeaderOption(Options, frozen=True, kw_only=True):
    """The bar at the top."""

    enabled: bool = True
    title: HeaderTitle = HeaderTitle()
    left_action: HeaderAction | None = None
    right_action: HeaderAction | None = None


class HistoryOption(Options, frozen=True, kw_only=True):
    """The list of threads, and what is offered for each of them."""

    enabled: bool = True
    show_delete: bool = True
    show_rename: bool = True


class PromptText(Options, frozen=True, kw_only=True, tag_field="type", tag="input_text"):
    """A piece of a prompt that is plain text."""

    text: str


class PromptTag(Options, frozen=True, kw_only=True, tag_field="type", tag="input_tag"):
    """A piece of a prompt that stands for an entity."""

    text: str
    id: Identifier
    group: str | None = None
    data: dict[str, Any] = {}
    interactive: bool = False


class StartScreenPrompt(Options, frozen=True, kw_only=True):
    """Something that may be said first, with one click."""

    label: Words
    prompt: Words | list[PromptText | PromptTag]
    icon: Identifier | None = None


class StartScreenOption(Options, frozen=True, kw_only=True):
    """The page of a new thread."""

    greeting: str = marked("What can I help with today?")
    prompts: tuple[StartScreenPrompt, ...] = ()


class ThreadItemActionsOption(Options, frozen=True, kw_only=True):
    """What is offered beneath an answer, besides Copy."""

    feedback: bool = False
    retry: bool = False


class ThreadOption(Options, frozen=True, kw_only=True):
    """How a thread behaves while it is read."""

    auto_scroll: bool = False


class AttachmentsOption(Options, frozen=True, kw_only=True):
    """Files that come with a message; the host's own limits hold as well."""

    enabled: bool = False
    max_size: Bytes | dict[str, Bytes] = DEFAULT_SIZE
    max_count: Count = 10
    accept: dict[str, tuple[str, ...]] | None = None


class ToolOption(Options, frozen=True, kw_only=True):
    """A tool that people may ask for with a message."""

    id: Identifier
    label: Words
    icon: Identifier
    short_label: str | None = None
    placeholder_override: str | None = None
    pinned: bool = False
    persistent: bool = False


class ModelOption(Options, frozen=True, kw_only=True):
    """A model that people may choose for a message."""

    id: Identifier
    label: Words
    description: str | None = None
    disabled: bool = False
    default: bool = False


class DictationOption(Options, frozen=True, kw_only=True):
    """Dictation, for servers that can transcribe."""

    enabled: bool = False


class ComposerOption(Options, frozen=True, kw_only=True):
    """Where messages are written."""

    placeholder: str = marked("Message the AI")
    attachments: AttachmentsOption | None = None
    tools: tuple[ToolOption, ...] = ()
    models: tuple[ModelOption, ...] = ()
    dictation: DictationOption | None = None


class DisclaimerOption(Options, frozen=True, kw_only=True):
    """A line of Markdown below the composer; none where it is empty."""

    text: str
    high_contrast: bool = False


class EntitiesOption(Options, frozen=True, kw_only=True):
    """@-mentions, for servers that can search for entities."""

    show_composer_menu: bool = False


class GrayscaleOptions(Options, frozen=True, kw_only=True):
    """The hue of the greys, and how much of it there is."""

    hue: Hue
    tint: Tint
    shade: Shade = 0


class AccentColor(Options, frozen=True, kw_only=True):
    """The colour of what can be pressed, and how far it spreads."""

    primary: Words
    level: Step


class SurfaceColors(Options, frozen=True, kw_only=True):
    """The colours of surfaces and of what is on them."""

    background: Words
    foreground: Words


class ColorOption(Options, frozen=True, kw_only=True):
    """The colours."""

    grayscale: GrayscaleOptions | None = None
    accent: AccentColor | None = None
    surface: SurfaceColors | None = None


class FontObject(Options, frozen=True, kw_only=True):
    """A font to load: a file beside the options, or an address of this host."""

    family: Words
    src: Words
    weight: str | int | None = None
    style: Literal["normal", "italic", "oblique"] | None = None
    display: Literal["auto", "block", "swap", "fallback", "optional"] | None = None
    unicode_range: str | None = None


class TypographyOption(Options, frozen=True, kw_only=True):
    """Size and fonts of the text."""

    base_size: Literal[14, 15, 16, 17, 18] = 16
    font_sources: tuple[FontObject, ...] = ()
    font_family: str | None = None
    font_family_mono: str | None = None


class ThemeOption(Options, frozen=True, kw_only=True):
    """How the page looks."""

    color_scheme: ColorScheme = "light"
    typography: TypographyOption = TypographyOption()
    radius: Literal["pill", "round", "soft", "sharp"] = "pill"
    density: Literal["compact", "normal", "spacious"] = "normal"
    color: ColorOption = ColorOption()


class ChatKitOptions(Options, frozen=True, kw_only=True):
    """Everything that can be chosen about the page."""

    locale: Locale | None = None
    theme: ColorScheme | ThemeOption = "light"
    header: HeaderOption = HeaderOption()
    history: HistoryOption = HistoryOption()
    start_screen: StartScreenOption = StartScreenOption()
    thread_item_actions: ThreadItemActionsOption = ThreadItemActionsOption()
    composer: ComposerOption = ComposerOption()
    disclaimer: DisclaimerOption | None = None
    entities: EntitiesOption = EntitiesOption()
    thread: ThreadOption = ThreadOption()

    @property
    def look(self) -> ThemeOption:
        """The theme in its long form, also where only a colour scheme is given."""
        return self.theme if isinstance(self.theme, ThemeOption) else THEMES[self.theme]

    @property
    def model(self) -> str | None:
        """The id of the model that is chosen where nobody chooses one."""
        offered = [model for model in self.composer.models if not model.disabled]
        chosen = next((model for model in offered if model.default), None)
        first = chosen or (offered[0] if offered else None)
        return first.id if first else None


class CommandsOption(Options, frozen=True, kw_only=True):
    """The menu of commands that a ``/`` in an empty field opens."""

    enabled: bool = False


class EmbeddedOptions(ChatKitOptions, frozen=True, kw_only=True):
    """What a page that embeds the chat has chosen about it.

    Attributes:
        callbacks: the callbacks it has, such as ``entities.onTagSearch``.
        uploads: whether it says itself where files go.
        commands: its menu of commands, which is all its own.
    """

    callbacks: tuple[str, ...] = ()
    uploads: bool = False
    commands: CommandsOption = CommandsOption()

    @property
    def mentions(self) -> bool:
        """Whether it knows what can be mentioned."""
        return "entities.onTagSearch" in self.callbacks


THEMES: dict[str, ThemeOption] = {
    "light": ThemeOption(),
    "dark": ThemeOption(color_scheme="dark"),
    "system": ThemeOption(color_scheme="system"),
}
