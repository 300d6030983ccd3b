"""The bars that a release has to clear, set by set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Final

from eval.corpora.kept import Made
from eval.figures import Figures


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure by its name, and the least it may be; `at_most`: the most."""

    figure: str
    limit: float
    at_most: bool = False


def _at_least(**limits: float) -> tuple[Bar, ...]:
    return tuple(Bar(figure, limit) for figure, limit in limits.items())


def _at_most(**limits: float) -> tuple[Bar, ...]:
    return tuple(Bar(figure, limit, at_most=True) for figure, limit in limits.items())


BARS: Final[Mapping[str, tuple[Bar, ...]]] = MappingProxyType(
    {
        "plans": (
            *_at_least(hit_1=0.92, hit_3=0.98, coverage=0.95, span=0.88, refused=0.80),
            *_at_most(wrongly_refused=0.03, not_verbatim=0),
        ),
        "plans+all": (
            *_at_least(hit_1=0.84, hit_3=0.93, refused=0.75),
            *_at_most(wrongly_refused=0.05, not_verbatim=0),
        ),
        "regulations": (*_at_least(hit_1=0.62, hit_5=0.86, mrr=0.72), *_at_most(not_verbatim=0)),
        "notices": (*_at_least(hit_1=0.72, hit_5=0.94, mrr=0.82), *_at_most(not_verbatim=0)),
        # Its 58 k clauses are also where speed and size are held to account.
        "statutes": (
            *_at_least(recall_5=0.43, mrr=0.43),
            *_at_most(ask_p50=8, ask_p99=25, making_seconds=90, making_megabytes=2000, not_verbatim=0),
        ),
    }
)
"""Shares are 0–1, `ask_…` milliseconds, `making_…` what it took to make the home; meant for held-back questions."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A figure on the wrong side of its bar."""

    bar: Bar
    got: float


def missed(bars: Iterable[Bar], figures: Figures, made: Made | None = None) -> tuple[Miss, ...]:
    """The bars that the figures miss; a figure that nothing measures misses none."""
    got: dict[str, float | None] = asdict(figures)
    if made is not None:
        got |= {f"making_{name}": value for name, value in asdict(made).items()}
    misses = []
    for bar in bars:
        value = got.get(bar.figure)
        if value is not None and (value > bar.limit if bar.at_most else value < bar.limit):
            misses.append(Miss(bar, value))
    return tuple(misses)
