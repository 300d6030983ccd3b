"""What speaks for a candidate: a row of numbers, each of which means something a person could check."""

from __future__ import annotations

import math
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
    "lexical of the one before",
    "lexical of the one after",
    "coverage",
    "coverage of own words",
    "coverage in best sentence",
    "coverage of headings",
    "worded as documents do",
    "object defined",
    "wanted fact",
    "wanted fact in best sentence",
    "no fact wanted",
    "definition",
    "asks itself",
    "leads to what follows",
    "near the beginning",
    "bare heading",
    "head matter",
    "table row",
    "length",
)
"""The features in order. Shares and coverages lie in 0–1; cosines in -1–1; `… to best` is the gap, ≤ 0; length is ln."""

MORE_IS_BETTER = NAMES[: NAMES.index("no fact wanted")]
"""The features of which more never speaks against a candidate."""

_GAPS = tuple(NAMES.index(f"{name} to best") for name in ("dense", "late"))
_LATER = 0.005
"""A passage that begins so many characters into its document, inversely, is half as near the beginning (0.0001–0.1)."""
_DEFINING = ("是指", "即", "所称", "包括", "：“", "（")
_HEAD_MATTER = frozenset({"head", "title", "notice", "tail", "annex"})


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
    beside = (_beside(numbers, retrieved, step) / probe.total for step in (-1, 1))
    relation = [
        lexical / probe.total,
        lexical / (lexical.max() or 1.0) - 1,
        dense,
        dense - dense.max(),
        late,
        late - late.max(),
        *beside,
    ]
    return np.hstack([np.column_stack(relation), _read(probe, candidates)])


def _beside(numbers: NDArray[np.int64], retrieved: Retrieved, step: int) -> NDArray[np.float64]:
    """The lexical scores of the passages `step` further on in the same documents; 0 where there is none."""
    other = np.clip(numbers + step, 0, len(retrieved.lexical) - 1)
    same = (retrieved.documents[other] == retrieved.documents[numbers]) & (other != numbers)
    return np.where(same, retrieved.lexical[other], np.float32(0)).astype(np.float64)


def regauged(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rows of some candidates of a question, with the gaps to the best measured among these alone."""
    rows = rows.copy()
    share = NAMES.index("lexical to best")
    best_share = 1 + rows[:, share].max()
    rows[:, share] = (1 + rows[:, share]) / best_share - 1 if best_share > 0 else 0.0
    for gap in _GAPS:
        rows[:, gap] -= rows[:, gap].max()
    return rows


def _read(probe: Probe, candidates: Sequence[OpenedPassage]) -> NDArray[np.float64]:
    """What is found in the candidates' own words and headings, a row for each."""
    in_own = [probe.terms_in(one.own) for one in candidates]
    # Passages of one document often stand under the same headings.
    in_context = {context: probe.terms_in(context) for context in {one.context for one in candidates}}
    own = _held(in_own, len(probe.terms))
    above = _held([in_context[one.context] for one in candidates], len(probe.terms))
    held = own | above
    total = float(probe.weights.sum()) or 1.0
    weights = probe.weights.tolist()
    sentences = [
        _best_sentence(probe, one, weights, found) for one, found in zip(candidates, in_own, strict=True)
    ]
    stated = np.array(
        [_wanted(probe.question, one, best) for one, (best, _) in zip(candidates, sentences, strict=True)]
    )
    defined = probe.question.wants[:1] in (("definition",), ("list",))
    return np.column_stack(
        [
            held @ probe.weights / total,
            own @ probe.weights / total,
            np.array([covered for _, covered in sentences]) / total,
            above @ probe.weights / total,
            [_share_in(one.own, probe.question.phrased) for one in candidates],
            [any(way in one.own for way in probe.question.defining) for one in candidates],
            stated,
            np.full(len(candidates), wanted(probe.question) not in FACT_WANTS),
            [defined and any(word in one.own for word in _DEFINING) for one in candidates],
            [one.own.endswith("?") for one in candidates],
            [one.own.endswith(":") for one in candidates],
            [1 / (1 + _LATER * one.passage.start) for one in candidates],
            [one.passage.bare_heading for one in candidates],
            [one.clause.kind in _HEAD_MATTER for one in candidates],
            [one.clause.kind == "row" for one in candidates],
            [math.log(1 + len(one.own)) for one in candidates],
        ]
    ).astype(np.float64)


def _share_in(text: str, words: Sequence[str]) -> float:
    """The share of the words that stand in the text, 0–1; 0 where there are none."""
    return sum(word in text for word in words) / len(words) if words else 0.0


def _held(found: Sequence[Sequence[int]], terms: int) -> NDArray[np.bool_]:
    """Which of so many terms each candidate holds, (candidates, terms); `found` has their numbers."""
    held = np.zeros((len(found), terms), dtype=np.bool_)
    for row, numbers in zip(held, found, strict=True):
        row[numbers] = True
    return held


def _best_sentence(
    probe: Probe, candidate: OpenedPassage, weights: Sequence[float], found: Sequence[int]
) -> tuple[int, float]:
    """The number of the sentence that holds most of the question's terms, and their weight; the first of equals.

    `found` has the numbers of the terms that the candidate's own words hold.
    """
    best, most = 0, 0.0
    for number, sentence in enumerate(candidate.sentences if found else ()):
        covered = sum([weights[term] for term in probe.terms_in(sentence, found)])
        if covered > most:
            best, most = number, covered
    return best, most


def _wanted(question: Question, candidate: OpenedPassage, sentence: int) -> tuple[bool, bool]:
    """Whether the clause states a fact of the wanted kind, and whether in that sentence."""
    if wanted(question) not in FACT_WANTS:
        return False, False  # without having the facts found
    kept = set(wanted_facts(question, candidate.facts, candidate.clause_text))
    near = any(
        fact in kept and sentence in sentences
        for fact, sentences in zip(candidate.facts, candidate.fact_sentences, strict=True)
    )
    return bool(kept), near
