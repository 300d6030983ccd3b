"""What is seen when it is decided whether a question has an answer, and the weights fitted to that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.decide import NAMES, SPEAKS_AGAINST, SPEAKS_FOR
from rag.training.examples import FOLDS
from rag.training.fit import fit_rows
from rag.weights import LinearModel

DECISION_PENALTY = 30.0
_DECISION_SIGNS = dict.fromkeys(SPEAKS_FOR, 1) | dict.fromkeys(SPEAKS_AGAINST, -1)


@dataclass(frozen=True)
class Decisions:
    """Rows of the decision's features, whether there is an answer to be had, and how much each row counts.

    `fold` is the part of the plans' questions a row is left out with, -1 for none; `natural` marks plans' questions
    as they were asked, against those whose answer was taken away.
    """

    rows: NDArray[np.float64]
    answerable: NDArray[np.bool_]
    importance: NDArray[np.float64]
    fold: NDArray[np.int64]
    natural: NDArray[np.bool_]

    def fit(self, kept: NDArray[np.bool_]) -> LinearModel:
        """The decision's weights from the kept rows."""
        # Units as the ranking has refuse more of the unanswerable here, and more of the answerable in larger homes.
        return fit_rows(
            NAMES,
            self.rows[kept],
            self.answerable[kept],
            self.importance[kept],
            penalty=DECISION_PENALTY,
            signs=_DECISION_SIGNS,
        )

    def left_out(self) -> NDArray[np.float64]:
        """The probability of each natural row under the model that was not fitted on it."""
        probabilities = np.zeros(len(self.rows))
        for fold in range(FOLDS):
            out = self.fold == fold
            probabilities[out] = self.fit(~out).probability(self.rows[out])
        return probabilities[self.natural]
