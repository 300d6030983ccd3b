"""What speaks for a candidate: a row of numbers, each of which means something a person could check."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, TokenEncoder
from index.lexical import LexicalIndex
from index.terms import normalised, terms
from rag.candidate import Retrieved
from rag.opened import OpenedPassage
from rag.question import Question, Want

NAMES = (
    "lexical share",
    "lexical to best",
    "dense",
    "dense to best",
    "late interaction",
    "late to best",
    "coverage",
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

RAREST = 4
"""How many of the rarest terms of the question are looked at apart (2–8)."""

_FACTS_OF: dict[Want, tuple[str, ...]] = {
    "deadline": ("deadline",),
    "who_leads": ("unit",),
    "units": ("unit",),
    "quantity": ("quantity",),
    "money": ("money",),
    "frequency": ("frequency",),
}
_HEAD_MATTER = frozenset({"head", "title", "notice", "tail", "annex"})
_DEFINING = ("是指", "即", "所称", "包括", "：“", "（")


@dataclass(frozen=True, slots=True)
class Probe:
    """The question made ready for looking into passages.

    `terms` are the asked object's terms, longest idf first, with `weights` (idf, float64) of equal length;
    `vectors` (tokens, dimension) and `vector_weights` serve late interaction.
    """

    question: Question
    focus: str
    terms: tuple[str, ...]
    weights: NDArray[np.float64]
    expansions: tuple[tuple[str, float], ...]
    vectors: NDArray[np.float32]
    vector_weights: NDArray[np.float64]
    total: float
    """The greatest lexical score a passage could reach."""

    @classmethod
    def of(cls, question: Question, retrieved: Retrieved, lexical: LexicalIndex, encoder: Encoder) -> Probe:
        """Prepares a question once for all its candidates."""
        object_text = question.focus or question.text
        weighed = {term: lexical.idf(term) for term in terms(object_text)}
        # A single character says little beside the pair it stands in, unless it is all there is.
        pairs = {term: idf for term, idf in weighed.items() if len(term) > 1} or weighed
        ordered = sorted(pairs, key=lambda term: (-pairs[term], term))
        expansions = {
            term: lexical.idf(term)
            for words in question.expansions.values()
            for word in words
            for term in terms(word)
            if len(term) > 1
        }
        vectors = np.empty((0, encoder.dimension), dtype=np.float32)
        vector_weights = np.empty(0)
        if isinstance(encoder, TokenEncoder):
            tokens = encoder.tokens(normalised(object_text))
            vectors = encoder.token_vectors(np.asarray(tokens, dtype=np.int64))
            vector_weights = encoder.token_weights(np.asarray(tokens, dtype=np.int64)).astype(np.float64)
        total = math.fsum(weight * lexical.idf(term) for term, weight in retrieved.weights.items())
        return cls(
            question,
            normalised(object_text),
            tuple(ordered),
            np.array([pairs[term] for term in ordered]),
            tuple(sorted(expansions.items())),
            vectors,
            vector_weights,
            total or 1.0,
        )

    def covered(self, text: str) -> float:
        """The share, 0–1 by idf, of the asked object's terms that stand in `text`."""
        if not self.terms:
            return 0.0
        held = np.fromiter((term in text for term in self.terms), dtype=np.bool_, count=len(self.terms))
        return float(self.weights[held].sum() / self.weights.sum())


def evidence(
    probe: Probe, retrieved: Retrieved, candidates: Sequence[OpenedPassage], encoder: Encoder
) -> NDArray[np.float64]:
    """One row for each candidate; shape (candidates, len(NAMES)), float64."""
    if not candidates:
        return np.empty((0, len(NAMES)))
    numbers = np.array([candidate.number for candidate in candidates])
    lexical = retrieved.lexical[numbers].astype(np.float64)
    dense = retrieved.dense[numbers].astype(np.float64)
    late = late_interaction(probe, candidates, encoder)
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


def _read(probe: Probe, candidate: OpenedPassage) -> list[float]:
    own, context = candidate.own, candidate.context
    everything = f"{context}\n{own}"
    by_sentence = [probe.covered(sentence) for sentence in candidate.sentences] or [0.0]
    best = by_sentence.index(max(by_sentence))
    wants = probe.question.wants
    kinds = _FACTS_OF.get(wants[0], ()) if wants else ()
    present = [fact for fact in candidate.facts if fact.kind in kinds]
    defining = bool(wants) and wants[0] in ("definition", "list") and any(word in own for word in _DEFINING)
    best_sentence = candidate.sentences[best] if candidate.sentences else ""
    near = any(normalised(_words(candidate, fact.start, fact.end)) in best_sentence for fact in present)
    rarest = probe.terms[:RAREST]
    return [
        probe.covered(everything),
        probe.covered(own),
        by_sentence[best],
        sum(term in everything for term in rarest) / len(rarest) if rarest else 0.0,
        probe.covered(context),
        _covered_expansions(probe, everything),
        _longest_run(probe.focus, own) / max(1, len(probe.focus)),
        float(bool(present)),
        float(near),
        float(not kinds),
        float(defining),
        float(candidate.passage.bare_heading),
        float(candidate.clause.kind in _HEAD_MATTER),
        float(candidate.clause.kind == "row"),
        math.log(1 + len(own)),
    ]


def _words(candidate: OpenedPassage, start: int, end: int) -> str:
    return candidate.document.text[candidate.clause.start + start : candidate.clause.start + end]


def _covered_expansions(probe: Probe, text: str) -> float:
    total = sum(idf for _, idf in probe.expansions)
    return sum(idf for term, idf in probe.expansions if term in text) / total if total else 0.0


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


def late_interaction(
    probe: Probe, candidates: Sequence[OpenedPassage], encoder: Encoder
) -> NDArray[np.float64]:
    """Σ over the question's tokens of weight × greatest cosine to a token of the passage, over Σ weight; 0–1.

    MaxSim of ColBERT (Khattab & Zaharia 2020) over static token vectors. Shape (candidates,), 0 without a token encoder.
    """
    if not len(probe.vectors) or not isinstance(encoder, TokenEncoder):
        return np.zeros(len(candidates))
    lengths = np.array([len(candidate.tokens) for candidate in candidates])
    everything = np.concatenate([candidate.tokens for candidate in candidates])
    if not len(everything):
        return np.zeros(len(candidates))
    distinct, where = np.unique(everything, return_inverse=True)
    cosines = (encoder.token_vectors(distinct) @ probe.vectors.T)[where]
    result = np.zeros(len(candidates))
    filled = lengths > 0
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])[filled]
    greatest = np.maximum.reduceat(cosines, starts, axis=0).astype(np.float64)
    result[filled] = greatest @ probe.vector_weights / (probe.vector_weights.sum() or 1.0)
    return result
