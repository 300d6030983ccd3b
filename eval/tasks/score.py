"""Precision, recall and F1 of what tasks say, over cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from eval.tasks.alignment import RIGHT_DUTY, Likeness, align, overlap
from eval.tasks.gold import Case, Stated

MEASURES: Final = ("tasks", "dates", "pairing", "units", "lead", "rhythms")
"""Duties found; deadlines of a place, whichever their duty; duty and deadline together; units, leads and frequencies
of duties found (those of a duty missed are missed too)."""


@dataclass(slots=True)
class Tally:
    """How many were right, how many we gave and how many there are."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, right: int, given: int, wanted: int) -> None:
        """Count some more."""
        self.right += right
        self.given += given
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """The share of what we gave that is right, 1 where we gave nothing."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that we gave, 1 where there is nothing."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0–1."""
        total = self.given + self.wanted
        return 2 * self.right / total if total else 1.0


@dataclass(slots=True)
class Score:
    """The tallies of all measures by name, and a line for each difference."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in MEASURES})
    differences: list[str] = field(default_factory=list)


def score(cases: Iterable[Case], like: Likeness | None = None, *, dated: bool = False) -> Score:
    """The score over cases; duties are compared by their place in the clause, or by `like`.

    `dated` says that the gold speaks of what has a date: a task of ours without one that is not in it is not wrong.
    """
    total = Score()
    for case in cases:
        chosen = align(case.gold, case.ours, like or overlap(case.words))
        if dated:
            chosen = {
                row: _dated(case, row, n, chosen, like or overlap(case.words)) for row, n in chosen.items()
            }
            kept = [n for n, one in enumerate(case.ours) if one.date or n in chosen.values()]
            case = replace(case, ours=tuple(case.ours[n] for n in kept))
            chosen = {row: kept.index(n) for row, n in chosen.items()}
        count(total, case, chosen)
    return total


def _dated(case: Case, row: int, place: int, chosen: dict[int, int], like: Likeness) -> int:
    """Ours that a dated gold task is compared with: where one without date is likest, the next likest with one.

    A row of a schedule may hold both the sentence that says what and the one that says by when.
    """
    wanted = case.gold[row]
    others = [
        n
        for n, one in enumerate(case.ours)
        if one.date and n not in chosen.values() and like(wanted, one) >= RIGHT_DUTY
    ]
    if case.ours[place].date or not wanted.date or not others:
        return place
    return max(others, key=lambda n: like(wanted, case.ours[n]))


def count(total: Score, case: Case, chosen: dict[int, int]) -> None:
    """Add one case to a score; `chosen` tells for each gold task (by place) which of ours is the same."""
    gold, ours = case.gold, case.ours
    tallies = total.tallies
    ours_once = {one.duty for one in ours}
    found_once = {ours[place].duty for place in chosen.values()}
    extra = len(ours_once - found_once)
    tallies["tasks"].add(len(chosen), len(chosen) + extra, len(gold))
    wanted, given = _deadlines(gold), _deadlines(ours)
    tallies["dates"].add((wanted & given).total(), given.total(), wanted.total())
    paired = sum(1 for a, b in chosen.items() if gold[a].date and gold[a].date == ours[b].date)
    dated_extra = {
        (one.duty, one.at) for place, one in enumerate(ours) if one.date and one.duty not in found_once
    }
    dated_given = sum(1 for b in chosen.values() if ours[b].date) + len(dated_extra)
    tallies["pairing"].add(paired, dated_given, sum(1 for one in gold if one.date))
    for place, one in enumerate(gold):
        got = ours[chosen[place]] if place in chosen else Stated("")
        for name, right, mine in (("units", one.units, got.units), ("lead", one.lead, got.lead)):
            tallies[name].add(len(right & mine), len(mine), len(right))
        rhythm = bool(one.rhythm) and one.rhythm == got.rhythm
        tallies["rhythms"].add(rhythm, bool(got.rhythm), bool(one.rhythm))
    total.differences.extend(_differences(case, chosen))


def _deadlines(stated: Sequence[Stated]) -> Counter[str]:
    """The deadlines of a place, those that tasks share once."""
    return Counter(date for date, _ in {(one.date, one.at) for one in stated if one.date})


def _differences(case: Case, chosen: dict[int, int]) -> Iterable[str]:
    for place, wanted in enumerate(case.gold):
        if place not in chosen:
            yield f"{case.name}: missed: {said(wanted)}"
            continue
        got = case.ours[chosen[place]]
        for name in ("date", "rhythm"):
            if getattr(wanted, name) != getattr(got, name):
                yield (
                    f"{case.name}: {name}: {getattr(wanted, name)} wanted, {getattr(got, name)} given: {wanted.duty}"
                )
        for name in ("units", "lead"):
            right, mine = getattr(wanted, name), getattr(got, name)
            if right != mine:
                yield (
                    f"{case.name}: {name}: missed {'、'.join(sorted(right - mine)) or 'none'}; "
                    f"too many {'、'.join(sorted(mine - right)) or 'none'}"
                )
    found = {case.ours[place].duty for place in chosen.values()}
    for one in case.ours:
        if one.duty not in found:
            yield f"{case.name}: not in the gold: {said(one)}"


def said(one: Stated) -> str:
    """A task on one line."""
    return " · ".join(filter(None, (one.date, one.rhythm, one.duty)))
