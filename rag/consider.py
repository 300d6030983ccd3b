"""From a question to its candidates with what speaks for each: retrieve, fuse, look closely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from rag.evidence import evidence
from rag.fuse import fuse
from rag.opened import OpenedPassage, find_tokens
from rag.probe import Probe
from rag.question import Question
from rag.retrieve import retrieve
from rag.settings import Settings
from rag.state import State


@dataclass(frozen=True)
class Considered:
    """A question's candidates before they are ranked; `evidence` has one row for each, in the same order."""

    probe: Probe
    candidates: tuple[OpenedPassage, ...]
    evidence: NDArray[np.float64]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The candidates' passage numbers."""
        return tuple(candidate.number for candidate in self.candidates)


def consider(question: Question, state: State, encoder: Encoder, settings: Settings) -> Considered | None:
    """The candidates for a question; None when no passage shares a word with it."""
    retrieved = retrieve(question, state.snapshot, encoder, state.passage_documents, settings)
    candidates = tuple(state.shelf.open(int(number)) for number in fuse(retrieved, settings))
    if not candidates:
        return None
    find_tokens(candidates, encoder)
    probe = Probe.of(question, retrieved, state.snapshot.lexical, encoder)
    return Considered(probe, candidates, evidence(probe, retrieved, candidates, encoder))
