"""From ranked passages to citations: each clause once, and several documents before many clauses of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag.candidate import Placed


def arrange(ranked: Sequence[Placed], *, damping: float, count: int) -> tuple[Placed, ...]:
    """The `count` clauses to cite, best first.

    Each further clause of a document already cited counts `damping` (0–1) times what the one before it did: 1 keeps
    the order by probability, 0 gives every document its turn before any gets a second. The order is deterministic.
    """
    waiting = _each_clause_once(ranked)
    cited: Counter[str] = Counter()
    chosen: list[Placed] = []
    while waiting and len(chosen) < count:
        best = max(
            waiting, key=lambda placed: placed.probability * damping ** cited[placed.opened.document.id]
        )
        waiting.remove(best)
        cited[best.opened.document.id] += 1
        chosen.append(best)
    return tuple(chosen)


def _each_clause_once(ranked: Sequence[Placed]) -> list[Placed]:
    seen: set[str] = set()
    first: list[Placed] = []
    for placed in ranked:
        if placed.opened.clause.id not in seen:
            seen.add(placed.opened.clause.id)
            first.append(placed)
    return first
