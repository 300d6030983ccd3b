"""What retrieval makes of each example: its candidates with their evidence, and the spans of the right clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.units import unit_groups
from index.build import build
from index.encoder import Encoder
from rag.assistant import Assistant, Considered
from rag.decide import NAMES as DECISION
from rag.decide import RELEVANCE_NAMES
from rag.evidence import NAMES as EVIDENCE
from rag.home import Home
from rag.masthead import asks_for_head
from rag.quote import NAMES as SPANS
from rag.quote import describe
from rag.settings import Settings
from rag.spans import candidate_spans
from rag.training.examples import Example, squeezed
from rag.training.fit import Listed
from rag.weights import LinearModel, Weights

SPARE_CHARACTERS = 6
"""How many characters more than the asked words a marked span may have and still be right (0–20)."""


@dataclass(frozen=True)
class Observed:
    """An example with its candidates; `right` bool (candidates,); `spans` where a right clause holds the asked words."""

    example: Example
    considered: Considered
    right: NDArray[np.bool_]
    spans: Listed | None


def open_blank(home: Path, documents: Sequence[Document], encoder: Encoder) -> Assistant:
    """An assistant over `documents` with no weights yet."""
    blank = {
        part: LinearModel(tuple(names), np.zeros(len(names)), 0.0)
        for part, names in {
            "rerank": EVIDENCE,
            "quote": SPANS,
            "decide": DECISION,
            "relevance": RELEVANCE_NAMES,
        }.items()
    }
    snapshot = build(home, documents, encoder)
    settings = Settings(home=home)
    return Assistant(
        Home(home, encoder), snapshot, encoder, settings, Weights(**blank, answered_from=0.5, unsure_from=0.5)
    )


def observe(assistant: Assistant, examples: Sequence[Example]) -> list[Observed]:
    """Each example that retrieval has candidates for; questions about a document's head are left out."""
    state = assistant.state()
    held = tuple(state.snapshot.documents.values())
    observed = []
    for example in examples:
        question = state.reader.read(example.question, context=example.context)
        if asks_for_head(question, held, strangers=Settings().head_strangers):
            continue
        considered = assistant.consider(question, state)
        if considered is not None:
            observed.append(_observed(example, considered))
    return observed


def _observed(example: Example, considered: Considered) -> Observed:
    texts = [
        candidate.document.text[candidate.clause.start : candidate.clause.end]
        for candidate in considered.candidates
    ]
    right = np.array(
        [
            example.right(candidate.document.id, text)
            for candidate, text in zip(considered.candidates, texts, strict=True)
        ]
    )
    spans = None
    for i in np.flatnonzero(right):
        spans = _listed_spans(example, considered, int(i), texts[i])
        if spans is not None:
            break
    return Observed(example, considered, right, spans)


def _listed_spans(example: Example, considered: Considered, i: int, text: str) -> Listed | None:
    spans = candidate_spans(text, considered.candidates[i].facts, unit_groups(text))
    held = [squeezed(text[span.start : span.end]) for span in spans]
    extra = [
        min((len(words) - len(asked) for asked in example.spans if asked in words), default=None)
        for words in held
    ]
    fitting = [spare for spare in extra if spare is not None and spare <= SPARE_CHARACTERS]
    if not fitting:
        return None
    # Of the spans that hold the asked words only the closest are right, so that marks stay short.
    right = np.array([spare == min(fitting) for spare in extra])
    return Listed(describe(considered.probe, text, spans), right)
