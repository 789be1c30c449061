"""The frame of the element."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FramePage:
    """``frame.html``: the frame of the element, before it is told what to show.

    Attributes:
        origins: the other origins whose pages may show it.
    """

    title: str
    origins: str
