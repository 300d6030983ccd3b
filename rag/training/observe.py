"""What retrieval makes of each example: its candidates with their evidence, and the spans of the right clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.snapshot import Snapshot
from rag.assistant import Assistant
from rag.consider import Considered
from rag.decide import NAMES as DECISION
from rag.evidence import NAMES as EVIDENCE
from rag.evidence import regauged
from rag.home import Home
from rag.masthead import asks_for_head
from rag.opened import OpenedPassage
from rag.probe import Probe
from rag.reading.network import Network
from rag.reading.reader import Reader
from rag.reading.reading import Reading
from rag.reconsider import NAMES as RECONSIDERED
from rag.relevance import NAMES as RELEVANCE
from rag.settings import Settings
from rag.span_evidence import FACT_NAMES, WORD_NAMES, describe
from rag.training.aims import Listed
from rag.training.examples import Example, fits, squeezed
from rag.weights import BentModel, LinearModel, Weights

_FEATURES = {
    "rerank": EVIDENCE,
    "quote_facts": FACT_NAMES,
    "quote_words": WORD_NAMES,
    "decide": DECISION,
    "relevance": RELEVANCE,
}


@dataclass(frozen=True)
class ListedSpans:
    """The candidate spans of a right clause; `facts` tells which of the two models chooses among them."""

    listed: Listed
    facts: bool


@dataclass(frozen=True)
class Observed:
    """An example with the candidates retrieval found, or with the right ones taken away (`natural` False).

    `candidates`, the rows of `evidence` and `right` (bool) go together. `spans` lists the spans of a right clause
    that holds the asked words, None where none does. `read` reads the candidate of a passage number.
    """

    example: Example
    probe: Probe
    candidates: tuple[OpenedPassage, ...]
    evidence: NDArray[np.float64]
    right: NDArray[np.bool_]
    spans: ListedSpans | None
    read: Callable[[int], Reading]
    natural: bool = True

    def without_right(self) -> Observed | None:
        """The same question where what answers it is gone: a near miss. None when nothing else was found."""
        kept = np.flatnonzero(~self.right)
        if not len(kept) or not self.right.any():
            return None
        rows = regauged(self.evidence[kept])
        candidates = tuple(self.candidates[i] for i in kept)
        return replace(
            self, candidates=candidates, evidence=rows, right=self.right[kept], spans=None, natural=False
        )

    @property
    def numbers(self) -> tuple[int, ...]:
        """The candidates' passage numbers."""
        return tuple(candidate.number for candidate in self.candidates)


def open_blank(home: Path, snapshot: Snapshot, encoder: Encoder, network: Network) -> Assistant:
    """An assistant over a home's snapshot with no weights yet."""
    blank = {part: LinearModel(tuple(names), np.zeros(len(names)), 0.0) for part, names in _FEATURES.items()}
    bent = BentModel.straight(RECONSIDERED, np.zeros(len(RECONSIDERED)))
    settings = Settings(home=home)
    return Assistant(
        Home(home, encoder),
        snapshot,
        encoder,
        network,
        settings,
        Weights(**blank, reconsider=bent, answered_from=0.5, unsure_from=0.5),
    )


def observe(assistant: Assistant, examples: Sequence[Example], networks: Sequence[Network]) -> list[Observed]:
    """Each example that retrieval has candidates for; questions about a document's head are left out.

    A question of fold N is read by the Nth of `networks` (counted round), which must not have seen it.
    """
    readers = [Reader(network, Settings().kept_open) for network in networks]
    state = assistant.state()
    held = tuple(state.snapshot.documents.values())
    observed = []
    for example in examples:
        question = state.reader.read(example.question, context=example.context)
        if asks_for_head(question, held, strangers=Settings().head_strangers):
            continue
        considered = assistant.consider(question, state)
        if considered is not None:
            observed.append(_observed(example, considered, readers[example.fold % len(readers)]))
    return observed


def _observed(example: Example, considered: Considered, reader: Reader) -> Observed:
    asked = reader.asked(considered.probe.question)
    by_number = {candidate.number: candidate for candidate in considered.candidates}
    read = cache(lambda number: reader.read(asked, by_number[number]))
    right = np.array(
        [example.right(candidate.document.id, candidate.clause_text) for candidate in considered.candidates]
    )
    listed = (
        _listed_spans(example, considered.probe, opened, read(opened.number))
        for opened in (considered.candidates[i] for i in np.flatnonzero(right))
    )
    spans = next((spans for spans in listed if spans is not None), None)
    return Observed(example, considered.probe, considered.candidates, considered.evidence, right, spans, read)


def _listed_spans(
    example: Example, probe: Probe, opened: OpenedPassage, reading: Reading
) -> ListedSpans | None:
    spans, rows, facts = describe(probe, opened, reading)
    held = [squeezed(opened.clause_text[span.start : span.end]) for span in spans]
    right = np.array([any(fits(words, asked) for asked in example.spans) for words in held], dtype=np.bool_)
    return ListedSpans(Listed(rows, right), facts) if right.any() else None
