"""What a benchmark measures, and how it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured: mostly a ratio of two things, side by side on one machine in one run.

    Attributes:
        name: what is compared with what, or what was measured.
        value: the ratio, or the measured value.
        aim: where it should be.
        note: the two measured values with their units.
        at_least: the aim is a lower bound; otherwise it is an upper one.
        unit: the unit of what is no ratio.
    """

    name: str
    value: float
    aim: float
    note: str = ""
    at_least: bool = False
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the value is where it should be."""
        return self.value >= self.aim if self.at_least else self.value <= self.aim


def table(figures: Iterable[Figure]) -> str:
    """Return figures as lines of text, one each, in columns."""
    rows = [("", "value", "aim", "", "measured")]
    for figure in figures:
        bound = "≥" if figure.at_least else "≤"
        verdict = "met" if figure.met else "MISSED"
        value = f"{figure.value:.0f}{figure.unit}" if figure.unit else f"{figure.value:.2f}"
        aim = f"{bound} {figure.aim:g}{figure.unit}"
        rows.append((figure.name, value, aim, verdict, figure.note))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
