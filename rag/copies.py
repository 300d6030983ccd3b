"""Which clauses lay down the same in the same words: law and its new edition, a notice passed on from office to office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rag.candidate import Placed
from rag.opened import OpenedPassage

ALIKE = 0.9
"""The share of character pairs that two clauses have in common, from which on they are copies (0.5–1)."""


def copy_of(entry: Placed, chosen: Sequence[Placed]) -> Placed | None:
    """The first of the chosen that the entry copies; None where it copies none.

    Copies are clauses of several documents of one place, or of none: two places' clauses bind two offices, however
    alike they are. They state the same facts, and `ALIKE` of their pairs of characters are the same.
    """
    return next((other for other in chosen if is_copy(entry.opened, other.opened)), None)


def is_copy(one: OpenedPassage, other: OpenedPassage) -> bool:
    """Whether the clauses of two passages are copies of one another."""
    if one.document.id == other.document.id or one.document.place != other.document.place:
        return False
    shorter, longer = sorted((len(one.clause_text), len(other.clause_text)))
    if shorter < ALIKE * longer:
        return False
    return _likeness(one.folded, other.folded) >= ALIKE and _stated(one) == _stated(other)


def _likeness(one: str, other: str) -> float:
    """The share of pairs of characters in common, 0–1: Dice's coefficient over multisets of pairs."""
    pairs, others = Counter(pairwise("".join(one.split()))), Counter(pairwise("".join(other.split())))
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 1.0


def _stated(opened: OpenedPassage) -> list[tuple[str, str | None]]:
    return sorted((fact.kind, fact.value) for fact in opened.facts if fact.value is not None)
