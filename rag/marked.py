"""What quoting hands on: words of a clause that may be the answer."""

from __future__ import annotations

from dataclasses import dataclass

from rag.spans import CandidateSpan


@dataclass(frozen=True, slots=True)
class Marked:
    """A candidate span with its score (unbounded, higher answers better) among its clause's candidates."""

    span: CandidateSpan
    score: float
