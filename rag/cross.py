"""A cross-encoder of the user's choice puts the best candidates in order: it reads question and clause together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from rag.candidate import Candidate


class CrossEncoder(Protocol):
    """Says how well each passage answers a question."""

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """One number for each passage, shape (passages,), unbounded, higher is better."""


class SentenceTransformersCrossEncoder:
    """Any cross-encoder of sentence-transformers, by its name on the hub or the path of a local folder.

    Raises EncoderError when the library is not installed or the model cannot be found or read.
    """

    def __init__(self, name_or_path: str) -> None:
        try:
            # Heavy (seconds, hundreds of MB) and an extra: imported only by those who ask for such a model.
            from sentence_transformers import CrossEncoder as Library
        except ImportError as error:
            raise EncoderError(
                f"the cross-encoder {name_or_path!r} needs sentence-transformers, which is not installed: "
                "pip install 'yiju[models]', or leave YIJU_CROSS_ENCODER unset"
            ) from error
        try:
            self._model = Library(name_or_path)
        except (OSError, ValueError) as error:
            reason = str(error).strip().split("\n")[0]
            raise EncoderError(
                f"no cross-encoder {name_or_path!r} ({reason}); expected the path of a model folder or a name on the "
                "hub: without network, download the model elsewhere and give the path of its folder"
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """One number for each passage, shape (passages,), unbounded, higher is better."""
        pairs = [(question, passage) for passage in passages]
        found = self._model.predict(pairs, show_progress_bar=False)
        return np.asarray(found, dtype=np.float64).reshape(len(pairs))


def reorder(ranked: Sequence[Candidate], scores: NDArray[np.float64]) -> tuple[Candidate, ...]:
    """The ranked with their first `len(scores)` in the order of `scores`, best first, ties as they were.

    Each takes the score of the place it comes to, so that what is fitted on scores (how sure an answer is) holds as
    it did: a cross-encoder's own numbers mean another thing with every model.
    """
    order = np.argsort(-scores, kind="stable")
    moved = (replace(ranked[at], score=ranked[place].score) for place, at in enumerate(order.tolist()))
    return (*moved, *ranked[len(scores) :])
