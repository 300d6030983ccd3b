"""The bars that a release has to clear on the plans questions."""

from __future__ import annotations

from dataclasses import dataclass, fields

from eval.metrics import Figures

AT_MOST = frozenset({"wrongly_refused", "not_verbatim"})
"""The figures that have to stay at or below their bar; all others have to reach it."""


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar for each figure of that name; shares 0–1, `not_verbatim` a count."""

    hit_1: float = 0.88
    hit_3: float = 0.96
    coverage: float = 0.90
    span: float = 0.80
    refused: float = 0.60
    wrongly_refused: float = 0.05
    not_verbatim: float = 0


@dataclass(frozen=True, slots=True)
class Miss:
    """A figure on the wrong side of its bar."""

    figure: str
    got: float
    bar: float


def missed(figures: Figures, bars: Bars) -> tuple[Miss, ...]:
    """The bars that the figures miss; a figure that no question measures misses none."""
    misses = []
    for field in fields(bars):
        bar, got = getattr(bars, field.name), getattr(figures, field.name)
        if got is not None and (got > bar if field.name in AT_MOST else got < bar):
            misses.append(Miss(field.name, got, bar))
    return tuple(misses)
