"""What speaks for a candidate: a row of numbers, each of which means something a person could check."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from rag.candidate import Retrieved
from rag.opened import OpenedPassage
from rag.probe import Probe, nearness
from rag.question import Question
from rag.wanted import FACT_WANTS, wanted, wanted_facts

NAMES = (
    "lexical share",
    "lexical to best",
    "dense",
    "dense to best",
    "late interaction",
    "late to best",
    "coverage",
    "coverage with synonyms",
    "coverage of own words",
    "coverage in best sentence",
    "coverage of rarest",
    "coverage of headings",
    "coverage of expansions",
    "longest common run",
    "wanted fact",
    "wanted fact in best sentence",
    "no fact wanted",
    "definition",
    "bare heading",
    "head matter",
    "table row",
    "length",
)
"""The features in order. Shares and coverages lie in 0–1; cosines in -1–1; `… to best` is the gap, ≤ 0; length is ln."""

MORE_IS_BETTER = NAMES[: NAMES.index("no fact wanted")]
"""The features of which more never speaks against a candidate."""

RAREST = 4
"""How many of the rarest terms of the question are looked at apart (2–8)."""

_HEAD_MATTER = frozenset({"head", "title", "notice", "tail", "annex"})
_DEFINING = ("是指", "即", "所称", "包括", "：“", "（")


def evidence(
    probe: Probe, retrieved: Retrieved, candidates: Sequence[OpenedPassage], encoder: Encoder
) -> NDArray[np.float64]:
    """One row for each candidate; shape (candidates, len(NAMES)), float64."""
    if not candidates:
        return np.empty((0, len(NAMES)))
    numbers = np.array([candidate.number for candidate in candidates])
    lexical = retrieved.lexical[numbers].astype(np.float64)
    dense = retrieved.dense[numbers].astype(np.float64)
    late = nearness(probe, [candidate.tokens for candidate in candidates], encoder) @ probe.weights
    late /= probe.weights.sum() or 1.0
    relation = [
        lexical / probe.total,
        lexical / (lexical.max() or 1.0) - 1,
        dense,
        dense - dense.max(),
        late,
        late - late.max(),
    ]
    reading = np.array([_read(probe, candidate) for candidate in candidates])
    return np.hstack([np.column_stack(relation), reading])


def regauged(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rows of some candidates of a question, with the gaps to the best measured among these alone."""
    rows = rows.copy()
    share = NAMES.index("lexical to best")
    best_share = 1 + rows[:, share].max()
    rows[:, share] = (1 + rows[:, share]) / best_share - 1 if best_share > 0 else 0.0
    for gap in (NAMES.index("dense to best"), NAMES.index("late to best")):
        rows[:, gap] -= rows[:, gap].max()
    return rows


def _read(probe: Probe, candidate: OpenedPassage) -> list[float]:
    own, context = candidate.own, candidate.context
    where, above = candidate.sentences_with, candidate.context_terms
    held = np.fromiter((term in where or term in above for term in probe.terms), np.bool_, len(probe.terms))
    in_sentences: Counter[int] = Counter()
    in_own = in_context = 0.0
    for term, weight in zip(probe.terms, probe.weights.tolist(), strict=True):
        sentences = where.get(term, ())
        in_own += weight * bool(sentences)
        in_context += weight * (term in above)
        for sentence in sentences:
            in_sentences[sentence] += weight
    total = float(probe.weights.sum()) or 1.0
    best, in_best = max(in_sentences.items(), key=lambda entry: (entry[1], -entry[0]), default=(0, 0.0))
    present, near = _wanted(probe.question, candidate, best)
    return [
        probe.share(held),
        probe.share(probe.meant(f"{context}\n{own}", held)),
        in_own / total,
        in_best / total,
        float(held[:RAREST].mean()) if len(held) else 0.0,
        in_context / total,
        _covered_expansions(probe, candidate),
        _longest_run(probe.focus, own) / max(1, len(probe.focus)),
        float(present),
        float(near),
        float(wanted(probe.question) not in FACT_WANTS),
        float(
            probe.question.wants[:1] in (("definition",), ("list",))
            and any(word in own for word in _DEFINING)
        ),
        float(candidate.passage.bare_heading),
        float(candidate.clause.kind in _HEAD_MATTER),
        float(candidate.clause.kind == "row"),
        math.log(1 + len(own)),
    ]


def _wanted(question: Question, candidate: OpenedPassage, sentence: int) -> tuple[bool, bool]:
    """Whether the clause states a fact of the wanted kind, and whether in that sentence."""
    kept = set(wanted_facts(question, candidate.facts, candidate.clause_text))
    near = any(
        fact in kept and sentence in sentences
        for fact, sentences in zip(candidate.facts, candidate.fact_sentences, strict=True)
    )
    return bool(kept), near


def _covered_expansions(probe: Probe, candidate: OpenedPassage) -> float:
    where, above = candidate.sentences_with, candidate.context_terms
    total = sum(idf for _, idf in probe.expansions)
    return (
        sum(idf for term, idf in probe.expansions if term in where or term in above) / total if total else 0.0
    )


def _longest_run(needle: str, text: str) -> int:
    """The length of the longest stretch of `needle` that stands in `text`.

    >>> _longest_run("推动瓶改管工作", "统筹推进瓶改管工作")
    5
    """
    longest = start = 0
    for end in range(1, len(needle) + 1):
        # Only a stretch longer than the best so far matters, so both ends move forward alone.
        while end - start > longest and needle[start:end] not in text:
            start += 1
        longest = max(longest, end - start)
    return longest
