"""From ranked passages to citations: each clause once, copies together, several documents before many clauses of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.candidate import Placed
from rag.opened import OpenedPassage

CopyOf = Callable[[Placed, Sequence[Placed]], Placed | None]
"""Tells which of the chosen an entry copies, if any."""

COPIES = 2
"""How many clauses with the same words take a place each (1–10): the second may be of the very document that is meant."""


def arrange(
    ranked: Sequence[Placed], *, damping: float, count: int, copy_of: CopyOf | None = None
) -> tuple[Placed, ...]:
    """The `count` clauses to cite, best first.

    Each further clause of a document already cited counts `damping` (0–1) times what the one before it did: 1 keeps
    the order by probability, 0 gives every document its turn before any gets a second. Of clauses that `copy_of` finds
    to be copies of one, the first `COPIES` take places; further ones stand among the `copies` of the first. The order is
    deterministic.
    """
    waiting = _each_clause_once(ranked)
    cited: Counter[str] = Counter()
    copies: defaultdict[int, list[OpenedPassage]] = defaultdict(list)
    alike: Counter[int] = Counter()
    chosen: list[Placed] = []
    while waiting and len(chosen) < count:
        best = max(
            waiting, key=lambda placed: placed.probability * damping ** cited[placed.opened.document.id]
        )
        waiting.remove(best)
        original = copy_of(best, chosen) if copy_of else None
        if original is not None:
            alike[original.opened.number] += 1
            if alike[original.opened.number] >= COPIES:
                copies[original.opened.number].append(best.opened)
                continue
        cited[best.opened.document.id] += 1
        chosen.append(best)
    return tuple(replace(entry, copies=tuple(copies[entry.opened.number])) for entry in chosen)


def _each_clause_once(ranked: Sequence[Placed]) -> list[Placed]:
    seen: set[str] = set()
    first: list[Placed] = []
    for placed in ranked:
        if placed.opened.clause.id not in seen:
            seen.add(placed.opened.clause.id)
            first.append(placed)
    return first
