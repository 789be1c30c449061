"""What a benchmark measures, and how it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One ratio of two things that were measured side by side, on one machine in one run.

    Attributes:
        name: what is compared with what.
        value: the ratio.
        aim: where it should be.
        note: the two measured values with their units.
        at_least: the aim is a lower bound; otherwise it is an upper one.
    """

    name: str
    value: float
    aim: float
    note: str = ""
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the ratio is where it should be."""
        return self.value >= self.aim if self.at_least else self.value <= self.aim


def table(figures: Iterable[Figure]) -> str:
    """Return figures as lines of text, one each, in columns."""
    rows = [("", "ratio", "aim", "", "measured")]
    for figure in figures:
        bound = "≥" if figure.at_least else "≤"
        verdict = "met" if figure.met else "MISSED"
        value = f"{figure.value:.2f}"
        rows.append((figure.name, value, f"{bound} {figure.aim:g}", verdict, figure.note))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
