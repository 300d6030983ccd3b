"""Which of our tasks says the same as which gold task, told by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from eval.tasks.gold import Stated

Likeness = Callable[[Stated, Stated], float]
RIGHT_DUTY = 0.5
"""Two duties are the same when the F1 of the characters they share in the clause is at least this (0–1)."""


def overlap(words: str) -> Likeness:
    """Likeness by place: F1 over the characters that both duties have in the clause's `words`, 0–1.

    A duty that does not stand there in one piece is compared by its pairs of characters.
    """

    def like(gold: Stated, ours: Stated) -> float:
        places = _places(words, gold.duty), _places(words, ours.duty)
        if not (places[0] and places[1]):
            return bigram_f1(gold.duty, ours.duty)
        return max(_f1(one, other) for one in places[0] for other in places[1])

    return like


def _places(words: str, duty: str) -> list[tuple[int, int]]:
    places, at = [], words.find(duty)
    while duty and at >= 0:
        places.append((at, at + len(duty)))
        at = words.find(duty, at + 1)
    return places


def _f1(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, 2 * shared) / (one[1] - one[0] + other[1] - other[0])


def bigram_f1(one: str, other: str) -> float:
    """F1 over pairs of neighbouring characters, 0–1.

    Example: `bigram_f1("完成改造", "基本完成改造")` is 0.75.
    """
    left, right = _bigrams(one), _bigrams(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def contained(inner: str, outer: str) -> float:
    """The share of the first one's pairs of characters that the other has, 0–1."""
    pairs = _bigrams(inner)
    return (pairs & _bigrams(outer)).total() / pairs.total() if pairs else 0.0


def _bigrams(words: str) -> Counter[str]:
    return Counter(words[at : at + 2] for at in range(len(words) - 1))


def align(
    gold: Sequence[Stated], ours: Sequence[Stated], like: Likeness, least: float = RIGHT_DUTY
) -> dict[int, int]:
    """For each gold task (by place) ours that is most like it, one to one, the likest pairs first.

    Pairs less alike than `least` are none; among equals those with the same date, then the same rhythm, go first.
    """
    pairs = []
    for place, wanted in enumerate(gold):
        for other, got in enumerate(ours):
            score = like(wanted, got)
            if score >= least:
                agree = (wanted.date == got.date, wanted.rhythm == got.rhythm)
                pairs.append((-round(score, 2), tuple(not one for one in agree), place, other))
    chosen: dict[int, int] = {}
    for _, _, place, other in sorted(pairs):
        if place not in chosen and other not in chosen.values():
            chosen[place] = other
    return chosen
