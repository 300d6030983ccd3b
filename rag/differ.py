"""Where two clauses that lay down much the same say something else: pairs of quotations, not a description."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.candidate import Placed
from rag.marked import Marked
from rag.pieces import folded
from rag.spans import FACT_KINDS

_SENTENCE = re.compile(r"[^。；;！？!?\n\t]+")
_MEMBER = re.compile(r"[^、，,：:。；;！？!?\n\t“”（）()《》]+|《[^《》\n]*》")

LIKE = 0.35
"""The share of a sentence's character pairs that another has too, from which they are taken for a pair (0–1)."""
SHORT = 12
"""A member of at most so many characters is marked whole (4–40)."""
LEAST = 4
"""A difference inside a longer member is marked with what follows it, up to so many characters (1–20)."""

MOST = 3
"""A sentence that differs in more places than this is another sentence, not the same with a difference (1–10)."""
_JOINING = frozenset("、“”")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch `[start, end)` of a clause that the other clause has not, in a sentence with a pair in the other.

    `alike` is how alike the two sentences are, 0–1.
    """

    start: int
    end: int
    alike: float


def differing(
    chosen: Sequence[Placed], marks: Mapping[int, Sequence[Marked]]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """By passage number, where each clause differs from the best of another document (else from the next best).

    `marks` are the passages' candidate spans, best first: only the sentence of the best words is looked at. A fact
    that the other clause has not is a difference by itself; one that both state is none.
    """
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for entry in chosen:
        own, marked = entry.opened, marks[entry.opened.number]
        others = [other.opened for other in chosen if other is not entry]
        others.sort(key=lambda other: other.document.id == own.document.id)
        words = next((one.span for one in marked if one.span.kind not in FACT_KINDS), None)
        if not others or words is None or _is_difference(marked[0], own.clause_text, others[0].clause_text):
            continue
        found[own.number] = differing_words(own.clause_text, others[0].clause_text, (words.start, words.end))
    return found


def _is_difference(best: Marked, text: str, other: str) -> bool:
    """Whether the best candidate is a fact that the other clause does not state in the same words."""
    return best.span.kind in FACT_KINDS and text[best.span.start : best.span.end] not in other


def differences(text: str, other: str) -> tuple[Difference, ...]:
    """What `text` says otherwise than `other`, in the order of the text; offsets in characters of `text`.

    >>> here, there = "发生较大以上事故的，开展排查。", "发生重大以上事故的，开展排查。"
    >>> [here[one.start : one.end] for one in differences(here, there)]
    ['发生较大以上事故的']
    """
    mine, theirs = folded(text), folded(other)
    others = [(sentence.group(), _pairs(sentence.group())) for sentence in _SENTENCE.finditer(theirs)]
    found: list[Difference] = []
    for sentence in _SENTENCE.finditer(mine):
        pairs = _pairs(sentence.group())
        alike, opposite = max(
            ((_share(pairs, held), words) for words, held in others),
            key=lambda pair: pair[0],
            default=(0.0, ""),
        )
        if alike >= LIKE and sentence.group() != opposite:
            members = [match.group() for match in _MEMBER.finditer(opposite)]
            for member in _MEMBER.finditer(mine, *sentence.span()):
                stretch = _differing(member.group(), members)
                if stretch is not None:
                    start, end = stretch
                    found.append(Difference(member.start() + start, member.start() + end, alike))
    return tuple(found)


def differing_words(text: str, other: str, near: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """The differing stretches in the sentence of `text` that holds the stretch `near`, at most `MOST`, joined at 、.

    >>> here, there = "深化矿山领域、燃气领域、交通领域整治。", "深化燃气领域整治。"
    >>> [here[start:end] for start, end in differing_words(here, there, (2, 6))]
    ['深化矿山领域', '交通领域整治']
    """
    sentence = next((s.span() for s in _SENTENCE.finditer(text) if s.start() <= near[0] < s.end()), None)
    if sentence is None:
        return ()
    found = [
        (one.start, one.end) for one in differences(text, other) if sentence[0] <= one.start < sentence[1]
    ]
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and set(text[joined[-1][1] : start]) <= _JOINING:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return tuple(joined) if len(joined) <= MOST else ()


def _differing(member: str, others: Sequence[str]) -> tuple[int, int] | None:
    """Which characters of a member no other member has; None when there is one just like it."""
    if member.strip() == "" or any(member in other for other in others):
        return None
    if len(member) <= SHORT:
        return 0, len(member)
    before, after = max((_shared_ends(member, other) for other in others), key=sum, default=(0, 0))
    return before, min(len(member), max(len(member) - after, before + LEAST))


def _shared_ends(one: str, other: str) -> tuple[int, int]:
    """How many characters both begin with, and how many of the rest both end with."""
    shortest = min(len(one), len(other))
    before = next((at for at in range(shortest) if one[at] != other[at]), shortest)
    rest = shortest - before
    return before, next((at for at in range(rest) if one[-1 - at] != other[-1 - at]), rest)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _share(pairs: frozenset[str], others: frozenset[str]) -> float:
    return len(pairs & others) / max(1, len(pairs))
