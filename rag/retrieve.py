"""Find wide: the passages that share the question's terms, and those that stand near it in meaning."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.snapshot import Snapshot
from index.terms import terms
from rag.candidate import Retrieved
from rag.question import Question
from rag.settings import Settings

SHARE_FOR_GRAPH = 0.5
"""The least share of all passages, 0–1, that must be in scope for the graph to be asked."""
BLOCK = 64
"""Passages of which only the best counts when the lowest score that is in is estimated (8–1,024)."""


def weigh(question: Question, settings: Settings) -> dict[str, float]:
    """The question's terms with their weights: the asked object full, the rest and synonyms less."""
    weights: dict[str, float] = {}

    def add(text: str, weight: float) -> None:
        for term in terms(text):
            weights[term] = max(weights.get(term, 0.0), weight)

    add(question.focus, settings.focus_weight)
    add(question.text, settings.aside_weight)
    add(question.carried, settings.carried_weight)
    for key, words in question.expansions.items():
        for word in words:
            add(word, settings.near_weight if key in question.near else settings.expansion_weight)
    # Single characters of phrases stand everywhere.
    said = {
        term for words in (*question.phrased, *question.defining) for term in terms(words) if len(term) > 1
    }
    return weights | dict.fromkeys(sorted(said - weights.keys()), settings.phrased_weight)


def _best(scores: NDArray[np.float32], allowed: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """The `count` best allowed passages with a score above 0, best first, ties by passage number."""
    masked = np.where(allowed, scores, np.float32(0))
    found = np.flatnonzero((masked >= _reached(masked, count)) & (masked > 0))
    return np.asarray(found[np.argsort(-masked[found], kind="stable")][:count], dtype=np.int64)


def _reached(scores: NDArray[np.float32], count: int) -> float:
    """A score that at least `count` passages reach, and hardly more: that of the best of so many blocks."""
    blocks = len(scores) // BLOCK
    if not 0 < count <= blocks:
        return 0.0
    best = scores[: blocks * BLOCK].reshape(blocks, BLOCK).max(axis=1)
    return float(np.partition(best, -count)[-count])


def _unplaced(
    question: Question, snapshot: Snapshot, passage_documents: NDArray[np.int32]
) -> NDArray[np.bool_] | None:
    """Which passages are of documents that may hold for the asked place but do not say so; None when none is."""
    if not question.unplaced or question.compares:
        return None
    of = [name in question.unplaced for name in snapshot.documents]
    return np.array(of, dtype=np.bool_)[passage_documents]


def _allowed(
    question: Question, snapshot: Snapshot, passage_documents: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Which passages may answer: bool, shape (passages,)."""
    count = len(snapshot.passages)
    allowed = np.ones(count, dtype=np.bool_)
    scope, withheld = question.documents, question.withheld
    if scope is not None or withheld:
        may = [(scope is None or name in scope) and name not in withheld for name in snapshot.documents]
        allowed = np.array(may, dtype=np.bool_)[passage_documents]
    if question.clauses is not None:
        allowed &= np.fromiter(
            (passage.clause_id in question.clauses for passage in snapshot.passages),
            dtype=np.bool_,
            count=count,
        )
    return allowed


def retrieve(
    question: Question,
    snapshot: Snapshot,
    encoder: Encoder,
    passage_documents: NDArray[np.int32],
    settings: Settings,
) -> Retrieved:
    """Both searches over the passages in scope.

    `passage_documents` holds for each passage the number of its document in `snapshot.documents` (in order).
    A document that states no place answers a question about one behind those that do: its scores are lowered.
    Where the index has a graph over the vectors and the question names no scope, the graph is asked, and cosines are worked
    out for what either search put forward alone.
    """
    weights = weigh(question, settings)
    count = len(snapshot.passages)
    allowed = _allowed(question, snapshot, passage_documents)
    searched = int(np.count_nonzero(allowed))
    narrowed = question.documents is not None or question.clauses is not None
    lexical = snapshot.lexical.scores(weights)
    unplaced = _unplaced(question, snapshot, passage_documents)
    if unplaced is not None:
        lexical[unplaced] *= settings.unplaced_factor
        allowed |= unplaced
    by_words = _best(lexical, allowed, settings.lexical_candidates)
    vector = encoder.encode_questions([question.in_full])[0]
    if snapshot.dense.graph is not None and not narrowed and searched >= SHARE_FOR_GRAPH * count:
        # The graph also reaches passages that are withheld: enough are asked for to be left with as many.
        reached = math.ceil(settings.dense_candidates * count / max(searched, 1))
        by_meaning, _ = snapshot.dense.search(vector, reached)
        by_meaning = by_meaning[allowed[by_meaning]][: settings.dense_candidates]
        dense = np.zeros(count, dtype=np.float32)
        found = np.union1d(by_words, by_meaning)
        dense[found] = snapshot.dense.vectors[found] @ vector
        by_meaning = by_meaning[dense[by_meaning] > 0]
    else:
        dense = snapshot.dense.scores(vector)
        if unplaced is not None:
            dense[unplaced] *= settings.unplaced_factor
        by_meaning = _best(dense, allowed, settings.dense_candidates)
    return Retrieved(weights, lexical, dense, passage_documents, by_words, by_meaning, searched)
