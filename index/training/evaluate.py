"""How well a model finds the clause for a question: `python -m index.training.evaluate --data FOLDER`.

Asks the questions on the laws kept apart among all clauses of `questions.jsonl` and a sample of other
articles, each behind the name of its law.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.encoder import BuiltinEncoder
from index.static import MODEL_FOLDER, ngrams
from index.training.data import Asked, Material, read_material

OTHERS = 20_000
SEED = 7
DEPTH = 10
CANDIDATES = 90
"""How many of BM25's best late interaction looks at."""
DENSE_WEIGHT, LATE_WEIGHT = 30.0, 80.0
"""What a cosine is worth beside a BM25 score when the two are added."""


@dataclass(frozen=True)
class Figures:
    """Shares of the questions, 0 to 1, higher is better; a question whose clause is not found counts 0."""

    hit_at_1: float
    recall_at_10: float
    mrr_at_10: float


def figures(rankings: Sequence[NDArray[np.int64]], right: Sequence[int]) -> Figures:
    """The figures of rankings (passage numbers, best first) of which one passage is right."""
    places = [np.flatnonzero(ranking[:DEPTH] == gold) for ranking, gold in zip(rankings, right, strict=True)]
    ranks = np.asarray([1 / (1 + place[0]) if len(place) else 0.0 for place in places])
    return Figures(float((ranks == 1).mean()), float((ranks > 0).mean()), float(ranks.mean()))


class Measure:
    """The questions kept apart, the passages they are asked among, and what BM25 makes of them."""

    def __init__(self, material: Material, others: int = OTHERS) -> None:
        rng = np.random.default_rng(SEED)
        sample = rng.choice(len(material.laws), min(others, len(material.laws)), replace=False)
        held = [_shown(one) for one in (*material.apart, *material.clauses)]
        more = [f"{material.laws[n].law} {material.laws[n].text}" for n in sorted(sample.tolist())]
        self.questions = [one.question for one in material.apart]
        self.passages = list(dict.fromkeys(held + more))
        place = {passage: number for number, passage in enumerate(self.passages)}
        self.right = [place[_shown(one)] for one in material.apart]
        lexical = bm25s.BM25()
        lexical.index([ngrams(passage) for passage in self.passages], show_progress=False)
        self.scores = np.asarray(
            [lexical.get_scores(ngrams(question)) for question in self.questions], np.float32
        )

    def compare(self, encoder: BuiltinEncoder) -> dict[str, Figures]:
        """The figures of BM25, of the model, and of BM25 with the model's cosines added."""
        near = encoder.encode_questions(self.questions) @ encoder.encode_passages(self.passages).T
        late = _Late(encoder, self.passages)
        both = self.scores + DENSE_WEIGHT * near
        rankings: dict[str, list[NDArray[np.int64]]] = {
            "BM25": [_best(row) for row in self.scores],
            "dense": [_best(row) for row in near],
            "BM25 + dense": [_best(row) for row in both],
            "BM25 + late": [],
            "BM25 + dense + late": [],
        }
        for number, question in enumerate(self.questions):
            few = _best(self.scores[number])
            words = LATE_WEIGHT * late.cosines(question, few)
            rankings["BM25 + late"].append(few[_best(self.scores[number, few] + words)])
            rankings["BM25 + dense + late"].append(few[_best(both[number, few] + words)])
        return {name: figures(ranked, self.right) for name, ranked in rankings.items()}


class _Late:
    """Late interaction: each token of a question against the nearest token of a passage, averaged by idf."""

    def __init__(self, encoder: BuiltinEncoder, passages: Sequence[str]) -> None:
        self._encoder = encoder
        self._tokens = [np.unique(encoder.tokens(passage)) for passage in passages]
        seen = np.bincount(np.concatenate(self._tokens), minlength=encoder.vocabulary_size)
        self._idf = np.log(1 + (len(passages) - seen + 1 / 2) / (seen + 1 / 2)).astype(np.float32)

    def cosines(self, question: str, passages: NDArray[np.int64]) -> NDArray[np.float32]:
        """One number for each of the passages."""
        asked = self._encoder.tokens(question)
        held = [self._tokens[number] for number in passages]
        if not len(asked) or not all(map(len, held)):
            return np.zeros(len(passages), np.float32)
        distinct, places = np.unique(np.concatenate(held), return_inverse=True)
        near = self._encoder.token_vectors(asked) @ self._encoder.token_vectors(distinct).T
        starts = np.cumsum([0, *map(len, held[:-1])])
        greatest = np.maximum.reduceat(near[:, places], starts, axis=1)
        weights = self._idf[asked]
        cosines: NDArray[np.float32] = (weights @ greatest) / max(float(weights.sum()), 1e-9)
        return cosines


def _best(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The places of the highest scores, best first; of equal ones the earlier first."""
    return np.argsort(-scores, kind="stable")[:CANDIDATES]


def _shown(one: Asked) -> str:
    return f"{one.law} {one.text}"


def main() -> None:
    """Print a table of the figures."""
    parser = argparse.ArgumentParser(prog="python -m index.training.evaluate", description="Measure a model.")
    parser.add_argument("--data", type=Path, required=True, help="the folder the model was trained on")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER, help="the model's folder")
    options = parser.parse_args()
    measure = Measure(read_material(options.data))
    lines = [
        f"{len(measure.questions)} questions among {len(measure.passages)} clauses",
        f"{'':20} hit@1  recall@10  MRR@10",
    ]
    for name, one in measure.compare(BuiltinEncoder(options.model)).items():
        lines.append(f"{name:20}  {one.hit_at_1:.3f}      {one.recall_at_10:.3f}   {one.mrr_at_10:.3f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
