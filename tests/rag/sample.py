"""A few passages opened by hand, and an encoder whose vectors can be checked on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index.encoder import Encoder
from index.lexical import LexicalIndex
from index.passages import PassageSettings, passages
from index.terms import terms
from rag.candidate import Candidate, Retrieved
from rag.evidence import NAMES
from rag.opened import OpenedPassage
from rag.probe import Probe
from rag.question import Question, Want
from rag.reading.reading import Reading
from rag.weights import LinearModel
from tests.index.sample import HashEncoder, Part, document

__all__ = ["HashEncoder", "Part", "document"]


@dataclass(frozen=True)
class PlaneEncoder:
    """Three words with vectors in the plane: 煤气 stands at cosine 0.6 to 燃气 and 0.8 to 电梯."""

    name: str = "plane"
    fingerprint: str = "plane-1"
    dimension: int = 2
    words: Mapping[str, tuple[float, float]] = field(
        default_factory=lambda: {"燃气": (1.0, 0.0), "煤气": (0.6, 0.8), "电梯": (0.0, 1.0)}
    )

    @property
    def vocabulary_size(self) -> int:
        return len(self.words)

    def tokens(self, text: str) -> NDArray[np.int64]:
        return np.flatnonzero([word in text for word in self.words])

    def distinct_tokens(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        return [self.tokens(text) for text in texts]

    def token_vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.array(list(self.words.values()), dtype=np.float32)[ids]

    def term_vectors(self, terms: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self.words.get(term, (0.0, 0.0)) for term in terms], dtype=np.float32).reshape(-1, 2)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(np.array([[1.0, 0.0]], dtype=np.float32), (len(texts), 1))

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)


@dataclass(frozen=True)
class Opened:
    """Documents cut into passages, opened and indexed."""

    passages: tuple[OpenedPassage, ...]
    lexical: LexicalIndex
    encoder: Encoder

    @classmethod
    def of(cls, *documents: Document, encoder: Encoder | None = None) -> Opened:
        encoder = encoder or HashEncoder()
        opened = [
            (passage, one, one.clause(passage.clause_id))
            for one in documents
            for passage in passages(one, PassageSettings())
        ]
        return cls(
            tuple(OpenedPassage(number, *entry, encoder) for number, entry in enumerate(opened)),
            LexicalIndex.build([terms(passage.indexed(one)) for passage, one, _ in opened]),
            encoder,
        )

    def retrieved(self, question: Question) -> Retrieved:
        """Every passage found, with its BM25 score for the focus and its cosine."""
        weights = dict.fromkeys(terms(question.focus), 1.0)
        texts = [opened.own for opened in self.passages]
        dense = self.encoder.encode_passages(texts) @ self.encoder.encode_questions([question.text])[0]
        everything = np.arange(len(texts))
        held = {document_id: at for at, document_id in enumerate(dict.fromkeys(self._held_by()))}
        documents = np.array([held[document_id] for document_id in self._held_by()], dtype=np.int32)
        return Retrieved(
            weights, self.lexical.scores(weights), dense, documents, everything, everything, len(texts)
        )

    def _held_by(self) -> list[str]:
        return [opened.document.id for opened in self.passages]

    def probe(self, question: Question) -> Probe:
        return Probe.of(question, self.retrieved(question), self.lexical, self.encoder)


def asking(focus: str, *wants: Want, **more: object) -> Question:
    return Question(asked=focus, text=focus, focus=focus, wants=wants, **more)  # type: ignore[arg-type]  # a test names fields by need


def clause(words: str, document_id: str = "one", title: str = "通知") -> Document:
    """A document of a single clause."""
    return document(document_id, title, [Part(words, label="1.")])


FAMILIES = ("", ", units", ", measures", ", words")
"""A feature may stand once for all spans, or once for each family of facts."""


def model(names: Sequence[str], bias: float = 0.0, /, **weights: float) -> LinearModel:
    """A model of those features, all without weight but the named ones (`_` stands for a blank)."""
    given = {
        f"{name.replace('_', ' ')}{family}": weight for name, weight in weights.items() for family in FAMILIES
    }
    assert len(set(given) & set(names)) >= len(weights)
    return LinearModel(tuple(names), np.array([given.get(name, 0.0) for name in names]), bias)


def feature(names: Sequence[str], rows: NDArray[np.float64], name: str) -> list[float]:
    """That feature of each row, of whichever family."""
    columns = [names.index(f"{name}{family}") for family in FAMILIES if f"{name}{family}" in names]
    assert columns
    summed: list[float] = rows[:, columns].sum(axis=1).tolist()
    return summed


_EMPTY = np.empty(0, dtype=np.float32)
NOT_READ = Reading(_EMPTY, _EMPTY, _EMPTY, 0.0)
"""What is known of a passage that the network has not read."""


def read(words: str, text: str, score: float = 8.0) -> Reading:
    """A reading of `text` in which these words answer, with that score, and nothing else does."""
    starts, ends, insides = np.full((3, len(text)), -8.0, dtype=np.float32)
    at = text.index(words)
    starts[at] = ends[at + len(words) - 1] = score / 2
    insides[:] = 0
    insides[at : at + len(words)] = 1
    return Reading(starts, ends, insides, 0.0)


def candidates(scores: Iterable[float]) -> tuple[Candidate, ...]:
    return tuple(Candidate(number, np.zeros(len(NAMES)), score) for number, score in enumerate(scores))
