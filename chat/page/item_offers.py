"""What the options mean for items: what is offered beneath them, and what choices are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from chat.options import ChatKitOptions, ModelOption, ToolOption


@dataclass(frozen=True)
class ItemOffers:
    """What the items of a page offer.

    Attributes:
        feedback: whether an answer has Good response and Bad response.
        retry: whether an answer has Retry.
        tools: the tools that a message may have chosen, by id.
        models: the models that a message may have chosen, by id.
    """

    feedback: bool = True
    retry: bool = True
    tools: Mapping[str, ToolOption] = field(default_factory=dict)
    models: Mapping[str, ModelOption] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """Something that two offers have in common only if they are the same."""
        return repr(self)

    @classmethod
    def of(cls, options: ChatKitOptions) -> Self:
        """Return what the options of a host offer."""
        actions, composer = options.thread_item_actions, options.composer
        return cls(
            feedback=actions.feedback,
            retry=actions.retry,
            tools={tool.id: tool for tool in composer.tools},
            models={model.id: model for model in composer.models},
        )


EVERYTHING = ItemOffers()
"""Everything that can be offered, where nothing is known of what may have been chosen."""
