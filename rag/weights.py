"""Weights learnt from questions: read from a file that says how they were made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PARTS = ("rerank", "reconsider", "quote_facts", "quote_words", "decide", "relevance")
SHIPPED = Path(__file__).with_name("weights.json")
DECIMALS = 5
"""Digits after the point that weights are written with (3–12)."""
_COLUMNS = ("centre", "scale", "weight", "inner")


@dataclass(frozen=True)
class LinearModel:
    """A weighted sum of named features, `score = bias + Σ weight × feature`; unbounded, higher is better."""

    names: tuple[str, ...]
    weights: NDArray[np.float64]
    bias: float

    def score(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (rows,), float64."""
        return np.asarray(rows @ self.weights + self.bias)

    def probability(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The logistic of the score, 0–1; shape (rows,)."""
        return _logistic(self.score(rows))


@dataclass(frozen=True)
class BentModel:
    """A weighted sum of features, corrected by a few units that tell where one feature counts differently beside another.

    With z the features less `centre` over `scale`: `score = bias + z·weights + tanh(z·inner + biases)·outer`; unbounded,
    higher is better. Shapes: (features,) all but `inner` (features, units), `biases` and `outer` (units,); float64.
    """

    names: tuple[str, ...]
    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    inner: NDArray[np.float64]
    biases: NDArray[np.float64]
    outer: NDArray[np.float64]
    bias: float = 0.0

    @classmethod
    def straight(cls, names: Sequence[str], weights: NDArray[np.float64]) -> BentModel:
        """The plain weighted sum, as a model without units."""
        count = len(names)
        return cls(
            tuple(names),
            np.zeros(count),
            np.ones(count),
            weights,
            np.zeros((count, 0)),
            np.zeros(0),
            np.zeros(0),
        )

    def score(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (rows,), float64."""
        standard = (rows - self.centre) / self.scale
        bent = np.tanh(standard @ self.inner + self.biases) @ self.outer
        return np.asarray(standard @ self.weights + bent + self.bias)

    def probability(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The logistic of the score, 0–1; shape (rows,)."""
        return _logistic(self.score(rows))


def _logistic(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -50, 50))))


@dataclass(frozen=True)
class QuoteModels:
    """What chooses the answering words: among facts of the wanted kind, and among whatever words."""

    facts: LinearModel
    words: LinearModel


@dataclass(frozen=True)
class Weights:
    """All learnt parts: who comes first, which words answer, how sure it is, and from where an answer counts.

    `answered_from` and `unsure_from` are probabilities: at or above the first the answer stands, between the two
    it is shown as unsure, below the second it is refused.
    """

    rerank: LinearModel
    reconsider: BentModel
    quote_facts: LinearModel
    quote_words: LinearModel
    decide: LinearModel
    relevance: LinearModel
    answered_from: float
    unsure_from: float

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Weights:
        """Reads a weights file written by `python -m rag.training`. Raises ValueError where it is of another make."""
        held = json.loads(path.read_text(encoding="utf-8"))
        try:
            return cls(
                rerank=_model(held["rerank"]),
                reconsider=_bent_model(held["reconsider"]),
                quote_facts=_model(held["quote_facts"]),
                quote_words=_model(held["quote_words"]),
                decide=_model(held["decide"]),
                relevance=_model(held["relevance"]),
                answered_from=float(held["answered_from"]),
                unsure_from=float(held["unsure_from"]),
            )
        except KeyError as missing:
            raise ValueError(
                f"{path}: no part {missing}; make the file again with python -m rag.training"
            ) from missing

    def to_json(self, note: Mapping[str, Any]) -> str:
        """The weights as a file holds them, readable, with a `note` of how they were made."""
        held: dict[str, Any] = {"note": dict(note)}
        for part in PARTS:
            model: LinearModel | BentModel = getattr(self, part)
            held[part] = _record(model) if isinstance(model, LinearModel) else _bent_record(model)
        held |= {"answered_from": self.answered_from, "unsure_from": self.unsure_from}
        return json.dumps(held, ensure_ascii=False, indent=1) + "\n"

    @property
    def quote(self) -> QuoteModels:
        """Both parts that choose the answering words."""
        return QuoteModels(self.quote_facts, self.quote_words)

    def expect(self, part: str, names: Sequence[str]) -> None:
        """Raises ValueError unless the model of that part was fitted on just these features."""
        model: LinearModel | BentModel = getattr(self, part)
        if model.names != tuple(names):
            raise ValueError(
                f"weights for {part} were fitted on other features ({len(model.names)}, expected {len(names)}); "
                "make the file again with python -m rag.training"
            )


def _record(model: LinearModel) -> dict[str, Any]:
    weights = {name: round(float(w), DECIMALS) for name, w in zip(model.names, model.weights, strict=True)}
    return {"bias": round(model.bias, DECIMALS), "weights": weights}


def _bent_record(model: BentModel) -> dict[str, Any]:
    columns = (model.centre, model.scale, model.weights, model.inner)
    rows = {
        name: dict(zip(_COLUMNS, (_rounded(column[i]) for column in columns), strict=True))
        for i, name in enumerate(model.names)
    }
    bent = {"biases": _rounded(model.biases), "outer": _rounded(model.outer)}
    return {"bias": round(model.bias, DECIMALS), "features": rows, **bent}


def _rounded(values: NDArray[np.float64]) -> Any:
    return np.round(values, DECIMALS).tolist()


def _bent_model(held: Mapping[str, Any]) -> BentModel:
    rows: Mapping[str, Mapping[str, Any]] = held["features"]
    centre, scale, weights, inner = (
        np.array([row[column] for row in rows.values()], dtype=np.float64) for column in _COLUMNS
    )
    biases, outer = (np.array(held[part], dtype=np.float64) for part in ("biases", "outer"))
    inner = inner.reshape(len(rows), -1)
    return BentModel(tuple(rows), centre, scale, weights, inner, biases, outer, float(held["bias"]))


def _model(held: Mapping[str, Any]) -> LinearModel:
    weights: Mapping[str, float] = held["weights"]
    return LinearModel(
        tuple(weights), np.array(list(weights.values()), dtype=np.float64), float(held["bias"])
    )
