"""Mark the words that answer: the stretch of a clause that is of the wanted kind and belongs to the asked object."""

from __future__ import annotations

import numpy as np

from rag.marked import Marked
from rag.opened import OpenedPassage
from rag.probe import Probe
from rag.reading.reading import Reading
from rag.span_evidence import describe
from rag.weights import QuoteModels


def mark(probe: Probe, opened: OpenedPassage, reading: Reading, models: QuoteModels) -> tuple[Marked, ...]:
    """The candidate spans of the opened passage's clause, best first; `reading` is what reading it found.

    Where the question wants a fact of fixed form and the clause states some, only these and what reading found are
    candidates.
    """
    spans, rows, facts = describe(probe, opened, reading)
    if not spans:
        return ()
    scores = (models.facts if facts else models.words).score(rows)
    order = np.argsort(-scores, kind="stable")
    return tuple(Marked(spans[i], float(scores[i])) for i in order)
