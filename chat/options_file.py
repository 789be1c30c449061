"""Reading `ChatKitOptions` from the file that ``CHATKIT_OPTIONS`` names, as JSON or TOML.

Whatever cannot be used stops the start with one line that names its path in the file.
Without a file the page offers everything that the server behind it can do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from chat.options import (
    AttachmentsOption,
    ChatKitOptions,
    ComposerOption,
    DictationOption,
    EntitiesOption,
    HeaderAction,
    StartScreenOption,
    StartScreenPrompt,
    ThemeOption,
    ThreadItemActionsOption,
    ThreadOption,
)
from chat.page.colour import read_colour
from chat.page.header_icons import HEADER_ICONS
from chat.page.icons import icon
from chat.page.links import safe_link
from chat.setting_files import read_file, refused
from chat.settings import DEFAULT_SERVER, Settings

SETTING = "CHATKIT_OPTIONS"

WITHOUT_A_FILE = ChatKitOptions(
    theme=ThemeOption(color_scheme="system"),
    thread_item_actions=ThreadItemActionsOption(feedback=True, retry=True),
    composer=ComposerOption(
        attachments=AttachmentsOption(enabled=True), dictation=DictationOption(enabled=True)
    ),
    entities=EntitiesOption(show_composer_menu=True),
    thread=ThreadOption(auto_scroll=True),
)

# What the default assistant understands; another server's users know what it is for.
TODO_PROMPTS = tuple(
    StartScreenPrompt(label=text, prompt=text, icon=drawn)
    for text, drawn in (
        ("Add milk, eggs and bread for tomorrow", "plus"),
        ("What is on my list?", "check-circle"),
        ("Plan my day", "calendar"),
    )
)

FONT_TYPES = {
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}
FAMILIES = re.compile(r"""[\w \-]+|(["'])[\w \-]+\1""")
_WEIGHT = re.compile(r"(?:normal|bold|[1-9]\d{0,2}|1000)(?: (?:[1-9]\d{0,2}|1000))?")
_RANGE = re.compile(r"U\+[0-9A-F?]{1,6}(?:-[0-9A-F]{1,6})?", re.IGNORECASE)
_TYPES = re.compile(r"\*|\*/\*|[a-z]+/(?:\*|[\w.+-]+)", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[\w.+-]+")

Problems = Iterator[tuple[str, str]]


def load_options(settings: Settings) -> ChatKitOptions:
    """Return the options of the file that the settings name; without one, the host's own.

    Raises:
        InvalidSettings: the file cannot be read, or something in it cannot be used.
    """
    if not settings.options:
        if settings.server != DEFAULT_SERVER:
            return WITHOUT_A_FILE
        start = StartScreenOption(prompts=TODO_PROMPTS)
        return msgspec.structs.replace(WITHOUT_A_FILE, start_screen=start)
    path = Path(settings.options)
    options = read_file(SETTING, path, ChatKitOptions)
    for where, reason in problems_of(options, path.parent):
        raise refused(SETTING, path, reason, where)
    for name, action in _header_actions(options):
        for needed in ("href", "label"):
            if getattr(action, needed) is None:
                raise refused(SETTING, path, f"Object missing required field `{needed}`", name)
    return options


def problems_of(options: ChatKitOptions, folder: Path) -> Problems:
    """Yield what the types alone do not tell, each as its path and the reason.

    Args:
        options: what was read.
        folder: where their fonts are.
    """
    yield from _header(options)
    yield from _start_screen(options)
    yield from _composer(options)
    yield from _theme(options, folder)


def _header_actions(options: ChatKitOptions) -> Iterator[tuple[str, HeaderAction]]:
    header = options.header
    for side, action in (("left", header.left_action), ("right", header.right_action)):
        if action:
            yield f"header.{side}Action", action


def _header(options: ChatKitOptions) -> Problems:
    for path, action in _header_actions(options):
        if action.icon not in HEADER_ICONS:
            yield f"{path}.icon", f"There is no header icon {action.icon!r}"
        if action.href is not None and safe_link(action.href) is None:
            yield f"{path}.href", f"{action.href!r} is no address that may be linked to"


def _start_screen(options: ChatKitOptions) -> Problems:
    for at, prompt in enumerate(options.start_screen.prompts):
        path = f"startScreen.prompts[{at}]"
        yield from _icon(f"{path}.icon", prompt.icon)
        if not isinstance(prompt.prompt, str) and not any(
            part.text.strip() for part in prompt.prompt
        ):
            yield f"{path}.prompt", "A prompt cannot be empty"


def _composer(options: ChatKitOptions) -> Problems:
    composer = options.composer
    for name in ("tools", "models"):
        known: set[str] = set()
        for at, choice in enumerate(getattr(composer, name)):
            if choice.id in known:
                yield f"composer.{name}[{at}].id", f"There are two {name} with the id {choice.id!r}"
            known.add(choice.id)
    for at, tool in enumerate(composer.tools):
        yield from _icon(f"composer.tools[{at}].icon", tool.icon)
    defaults = [at for at, model in enumerate(composer.models) if model.default]
    for at in defaults[1:]:
        yield f"composer.models[{at}].default", "Only one model can be the default"
    if defaults and composer.models[defaults[0]].disabled:
        yield f"composer.models[{defaults[0]}].default", "A disabled model cannot be the default"
    if composer.models and options.model is None:
        yield "composer.models", "One model at least must not be disabled"
    for kind, extensions in ((composer.attachments and composer.attachments.accept) or {}).items():
        path = f"composer.attachments.accept[{kind!r}]"
        if not _TYPES.fullmatch(kind):
            yield path, "This is no MIME type"
        for extension in extensions:
            if not _EXTENSION.fullmatch(extension):
                yield path, f"{extension!r} is no extension, such as '.pdf'"


def _theme(options: ChatKitOptions, folder: Path) -> Problems:
    colours, typography = options.look.color, options.look.typography
    if colours.accent and read_colour(colours.accent.primary) is None:
        yield "theme.color.accent.primary", f"{colours.accent.primary!r} is no colour"
    for name in ("background", "foreground") if colours.surface else ():
        value = getattr(colours.surface, name)
        if read_colour(value) is None:
            yield f"theme.color.surface.{name}", f"{value!r} is no colour"
    for name, value in (
        ("fontFamily", typography.font_family),
        ("fontFamilyMono", typography.font_family_mono),
    ):
        if value is not None and not are_families(value):
            yield f"theme.typography.{name}", f"{value!r} is no list of font families"
    for at, font in enumerate(typography.font_sources):
        path = f"theme.typography.fontSources[{at}]"
        if not FAMILIES.fullmatch(font.family.strip()):
            yield f"{path}.family", f"{font.family!r} is no font family"
        if font.weight is not None and not _WEIGHT.fullmatch(str(font.weight)):
            yield f"{path}.weight", f"{font.weight!r} is no font weight"
        if font.unicode_range is not None and not all(
            _RANGE.fullmatch(part.strip()) for part in font.unicode_range.split(",")
        ):
            yield f"{path}.unicodeRange", f"{font.unicode_range!r} is no range of characters"
        yield from _font(f"{path}.src", font.src, folder)


def are_families(text: str) -> bool:
    """Return whether a text is a list of font families as CSS has it."""
    return all(FAMILIES.fullmatch(part.strip()) for part in text.split(","))


def _font(path: str, src: str, folder: Path) -> Problems:
    if is_own_address(src):
        return
    if "://" in src or src.startswith("//"):
        yield path, f"{src!r} is on another host, from which the page loads nothing"
    elif Path(src).suffix.lower() not in FONT_TYPES:
        yield path, f"{src!r} is no font file ({', '.join(FONT_TYPES)})"
    elif not (folder / src).is_file():
        yield path, f"There is no file {src!r} beside the options"


def is_own_address(src: str) -> bool:
    """Return whether a font's ``src`` is an address of this host, rather than a file."""
    return re.fullmatch(r"/(?!/)[\w./%~-]*", src) is not None


def _icon(path: str, name: str | None) -> Problems:
    if name and not icon(name):
        yield path, f"There is no icon {name!r}"
