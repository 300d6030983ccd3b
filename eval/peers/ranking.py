"""What every peer does the same way: take the words asked, show the best-scored passages, never refuse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.gold import GoldQuestion
from eval.response import DEPTH, Response, Shown
from index.snapshot import Snapshot


def asked(question: GoldQuestion) -> str:
    """The question's words; a follow-up has the previous question before it, as plain systems do."""
    return f"{question.context} {question.question}" if question.context else question.question


def shown_of(snapshot: Snapshot) -> list[Shown]:
    """What is shown of each of our passages: its own words."""
    return [
        Shown(
            passage.document_id,
            snapshot.documents[passage.document_id].text[passage.start : passage.end],
            clause_id=passage.clause_id,
        )
        for passage in snapshot.passages
    ]


def best(scores: NDArray[np.float32], shown: Sequence[Shown]) -> Response:
    """The `DEPTH` passages of highest score, best first, equals in the order of the documents.

    `scores` has shape (passages,), row i for `shown[i]`.
    """
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return Response(citations=tuple(shown[at] for at in order))
