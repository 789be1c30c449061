"""What the composer offers: what the options want, as far as server and settings can do it.

Only light modules are imported here: the start page is answered before the others are loaded.
"""

from __future__ import annotations

import json

from markupsafe import Markup

from chat.current_options import current_options, embedded_options
from chat.host import Host
from chat.options import ChatKitOptions, StartScreenPrompt
from chat.page.contexts.composer import NOTHING, Attaching, ModelView, Offers, ToolView
from chat.page.contexts.start import PromptView
from chat.page.file_facts import file_size
from chat.page.icons import icon
from chat.page.limits import FileLimits
from chat.words import gettext

MARKDOWN = "chat.page.markdown:render_markdown"
"""What a disclaimer needs; it has to be loaded before `offers_of` is asked."""


def offers_of(host: Host) -> Offers:
    """Return what the composer offers on any page of a host."""
    options, abilities = current_options(), host.abilities
    composer, disclaimer = options.composer, options.disclaimer
    limits = file_limits(host)
    embedded = embedded_options()
    mentions = embedded.mentions if embedded else abilities.entities
    return Offers(
        placeholder=gettext(composer.placeholder),
        attaching=_attaching(limits) if limits else None,
        tools=_tools(options),
        models=tuple(
            ModelView(model.id, model.label, model.description or "", model.disabled)
            for model in composer.models
        ),
        model=options.model or "",
        mentions=mentions,
        mention_button=mentions and options.entities.show_composer_menu,
        dictation=bool(composer.dictation and composer.dictation.enabled and abilities.dictation),
        disclaimer=_rendered(disclaimer.text) if disclaimer else NOTHING,
        contrast=bool(disclaimer and disclaimer.high_contrast),
    )


def file_limits(host: Host) -> FileLimits | None:
    """Return which files a message may bring, or None where it may bring none."""
    wanted, embedded = current_options().composer.attachments, embedded_options()
    takes = host.abilities.attachments or (embedded is not None and embedded.uploads)
    if not (wanted and wanted.enabled and takes):
        return None
    return FileLimits.of(wanted, host.settings)


def _attaching(limits: FileLimits) -> Attaching:
    sizes = {kind: (size, file_size(size)) for kind, size in limits.sizes.items()}
    return Attaching(limits.accept, limits.count, json.dumps(sizes), limits.words)


def prompts_of(options: ChatKitOptions) -> tuple[PromptView, ...]:
    """Return what may be said first."""
    return tuple(_prompt(at, prompt) for at, prompt in enumerate(options.start_screen.prompts))


def _prompt(at: int, prompt: StartScreenPrompt) -> PromptView:
    drawn = icon(prompt.icon)
    if isinstance(prompt.prompt, str):
        return PromptView(prompt.label, drawn, "text", prompt.prompt)
    return PromptView(prompt.label, drawn, "prompt", str(at))


def _tools(options: ChatKitOptions) -> tuple[ToolView, ...]:
    return tuple(
        ToolView(
            id=tool.id,
            label=tool.label,
            icon=icon(tool.icon),
            short=tool.short_label or tool.label,
            placeholder=tool.placeholder_override or gettext(options.composer.placeholder),
            pinned=tool.pinned,
            persistent=tool.persistent,
        )
        for tool in options.composer.tools
    )


def _rendered(text: str) -> Markup:
    from chat.page.markdown import render_markdown  # too heavy for a page without a disclaimer

    return render_markdown(text)
